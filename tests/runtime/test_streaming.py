"""BEHAVIOUR, section Answers: server-sent events and JSON lines."""

from __future__ import annotations

from typing import Any

import pytest
from server import chunked, raw_bytes

from clientsmith.runtime.errors import APIConnectionError, APIResponseValidationError
from clientsmith.runtime.streaming import EventDecoder, LineSplitter, ServerSentEvent, TooLarge

EVENTS = (
    b'\xef\xbb\xbf: comment\ndata: {"id":\ndata: "1"}\n\n'
    b'event: x\r\nid: 7\r\nretry: 10\r\ndata:{"id": "2\xe2\x80\xa8"}\r\n\r\n'
    b'data: {"id": "3"}\r\rdata: [DONE]\n\ndata: {"id": "never finished"}\n'
)


def decoded(text: bytes, size: int) -> list[ServerSentEvent]:
    decoder = EventDecoder()
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    return [event for chunk in chunks for event in decoder.feed(chunk)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_chunk_borders_may_be_anywhere(size: int) -> None:
    events = decoded(EVENTS, size)
    assert [event.data for event in events] == [
        '{"id":\n"1"}',
        '{"id": "2\u2028"}',
        '{"id": "3"}',
        "[DONE]",
    ]
    assert events[1] == ServerSentEvent('{"id": "2\u2028"}', "x", "7", 10)
    assert (events[2].event, events[2].id) == ("message", "7")


def test_events_are_typed(kit: Any) -> None:
    kit.server.default = chunked(
        [EVENTS[i : i + 9] for i in range(0, len(EVENTS), 9)], content_type="text/event-stream"
    )
    stream = kit.call(kit.client(), "events")
    assert [thing.id for thing in kit.collect(stream)] == ["1", "2\u2028", "3"]
    assert stream.response.http_response.is_closed
    assert kit.server.received[0].header("accept") == "text/event-stream"


def test_json_lines_are_typed(kit: Any) -> None:
    kit.server.default = chunked([b'{"id": "1"}\n{"i', b'd": "2"}\n\n{"id": "3"}'], content_type="application/x-ndjson")
    things = kit.collect(kit.call(kit.client(), "lines"))
    assert [thing.id for thing in things] == ["1", "2", "3"]


def test_a_stream_is_closed_by_with(kit: Any) -> None:
    kit.server.default = chunked([EVENTS], content_type="text/event-stream")
    stream = kit.call(kit.client(), "events")
    kept = kit.within(stream, lambda entered: entered.response)
    assert kept.http_response.is_closed


def test_a_part_of_the_wrong_shape(kit: Any) -> None:
    client = kit.client()
    for data in (b"data: [1]\n\n", b"data: {\n\n"):
        kit.server.default = chunked([data], content_type="text/event-stream")
        stream = kit.call(client, "events")
        with pytest.raises(APIResponseValidationError):
            kit.collect(stream)
        assert stream.response.http_response.is_closed


def test_a_stream_that_breaks(kit: Any) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n"
    kit.server.default = raw_bytes(head + b'data: {"id": "1"}\n\ndata')
    with pytest.raises(APIConnectionError):
        kit.collect(kit.call(kit.client(), "events"))


def test_memory_is_bounded() -> None:
    with pytest.raises(TooLarge):
        list(LineSplitter(10).feed(b"x" * 11))
    decoder = EventDecoder(100)
    with pytest.raises(TooLarge):
        list(decoder.feed(b"data: 0123456789\n" * 20))
    decoder = EventDecoder(100)
    for _ in range(200):
        list(decoder.feed(b"data: 0123456789\n\n: comment\n"))


def test_an_event_that_is_too_large_is_an_error_of_the_package(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(LineSplitter.__init__, "__defaults__", (100,))
    monkeypatch.setattr(EventDecoder.__init__, "__defaults__", (100,))
    kit.server.default = chunked([b"data: " + b"x" * 200], content_type="text/event-stream")
    with pytest.raises(APIResponseValidationError, match="longer than 100 bytes"):
        kit.collect(kit.call(kit.client(), "events"))


def test_the_raw_view_of_a_stream(kit: Any) -> None:
    kit.server.default = chunked([EVENTS], content_type="text/event-stream")
    raw = kit.run(kit.client().things.with_raw_response.events())
    assert [thing.id for thing in raw.parse()] == ["1", "2\u2028", "3"]


def test_the_streaming_view_of_a_stream(kit: Any) -> None:
    kit.server.default = chunked([EVENTS], content_type="text/event-stream")

    def use(response: Any) -> Any:
        if not kit.is_async:
            return list(response.parse())

        async def things() -> list[Any]:
            return [thing async for thing in await response.parse()]

        return things()

    things = kit.within(kit.client().things.with_streaming_response.events(), use)
    assert [thing.id for thing in things] == ["1", "2\u2028", "3"]
