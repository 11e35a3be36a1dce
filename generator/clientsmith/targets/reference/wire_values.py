"""Values as a client writes them into queries, headers, cookies and forms: JSON values go in, texts come out.

Source: OpenAPI Specification 3.1, "Style Values"; RFC 6570. Tests hold the texts against those of the runtime.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from urllib.parse import quote

from ...data.api import Parameter, PartEncoding
from ...data.client import Client
from ...data.document import Json
from ...data.styles import explodes, usual_style

_Write = Callable[[str], str]
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_RESERVED = ":/?@!$'()*,;"
_FORM = "application/x-www-form-urlencoded"
encoded: _Write = partial(quote, safe="")


def query_pairs(parameter: Parameter, value: Json, client: Client) -> list[str]:
    """Write the pairs of a query parameter, percent-encoded."""
    name = parameter.wire_name
    if parameter.content_type is not None:
        return _serialised(parameter, parameter.content_type, value)
    if parameter.separators:
        return separated_pairs(name, value, parameter.separators)
    if client.query_arrays != "document" and not parameter.allow_reserved:
        found = nested(name, value, client.query_arrays, client.query_objects)
        return [f"{encoded(key)}={encoded(text)}" for key, text in found]
    is_usual = (parameter.style, parameter.explode) == usual_style("query") and not parameter.allow_reserved
    objects = client.query_objects if is_usual else "form"
    safe = _RESERVED if parameter.allow_reserved else ""
    return _styled(name, value, parameter.style, parameter.explode, objects, partial(quote, safe=safe))


def form_pairs(name: str, value: Json, encoding: PartEncoding | None) -> list[str]:
    """Write the pairs of a member of a form; objects are JSON where the document states no style."""
    if encoding is not None and has_style(encoding):
        return styled_pairs(name, value, encoding)
    if encoding is not None and encoding.content_type == "application/json":
        return [f"{encoded(name)}={encoded(json_text(value))}"]
    return _each(name, value)


def styled_pairs(name: str, value: Json, encoding: PartEncoding) -> list[str]:
    """Write the pairs of a member of a form in the style that the document states."""
    if encoding.separators:
        return separated_pairs(name, value, encoding.separators)
    style = encoding.style or "form"
    is_exploded = encoding.explode if encoding.explode is not None else explodes(style)
    safe = _RESERVED if encoding.allow_reserved else ""
    return _styled(name, value, style, is_exploded, "form", partial(quote, safe=safe))


def separated_pairs(name: str, value: Json, separators: Sequence[str]) -> list[str]:
    """Write a list as Swagger 2.0 joins it; `&` repeats the name."""
    apart = separators[0] == "&" and isinstance(value, list)
    texts = [
        joined(each, separators[apart:], encoded) for each in (value if isinstance(value, list) and apart else [value])
    ]
    return [f"{encoded(name)}={text}" for text in texts if text]


def joined(value: Json, separators: Sequence[str], write: _Write) -> str:
    """Join lists with a separator for each level."""
    if not isinstance(value, list):
        return write(scalar_text(value))
    separator, *inner = separators or (",",)
    texts = [joined(each, inner, write) for each in value if each is not None]
    return (separator if separator == "," else write(separator)).join(texts)


def has_style(encoding: PartEncoding) -> bool:
    """Report whether the document states how a member of a form is written."""
    stated = encoding.style is not None or encoding.explode is not None or encoding.allow_reserved
    return stated or bool(encoding.separators)


def header_text(parameter: Parameter, value: Json) -> str:
    """Write a header parameter."""
    if parameter.content_type is not None:
        return _media_text(parameter.content_type, value)
    if parameter.separators:
        return joined(value, parameter.separators, str)
    return ",".join(_items(value, parameter.explode, str))


def cookie_text(parameter: Parameter, value: Json) -> str:
    """Write a cookie parameter, with its name."""
    name = parameter.wire_name
    if parameter.content_type is not None:
        return f"{name}={encoded(_media_text(parameter.content_type, value))}"
    write = str if parameter.style == "cookie" else encoded
    parts = _items(value, parameter.explode, write)
    if not parameter.explode:
        return f"{name}={','.join(parts)}"
    return "; ".join(parts if isinstance(value, dict) else [f"{name}={part}" for part in parts])


def nested(name: str, value: Json, arrays: str, objects: str) -> Iterator[tuple[str, str]]:
    """Give each scalar with the key that names its place: `a[b]` or `a.b`, and `a`, `a[]` or `a[0]` in lists."""
    if isinstance(value, dict):
        path = "{0}.{1}" if objects == "dots" else "{0}[{1}]"
        for key, item in value.items():
            yield from nested(path.format(name, key), item, arrays, objects)
    elif isinstance(value, list):
        yield from _nested_items(name, value, arrays, objects)
    elif value is not None:
        yield name, scalar_text(value)


def _nested_items(name: str, value: list[Json], arrays: str, objects: str) -> Iterator[tuple[str, str]]:
    is_flat = not any(isinstance(item, dict | list) for item in value)
    if arrays == "comma" and is_flat:
        texts = [scalar_text(item) for item in value if item is not None]
        if texts:
            yield name, ",".join(texts)
        return
    # Items that are objects or lists would run into each other without their index.
    if arrays == "document":
        path = "{0}" if is_flat else "{0}.{1}" if objects == "dots" else "{0}[{1}]"
    else:
        form = arrays if is_flat or arrays == "brackets" else "indices"
        path = {"repeat": "{0}", "brackets": "{0}[]"}.get(form, "{0}[{1}]")
    for index, item in enumerate(value):
        yield from nested(path.format(name, index), item, arrays, objects)


def _styled(name: str, value: Json, style: str, is_exploded: bool, objects: str, write: _Write) -> list[str]:
    if style != "deepObject" and not is_exploded:
        parts = _items(value, False, write)
        return [f"{encoded(name)}={_DELIMITERS.get(style, ',').join(parts)}"] if parts else []
    if style == "deepObject":
        found = nested(name, value, "indices", "brackets")
    elif isinstance(value, dict) and objects == "form":
        # Members have their own names; what is inside them has brackets.
        found = (pair for key, item in value.items() for pair in nested(key, item, "document", "brackets"))
    else:
        found = nested(name, value, "document", objects)
    return [f"{encoded(key)}={write(text)}" for key, text in found]


def _serialised(parameter: Parameter, content_type: str, value: Json) -> list[str]:
    """Write a query parameter in its media type."""
    name = encoded(parameter.wire_name)
    if parameter.is_each:
        return _each(parameter.wire_name, value)
    text = _media_text(content_type, value)
    if not parameter.is_whole:
        return [f"{name}={encoded(text)}"]
    return [text if content_type.endswith("form-urlencoded") and isinstance(value, dict) else encoded(text)]


def _each(name: str, value: Json) -> list[str]:
    """Write each item of a list with the name again; objects are JSON."""
    items = value if isinstance(value, list) else [value]
    return [f"{encoded(name)}={encoded(scalar_text(item))}" for item in items if item is not None]


def _media_text(content_type: str, value: Json) -> str:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == _FORM and isinstance(value, dict):
        return "&".join(pair for name, item in value.items() for pair in _each(name, item))
    is_json = media_type.endswith(("/json", "+json"))
    return value if isinstance(value, str) and not is_json else json_text(value)


def _items(value: Json, is_exploded: bool, write: _Write) -> list[str]:
    """Write items, or the members of an object: `key=value` exploded, else key, value, ..."""
    if isinstance(value, list):
        return [write(scalar_text(item)) for item in value if item is not None]
    if not isinstance(value, dict):
        return [write(scalar_text(value))]
    pairs = [(write(key), write(scalar_text(item))) for key, item in value.items() if item is not None]
    return ["=".join(pair) for pair in pairs] if is_exploded else [text for pair in pairs for text in pair]


def scalar_text(value: Json) -> str:
    """Write a scalar without quotes; anything else as JSON."""
    return value if isinstance(value, str) else json_text(value)


def json_text(value: Json) -> str:
    """Write a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
