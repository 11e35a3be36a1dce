"""What is sent again: safely, as the server may have acted already, or eagerly."""

from __future__ import annotations

from email.utils import formatdate
from time import time
from typing import Any

import pytest
from sample_client import omit
from server import answer, half_closed, raw_bytes, reset, silent

from clientsmith.runtime.errors import APIConnectionError, APIStatusError, APITimeoutError, RateLimitError

NO_KEY = {"Idempotency-Key": omit}
BROKEN = {
    "reset": reset,
    "half closed": half_closed,
    "cut": lambda: raw_bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"),
}


def made(kit: Any, retry: str = "safe", **options: Any) -> Any:
    client = kit.client(**options)
    client._config = client._config._replace(retry=retry)
    return client


def post(client: Any, **headers: Any) -> Any:
    """Call a POST without an idempotency key."""
    return client.things.create(name="x", extra_headers={**NO_KEY, **headers})


@pytest.mark.parametrize("fault", BROKEN)
def test_a_post_that_may_have_been_done_is_not_sent_again(kit: Any, fault: str) -> None:
    kit.server.default = BROKEN[fault]()
    client = made(kit)
    kit.fails(APIConnectionError, lambda: post(client))
    assert len(kit.server.received) == 1


def test_a_post_that_takes_too_long_is_not_sent_again(kit: Any) -> None:
    kit.server.default = silent()
    client = made(kit, timeout=1.0)
    kit.fails(APITimeoutError, lambda: post(client))
    assert len(kit.server.received) == 1


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504])
def test_a_post_is_not_sent_again_after_a_status_that_leaves_it_open(kit: Any, status: int) -> None:
    kit.server.default = answer(status)
    client = made(kit)
    kit.fails(APIStatusError, lambda: post(client))
    assert len(kit.server.received) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, {}),
        (429, {"Retry-After": "5"}),
        (503, {"Retry-After": "5"}),
        (503, {"retry-after-ms": "5"}),
        (500, {"x-should-retry": "true"}),
    ],
)
def test_a_post_is_sent_again_where_the_server_has_not_acted(kit: Any, status: int, headers: dict[str, str]) -> None:
    kit.server.script = [answer(status, headers=headers)]
    assert kit.run(post(made(kit))).id == "1"
    assert len(kit.server.received) == 2


def test_a_post_is_tried_again_where_no_connection_was_made(kit: Any) -> None:
    client = made(kit, base_url="http://127.0.0.1:9/")
    kit.fails(APIConnectionError, lambda: post(client))
    assert len(kit.slept) == 2


@pytest.mark.parametrize("key", ["idempotency-key", "Idempotency-Key"])
def test_a_post_with_a_key_is_sent_again(kit: Any, key: str) -> None:
    kit.server.script = [reset(), answer(500)]
    client = made(kit)
    assert kit.run(client.things.create(name="x", extra_headers={key: "mine"})).id == "1"
    assert [request.header("idempotency-key") for request in kit.server.received] == ["mine"] * 3


@pytest.mark.parametrize("name", ["get", "delete"])
def test_what_may_come_twice_is_sent_again(kit: Any, name: str) -> None:
    kit.server.script = [reset(), answer(500)]
    client = made(kit)
    kit.run(getattr(client.things, name)("1", extra_headers=NO_KEY))
    assert len(kit.server.received) == 3


@pytest.mark.parametrize("fault", [*BROKEN.values(), lambda: answer(500), lambda: answer(409)])
def test_an_eager_client_sends_everything_again(kit: Any, fault: Any) -> None:
    kit.server.script = [fault(), fault()]
    assert kit.run(post(made(kit, "eager"))).id == "1"
    assert len(kit.server.received) == 3


LONG = [
    {"Retry-After": "61"},
    {"Retry-After": "120"},
    {"Retry-After": "99999999999999999999"},
    {"retry-after-ms": "60001"},
    {"Retry-After": formatdate(time() + 3600, usegmt=True)},
]


@pytest.mark.parametrize("status", [429, 503, 500])
@pytest.mark.parametrize("headers", LONG)
def test_a_long_wait_is_left_to_the_caller(kit: Any, status: int, headers: dict[str, str]) -> None:
    kit.server.default = answer(status, headers=headers)
    client = made(kit)
    error = kit.fails(APIStatusError, lambda: client.things.get("1"))
    assert (len(kit.server.received), kit.slept) == (1, [])
    assert {name: error.response.headers[name] for name in headers} == headers
    assert isinstance(error, RateLimitError) == (status == 429)


@pytest.mark.parametrize("headers", LONG)
def test_an_eager_client_waits_a_short_time_instead(kit: Any, headers: dict[str, str]) -> None:
    kit.server.script = [answer(429, headers=headers)]
    assert kit.call(made(kit, "eager"), "get", "1").id == "1"
    assert kit.slept == [0.5]


@pytest.mark.parametrize("value", ["0", "-5", "nan", "soon", ""])
def test_a_wait_that_is_none_is_replaced(kit: Any, value: str) -> None:
    kit.server.script = [answer(429, headers={"Retry-After": value})]
    assert kit.call(made(kit), "get", "1").id == "1"
    assert kit.slept == [0.5]


def test_a_redirect_to_where_nobody_listens_has_done_nothing(kit: Any) -> None:
    kit.server.default = answer(307, headers={"Location": "http://127.0.0.1:9/"})
    client = made(kit)
    kit.fails(APIConnectionError, lambda: post(client))
    assert len(kit.slept) == 2
