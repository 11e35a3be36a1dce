"""A config that is being read: each key is taken with what becomes of it; one that nobody takes is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..data.pointer import Json

Fate = Literal["carried", "not needed", "not possible", "unknown"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one key."""

    path: Path
    fate: Fate
    reason: str
    """Where it went, or why it went nowhere."""


@dataclass(slots=True)
class Notes:
    """What became of each key so far, in the order in which they were taken."""

    entries: dict[Path, Entry] = field(default_factory=dict)
    seen: set[Path] = field(default_factory=set)
    """Keys that somebody asked for."""

    def note(self, path: Path, fate: Fate, reason: str) -> None:
        """Note what becomes of a key; the first word about it counts."""
        self.entries.setdefault(path, Entry(path, fate, reason))


class Node:
    """A value of the config, and the way to it."""

    def __init__(self, value: Json, notes: Notes, path: Path = ()) -> None:
        self.value = value
        self.path = path
        self.notes = notes

    def __bool__(self) -> bool:
        return self.value is not None

    # --- members ---

    def child(self, key: str) -> Node:
        """Give the member of a key; its value is None if the key is absent."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        self.notes.seen.add((*self.path, key))
        return Node(value, self.notes, (*self.path, key))

    def members(self) -> Iterator[tuple[str, Node]]:
        """Give every member."""
        for key in self.value if isinstance(self.value, dict) else ():
            yield key, self.child(key)

    def items(self) -> Iterator[Node]:
        """Give every item of a list; a single value counts as a list of one."""
        if isinstance(self.value, list):
            self.notes.seen.update((*self.path, str(n)) for n in range(len(self.value)))
            yield from (Node(item, self.notes, (*self.path, str(n))) for n, item in enumerate(self.value))
        elif self.value is not None:
            yield self

    # --- values ---

    def text(self) -> str | None:
        """Give a text that is not empty, or a number as one; None for anything else."""
        if isinstance(self.value, str):
            return self.value.strip() or None
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return str(self.value) if is_number else None

    def texts(self) -> tuple[str, ...]:
        """Give the texts of a list."""
        return tuple([text for text in (item.text() for item in self.items()) if text is not None])

    def mapping(self) -> Mapping[str, Json]:
        """Give a mapping; an empty one for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    # --- what becomes of it ---

    def carried(self, where: str) -> None:
        """Note that the settings say the same."""
        self._note("carried", where)

    def not_needed(self, reason: str) -> None:
        """Note that nothing has to be written for it."""
        self._note("not needed", reason)

    def not_possible(self, reason: str) -> None:
        """Note that the client cannot have it."""
        self._note("not possible", reason)

    def _note(self, fate: Fate, reason: str) -> None:
        if self.value is not None:
            self.notes.note(self.path, fate, reason)


def note_unknown(value: Json, notes: Notes, path: Path = ()) -> None:
    """Note every key below a place that nobody has taken, the outermost ones only."""
    for key, inner in _members(value):
        here = (*path, key)
        if here in notes.entries:
            continue
        if inner is None and here in notes.seen:
            continue
        if here not in notes.seen or not isinstance(inner, dict | list):
            notes.note(here, "unknown", "no such key is known")
        else:
            note_unknown(inner, notes, here)


def _members(value: Json) -> list[tuple[str, Json]]:
    if isinstance(value, dict):
        return list(value.items())
    return [(str(n), item) for n, item in enumerate(value)] if isinstance(value, list) else []
