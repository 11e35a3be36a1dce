"""Server-sent events that are described as objects with fields such as `data` and `id`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .annotations import CODECS
from .codecs import Codec
from .decode import decode
from .encode import loads
from .events import EventStream, ServerSentEvent, events
from .objects import Object
from .streaming import PartDecoder
from .unions import Union

_TEXT = CODECS.of(str)


class EventObjects(EventStream):
    """Events, each of which is a value; a field that is no text is read as JSON."""

    def values(self, response: Any) -> PartDecoder[Any]:
        decode_events, annotation = events(unnamed=""), self.annotation
        codec, strict = CODECS.of(annotation), response.exchange.strict

        def decode_values(chunk: bytes, is_last: bool) -> Iterator[Any]:
            for event in decode_events(chunk, is_last):
                if event.data != "[DONE]":
                    value = _typed(codec, _fields(event))
                    yield decode(value, annotation, strict=strict)

        return decode_values


def _fields(event: ServerSentEvent) -> dict[str, object]:
    """Return the fields that were sent, as text."""
    retry = None if event.retry is None else str(event.retry)
    sent = {"event": event.event or None, "id": event.id or None, "retry": retry}
    return {"data": event.data, **{k: v for k, v in sent.items() if v is not None}}


def _typed(codec: Codec, fields: dict[str, Any]) -> dict[str, Any]:
    """Read the texts of fields as what is due there; in a union, as the member that they fit best."""
    codec = codec.resolved
    if isinstance(codec, Union):
        chosen = [(member, _typed(member, fields)) for member in codec.members]
        fitting = [v for m, v in chosen if not m.problem(v, True, {})]
        fitting += [v for m, v in chosen if not m.problem(v, False, {})]
        return fitting[0] if fitting else fields
    if not isinstance(codec, Object):
        return fields
    due = {field.wire_name: field.codec for field in codec.fields}
    return {name: _value(due.get(name, _TEXT), text) for name, text in fields.items()}


def _value(codec: Codec, text: str) -> object:
    """Read JSON where it is due; what may be text and is no list or object stays text."""
    if type(codec.resolved) is Codec:
        return text
    try:
        value = loads(text)
    except ValueError:
        return text
    if isinstance(value, (list, dict)) and codec.accepts(value):
        return value
    return text if codec.problem(text, True, {}) is None else value
