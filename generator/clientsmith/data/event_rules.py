"""What the settings say of the events of streams."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .document import Position

EventHandling = Literal["yield", "skip", "done", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRuleSettings:
    """`[streams.NAME]`: what becomes of some events of a stream."""

    name: str
    handle: EventHandling = "yield"
    """They are given, left out, end the stream, or report an error."""
    events: tuple[str, ...] = ()
    """The names of the events, "" for those without one; none: all."""
    data: str = ""
    """What their data begins with."""
    error: str = ""
    """The member of their data that is there if they report an error."""
    position: Position = field(compare=False)
