"""JSON values and places in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Union

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]
"""Any JSON value. Mappings have string keys and keep the order of the file."""


class Pointer(NamedTuple):
    """A place in one file of the document: an RFC 6901 JSON Pointer and the file it points into.

    Runs look up half a million of them in tables: a tuple makes its hash without a call of Python code.

    >>> str(Pointer().child("paths").child("/pets"))
    '#/paths/~1pets'
    """

    path: str = ""
    """The pointer's text: empty for the whole file, else ``/token/token`` with ``~0`` and ``~1`` escapes."""
    file: str = ""
    """Path of the file relative to the root document's folder, with ``/``; empty for the root document."""

    def child(self, token: str | int) -> Pointer:
        """Give the place of a member or an item of this place."""
        return Pointer(f"{self.path}/{escape(token) if isinstance(token, str) else token}", self.file)

    def below(self, *tokens: str | int) -> Pointer:
        """Give the place that several steps lead to."""
        place = self
        for token in tokens:
            place = place.child(token)
        return place

    @property
    def tokens(self) -> tuple[str, ...]:
        """The unescaped steps from the file's root."""
        if not self.path:
            return ()
        return tuple(unescape(token) for token in self.path[1:].split("/"))

    @property
    def parent(self) -> Pointer:
        """The place that holds this one; the root is its own parent."""
        return Pointer(self.path.rpartition("/")[0], self.file)

    def __str__(self) -> str:
        return f"{self.file}#{self.path}"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A character in a text file; both numbers count from 1."""

    line: int
    column: int


def escape(token: str) -> str:
    """Write a key as a step of a JSON Pointer."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unescape(token: str) -> str:
    """Read a step of a JSON Pointer as a key."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


INDEX = re.compile(r"\d{1,18}", re.ASCII)
"""A number of an item; longer ones are beyond all lists, and Python reads none of thousands of digits."""


def walk(value: Json, tokens: Iterable[str]) -> Json:
    """Follow the steps of a pointer through a value.

    Raises:
        LookupError: there is nothing at the place.
    """
    for token in tokens:
        if isinstance(value, dict):
            value = value[token]
        elif isinstance(value, list) and INDEX.fullmatch(token):
            value = value[int(token)]
        else:
            raise LookupError(token)
    return value
