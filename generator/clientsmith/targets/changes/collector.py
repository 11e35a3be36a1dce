"""Collects changes: one for each place, with the calls that reach it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from ...data.document import Pointer
from .change import Change, Comparison, Direction, levels_of, worst
from .change_kinds import LEVELS, Level

MOST_USES = 100
"""Calls that a change lists: a type that all of an API shares would list all of it."""
Owner = Hashable
"""What a change is part of: a call, or a pair of definitions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A difference as one walk finds it: in a shared type once for requests, and once for responses."""

    kind: str
    place: str
    message: str
    old: Pointer
    new: Pointer
    owner: Owner
    direction: Direction | None = None
    detail: str = ""
    """Distinguishes changes of one kind at one place."""

    @property
    def key(self) -> tuple[str, Pointer, Pointer, str]:
        """Identifies a change; findings with equal keys are one change, as of a member that is an argument and a field.

        Where a part is on one side only, its place on the other is that of some part around it, which differs by use.
        """
        group = self.kind.replace("argument-", "field-")
        for prefix in ("required-", "nullable-", "optional-"):
            group = group.removeprefix(prefix)
        old = Pointer() if group.endswith("-added") else self.old
        new = Pointer() if group.endswith("-removed") else self.new
        return group, old, new, self.detail

    @property
    def levels(self) -> tuple[Level, Level]:
        """Levels for the wire and for typing."""
        return levels_of(self.kind, self.direction)

    @property
    def weight(self) -> tuple[int, int, bool, bool]:
        """Ranks findings for the description of a change: the gravest, then of a shared type, then of a response."""
        first, second = sorted((LEVELS.index(level) for level in self.levels), reverse=True)
        return first, second, "(" not in self.place, self.direction == "response"


class Uses:
    """The calls that reach each owner."""

    def __init__(self) -> None:
        self._calls: list[str] = []
        self._masks: dict[Owner, int] = defaultdict(int)
        self._below: dict[Owner, list[Owner]] = defaultdict(list)

    def call(self, owner: Owner, name: str) -> None:
        """Register a call as an owner."""
        self._masks[owner] |= 1 << len(self._calls)
        self._calls.append(name)

    def link(self, above: Owner, below: Owner) -> None:
        """Note that an owner refers to another one."""
        self._below[above].append(below)

    def distribute(self) -> None:
        """Distribute every call to all owners that it reaches. A set of calls is one integer, so a round is cheap."""
        waiting = deque(self._masks)
        while waiting:
            above = waiting.popleft()
            mask = self._masks[above]
            for below in self._below.get(above, ()):
                if mask & ~self._masks[below]:
                    self._masks[below] |= mask
                    waiting.append(below)

    def of(self, owners: Iterable[Owner]) -> tuple[tuple[str, ...], int]:
        """Name the first calls that reach some owners, in the order of the documents, and count all."""
        mask = 0
        for owner in owners:
            mask |= self._masks.get(owner, 0)
        count = mask.bit_count()
        found: list[str] = []
        while mask and len(found) < MOST_USES:
            lowest = mask & -mask
            found.append(self._calls[lowest.bit_length() - 1])
            mask ^= lowest
        return tuple(found), count


@dataclass
class Collector:
    """All findings of a comparison."""

    uses: Uses = field(default_factory=Uses)
    _found: dict[tuple[str, Pointer, Pointer, str], list[Finding]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Note a difference."""
        self._found.setdefault(finding.key, []).append(finding)

    def comparison(self) -> Comparison:
        """Give all changes, the gravest first."""
        self.uses.distribute()
        made = [self._merged(found) for found in self._found.values()]
        made.sort(key=lambda change: (-LEVELS.index(change.level), change.new, change.old, change.kind, change.message))
        return Comparison(changes=tuple(made))

    def _merged(self, found: list[Finding]) -> Change:
        """Make one change of the findings with one key; the one with the highest weight describes it."""
        first = max(found, key=lambda finding: finding.weight)
        directions = {finding.direction for finding in found if finding.direction}
        uses, count = self.uses.of(finding.owner for finding in found)
        wire, typing = zip(*(finding.levels for finding in found), strict=True)
        return Change(
            kind=first.kind,
            place=first.place,
            message=first.message,
            old=first.old,
            new=first.new,
            direction="both" if len(directions) > 1 else first.direction,
            wire=worst(wire),
            typing=worst(typing),
            uses=uses,
            use_count=count,
        )
