"""The behaviour of a client: Timeouts.

A busy machine may need seconds for what follows a deadline; the servers here would go on for longer than that.
"""

from __future__ import annotations

import time
import zlib
from typing import Any

import pytest
from server import HEAD, chunked, raw_bytes, silent

from clientsmith.runtime.errors import APIConnectionError, APITimeoutError

DRIP = HEAD + b"Content-Length: 400\r\n\r\n" + b" " * 390 + b'{"id":"1"}'
"""In pieces of five bytes with pauses of 0.02 seconds this takes longer than a second."""
LONG_DRIP = HEAD + b"Content-Length: 9000\r\n\r\n" + b" " * 9000
SOON = 10.0


def timed(kit: Any, *, timeout: Any, client_timeout: Any = None) -> float:
    options = {} if client_timeout is None else {"timeout": client_timeout}
    client = kit.client(max_retries=0, **options)
    arguments = {} if timeout is None else {"timeout": timeout}
    started = time.monotonic()
    error = kit.fails(APITimeoutError, lambda: client.things.get("1", **arguments))
    assert isinstance(error, APIConnectionError)
    assert error.request is not None
    return time.monotonic() - started


def test_the_default_is_sixty_seconds_and_five_to_connect(kit: Any) -> None:
    client = kit.client()
    seen = sent_timeouts(kit, client)
    assert seen == {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": 60.0}


def sent_timeouts(kit: Any, client: Any, **arguments: Any) -> Any:
    raw = kit.run(client.things.with_raw_response.get("1", **arguments))
    return raw.http_request.extensions["timeout"]


def test_a_timeout_per_client_and_per_call(kit: Any) -> None:
    client = kit.client(timeout=7.0)
    assert set(sent_timeouts(kit, client).values()) == {7.0}
    assert set(sent_timeouts(kit, client, timeout=3).values()) == {3}
    assert set(sent_timeouts(kit, client, timeout=None).values()) == {None}
    own = kit.library.Timeout(9.0, connect=1.0)
    assert sent_timeouts(kit, client, timeout=own)["connect"] == 1.0
    assert sent_timeouts(kit, kit.client(timeout=own))["read"] == 9.0


def test_a_timeout_of_the_callers_http_client_is_kept(kit: Any) -> None:
    client = kit.client(http_client=kit.http_client(timeout=11.0))
    assert set(sent_timeouts(kit, client).values()) == {11.0}
    plain = kit.client(http_client=kit.http_client())
    assert sent_timeouts(kit, plain)["read"] == 60.0
    for given in (5, 5.0, kit.library.Timeout(5.0), kit.library.Timeout(5.0, read=60.0), None):
        http = kit.http_client(timeout=given)
        client = kit.client(http_client=http)
        assert sent_timeouts(kit, client) == http.timeout.as_dict()
        assert client.timeout == http.timeout
    http = kit.http_client()
    http.timeout = 5.0
    assert sent_timeouts(kit, kit.client(http_client=http))["read"] == 5.0


def test_the_client_shows_the_timeout_that_holds(kit: Any) -> None:
    client = kit.client()
    assert client.timeout == kit.library.Timeout(60.0, connect=5.0)
    assert client.timeout.as_dict() == {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": 60.0}
    assert (client.timeout.connect, repr(client.timeout)) == (5.0, "Timeout(timeout=60.0, connect=5.0)")
    assert client.with_options(timeout=3.0).timeout == 3.0
    client.timeout = None
    assert client.timeout is None


def test_a_wrong_timeout_is_a_type_error(kit: Any) -> None:
    with pytest.raises(TypeError, match="timeout"):
        kit.client(timeout="5")


def test_a_silent_server(kit: Any) -> None:
    kit.server.script = [silent()]
    assert timed(kit, timeout=0.5) < SOON


def test_timeouts_are_retried(kit: Any) -> None:
    kit.server.script = [silent(), silent()]
    raw = kit.run(kit.client(timeout=1.0).things.with_raw_response.get("1"))
    assert raw.retries_taken == 2


def test_a_float_is_a_deadline_that_a_dripping_body_does_not_outlast(kit: Any) -> None:
    kit.server.script = [raw_bytes(LONG_DRIP, pause=0.02, piece=5)]
    assert 0.4 <= timed(kit, timeout=0.5) < SOON


def test_a_dripping_chunked_body(kit: Any) -> None:
    kit.server.script = [chunked([b" "] * 1500, content_type="application/json", pause=0.02)]
    assert timed(kit, timeout=None, client_timeout=0.5) < SOON


def test_a_dripping_compressed_body_that_decodes_to_nothing(kit: Any) -> None:
    begun = zlib.compressobj(wbits=31).compress(b"")
    empty_block = b"\0\0\0\xff\xff"
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 50000\r\n\r\n"
    kit.server.script = [raw_bytes(head + begun + empty_block * 6000, pause=0.02, piece=20)]
    assert timed(kit, timeout=0.5) < SOON


def test_a_library_timeout_sets_no_deadline(kit: Any) -> None:
    kit.server.script = [raw_bytes(DRIP, pause=0.02, piece=5)]
    client = kit.client(max_retries=0, timeout=kit.library.Timeout(1.0))
    assert kit.call(client, "get", "1").id == "1"


def test_streaming_downloads_are_excepted_from_the_deadline(kit: Any) -> None:
    kit.server.script = [raw_bytes(DRIP, pause=0.02, piece=5)]
    client = kit.client(max_retries=0)
    opening = client.things.with_streaming_response.get("1", timeout=1.0)
    assert kit.within(opening, lambda response: response.json()) == {"id": "1"}


def test_a_read_timeout_in_a_streaming_download_is_a_timeout_error(kit: Any) -> None:
    kit.server.script = [raw_bytes(DRIP[:-30], pause=0.3)]
    opening = kit.client().things.with_streaming_response.get("1", timeout=0.1)
    with pytest.raises(APITimeoutError):
        kit.within(opening, lambda response: response.read())


@pytest.mark.parametrize("value", [0, 0.0, -1, -0.5, float("nan"), float("inf"), 1e10])
def test_a_timeout_is_above_zero_and_finite(kit: Any, value: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        kit.client(timeout=value)
    client = kit.client()
    with pytest.raises(ValueError, match="above 0"):
        client.timeout = value
    kit.fails(ValueError, lambda: client.things.get("1", timeout=value))
    assert kit.server.received == []


@pytest.mark.parametrize("value", ["5", True, (1, 2), b"5", {}])
def test_a_timeout_is_a_number(kit: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="timeout must be"):
        kit.client(timeout=value)
    client = kit.client()
    kit.fails(TypeError, lambda: client.things.get("1", timeout=value))
    assert kit.server.received == []
