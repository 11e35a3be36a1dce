"""A document: its files as they were read and as they are now, and places in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from .pointer import Json as Json
from .pointer import Pointer as Pointer
from .pointer import Position as Position
from .pointer import walk
from .references import Mentions, mentions_of


@dataclass(frozen=True)
class Document:
    """One file: its text, its JSON value, and lazily where each value stands in the text."""

    name: str
    """How messages name the file: its path as the user gave it."""
    file: str
    """The same key as in `Pointer.file`."""
    text: str = field(repr=False)
    value: Json = field(repr=False)
    """What the text says, or what `adapt` made of that."""
    scan: Callable[[str], Mapping[str, Position]] = field(repr=False, compare=False)
    """Makes the source map of the text: pointer path to the position of the value (a member's key where it has one)."""

    @cached_property
    def source_map(self) -> Mapping[str, Position]:
        """Positions by pointer path. Costs another walk over the text, so it is made for the first issue only."""
        return self.scan(self.text)

    @cached_property
    def mentions(self) -> Mentions:
        """The references, anchors and identifiers in the value."""
        return mentions_of(self.value, self.file)

    def position(self, path: str) -> Position:
        """Find a place of the text, or the closest one around it. `Documents.locate` finds places of the value."""
        while path and path not in self.source_map:
            path = path.rpartition("/")[0]
        return self.source_map.get(path, Position(1, 1))


Unread = Literal["outside", "unread", "alone"]
"""Why a file was not read: it is outside the document's folder, it cannot be read, or the document has no folder."""

Reason = Literal["not-text", "remote", Unread, "anchor", "scope"]
"""Why a reference names no place: it is no string, it asks for the network, its file was not read, it names an anchor
that no schema declares, or one that several declare, none of them around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A `$ref` (or `$dynamicRef`, or an entry of a discriminator's mapping) and the place that it names."""

    place: Pointer
    """The object that holds the keyword; for a mapping, the entry."""
    keyword: str
    text: str
    """As the file has it."""
    target: Pointer | None
    """The place it names, which need not exist; None where there is no place; `reason` says why."""
    reason: Reason | None = None


Moves = Mapping[Pointer, Pointer]
"""One change of a document: place after it -> place before it, or place in an overlay. Only roots of subtrees that
moved or were added have an entry; deeper places follow the closest one around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All files of a document, the overlays for it, and (from `link` on) every reference, in the order of the files."""

    root: Document
    files: Mapping[str, Document]
    """Every file by its `Pointer.file` key, the root under the empty string."""
    missing: Mapping[str, Unread] = field(default_factory=dict)
    """Files that references name and that were not read, by their key, and why."""
    overlays: tuple[Document, ...] = ()
    """What `adapt` changes the root with, in this order. Their keys are those of no file."""
    origins: tuple[Moves, ...] = ()
    """What `adapt` moved and added, one mapping for each change, the latest one last."""
    references: tuple[Reference, ...] = ()
    is_alone: bool = False
    """The root is in no file of the user's, so no file stands beside it."""

    @property
    def root_name(self) -> str:
        """The name by which files beside the root refer to it."""
        return PurePath(self.root.name).name

    def value_at(self, pointer: Pointer) -> Json:
        """Give the value at a place.

        Raises:
            LookupError: there is no value at that place.
        """
        return walk(self.files[pointer.file].value, pointer.tokens)

    def has(self, pointer: Pointer) -> bool:
        """Report whether there is a value at a place."""
        try:
            self.value_at(pointer)
        except LookupError:
            return False
        return True

    def origin(self, pointer: Pointer) -> Pointer:
        """Give the place in a file that the value at a place comes from, or follows."""
        for moves in reversed(self.origins):
            pointer = followed(pointer, moves)
        return pointer

    def locate(self, pointer: Pointer) -> tuple[Document, Position]:
        """Give the file that the user wrote a place in, and where in its text.

        Raises:
            LookupError: no file has this place.
        """
        origin = self.origin(pointer)
        document = self.files.get(origin.file)
        if document is None:
            document = {overlay.file: overlay for overlay in self.overlays}[origin.file]
        return document, document.position(origin.path)


def followed(pointer: Pointer, moves: Moves) -> Pointer:
    """Give the place that a place, or the closest one around it, moves to."""
    around, end = pointer.path, len(pointer.path)
    while True:
        origin = moves.get(Pointer(around, pointer.file))
        if origin is not None:
            return Pointer(origin.path + pointer.path[end:], origin.file)
        if not around:
            return pointer
        around = around.rpartition("/")[0]
        end = len(around)
