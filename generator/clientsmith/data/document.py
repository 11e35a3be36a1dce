"""A file as it was read, and places in it: text goes in, JSON values with pointers come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Union

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]
"""Any JSON value. Mappings have string keys and keep the order of the file."""


@dataclass(frozen=True, slots=True, order=True)
class Pointer:
    """A place in one file of the spec: an RFC 6901 JSON Pointer and the file it points into.

    >>> str(Pointer().child("paths").child("/pets"))
    '#/paths/~1pets'
    """

    path: str = ""
    """The pointer's text: empty for the whole file, else ``/token/token`` with ``~0`` and ``~1`` escapes."""
    file: str = ""
    """Path of the file relative to the root document's folder, with ``/``; empty for the root document."""

    def child(self, token: str | int) -> Pointer:
        """Give the place of a member or an item of this place."""
        if isinstance(token, str) and ("~" in token or "/" in token):
            token = token.replace("~", "~0").replace("/", "~1")
        return Pointer(f"{self.path}/{token}", self.file)

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
        return tuple(token.replace("~1", "/").replace("~0", "~") for token in self.path[1:].split("/"))

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


@dataclass(frozen=True)
class Document:
    """One file of the spec: its text, its JSON value, and lazily where each value stands in the text."""

    name: str
    """How messages name the file: its path as the user gave it."""
    file: str
    """The same key as in `Pointer.file`."""
    text: str = field(repr=False)
    value: Json = field(repr=False)
    scan: Callable[[str], Mapping[str, Position]] = field(repr=False, compare=False)
    """Makes the source map of the text: pointer path to the position of the value (a member's key where it has one)."""

    @cached_property
    def source_map(self) -> Mapping[str, Position]:
        """Positions by pointer path. Costs a second parse of the text, so it is made for the first issue only."""
        return self.scan(self.text)

    def position(self, path: str) -> Position:
        """Find a place, or the closest one around it that the text has."""
        while path and path not in self.source_map:
            path = path.rpartition("/")[0]
        return self.source_map.get(path, Position(1, 1))


Trouble = Literal["not-text", "remote", "outside", "unread", "anchor", "scope"]
"""Why a reference names no place: it is no string, it asks for the network, it leaves the document's folder, its file
could not be read, it names an anchor that no schema declares, or that several
declare, so that the way to the reference decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A `$ref` (or `$dynamicRef`, or an entry of a discriminator's mapping) and the place that it names."""

    place: Pointer
    """The object that holds the keyword; for a mapping, the entry."""
    keyword: str
    text: str
    """As the file has it."""
    target: Pointer | None
    """The place it names, which need not exist; None where `trouble` says why there is none."""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All files of a spec, and every reference in them, in the order of the files."""

    root: Document
    files: Mapping[str, Document]
    """Every file by its `Pointer.file` key, the root under the empty string."""
    references: tuple[Reference, ...]

    def value_at(self, pointer: Pointer) -> Json:
        """Give the value at a place.

        Raises `LookupError` where there is none.
        """
        value = self.files[pointer.file].value
        for token in pointer.tokens:
            if isinstance(value, dict):
                value = value[token]
            elif isinstance(value, list) and token.isdecimal() and token.isascii():
                value = value[int(token)]
            else:
                raise LookupError(pointer)
        return value

    def has(self, pointer: Pointer) -> bool:
        """Tell whether there is a value at a place."""
        try:
            self.value_at(pointer)
        except LookupError:
            return False
        return True
