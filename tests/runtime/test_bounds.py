"""What is read of a response: no more than was asked for, and nothing without a bound."""

from __future__ import annotations

import gzip
import itertools
import socket
import time
import zlib
from typing import Any

import pytest
from server import Step, answer, chunked, raw_bytes

from clientsmith.runtime.errors import (
    APIResponseValidationError,
    APITimeoutError,
    InternalServerError,
    NotFoundError,
)

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
SMALL = 100 * KILOBYTE


def bomb(size: int = 50 * MEGABYTE, wbits: int = 31) -> bytes:
    """Compress so many blanks."""
    compress = zlib.compressobj(9, zlib.DEFLATED, wbits)
    pieces = [compress.compress(b" " * MEGABYTE) for _ in range(size // MEGABYTE)]
    return b"".join([*pieces, compress.flush()])


BOMBS = {
    "gzip": bomb(),
    "deflate": bomb(wbits=15),
    "gzip, gzip": gzip.compress(bomb()),
    "deflate, gzip": gzip.compress(bomb(wbits=15)),
}


def endless(head: str, piece: bytes = b"x" * 65536) -> Step:
    """Write until the client hangs up."""

    def step(connection: socket.socket) -> bool:
        connection.sendall(f"HTTP/1.1 {head}\r\n\r\n".encode())
        while True:
            connection.sendall(piece)

    return step


def largest_chunk(monkeypatch: pytest.MonkeyPatch, library: Any) -> list[int]:
    """Note what the library's decoders give at once."""
    sizes = [0]
    for name in ("GZipDecoder", "DeflateDecoder"):
        decoder = getattr(library._decoders, name)

        def decode(self: Any, data: bytes, decode: Any = decoder.decode) -> Any:
            made = decode(self, data)
            pieces = [made] if isinstance(made, bytes) else list(made)
            sizes.append(sum(map(len, pieces)))
            return made if isinstance(made, bytes) else iter(pieces)

        monkeypatch.setattr(decoder, "decode", decode)
    return sizes


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_compressed_body_is_bounded_once_decompressed(
    kit: Any, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = largest_chunk(monkeypatch, kit.library)
    kit.server.default = answer(200, BOMBS[encoding], {"Content-Encoding": encoding})
    client = kit.client(max_response_size=SMALL)
    error = kit.fails(APIResponseValidationError, lambda: client.things.get("1"))
    assert "more than max_response_size=102400 bytes" in str(error)
    assert error.response.content == b""
    assert len(kit.server.received) == 1
    assert max(sizes) < 20 * MEGABYTE
    assert all(c.is_idle() or c.is_closed() for c in kit.pool_of(client).connections)


@pytest.mark.parametrize("encoding", BOMBS)
def test_an_error_with_a_compressed_body_is_cut(kit: Any, encoding: str) -> None:
    kit.server.default = answer(404, BOMBS[encoding], {"Content-Encoding": encoding})
    client = kit.client()
    error = kit.fails(NotFoundError, lambda: client.things.get("1"))
    assert len(error.response.content) == MEGABYTE
    assert len(str(error)) < 1000


def test_a_body_that_never_ends_is_bounded(kit: Any) -> None:
    kit.server.default = endless("200 OK\r\nContent-Type: application/json")
    client = kit.client(max_response_size=MEGABYTE)
    for method in (client.things.get, client.things.with_raw_response.get):
        error = kit.fails(APIResponseValidationError, lambda method=method: method("1"))
        assert "max_response_size=1048576" in str(error)


def test_an_error_whose_body_never_ends_is_cut(kit: Any) -> None:
    kit.server.default = endless("500 No")
    client = kit.client(max_retries=0)
    error = kit.fails(InternalServerError, lambda: client.things.get("1"))
    assert error.response.content == b"x" * MEGABYTE
    client.max_response_size = KILOBYTE
    error = kit.fails(InternalServerError, lambda: client.things.get("1"))
    assert error.response.content == b"x" * KILOBYTE


def test_a_length_over_the_bound_is_refused_before_the_body_is_read(kit: Any) -> None:
    kit.server.default = raw_bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", pause=0.5)
    client = kit.client()
    kit.fails(APIResponseValidationError, lambda: client.things.get("1"))


@pytest.mark.parametrize("encodings", ["gzip, gzip, gzip", ", ".join(["gzip"] * 5000), "gzip, br", "zstd, gzip"])
@pytest.mark.parametrize("status", [200, 404])
def test_encodings_upon_encodings_are_refused(kit: Any, encodings: str, status: int) -> None:
    kit.server.default = answer(status, gzip.compress(b"{}"), {"Content-Encoding": encodings})
    client = kit.client()
    expected = APIResponseValidationError if status == 200 else NotFoundError
    kit.fails(expected, lambda: client.things.get("1"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, identity", "gzip, gzip", "identity", "unknown"])
def test_compressed_bodies_within_the_bound_are_read_whole(kit: Any, encoding: str) -> None:
    content = b'{"id": "1", "name": "' + b"".join(b"%d" % n for n in range(50_000)) + b'"}'
    for name in encoding.split(", "):
        compress = {"gzip": gzip.compress, "deflate": zlib.compress}.get(name, bytes)
        content = compress(content)
    kit.server.default = answer(200, content, {"Content-Encoding": encoding})
    raw = kit.run(kit.client().things.with_raw_response.get("1"))
    assert len(raw.content) > 238_000
    assert raw.http_response.content == raw.content
    assert kit.run(raw.parse()).id == "1"


def test_a_connection_is_used_again_after_bounded_bodies(kit: Any) -> None:
    chunks = chunked([b'{"id": ', b'"1"}'], content_type="application/json")
    zipped = answer(200, gzip.compress(b'{"id": "1"}'), {"Content-Encoding": "gzip"})
    kit.server.script = [chunks, zipped, answer(404), chunks]
    client = kit.client()
    opened = []
    for _ in range(2):
        kit.call(client, "get", "1")
        opened.append(id(kit.pool_of(client).connections[0]))
    kit.fails(NotFoundError, lambda: client.things.get("1"))
    kit.call(client, "get", "1")
    assert opened == [id(kit.pool_of(client).connections[0])] * 2


def test_a_body_for_an_operation_without_one_is_not_read(kit: Any) -> None:
    kit.server.default = endless("200 OK")
    client = kit.client()
    assert kit.call(client, "delete", "1") is None
    assert not [c for c in kit.pool_of(client).connections if not (c.is_idle() or c.is_closed())]


@pytest.mark.parametrize("name", ["events", "lines"])
@pytest.mark.parametrize("view", ["", "streaming"])
def test_a_stream_of_the_wrong_type_is_not_read(kit: Any, name: str, view: str) -> None:
    kit.server.default = endless("200 OK\r\nContent-Type: text/html")
    client = kit.client()

    def use() -> Any:
        if view == "streaming":
            return kit.within(getattr(client.things.with_streaming_response, name)(), lambda r: r.parse())
        return kit.call(client, name)

    with pytest.raises(APIResponseValidationError, match="the response is text/html, not"):
        use()
    assert not [c for c in kit.pool_of(client).connections if not (c.is_idle() or c.is_closed())]


def test_events_are_not_read_where_json_is_due(kit: Any) -> None:
    kit.server.default = endless("200 OK\r\nContent-Type: text/event-stream", b"data: {}\n\n")
    client = kit.client()
    error = kit.fails(APIResponseValidationError, lambda: client.things.get("1"))
    assert "text/event-stream, not application/json" in str(error)


@pytest.mark.parametrize("read", ["read", "json", "text", "parse"])
def test_a_streamed_response_that_is_read_whole_is_bounded(kit: Any, read: str) -> None:
    kit.server.default = endless("200 OK\r\nContent-Type: application/json")
    opening = kit.client(max_response_size=MEGABYTE).things.with_streaming_response.get("1")
    with pytest.raises(APIResponseValidationError, match="max_response_size"):
        kit.within(opening, lambda response: getattr(response, read)())


def test_a_streamed_response_that_is_read_in_chunks_has_no_bound(kit: Any) -> None:
    kit.server.default = answer(200, bomb(5 * MEGABYTE), {"Content-Encoding": "gzip"})
    opening = kit.client(max_response_size=1).things.with_streaming_response.get("1")
    chunks = kit.within(opening, lambda r: r.iter_bytes() if kit.is_async else list(r.iter_bytes()))
    assert sum(map(len, chunks)) == 5 * MEGABYTE
    assert max(map(len, chunks)) <= 2 * MEGABYTE


def test_no_bound_where_the_caller_wants_none(kit: Any) -> None:
    kit.server.default = answer(200, bomb(5 * MEGABYTE), {"Content-Encoding": "gzip"})
    raw = kit.run(kit.client(max_response_size=None).things.with_raw_response.get("1"))
    assert len(raw.content) == 5 * MEGABYTE


@pytest.mark.parametrize("value", [0, -1])
def test_a_bound_is_above_zero(kit: Any, value: int) -> None:
    with pytest.raises(ValueError, match="max_response_size"):
        kit.client(max_response_size=value)


@pytest.mark.parametrize("value", ["1", 1.5, True])
def test_a_bound_is_a_number_of_bytes(kit: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="max_response_size"):
        kit.client(max_response_size=value)


def test_the_bound_is_an_option_like_others(kit: Any) -> None:
    client = kit.client()
    assert client.max_response_size == 128 * MEGABYTE
    assert client.with_options(max_response_size=5).max_response_size == 5
    assert client.with_options(max_response_size=5).with_options().max_response_size == 5
    assert client.with_options(max_response_size=None).max_response_size is None


# --- the deadline ----------------------------------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "head": HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(500)) + b"\r\n{}",
    "status line": b"HTTP/1.1 200 " + b"O" * 5000 + b"\r\n\r\n{}",
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 200 + HEAD + b"\r\n{}",
    "body": HEAD + b"Content-Length: 5000\r\n\r\n" + b" " * 5000,
    "error": b"HTTP/1.1 404 No\r\nContent-Length: 5000\r\n\r\n" + b" " * 5000,
}


@pytest.mark.parametrize("drip", DRIPS)
def test_no_drip_outlasts_the_deadline(kit: Any, drip: str) -> None:
    kit.server.default = raw_bytes(DRIPS[drip], piece=10, pause=0.02)
    client = kit.client(max_retries=0, timeout=0.6)
    started = time.monotonic()
    kit.fails(APITimeoutError, lambda: client.things.get("1"))
    assert time.monotonic() - started < 1.2
    assert all(c.is_idle() or c.is_closed() for c in kit.pool_of(client).connections)


def test_no_drip_outlasts_the_deadline_over_the_callers_http_client(kit: Any) -> None:
    kit.server.default = raw_bytes(DRIPS["head"], piece=10, pause=0.02)
    client = kit.client(max_retries=0, timeout=0.6, http_client=kit.http_client())
    kit.fails(APITimeoutError, lambda: client.things.get("1"))


def test_a_connection_that_is_used_again_has_the_deadline_of_its_call(kit: Any) -> None:
    kit.server.script = [answer(200, {"id": "1"}), raw_bytes(DRIPS["head"], piece=10, pause=0.02)]
    client = kit.client(max_retries=0)
    kit.call(client, "get", "1", timeout=30.0)
    kit.fails(APITimeoutError, lambda: client.things.get("1", timeout=0.5))
    assert kit.call(client, "get", "1").id == "1"


def test_a_call_inside_of_a_call_has_its_own_deadline(kit: Any) -> None:
    """A function that gives a credential may use another client."""
    if kit.is_async:
        return
    inner = kit.client(timeout=3.0, max_retries=0)
    tokens = itertools.count()

    def token() -> str:
        return f"{inner.things.get('1').id}-{next(tokens)}"

    outer = kit.client(timeout=30.0, api_token=token)
    assert kit.call(outer, "get", "1").id == "1"
    assert kit.server.received[-1].header("authorization") == "Bearer 1-0"
    kit.server.default = raw_bytes(DRIPS["head"], piece=10, pause=0.02)
    kit.fails(APITimeoutError, lambda: outer.with_options(timeout=0.5, max_retries=0).things.get("1"))
