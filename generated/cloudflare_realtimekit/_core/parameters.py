"""Write parameters into path, query, headers and cookies, in every style of OpenAPI.

Source: OpenAPI Specification 3.1, "Style Values"; RFC 6570.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from .encode import dumps, encode
from .omit import omit
from .operation import ContentStyle, Operation, Segment, Style, Styles

AnyStyle: TypeAlias = Style | ContentStyle | None
Quote: TypeAlias = Callable[[str], str]

FORM, SIMPLE = Style("form"), Style("simple")
DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
QUERY_RESERVED = ":/?@!$'()*,;"
"""What ``allowReserved`` leaves as it is; ``& = + # [ ]`` would change the query's structure."""
PATH_RESERVED = ":@!$&'()*+,;="
"""The same in a path, where ``/ ? # [ ]`` would end the segment or are not allowed."""

_quoted: Quote = partial(quote, safe="")
_quoted_percent = re.compile("%25(?=[0-9A-Fa-f]{2})")


def _reserved(text: str, safe: str) -> str:
    """Leave reserved characters and percent-encoded triples as they are."""
    return _quoted_percent.sub("%", quote(text, safe=safe))


_query_reserved: Quote = partial(_reserved, safe=QUERY_RESERVED)
_path_reserved: Quote = partial(_reserved, safe=PATH_RESERVED)
_is_plain = re.compile(r"[\w~-]+", re.ASCII).fullmatch
"""Tell a text that no path has to quote, and that is no dots."""


def given(values: Mapping[str, object] | None) -> dict[str, object]:
    """Drop the values that are None or `omit`."""
    if not values:
        return {}
    return {k: v for k, v in values.items() if v is not None and v is not omit}


def expand_path(operation: Operation[object], values: Mapping[str, object]) -> str:
    """Fill the path's placeholders, each one part of one segment.

    Raises ValueError for a value that is missing or empty, and for a segment that would mean
    "here" or "one up" to any server.
    """
    if operation.segments is None:
        operation.segments, operation.path_end = _split(operation.path)
    path = ""
    for text, before, names in operation.segments:
        filled = before
        for name, after in names:
            style = operation.path_styles.get(name)
            filled += _path_text(name, values.get(name), style) + after
        if "." in filled or "%" in filled:
            _refuse_dots(filled, names[0][0])
        path += text + filled
    return path + operation.path_end


def _split(path: str) -> tuple[tuple[Segment, ...], str]:
    """Split a path into its segments to fill, and what is behind them."""
    segments: list[Segment] = []
    text = ""
    for segment in path.lstrip("/").split("/"):
        before, *rest = segment.replace("}", "{").split("{")
        if rest:
            names = tuple(zip(rest[::2], rest[1::2], strict=True))
            segments.append((text, before, names))
            text = ""
        else:
            text += before
        text += "/"
    return tuple(segments), text[:-1]


def _refuse_dots(text: str, name: str) -> None:
    while (decoded := unquote(text)) != text:
        text = decoded
    if text in (".", ".."):
        raise ValueError(f"path parameter {name!r} must not make the segment {text!r}")


def _path_text(name: str, value: object, style: AnyStyle) -> str:
    if style is None and isinstance(value, str) and value:
        return value if _is_plain(value) else _quoted(value)
    is_absent = value is None or value is omit or value == ""
    data, style = _plain(value, style, SIMPLE)
    write = _path_reserved if style.allow_reserved else _quoted
    items = [] if is_absent else _items(data, style.explodes, write)
    if not any(items):
        raise ValueError(f"path parameter {name!r} must not be empty (got {value!r})")
    match style.name:
        case "label":
            return "." + ("." if style.explodes else ",").join(items)
        case "matrix":
            return ";" + ";".join(_named(name, data, style.explodes, write))
        case _:
            return ",".join(items)


