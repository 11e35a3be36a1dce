"""Streams with rules, of operations that respond whole or as a stream, as SDKs of Stainless ask for them."""

from __future__ import annotations

from .compatible_events import FlaggedEvents
from .event_rules import RuledEvents


class FlaggedRules(RuledEvents, FlaggedEvents):
    """Asks for JSON in both cases; the flag in the request says which of them is wanted."""
