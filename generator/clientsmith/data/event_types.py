"""Events that an API sends, with the types that a client has for them."""

from __future__ import annotations

from dataclasses import dataclass

from .api import Event
from .types import TypeExpr


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A webhook or a callback, and what its body is read as."""

    event: Event
    name: str
    """Its type in `types.webhooks`."""
    type: TypeExpr
