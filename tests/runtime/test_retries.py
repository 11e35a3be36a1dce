"""The behaviour of a client: Retries."""

from __future__ import annotations

from email.utils import formatdate
from time import time
from typing import Any

import pytest
from server import answer, half_closed, raw_bytes, reset

from clientsmith.runtime.errors import APIConnectionError, APIStatusError, InternalServerError
from clientsmith.runtime.retry import retry_delay

SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"
FAULTS = {
    "reset": reset,
    "reset in the body": lambda: reset(SHORT),
    "fewer bytes than announced": lambda: raw_bytes(SHORT),
    "half closed": half_closed,
    "broken chunks": lambda: raw_bytes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "no http": lambda: raw_bytes(b"SSH-2.0-hello\r\n\r\n"),
    "oversized header": lambda: raw_bytes(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n"),
}


def idle(kit: Any, client: Any) -> bool:
    """Report whether no connection is checked out."""
    return all(c.is_idle() or c.is_closed() for c in kit.pool_of(client).connections)


@pytest.mark.parametrize("fault", FAULTS)
def test_connection_errors_are_retried(kit: Any, fault: str) -> None:
    kit.server.script = [FAULTS[fault](), FAULTS[fault]()]
    client = kit.client()
    assert kit.call(client, "get", "1").id == "1"
    assert len(kit.server.received) == 3
    assert idle(kit, client)


@pytest.mark.parametrize("fault", FAULTS)
def test_connection_errors_are_raised_after_the_last_retry(kit: Any, fault: str) -> None:
    kit.server.script = [FAULTS[fault]() for _ in range(3)]
    client = kit.client()
    error = kit.fails(APIConnectionError, lambda: client.things.get("1"))
    assert len(kit.server.received) == 3
    assert error.request.method == "GET"
    assert idle(kit, client)


@pytest.mark.parametrize("fault", FAULTS)
def test_connection_errors_are_retried_before_a_deadline(kit: Any, fault: str) -> None:
    kit.server.script = [FAULTS[fault]()]
    assert kit.call(kit.client(), "get", "1", timeout=20.0).id == "1"
    assert len(kit.server.received) == 2


def test_a_refused_connection_is_retried(kit: Any) -> None:
    client = kit.client(base_url="http://127.0.0.1:9/")
    kit.fails(APIConnectionError, lambda: client.things.get("1"))
    assert len(kit.slept) == 2


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 599])
def test_these_statuses_are_retried(kit: Any, status: int) -> None:
    kit.server.script = [answer(status), answer(status)]
    raw = kit.run(kit.client().things.with_raw_response.get("1"))
    assert (raw.retries_taken, kit.run(raw.parse()).id) == (2, "1")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 304])
def test_other_statuses_are_not(kit: Any, status: int) -> None:
    kit.server.script = [answer(status)]
    client = kit.client()
    kit.fails(APIStatusError, lambda: client.things.get("1"))
    assert len(kit.server.received) == 1


def test_x_should_retry_overrides(kit: Any) -> None:
    kit.server.script = [answer(400, headers={"X-Should-Retry": "true"})]
    client = kit.client()
    assert kit.call(client, "get", "1").id == "1"
    kit.server.script = [answer(500, headers={"x-should-retry": "false"})]
    kit.fails(InternalServerError, lambda: client.things.get("1"))


def test_max_retries(kit: Any) -> None:
    kit.server.default = answer(500)
    for retries in (0, 1, 4):
        kit.server.received.clear()
        client = kit.client(max_retries=retries)
        kit.fails(InternalServerError, lambda client=client: client.things.get("1"))
        assert len(kit.server.received) == retries + 1


def test_delays_double_up_to_eight_seconds(kit: Any) -> None:
    kit.server.default = answer(500)
    client = kit.client(max_retries=6)
    kit.fails(InternalServerError, lambda: client.things.get("1"))
    assert kit.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]


def test_the_random_factor_lies_between_three_quarters_and_one() -> None:
    assert retry_delay(0, None, lambda: 0.0) == 0.5
    assert 0.375 < retry_delay(0, None, lambda: 0.999999) < 0.376
    assert retry_delay(5000, None, lambda: 0.0) == 8.0


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "60"}, 60.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "7"}, 7.0),
        ({"retry-after": "61"}, 0.5),
        ({"retry-after": "0"}, 0.5),
        ({"retry-after": "-1"}, 0.5),
        ({"retry-after": "nan"}, 0.5),
        ({"retry-after": "inf"}, 0.5),
        ({"retry-after": "1_0"}, 0.5),
        ({"retry-after": "soon"}, 0.5),
        ({"retry-after": "Mon, 99 Zzz 99999 99:99:99 GMT"}, 0.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.5),
    ],
)
def test_retry_after_is_obeyed_within_a_minute(headers: Any, expected: float) -> None:
    assert retry_delay(0, headers, lambda: 0.0) == expected


