"""A hunk and what is generated now go in; the lines to change come out, or what stands in the way.

Three texts meet: the hunk's old lines (the base), its new lines (the edit), and the lines of today (the generator). The
base is looked for in the definition that the hunk names. Where it stands there as it was, that is all. Where it does
not, each change is located by the lines that are still there; the generator's other changes stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...data.edits import Hunk, HunkChange
from .align import align, is_credible, is_substantial
from .compare import places_of
from .scopes import Scope, Scopes


@dataclass(frozen=True, slots=True)
class Location:
    """The generated lines `[start, end)` become those of a change."""

    start: int
    end: int
    change: HunkChange


class Misfit(Exception):
    """A change has no place any more. `start` and `end` are the generated lines that stand there, if any are known."""

    def __init__(self, reason: str, change: HunkChange, start: int = 0, end: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.change = change
        self.start = start
        self.end = end


def place(hunk: Hunk, lines: Sequence[str], scopes: Scopes) -> list[Location]:
    """Find the places of all changes of a hunk; what the generator does by now is left out.

    Raises:
        Misfit: a change has no place, or several.
    """
    first = hunk.changes[0]
    scope = scopes.find(hunk.label)
    if scope is None:
        raise Misfit(f"'{hunk.label}' is no longer there", first)
    starts = [start for start in places_of(hunk.old, lines) if scope == scope_of(hunk, start, scopes)]
    if hunk.start in starts or len(starts) == 1:
        start = hunk.start if hunk.start in starts else starts[0]
        return [Location(start + change.start, start + change.end, change) for change in hunk.changes]
    if starts:
        raise Misfit("its lines stand in several places now", first, starts[0], starts[0] + len(hunk.old))
    return merge(hunk, lines, scope)


def scope_of(hunk: Hunk, start: int, scopes: Scopes) -> Scope:
    """Give the scope that would hold the changes of a hunk whose old lines begin at `start`."""
    return scopes.around(start + hunk.changes[0].start, start + hunk.changes[-1].end)


# --- three ways ------------------------------------------------------------------------------------------------------


def merge(hunk: Hunk, lines: Sequence[str], scope: Scope) -> list[Location]:
    """Place the changes of a hunk whose old lines are not there as they were.

    Raises:
        Misfit: the generator has changed the same lines.
    """
    # The lines around a change may lie outside of the definition that it is in.
    start, end = max(0, scope.start - len(hunk.old)), min(len(lines), scope.end + len(hunk.old))
    found = align(hunk.old, lines[start:end])
    places = [None if place is None else place + start for place in found]
    if not is_credible(hunk.old, places):
        raise Misfit("the lines around it are no longer there", hunk.changes[0], scope.start, scope.end)
    merging = Merging(hunk, lines, places, scope)
    located = [merging.place(change) for change in hunk.changes]
    return [change for change in located if change is not None]


class Merging:
    """The lines of today, and where each old line of a hunk stands among them."""

    def __init__(self, hunk: Hunk, lines: Sequence[str], places: Sequence[int | None], scope: Scope) -> None:
        self._old = hunk.old
        self._lines = lines
        self._places = places
        self._scope = scope

    def place(self, change: HunkChange) -> Location | None:
        """Place one change; None where the generator does the same.

        Raises:
            Misfit: the generator has changed these lines, too.
        """
        before, after = self._place(change.start - 1), self._place(change.end)
        if self._is_done(change, before, after):
            return None
        located = self._insertion(change, before, after) if change.start == change.end else self._replacement(change)
        if located is None:
            raise Misfit("the generator has changed the same lines", change, *self._between(change))
        return located

    def _place(self, index: int) -> int | None:
        """Find an old line; before the first one and behind the last one the file begins and ends."""
        if index < 0:
            return -1
        return self._places[index] if index < len(self._places) else len(self._lines)

    def _is_done(self, change: HunkChange, before: int | None, after: int | None) -> bool:
        """Report whether the lines are what the change makes of them."""
        if change.start < change.end:
            if before is None or after is None:
                return False
            return list(self._lines[before + 1 : after]) == list(change.lines)
        added = without_blanks(change.lines)
        if not any(map(is_substantial, added)):
            return False
        there = [place for place in self._places if place is not None]
        today = self._lines[there[0] : there[-1] + 1]
        return len(places_of(added, today)) > len(places_of(added, self._old))

    def _replacement(self, change: HunkChange) -> Location | None:
        """Find lines that are replaced or removed: all of them, as they were."""
        places = self._places[change.start : change.end]
        first = places[0]
        if first is None or any(place != first + offset for offset, place in enumerate(places)):
            return None
        return Location(first, first + len(places), change)

    def _insertion(self, change: HunkChange, before: int | None, after: int | None) -> Location | None:
        """Find the place of lines that are added: where both lines around it are, or enough on one side."""
        if before is not None and after == before + 1:
            return Location(before + 1, before + 1, change)
        if not self._scope.is_ordered and before is not None:
            return Location(before + 1, before + 1, change)
        if after is None and before is not None and self._place(change.start - 2) == before - 1:
            return Location(before + 1, before + 1, change)
        if before is None and after is not None and self._place(change.end + 1) == after + 1:
            return Location(after, after, change)
        return None

    def _between(self, change: HunkChange) -> tuple[int, int]:
        """Give the lines of today that stand where a change would go."""
        before = [place for place in self._places[: change.start] if place is not None]
        after = [place for place in self._places[change.end :] if place is not None]
        start = before[-1] + 1 if before else self._scope.start
        return start, max(start, after[0] if after else self._scope.end)


def without_blanks(lines: Sequence[str]) -> Sequence[str]:
    """Leave out empty lines at both ends: which of two methods an empty line between them belongs to is not known."""
    kept = [index for index, line in enumerate(lines) if line.strip()]
    return lines[kept[0] : kept[-1] + 1] if kept else ()
