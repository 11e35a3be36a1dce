"""Server-sent events. Source: HTML Living Standard, "Server-sent events"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import streaming
from .annotations import CODECS
from .parts import StreamOf
from .streaming import PartDecoder, lines


class ServerSentEvent(NamedTuple):
    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventStream(StreamOf):
    """Events, the data of each of which is a value.

    The data is a text where one is declared, or where it is no JSON and may be a text.
    """

    accept = "text/event-stream"

    def is_stream(self, content_type: str, accept: str) -> bool:
        return content_type.partition(";")[0].strip() in ("", "text/event-stream")

    def parts(self) -> PartDecoder[ServerSentEvent]:
        return events()

    def data_of(self, part: ServerSentEvent) -> str:
        return part.data

    def may_be_text(self) -> bool:
        return CODECS.of(self.annotation).accepts("")


def events(unnamed: str = "message") -> PartDecoder[ServerSentEvent]:
    """Collect lines into events; one that no blank line ends is not complete.

    Args:
        unnamed: The name of an event that has none.
    """
    decode_lines = lines()
    data: list[str] = []
    size, kind, last_id = 0, "", ""
    retry: int | None = None

    def decode(chunk: bytes, is_last: bool) -> Iterator[ServerSentEvent]:
        nonlocal size, kind, last_id, retry
        for line in decode_lines(chunk, is_last):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                if data:
                    text = "\n".join(data)
                    yield ServerSentEvent(text, kind or unnamed, last_id, retry)
                data.clear()
                size, kind, retry = 0, "", None
            elif name == "data":
                data.append(value)
                size += len(value) + 1
                if size > streaming.LARGEST:
                    most = streaming.LARGEST
                    raise ValueError(f"an event is longer than {most} characters")
            elif name == "event":
                kind = value
            elif name == "id" and "\0" not in value:
                last_id = value
            elif name == "retry" and value.isascii() and value.isdigit():
                retry = int(value[:9])

    return decode
