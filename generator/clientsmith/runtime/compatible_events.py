"""Streams of operations that respond whole or as a stream, as SDKs of Stainless ask for them.

These ask for JSON in both cases, as the flag in the request says which of them is wanted.
"""

from __future__ import annotations

from .events import EventStream


class FlaggedEvents(EventStream):
    accept = "application/json"

    def is_stream(self, content_type: str, accept: str) -> bool:
        """Take any body for events: the flag has asked for them."""
        return True
