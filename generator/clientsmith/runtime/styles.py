"""Styles of parameters other than the defaults: each writes path, query, header and cookie.

Source: OpenAPI Specification 3.1, "Style Values"; RFC 6570.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from .encode import dumps, sendable
from .errors import ArgumentValueError
from .parameters import (
    items,
    named,
    nested,
    query_string,
    quoted,
    scalar_text,
    simple_path,
)

DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
QUERY_RESERVED = ":/?@!$'()*,;"
"""What ``allowReserved`` leaves as it is; ``& = + # [ ]`` would change the query's structure."""
PATH_RESERVED = ":@!$&'()*+,;="
"""The same in a path, where ``/ ? # [ ]`` would end the segment or are not allowed."""
COOKIE_RESERVED = ":/?#[]@!$&'()*+,="
"""The same in a cookie, which ends at ``;``."""

_quoted_percent = re.compile("%25(?=[0-9A-Fa-f]{2})")


def _reserved(text: str, safe: str) -> str:
    """Leave reserved characters and percent-encoded triples as they are."""
    return _quoted_percent.sub("%", quote(text, safe=safe))


class Style(NamedTuple):
    """How a parameter is written: ``Style("deepObject", explode=True)``."""

    name: str
    explode: bool | None = None
    allow_reserved: bool = False

    @property
    def explodes(self) -> bool:
        """Whether each item is written apart; ``form`` and ``cookie`` do so by default."""
        usual = self.name in ("form", "cookie")
        return usual if self.explode is None else self.explode

    def _writer(self, reserved: str) -> Callable[[str], str]:
        return partial(_reserved, safe=reserved) if self.allow_reserved else quoted

    def path(self, name: str, value: object) -> str:
        data = sendable(value)
        write = self._writer(PATH_RESERVED)
        parts = items(data, self.explodes, write)
        if not any(parts):
            return ""
        if self.name == "label":
            return "." + ("." if self.explodes else ",").join(parts)
        if self.name == "matrix":
            return ";" + ";".join(named(name, data, self.explodes, write))
        return ",".join(parts)

    def query(self, name: str, value: object) -> Iterable[str]:
        data = sendable(value)
        write = self._writer(QUERY_RESERVED)
        if self.name == "deepObject" or self.explodes:
            spelling = "deepObject" if self.name == "deepObject" else "form"
            return nested(name, data, spelling, write)
        parts = items(data, False, write)
        delimiter = DELIMITERS.get(self.name, ",")
        return [f"{quoted(name)}={delimiter.join(parts)}"] if parts else []

    def header(self, value: object) -> str:
        return ",".join(items(sendable(value), self.explodes, str))

    def cookie(self, name: str, value: object) -> str:
        """Write a cookie; style ``cookie`` leaves its values as they are.

        Raises:
            ArgumentValueError: such a value would be more than one cookie.
        """
        data = sendable(value)
        if self.name != "cookie":
            write = self._writer(COOKIE_RESERVED)
            return "; ".join(named(name, data, self.explodes, write))
        parts = named(name, data, self.explodes, str)
        if any(";" in part for part in parts):
            raise ArgumentValueError(f"cookie {name!r} must be escaped: it holds ';'")
        return "; ".join(parts)


class Separated:
    """A list that is joined as in Swagger 2.0: ``Separated("|", ",")`` has a separator for each level.

    ``&`` repeats the name instead.
    """

    def __init__(self, *separators: str) -> None:
        self._separators = separators

    def path(self, name: str, value: object) -> str:
        return _joined(sendable(value), self._separators, quoted)

    def query(self, name: str, value: object) -> Iterable[str]:
        data, separators = sendable(value), self._separators
        apart = separators[0] == "&" and isinstance(data, list)
        separators = separators[1:] if apart else separators
        texts = [_joined(v, separators, quoted) for v in (data if apart else [data])]
        return [f"{quoted(name)}={text}" for text in texts if text or data == ""]

    def header(self, value: object) -> str:
        return _joined(sendable(value), self._separators, str)

    def cookie(self, name: str, value: object) -> str:
        return f"{name}={_joined(sendable(value), self._separators, quoted)}"


def _joined(
    data: object, separators: tuple[str, ...], write: Callable[[str], str]
) -> str:
    if not isinstance(data, list):
        return write(scalar_text(data))
    separator, *inner = separators or (",",)
    texts = [_joined(v, tuple(inner), write) for v in data if v is not None]
    return (separator if separator == "," else write(separator)).join(texts)


class ContentStyle(NamedTuple):
    """A parameter that is written in a media type, such as a JSON text in the query."""

    media_type: str

    def path(self, name: str, value: object) -> str:
        return simple_path(self._text(value))

    def query(self, name: str, value: object) -> Iterable[str]:
        return [f"{quoted(name)}={quoted(self._text(value))}"]

    def header(self, value: object) -> str:
        return self._text(value)

    def cookie(self, name: str, value: object) -> str:
        return f"{name}={quoted(self._text(value))}"

    def _text(self, value: object) -> str:
        """Write a value as JSON or as a form; a text of any other media type is that already."""
        data = sendable(value)
        name = self.media_type.partition(";")[0].strip().lower()
        if name == "application/x-www-form-urlencoded" and isinstance(data, dict):
            return query_string(data, {}, "json")
        if isinstance(data, str) and not name.endswith(("/json", "+json")):
            return data
        return dumps(data).decode()
