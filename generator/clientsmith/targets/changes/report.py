"""Changes with their files and lines, and the advice: what all formats write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...data.document import Pointer
from .change import Change, Comparison
from .change_kinds import LEVELS, Level
from .version import Advice


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file that the user wrote."""

    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


@dataclass(frozen=True, slots=True)
class Located:
    """A change, and where both documents have it."""

    change: Change
    old: Line
    new: Line


@dataclass(frozen=True, slots=True)
class Report:
    """All that a format writes."""

    changes: tuple[Located, ...]
    """The gravest first, then by file and line of the new document."""
    advice: Advice

    def of_level(self, level: Level) -> tuple[Located, ...]:
        """Give the changes of one level."""
        return tuple(located for located in self.changes if located.change.level == level)


Locate = Callable[[Pointer], Line]


def located(comparison: Comparison, old: Locate, new: Locate, advice: Advice) -> Report:
    """Find the lines of all changes."""
    changes = [Located(change, old(change.old), new(change.new)) for change in comparison.changes]
    changes.sort(
        key=lambda found: (
            -LEVELS.index(found.change.level),
            found.new.file,
            found.new.number,
            found.change.place,
            found.change.kind,
        )
    )
    return Report(tuple(changes), advice)
