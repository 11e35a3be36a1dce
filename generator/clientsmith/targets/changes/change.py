"""What changed between two clients, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...data.api import Api
from ...data.document import Pointer
from ...data.formats import native_sides
from ...data.surface import Surface
from ...data.types import Side
from .change_kinds import CHANGE_KINDS, LEVELS, Level

Direction = Literal["request", "response", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference, at the place where it is."""

    kind: str
    """A name of `CHANGE_KINDS`."""
    place: str
    """The place in the client: `meetings.create(title)`, `types.Meeting.title`. For what is gone: as it was."""
    message: str
    """One sentence without a full stop. It may hold text of the documents."""
    old: Pointer
    new: Pointer
    """Both places in the documents. A part that only one side has is located by what is closest on the other one."""
    direction: Direction | None = None
    wire: Level
    """What it does to requests and responses of a client that is not generated again."""
    typing: Level
    """What it does to code that uses the client, when the client is generated again."""
    uses: tuple[str, ...] = ()
    """The calls that are affected, in the order of the documents; of very many the first ones."""
    use_count: int = 0
    """How many they are."""

    @property
    def level(self) -> Level:
        """The worse of both levels."""
        return worst((self.wire, self.typing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All changes, the gravest first, then by place."""

    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """The worst level of all changes."""
        return worst(change.level for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One of the two sides: what the document says, and what the client offers."""

    api: Api
    surface: Surface
    native: Mapping[str, tuple[Side, ...]] = field(default_factory=lambda: native_sides({}))
    """The sides on which each format of strings is more than text, under the settings."""
    core: str | None = None
    """The runtime that the client shares with others; None: its own."""
    distribution: str | None = None
    """The name under which it can be installed; None: it is a folder to be copied."""


def worst(levels: Iterable[Level]) -> Level:
    """Give the gravest of some levels; `none` for an empty list."""
    return LEVELS[max(map(LEVELS.index, levels), default=0)]


def levels_of(kind: str, direction: Direction | None) -> tuple[Level, Level]:
    """Give the levels of a kind: wire, then typing."""
    row = CHANGE_KINDS[kind]
    return row.response if direction == "response" else row.request
