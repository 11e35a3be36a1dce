"""Write parameters into path, query, headers and cookies, in every style of OpenAPI.

Source: OpenAPI Specification 3.1, "Style Values"; RFC 6570.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import quote, unquote

from .encode import dumps, encode
from .omit import Omit
from .operation import ContentStyle, Operation, Style, Styles

Quote: TypeAlias = Callable[[str], str]
QUERY_RESERVED = ":/?@!$'()*,;"
"""What ``allowReserved`` leaves as it is; ``& = + # [ ]`` would change the query's structure."""

FORM = Style("form")
SIMPLE = Style("simple")
DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def expand_path(operation: Operation[object], values: Mapping[str, object]) -> str:
    """Fill the path's placeholders, each one part of one segment.

    Raises ValueError for a value that is missing or empty, and for a segment that would mean
    "here" or "one up" to any server.
    """
    segments = operation.segments
    if segments is None:
        segments = operation.segments = _split_template(operation.path)
    written = []
    for segment in segments:
        if len(segment) == 1:
            written.append(segment[0])
            continue
        text = _fill(segment, values, operation.path_styles)
        if "." in text or "%25" in text:
            _refuse_dots(text, segment[1])
        written.append(text)
    return "/".join(written)


def _split_template(path: str) -> tuple[tuple[str, ...], ...]:
    """Split ``a/{b}.{c}`` into segments of text, name, text, name, ..., text."""
    return tuple(
        tuple(part for piece in segment.split("{") for part in piece.split("}"))
        for segment in path.lstrip("/").split("/")
    )


def _fill(
    segment: tuple[str, ...], values: Mapping[str, object], styles: Styles
) -> str:
    text = segment[0]
    for index in range(1, len(segment), 2):
        name = segment[index]
        value = values.get(name)
        if value is None or value == "" or isinstance(value, Omit):
            raise ValueError(
                f"path parameter {name!r} must not be empty (got {value!r})"
            )
        if name in styles:
            text += _styled_path(name, value, styles[name])
        else:
            text += (
                _quoted(value)
                if isinstance(value, str)
                else _styled_path(name, value, SIMPLE)
            )
        text += segment[index + 1]
    return text


def _refuse_dots(text: str, name: str) -> None:
    decoded = unquote(text)
    while decoded != text:
        text, decoded = decoded, unquote(decoded)
    if text in (".", ".."):
        raise ValueError(f"path parameter {name!r} must not make the segment {text!r}")


def _styled_path(name: str, value: object, style: Style | ContentStyle) -> str:
    if isinstance(style, ContentStyle):
        return _quoted(_json_text(value))
    value = plain(value)
    items = _items(value, style.explodes, _quoted)
    if not any(items):
        raise ValueError(f"path parameter {name!r} must not be empty")
    match style.name:
        case "label":
            return "." + ("." if style.explodes else ",").join(items)
        case "matrix" if style.explodes and isinstance(value, Mapping):
            return "".join(f";{item}" for item in items)
        case "matrix" if style.explodes:
            return "".join(f";{name}={item}" for item in items)
        case "matrix":
            return f";{name}={','.join(items)}"
        case _:
            return ",".join(items)


def query_string(values: Mapping[str, object], styles: Styles, objects: str) -> str:
    """Write a query; ``objects`` says how objects without a declared style go into it."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is None or isinstance(value, Omit):
            continue
        if isinstance(value, str) and name not in styles:
            pairs.append(f"{_quoted(name)}={_quoted(value)}")
        else:
            pairs.extend(_query_pairs(name, value, styles.get(name), objects))
    return "&".join(pairs)


def _query_pairs(
    name: str, value: object, style: Style | ContentStyle | None, objects: str
) -> Iterator[str]:
    if isinstance(style, ContentStyle):
        yield f"{_quoted(name)}={_quoted(_json_text(value))}"
        return
    value = plain(value)
    write = _quoted_reserved if style and style.allow_reserved else _quoted
    if not isinstance(value, (Mapping, list)):
        yield f"{_quoted(name)}={write(scalar_text(value))}"
    elif style is None:
        yield from _nested_pairs(name, value, objects, write)
    elif style.name == "deepObject":
        yield from _nested_pairs(name, value, style.name, write)
    elif style.explodes:
        yield from _nested_pairs(name, value, "form", write)
    elif items := _items(value, False, write):
        assert style is not None
        yield f"{_quoted(name)}={DELIMITERS.get(style.name, ',').join(items)}"


def _nested_pairs(
    name: str, value: object, spelling: str, write: Quote
) -> Iterator[str]:
    """Name each scalar by its path, but let the items of a list of scalars share its key.

    What OpenAPI leaves undefined keeps apart what belongs apart: lists in ``deepObject``, and
    lists of objects or lists anywhere, go by index (``items[0][price]``).
    """
    if isinstance(value, Mapping):
        path = "{0}.{1}" if spelling == "dots" else "{0}[{1}]"
        for key, item in value.items():
            if spelling == "form":
                yield from _nested_pairs(key, item, "brackets", write)
            else:
                yield from _nested_pairs(path.format(name, key), item, spelling, write)
    elif isinstance(value, list):
        nested = any(isinstance(item, (Mapping, list)) for item in value)
        if not nested and spelling != "deepObject":
            for item in value:
                yield from _nested_pairs(name, item, spelling, write)
        else:
            indexed = {str(index): item for index, item in enumerate(value)}
            deeper = "brackets" if spelling == "form" else spelling
            yield from _nested_pairs(name, indexed, deeper, write)
    elif value is not None:
        yield f"{_quoted(name)}={write(scalar_text(value))}"


def header_text(value: object, style: Style | ContentStyle | None) -> str:
    """Write a header parameter; style ``simple`` is the only one."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(style, ContentStyle):
        return _json_text(value)
    return ",".join(_items(plain(value), (style or SIMPLE).explodes, str))


def cookie_text(name: str, value: object, style: Style | ContentStyle | None) -> str:
    """Write a cookie parameter as ``name=value``."""
    if isinstance(style, ContentStyle):
        return f"{name}={_quoted(_json_text(value))}"
    value = plain(value)
    explodes = (style or FORM).explodes
    items = _items(value, explodes, _quoted)
    if explodes and isinstance(value, Mapping):
        return "; ".join(items)
    return "; ".join(
        f"{name}={item}" for item in (items if explodes else [",".join(items)])
    )


def _items(value: object, explodes: bool, write: Quote) -> list[str]:
    if isinstance(value, list):
        return [write(scalar_text(item)) for item in value if item is not None]
    if not isinstance(value, Mapping):
        return [write(scalar_text(value))]
    pairs = [
        (write(key), write(scalar_text(item)))
        for key, item in value.items()
        if item is not None
    ]
    if explodes:
        return [f"{key}={item}" for key, item in pairs]
    return [text for pair in pairs for text in pair]


def plain(value: object) -> object:
    """Reduce a value to what JSON has; numbers and texts are that already."""
    return value if isinstance(value, (str, int, float)) else encode(value)


def scalar_text(value: object) -> str:
    """Write a scalar the way JSON does, without quotes; anything else as JSON."""
    if isinstance(value, str):
        return str.__str__(value)
    return _json_text(value)


def _json_text(value: object) -> str:
    return dumps(encode(value)).decode()


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _quoted_reserved(text: str) -> str:
    return quote(text, safe=QUERY_RESERVED)
