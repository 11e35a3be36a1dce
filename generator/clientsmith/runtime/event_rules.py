"""Streams of server-sent events of which some end the stream, report an error, or are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .decode import decode
from .encode import loads
from .errors import APIError, APIStatusError
from .events import EventStream, ServerSentEvent, events
from .messages import words_of
from .redaction import hide
from .responses import RawResponse
from .streaming import Ended, PartDecoder


class Rule(NamedTuple):
    """What becomes of some events; the first rule that an event fits counts."""

    handle: str
    """``yield``, ``skip``, ``done`` (the stream ends) or ``error``."""
    events: tuple[str, ...] = ()
    """The names of the events, "" for those that have none; left out for all."""
    data: str = ""
    """What their data begins with."""
    error: str = ""
    """The member of their data that is there if they report an error."""

    def fits(self, event: ServerSentEvent) -> bool:
        is_named = not self.events or event.event in self.events
        return is_named and event.data.startswith(self.data)


class RuledEvents(EventStream):
    """Events that rules choose among; one that fits no rule is left out."""

    def __init__(self, type: Callable[[], object], *rules: Rule) -> None:
        super().__init__(type)
        self._rules = rules

    def values(self, response: Any) -> PartDecoder[Any]:
        decode_events, annotation = events(unnamed=""), self.annotation
        strict = response.exchange.strict

        def decode_values(chunk: bytes, is_last: bool) -> Iterator[Any]:
            for event in decode_events(chunk, is_last):
                rule = next((rule for rule in self._rules if rule.fits(event)), None)
                if rule is None or rule.handle == "skip":
                    continue
                if rule.handle == "done":
                    raise Ended
                if rule.handle == "error":
                    raise failure(event.data, response)
                value = self._value(event.data)
                check(value, rule, response)
                yield decode(value, annotation, strict=strict)

        return decode_values

    def _value(self, data: str) -> object:
        if self.annotation is str:
            return data
        return json_or_text(data) if self.may_be_text() else loads(data)


def json_or_text(data: str) -> object:
    try:
        return loads(data)
    except ValueError:
        return data


def failure(data: str, response: Any) -> APIStatusError:
    """Make the exception of an event that reports an error."""
    body = json_or_text(data)
    message = words_of(body) or data or f"error code: {response.status_code}"
    message = hide(message, response.exchange.secrets)
    raw = RawResponse[Any](response.exchange, data.encode())
    return APIStatusError(message, response=raw, body=body)


def check(value: object, rule: Rule, response: Any) -> None:
    """Look for an error in the data of an event.

    Raises:
        APIError: the data has one.
    """
    found = value.get(rule.error) if rule.error and isinstance(value, Mapping) else None
    if found:
        message = words_of(found) or "an error occurred during streaming"
        message = hide(message, response.exchange.secrets)
        raise APIError(message, request=response.http_request, body=found)
