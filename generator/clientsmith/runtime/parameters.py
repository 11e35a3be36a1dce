"""Write parameters into path, query and headers, in the default styles of OpenAPI.

Other styles are declared, and write themselves (`styles`).
Source: OpenAPI Specification 3.1, "Style Values"; RFC 6570.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote, unquote

from .encode import dumps, sendable
from .errors import ArgumentValueError
from .omit import omit

Quote: TypeAlias = Callable[[str], str]
Segment: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...]]
"""What is before a segment of a path, how it begins, and each name to fill in with what follows."""

quoted: Quote = partial(quote, safe="")
Objects: TypeAlias = str | Callable[[str, Any], Iterable[str]]
"""``form``, ``brackets``, ``dots`` or ``json``, or what writes the pairs of one parameter."""
_is_plain = re.compile(r"[\w~-]+", re.ASCII).fullmatch
"""Match a text that no path has to quote, and that is no dots."""


class ParameterStyle(Protocol):
    """A declared way to write a parameter; `value` is JSON data or what becomes it."""

    def path(self, name: str, value: object) -> str: ...

    def query(self, name: str, value: object) -> Iterable[str]: ...

    def header(self, value: object) -> str: ...

    def cookie(self, name: str, value: object) -> str: ...


Styles: TypeAlias = Mapping[str, ParameterStyle]


def given(values: Mapping[str, object] | None) -> dict[str, object]:
    """Drop the values that are None or `omit`."""
    if not values:
        return {}
    return {k: v for k, v in values.items() if v is not None and v is not omit}


def split_path(path: str) -> tuple[tuple[Segment, ...], str]:
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


def expand_path(
    parts: tuple[tuple[Segment, ...], str],
    values: Mapping[str, object],
    styles: Styles,
    arguments: Mapping[str, str] = {},
) -> str:
    """Fill the placeholders of a path, each one part of one segment.

    `arguments` gives the names that callers know of parameters, where they are others.

    Raises:
        ArgumentValueError: a value is missing or empty, or makes a segment that would mean "here" or "one
            up" to any server.
    """
    segments, end = parts
    path = ""
    for text, before, names in segments:
        filled = before
        for name, after in names:
            value = values.get(name)
            if name in styles or type(value) is not str or not _is_plain(value):
                argument = arguments.get(name, name)
                value = _path_text(name, value, styles.get(name), argument)
            filled += value + after
        if "." in filled or "%" in filled:
            for part in filled.split("/"):
                _refuse_dots(part, arguments.get(names[0][0], names[0][0]))
        path += text + filled
    return path + end


def _refuse_dots(text: str, name: str) -> None:
    while (decoded := unquote(text)) != text:
        text = decoded
    if text in (".", ".."):
        raise ArgumentValueError(
            f"path parameter {name!r} must not make the segment {text!r}"
        )


def _path_text(
    name: str, value: object, style: ParameterStyle | None, argument: str
) -> str:
    if style is None and isinstance(value, str) and value:
        return quoted(value)
    text = ""
    if value is not None and value is not omit and value != "":
        text = style.path(name, value) if style else simple_path(sendable(value))
    if not text:
        raise ArgumentValueError(
            f"Expected a non-empty value for `{argument}` but received {value!r}"
        )
    return text


def simple_path(data: object) -> str:
    """Write a path parameter in style ``simple``; empty where there is nothing to write."""
    parts = items(data, False, quoted)
    return ",".join(parts) if any(parts) else ""


def query_string(values: Mapping[str, object], styles: Styles, objects: Objects) -> str:
    """Write a query; `objects` says how objects without a declared style go into it, or writes them.

    ``json`` is for forms: each object, or each object of a list, is a JSON text.
    """
    pairs: list[str] = []
    for name, value in given(values).items():
        if (style := styles.get(name)) is not None:
            pairs += style.query(name, value)
        elif type(value) is str:
            pairs.append(f"{quoted(name)}={quoted(value)}")
        elif objects == "json":
            pairs += json_pairs(name, sendable(value))
        elif callable(objects):
            pairs += objects(name, sendable(value))
        else:
            pairs += nested(name, sendable(value), objects, quoted)
    return "&".join(pairs)


def json_pairs(name: str, data: object) -> list[str]:
    """Write each item of a list, or a single value, with the name: scalars as text, objects as JSON."""
    values = data if isinstance(data, list) else [data]
    return [f"{quoted(name)}={quoted(scalar_text(v))}" for v in values if v is not None]


def nested(name: str, data: object, spelling: str, write: Quote) -> Iterator[str]:
    """Name each scalar by its path, but let the items of a list of scalars share its key.

    What OpenAPI leaves undefined keeps apart what belongs apart: lists in ``deepObject``, and
    lists of objects or lists anywhere, go by index (``items[0][price]``).
    """
    deeper = "brackets" if spelling == "form" else spelling
    if isinstance(data, list):
        is_flat = not any(isinstance(item, (dict, list)) for item in data)
        if is_flat and spelling != "deepObject":
            for item in data:
                yield from nested(name, item, spelling, write)
            return
        data, spelling = {str(i): item for i, item in enumerate(data)}, deeper
    if isinstance(data, dict):
        path = {"form": "{1}", "dots": "{0}.{1}"}.get(spelling, "{0}[{1}]")
        for key, item in data.items():
            yield from nested(path.format(name, key), item, deeper, write)
    elif data is not None:
        yield f"{quoted(name)}={write(scalar_text(data))}"


def header_text(value: object, style: ParameterStyle | None) -> str:
    """Write a header parameter; a text goes as it is, also one in a media type."""
    if isinstance(value, str):
        return str.__str__(value)
    return (
        style.header(value) if style else ",".join(items(sendable(value), False, str))
    )


def items(data: object, explodes: bool, write: Quote) -> list[str]:
    """Write items, or the members of an object: ``key=value`` exploded, else key, value, ..."""
    if isinstance(data, list):
        return [write(scalar_text(item)) for item in data if item is not None]
    if not isinstance(data, dict):
        return [write(scalar_text(data))]
    pairs = [(write(k), write(scalar_text(v))) for k, v in given(data).items()]
    if explodes:
        return ["=".join(pair) for pair in pairs]
    return [text for pair in pairs for text in pair]


def named(name: str, data: object, explodes: bool, write: Quote = quoted) -> list[str]:
    """Write ``name=value``; exploded, items repeat the name and members have their own."""
    parts = items(data, explodes, write)
    if not explodes:
        return [f"{name}={','.join(parts)}"]
    return parts if isinstance(data, dict) else [f"{name}={part}" for part in parts]


def scalar_text(data: Any) -> str:
    """Write a scalar of JSON data without quotes; anything else as JSON."""
    return str.__str__(data) if isinstance(data, str) else dumps(data).decode()