def query_string(values: Mapping[str, object], styles: Styles, objects: str) -> str:
    """Write a query; ``objects`` says how objects without a declared style go into it.

    ``json`` is for forms: each object, or each object of a list, is a JSON text.
    """
    pairs: list[str] = []
    for name, value in given(values).items():
        data, style = _plain(value, styles.get(name), FORM)
        write = _query_reserved if style.allow_reserved else _quoted
        if objects == "json" and name not in styles:
            items = data if isinstance(data, list) else [data]
            texts = [scalar_text(item) for item in items if item is not None]
            pairs += [f"{_quoted(name)}={write(text)}" for text in texts]
        elif style.name == "deepObject":
            pairs += _nested(name, data, style.name, write)
        elif style.explodes:
            pairs += _nested(name, data, "form" if name in styles else objects, write)
        elif items := _items(data, False, write):
            delimiter = DELIMITERS.get(style.name, ",")
            pairs.append(f"{_quoted(name)}={delimiter.join(items)}")
    return "&".join(pairs)


def _nested(name: str, data: object, spelling: str, write: Quote) -> Iterator[str]:
    """Name each scalar by its path, but let the items of a list of scalars share its key.

    What OpenAPI leaves undefined keeps apart what belongs apart: lists in ``deepObject``, and
    lists of objects or lists anywhere, go by index (``items[0][price]``).
    """
    deeper = "brackets" if spelling == "form" else spelling
    if isinstance(data, list):
        is_flat = not any(isinstance(item, (dict, list)) for item in data)
        if is_flat and spelling != "deepObject":
            for item in data:
                yield from _nested(name, item, spelling, write)
            return
        data, spelling = {str(i): item for i, item in enumerate(data)}, deeper
    if isinstance(data, dict):
        path = {"form": "{1}", "dots": "{0}.{1}"}.get(spelling, "{0}[{1}]")
        for key, item in data.items():
            yield from _nested(path.format(name, key), item, deeper, write)
    elif data is not None:
        yield f"{_quoted(name)}={write(scalar_text(data))}"


def header_text(value: object, style: AnyStyle) -> str:
    """Write a header parameter; a text goes as it is, also one in a media type."""
    if isinstance(value, str):
        return str.__str__(value)
    data, style = _plain(value, style, SIMPLE)
    return ",".join(_items(data, style.explodes, str))


def cookie_text(name: str, value: object, style: AnyStyle) -> str:
    """Write a cookie parameter as ``name=value``."""
    data, style = _plain(value, style, FORM)
    return "; ".join(_named(name, data, style.explodes))


def _plain(value: object, style: AnyStyle, default: Style) -> tuple[Any, Style]:
    """Give JSON data and its style; what is sent in a media type is a text of JSON already."""
    data = encode(value)
    if isinstance(style, ContentStyle):
        return dumps(data).decode(), default
    return data, style or default


def _named(
    name: str, data: object, explodes: bool, write: Quote = _quoted
) -> list[str]:
    """Write ``name=value``; exploded, items repeat the name and members have their own."""
    items = _items(data, explodes, write)
    if not explodes:
        return [f"{name}={','.join(items)}"]
    return items if isinstance(data, dict) else [f"{name}={item}" for item in items]


def _items(data: object, explodes: bool, write: Quote) -> list[str]:
    """Write items, or the members of an object: ``key=value`` exploded, else key, value, ..."""
    if isinstance(data, list):
        return [write(scalar_text(item)) for item in data if item is not None]
    if not isinstance(data, dict):
        return [write(scalar_text(data))]
    pairs = [(write(k), write(scalar_text(v))) for k, v in given(data).items()]
    if explodes:
        return ["=".join(pair) for pair in pairs]
    return [text for pair in pairs for text in pair]


def scalar_text(data: Any) -> str:
    """Write a scalar of JSON data without quotes; anything else as JSON."""
    return str.__str__(data) if isinstance(data, str) else dumps(data).decode()
