"""Edits of generated files: a patch for each file, in hunks that know which definition they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

LineKind = Literal[" ", "-", "+"]


@dataclass(frozen=True, slots=True)
class HunkLine:
    """A line of a hunk: kept, removed or added. The text has its line feed, unless it ends the file without one."""

    kind: LineKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HunkChange:
    """The old lines `[start, end)` of a hunk become other lines."""

    start: int
    end: int
    lines: tuple[str, ...]
    number: int
    """The line of the patch where it begins, counted from 1."""
    added_at: tuple[int, ...]
    """The lines of the patch that the new lines stand in."""


@dataclass(frozen=True, kw_only=True)
class Hunk:
    """Changes that stand close together, with the lines around them."""

    start: int
    """Index of the first old line in the file that was edited."""
    label: str
    """The definition, or the heading, that holds the changes: `Pets.list`; empty for the file as a whole."""
    lines: tuple[HunkLine, ...]
    number: int = field(default=0, compare=False)
    """The line of the patch with `@@`, counted from 1."""

    @cached_property
    def old(self) -> list[str]:
        """The lines before the edit."""
        return [line.text for line in self.lines if line.kind != "+"]

    @cached_property
    def changes(self) -> list[HunkChange]:
        """The changes, from the first to the last one."""
        return list(self._changes())

    def _changes(self) -> Iterator[HunkChange]:
        """Collect lines that are removed and added without a kept one between."""
        old, begin = 0, 0
        added: list[tuple[str, int]] = []
        first: int | None = None
        for number, line in enumerate((*self.lines, HunkLine(" ", "")), self.number + 1):
            if line.kind == " ":
                if first is not None:
                    texts, places = tuple(t for t, _ in added), tuple(n for _, n in added)
                    yield HunkChange(start=begin, end=old, lines=texts, number=first, added_at=places)
                    added, first = [], None
                old += 1
                continue
            if first is None:
                first, begin = number, old
            if line.kind == "+":
                added.append((line.text, number))
            else:
                old += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """All edits of one generated file."""

    path: str
    """The file, in the package."""
    file: str = field(compare=False)
    """The name of the patch, for messages."""
    hunks: tuple[Hunk, ...]

    @property
    def added(self) -> int:
        """How many lines it adds."""
        return sum(line.kind == "+" for hunk in self.hunks for line in hunk.lines)

    @property
    def removed(self) -> int:
        """How many lines it removes."""
        return sum(line.kind == "-" for hunk in self.hunks for line in hunk.lines)


def lines_of(text: str | None) -> list[str]:
    """Split at line feeds only, and keep them: other separators may be part of a line."""
    if not text:
        return []
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
