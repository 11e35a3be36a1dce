"""Changes as they are found: one for each place, with all calls that reach it."""

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
    """A difference as one walk meets it: a shared type is met once for requests, and once for responses."""

    kind: str
    place: str
    message: str
    old: Pointer
    new: Pointer
    owner: Owner
    direction: Direction | None = None
    detail: str = ""
    """What tells changes of one kind at one place apart."""

    @property
    def key(self) -> tuple[str, Pointer, Pointer, str]:
        """What makes two findings one change: a member of a body is an argument here and a field there.

        Where one side has nothing, its place is that of some part around it, which is another one for each use.
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
        """How well it describes the change: the gravest one does, then one of a shared type, then one of responses."""
        first, second = sorted((LEVELS.index(level) for level in self.levels), reverse=True)
        return first, second, "(" not in self.place, self.direction == "response"


class Uses:
    """Which calls reach which owners."""

    def __init__(self) -> None:
        self._calls: list[str] = []
        self._masks: dict[Owner, int] = defaultdict(int)
        self._below: dict[Owner, list[Owner]] = defaultdict(list)

    def call(self, owner: Owner, name: str) -> None:
        """Make an owner a call."""
        self._masks[owner] |= 1 << len(self._calls)
        self._calls.append(name)

    def link(self, above: Owner, below: Owner) -> None:
        """Note that an owner refers to another one."""
        self._below[above].append(below)

    def distribute(self) -> None:
        """Bring every call to all that it reaches. A set of calls is one number, so a round is cheap."""
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
        """Make one change of all that was found at a place; the one that weighs most describes it."""
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
