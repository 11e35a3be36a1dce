"""The version that a client should have next, by Semantic Versioning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .change_kinds import LEVELS, Level

_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?P<rest>.*)", re.DOTALL)
_MOST_DIGITS = 9
Numbers = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the level of a comparison means for the version of the client."""

    level: Level
    old: str
    """The version of the old client."""
    new: str
    """The version in the settings of the new one."""
    next: str | None
    """The lowest version that the new client may have; None where the old version has no numbers."""
    sufficient: bool
    """Whether the version in the new settings is at least that."""

    def __str__(self) -> str:
        if self.level == "none":
            return f"none: nothing changed, version {self.old} can stay"
        if self.next is None:
            return f"{self.level}: version {self.old} has no numbers that could be raised"
        if self.sufficient and self.new != self.old:
            return f"{self.level}: version {self.new} is enough (next after {self.old} is {self.next})"
        return f"{self.level}: next version {self.next} (after {self.old})"


def advise(level: Level, old: str, new: str) -> Advice:
    """Choose the next version. Before 1.0.0 a major change raises the second number, any other one the third."""
    wanted = _next(level, old)
    before, after = _numbers(wanted or ""), _numbers(new)
    enough = level == "none" or (
        before is not None and after is not None and _order(new, after) >= _order(wanted or "", before)
    )
    return Advice(level=level, old=old, new=new, next=wanted, sufficient=enough)


def _next(level: Level, old: str) -> str | None:
    """Raise a version. What follows its numbers is left out: `2.0.0rc1` is raised to `2.0.0` already."""
    numbers = _numbers(old)
    if level == "none":
        return old
    if numbers is None:
        return None
    if _is_before_release(old) and _reaches(numbers, level):
        return _written(numbers)
    major, minor, patch = numbers
    step = LEVELS.index(level) - (1 if major == 0 and level != "patch" else 0)
    return _written({3: (major + 1, 0, 0), 2: (major, minor + 1, 0), 1: (major, minor, patch + 1)}[step])


def _numbers(version: str) -> Numbers | None:
    found = _VERSION.fullmatch(version.removeprefix("v"))
    if found is None or any(len(number or "") > _MOST_DIGITS for number in found.groups()[:3]):
        return None
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def _is_before_release(version: str) -> bool:
    found = _VERSION.fullmatch(version.removeprefix("v"))
    return found is not None and re.match(r"[-._]?(a|b|c|rc|alpha|beta|pre|preview|dev)", found["rest"]) is not None


def _reaches(numbers: Numbers, level: Level) -> bool:
    """Report whether a version is what a change of this level leads to."""
    major, minor, patch = numbers
    if level == "patch":
        return True
    if level == "minor" or major == 0:
        return patch == 0 or (major == 0 and level == "minor")
    return minor == patch == 0


def _order(version: str, numbers: Numbers) -> tuple[Numbers, bool]:
    return numbers, not _is_before_release(version)


def _written(numbers: Numbers) -> str:
    return ".".join(map(str, numbers))
