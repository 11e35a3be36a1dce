"""The behaviour of a client: Responses: server-sent events and JSON lines."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from server import chunked, raw_bytes
from waiting import until

from clientsmith.runtime import streaming
from clientsmith.runtime.errors import APIConnectionError, APIResponseValidationError
from clientsmith.runtime.events import EventStream, ServerSentEvent, events
from clientsmith.runtime.streaming import lines

EVENTS = (
    b'\xef\xbb\xbf: comment\ndata: {"id":\ndata: "1"}\n\n'
    b'event: x\r\nid: 7\r\nretry: 10\r\ndata:{"id": "2\xe2\x80\xa8"}\r\n\r\n'
    b'data: {"id": "3"}\r\rdata: [DONE]\n\ndata: {"id": "never finished"}\n'
)


def decoded(text: bytes, size: int) -> list[ServerSentEvent]:
    cut = events()
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    return [event for chunk in (*chunks, b"") for event in cut(chunk, not chunk)]


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


def test_a_stream_outlives_its_client(kit: Any) -> None:
    chunks = [b'data: {"id": "%d"}\n\n' % number for number in range(20)]
    kit.server.default = chunked(chunks, content_type="text/event-stream", pause=0.01)
    stream = kit.call(kit.client(), "events")
    gc.collect()
    assert len(kit.collect(stream)) == 20


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


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LARGEST", 100)
    with pytest.raises(ValueError, match="longer than 100 characters"):
        list(lines()(b"x" * 101, False))
    cut = lines()
    with pytest.raises(ValueError, match="longer than 100 characters"):
        [list(cut(b"x" * 10, False)) for _ in range(11)]
    cut = events()
    with pytest.raises(ValueError, match="longer than 100 characters"):
        list(cut(b"data: 0123456789\n" * 20, False))
    cut = events()
    for _ in range(200):
        list(cut(b"data: 0123456789\n\n: comment\n", False))


def test_what_is_too_large_is_an_error_of_the_package(kit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LARGEST", 100)
    for name, content_type in (("events", "text/event-stream"), ("lines", "application/x-ndjson")):
        kit.server.default = chunked([b"data: " + b"x" * 200], content_type=content_type)
        with pytest.raises(APIResponseValidationError, match="longer than 100 characters"):
            kit.collect(kit.call(kit.client(), name))
    opening = kit.client().things.with_streaming_response.get("1")
    with pytest.raises(APIResponseValidationError, match="longer than 100 characters"):
        kit.within(opening, lambda response: (kit.is_async and response.iter_lines()) or list(response.iter_lines()))


def test_a_long_line_that_comes_in_small_chunks() -> None:
    cut = lines()
    found = [line for _ in range(20_000) for line in cut(b"x" * 100, False)]
    assert [len(line) for line in [*found, *cut(b"", True)]] == [2_000_000]


@pytest.mark.parametrize("name", ["events", "lines"])
@pytest.mark.parametrize(
    ("content_type", "content", "body"),
    [
        ("text/html; charset=utf-8", b"<html>busy</html>", "<html>busy</html>"),
        ("text/html", b"", ""),
        ("application/json", b'{"error": "no"}', {"error": "no"}),
        ("application/problem+json", b'{"error": "no"}', {"error": "no"}),
    ],
)
@pytest.mark.parametrize("view", ["", "raw", "streaming"])
def test_a_stream_that_is_none(kit: Any, name: str, content_type: str, content: bytes, body: object, view: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    kit.server.default = raw_bytes(head.encode() + content)
    client = kit.client()

    def use() -> Any:
        if view == "raw":
            return kit.run(kit.run(getattr(client.things.with_raw_response, name)()).parse())
        if view == "streaming":
            return kit.within(getattr(client.things.with_streaming_response, name)(), lambda r: r.parse())
        return kit.call(client, name)

    with pytest.raises(APIResponseValidationError, match=r"the response is (text|application)/.*, not") as caught:
        use()
    assert (caught.value.body, caught.value.response.content) == (body, content)
    assert not [c for c in kit.pool_of(client).connections if not c.is_idle()]


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("events", "Text/Event-Stream ;charset=utf-8"),
        ("events", ""),
        ("lines", ""),
        ("lines", "application/ndjson"),
        ("lines", "application/vnd.x-ndjson"),
        ("lines", "text/plain"),
        ("lines", "application/octet-stream"),
    ],
)
def test_the_media_types_of_streams(kit: Any, name: str, content_type: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n" if content_type else "HTTP/1.1 200 OK\r\n\r\n"
    kit.server.default = raw_bytes(head.encode() + (b"data: " if name == "events" else b"") + b'{"id": "1"}\n\n')
    assert [thing.id for thing in kit.collect(kit.call(kit.client(), name))] == ["1"]


def test_json_text_sequences(kit: Any) -> None:
    content = b'\x1e{"id": "1"}\n\x1e{"id": "2"}\n'
    kit.server.default = chunked([content], content_type="application/json-seq")
    assert [thing.id for thing in kit.collect(kit.call(kit.client(), "lines"))] == ["1", "2"]


def test_json_lines_that_are_no_utf_8(kit: Any) -> None:
    kit.server.default = chunked([b'{"id": "\xff"}\n'], content_type="application/x-ndjson")
    with pytest.raises(APIResponseValidationError):
        kit.collect(kit.call(kit.client(), "lines"))


def test_the_undecoded_parts_of_a_stream(kit: Any) -> None:
    kit.server.default = chunked([b'id: 7\ndata: {"id": "1"}\n\n'], content_type="text/event-stream")
    found = kit.collect(kit.call(kit.client(), "events").events())
    assert found == [ServerSentEvent('{"id": "1"}', "message", "7")]
    kit.server.default = chunked([b'{"id": "1"}\n2'], content_type="application/x-ndjson")
    assert kit.collect(kit.call(kit.client(), "lines").events()) == ['{"id": "1"}', "2"]


def test_an_event_is_given_as_soon_as_its_blank_line_ends() -> None:
    cut = events()
    assert [event.data for event in cut(b"data: 1\r\r", False)] == ["1"]
    assert [event.data for event in cut(b"\ndata: 2\r\n\r", False)] == ["2"]
    assert [event.data for event in cut(b"\n\n", False)] == []


def test_the_raw_view_of_a_stream(kit: Any) -> None:
    kit.server.default = chunked([EVENTS], content_type="text/event-stream")
    raw = kit.run(kit.client().things.with_raw_response.events())
    assert raw.content == EVENTS
    for _ in range(2):
        assert [thing.id for thing in kit.collect(kit.run(raw.parse()))] == ["1", "2\u2028", "3"]


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


def test_a_body_that_is_read_twice_is_no_connection_error(kit: Any) -> None:
    kit.server.default = chunked([b"abc"], content_type="application/json")

    async def twice(response: Any) -> None:
        for _ in range(2):
            assert [chunk async for chunk in response.iter_bytes()] == [b"abc"]

    def sync_twice(response: Any) -> None:
        for _ in range(2):
            assert list(response.iter_bytes()) == [b"abc"]

    with pytest.raises(kit.library.StreamConsumed):
        kit.within(kit.client().things.with_streaming_response.get("1"), twice if kit.is_async else sync_twice)


@pytest.mark.parametrize("name", ["events", "lines"])
def test_a_stream_that_is_left_in_the_middle_closes_without_the_garbage_collector(kit: Any, name: str) -> None:
    content_type = {"events": "text/event-stream", "lines": "application/x-ndjson"}[name]
    line = b'data: {"id": "1"}\n\n' if name == "events" else b'{"id": "1"}\n'
    kit.server.default = chunked([line] * 3, content_type=content_type, pause=0.01)
    client = kit.client()
    problems: list[Any] = []

    def busy() -> list[Any]:
        return [c for c in kit.pool_of(client).connections if not (c.is_idle() or c.is_closed())]

    async def leave() -> None:
        kit.loop.set_exception_handler(lambda loop, context: problems.append(context))
        async for thing in await getattr(client.things, name)():
            assert thing.id == "1"
            break
        await until(lambda: not busy())

    gc.disable()
    try:
        if kit.is_async:
            kit.run(leave())
        else:
            for thing in getattr(client.things, name)():
                assert thing.id == "1"
                break
        assert busy() == []
    finally:
        gc.enable()
    gc.collect()
    assert problems == []


def test_a_closed_stream_is_at_its_end(kit: Any) -> None:
    kit.server.default = chunked([EVENTS] * 3, content_type="text/event-stream")
    stream = kit.call(kit.client(), "events")
    kit.run(stream.close())
    assert kit.collect(stream) == []


def events_of(annotation: Any, text: bytes) -> list[Any]:
    response = SimpleNamespace(exchange=SimpleNamespace(strict=False))
    return list(EventStream(lambda: annotation).values(response)(text, True))


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (str, [" ", "a", "1", '"q"', "2026-01-02T03:04:05Z"]),
        (str | None, ["a", 1, "q", "2026-01-02T03:04:05Z"]),
        (Literal["a", "b"], ["a", 1, "q", "2026-01-02T03:04:05Z"]),
        (datetime, ["a", 1, "q", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)]),
    ],
)
def test_events_of_text_need_be_no_json(annotation: Any, expected: list[Any]) -> None:
    text = b'data:  \n\ndata: a\n\ndata: 1\n\ndata: "q"\n\ndata: 2026-01-02T03:04:05Z\n\ndata: [DONE]\n\n'
    assert events_of(annotation, text) == expected


def test_lines_before_a_bad_one_are_given(kit: Any) -> None:
    kit.server.default = chunked([b'{"id":"1"}\n{"id":"2"}\n\xff\n'], content_type="application/x-ndjson")
    stream = kit.call(kit.client(), "lines")
    taken: list[str] = []

    async def take() -> None:
        async for thing in stream:
            taken.append(thing.id)

    def sync_take() -> None:
        taken.extend(thing.id for thing in stream)

    kit.fails(APIResponseValidationError, take if kit.is_async else sync_take)
    assert taken == ["1", "2"]