def test_retry_after_as_a_date(kit: Any) -> None:
    kit.server.script = [answer(503, headers={"Retry-After": formatdate(time() + 30, usegmt=True)})]
    kit.call(kit.client(), "get", "1")
    assert 25 < kit.slept[0] <= 30


def test_body_and_idempotency_key_are_the_same_at_every_attempt(kit: Any) -> None:
    kit.server.script = [answer(500), reset()]
    client = kit.client()
    kit.call(client, "create", name="x")
    first, second, third = kit.server.received
    assert first.body == second.body == third.body
    keys = {request.header("idempotency-key") for request in kit.server.received}
    assert len(keys) == 1
    kit.call(client, "create", name="x")
    assert kit.server.received[-1].header("idempotency-key") not in keys


def test_an_idempotency_key_of_the_caller_is_kept(kit: Any) -> None:
    kit.call(kit.client(), "create", name="x", extra_headers={"idempotency-key": "mine"})
    assert kit.server.received[-1].all("idempotency-key") == ["mine"]


def test_after_a_failure_no_connection_stays_checked_out(kit: Any) -> None:
    kit.server.default = answer(500, {"message": "x"})
    client = kit.client()
    kit.fails(InternalServerError, lambda: client.things.get("1"))
    assert idle(kit, client)


def test_an_async_wait_does_not_block_the_loop(kit: Any) -> None:
    import asyncio

    from clientsmith.runtime.client import AsyncClient

    if not kit.is_async:
        return
    kit.server.script = [answer(503, headers={"retry-after-ms": "50"})]
    client = kit.client()
    ticks = during = 0

    async def wait(seconds: float) -> None:
        nonlocal during
        before = ticks
        await AsyncClient._sleep(seconds)
        during = ticks - before

    client._sleep = wait

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.005)

    async def main() -> None:
        ticking = asyncio.ensure_future(tick())
        await client.things.get("1")
        ticking.cancel()

    kit.run(main())
    assert during > 0


def test_a_send_failure_below_the_library_is_a_connection_error(kit: Any) -> None:
    """h11 refuses a body shorter than its Content-Length, and the library lets that through."""
    client = kit.client()
    headers = {"Content-Length": "5000"}
    error = kit.fails(APIConnectionError, lambda: client.things.create(name="x", extra_headers=headers))
    assert type(error.__cause__).__module__.startswith("h11")
    assert kit.slept == []


@pytest.mark.parametrize("kind", ["h11.RemoteProtocolError", "httpcore.ReadError", "anyio.ClosedResourceError"])
def test_failures_of_the_stack_are_retried(kit: Any, kind: str) -> None:
    import importlib

    package, _, name = kind.partition(".")
    failure = getattr(importlib.import_module(package), name)("broken")

    def fail(_: Any) -> Any:
        raise failure

    http = kit.http_client(transport=kit.library.MockTransport(fail))
    client = kit.client(http_client=http)
    assert kit.fails(APIConnectionError, lambda: client.things.get("1")).__cause__ is failure
    assert len(kit.slept) == 2


def test_what_the_callers_own_hook_raises_is_not_translated(kit: Any) -> None:
    def hook(response: Any) -> None:
        response.raise_for_status()

    async def async_hook(response: Any) -> None:
        response.raise_for_status()

    kit.server.default = answer(404)
    http = kit.http_client(event_hooks={"response": [async_hook if kit.is_async else hook]})
    client = kit.client(http_client=http)
    kit.fails(kit.library.HTTPStatusError, lambda: client.things.get("1"))


def test_an_undecodable_response_is_retried_and_then_an_error_of_its_status(kit: Any) -> None:
    kit.server.default = answer(500, b"nonsense", [("Content-Encoding", "gzip")])
    client = kit.client()
    kit.fails(InternalServerError, lambda: client.things.get("1"))
    assert len(kit.slept) == 2


def test_retry_after_is_obeyed_where_the_body_cannot_be_decoded(kit: Any) -> None:
    headers = {"Content-Encoding": "gzip", "Retry-After": "7"}
    kit.server.script = [answer(503, b"no gzip", headers)]
    kit.call(kit.client(), "get", "1")
    assert kit.slept == [7.0]
