"""Security schemes as flows: they may send requests of their own, and the given one again."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from server import answer, reset

from clientsmith.runtime.auth import SignIn
from clientsmith.runtime.config import Bearer, Credential, Flow, Scheme
from clientsmith.runtime.errors import APIConnectionError, AuthenticationError, ClientError
from clientsmith.runtime.prepared import PreparedRequest


class TokenError(ClientError):
    """No token was given."""


class ClientCredentials(Scheme):
    """A token for an id and a secret, kept until it expires or is refused."""

    def __init__(self, url: str, clock: Any) -> None:
        super().__init__("header", "Authorization", Credential("client_id"), Credential("client_secret"))
        self.url, self.clock = url, clock
        self.tokens: dict[tuple[str, ...], tuple[str, float]] = {}

    def flow(self, request: PreparedRequest, values: Sequence[str]) -> Flow:
        key = tuple(values)
        token, expires = self.tokens.get(key, ("", 0.0))
        is_kept = expires > self.clock()
        if not is_kept:
            token = yield from self.fetch(key)
        response = yield self.authorized(request, f"Bearer {token}")
        if response.status_code == 401 and is_kept and request.is_repeatable:
            token = yield from self.fetch(key)
            yield self.authorized(request, f"Bearer {token}")

    def fetch(self, key: tuple[str, ...]) -> Any:
        body = f"grant_type=client_credentials&client_id={key[0]}&client_secret={key[1]}".encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = yield PreparedRequest("POST", self.url, headers, body, auxiliary=True)
        if response.status_code != 200:
            raise TokenError(f"no token: {response.status_code}")
        data = response.json()
        self.tokens[key] = data["access_token"], self.clock() + data["expires_in"]
        return data["access_token"]


class Signature(Scheme):
    """A header that depends on the request, beside other credentials."""

    def __init__(self) -> None:
        super().__init__("header", "X-Signature", Credential("signing_key"))

    def flow(self, request: PreparedRequest, values: Sequence[str]) -> Flow:
        yield request.with_header("X-Signature", f"{request.method} {values[0]} {len(request.headers)}")


class Login:
    """A client of both kinds whose schemes are replaced, and the server of its tokens."""

    def __init__(self, kit: Any, other: Any, *schemes: Scheme) -> None:
        self.now = 1000.0
        self.kit, self.other = kit, other
        self.scheme = ClientCredentials(f"{other.url}/token", lambda: self.now)
        self.given = 0
        other.route = lambda request: self.token()
        self.client = kit.client(max_retries=1)
        used = (self.scheme, *schemes)
        self.client._credentials = self.credentials
        self.client._settings.sign_in = lambda *args: SignIn(used, self.credentials())

    def credentials(self) -> dict[str, str]:
        return {"client_id": "me", "client_secret": "hunter2", "signing_key": "sign"}

    def token(self) -> Any:
        self.given += 1
        return answer(200, {"access_token": f"token-{self.given}", "expires_in": 60})

    def tokens_sent(self) -> list[str | None]:
        return [r.header("authorization") for r in self.kit.server.received]


def test_a_token_is_fetched_first_kept_and_fetched_again_once_it_expires(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    kit.call(login.client, "get", "1")
    kit.call(login.client, "create", name="x")
    login.now += 61
    kit.call(login.client, "get", "1")
    assert login.tokens_sent() == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    assert other.received[0].body == b"grant_type=client_credentials&client_id=me&client_secret=hunter2"
    assert [r.path for r in other.received] == ["/v1/token", "/v1/token"]


def test_a_refused_token_is_fetched_again_once(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    kit.call(login.client, "get", "1")
    kit.server.script = [answer(401), answer(200, {"id": "2"})]
    assert kit.call(login.client, "create", name="x").id == "2"
    first, second = kit.server.received[1:]
    assert (first.header("authorization"), second.header("authorization")) == ("Bearer token-1", "Bearer token-2")
    assert first.body == second.body != b""
    kit.server.default = answer(401)
    kit.fails(AuthenticationError, lambda: login.client.things.get("1"))
    assert len(kit.server.received) == 5
    assert kit.slept == []


def test_what_a_flow_raises_reaches_the_caller_as_it_is(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    other.route = lambda request: answer(400, {"error": "invalid_client"})
    error = kit.fails(TokenError, lambda: login.client.things.get("1"))
    assert (str(error), error.__context__, error.__cause__) == ("no token: 400", None, None)
    assert kit.server.received == []


def test_a_token_server_that_fails_is_asked_again_like_any_other(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    other.route = None
    other.script = [reset(), login.token()]
    assert kit.call(login.client, "get", "1").id == "1"
    assert len(kit.slept) == 1
    login.now += 61
    other.close()
    error = kit.fails(APIConnectionError, lambda: login.client.things.get("1"))
    assert "hunter2" not in f"{error} {error.request!r}"
    assert b"hunter2" not in pickle.dumps(error)


def test_a_token_request_takes_nothing_from_the_callers_http_client(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    http = kit.http_client(headers={"X-Mine": "secret"}, cookies={"c": "secret"}, auth=("secret", "secret"))
    login.client._pool._http = login.client._pool.given = http
    kit.call(login.client, "get", "1")
    assert "secret" not in str(other.received[0].headers).replace("client_secret", "")


def test_other_schemes_leave_a_token_request_alone(kit: Any, other: Any) -> None:
    login = Login(kit, other, Signature())
    kit.call(login.client, "get", "1")
    assert other.received[0].header("x-signature") is None
    sent = kit.server.received[0]
    assert sent.header("authorization") == "Bearer token-1"
    assert str(sent.header("x-signature")).startswith("GET sign ")


def test_a_token_request_is_not_redirected(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    other.route = lambda request: answer(307, headers={"Location": f"{kit.server.url}/stolen"})
    kit.fails(APIConnectionError, lambda: login.client.things.get("1"))
    assert kit.server.received == []


def test_a_flow_before_a_streamed_response(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    opening = login.client.things.with_streaming_response.get("1")
    found = kit.within(opening, lambda response: response.json())
    assert found == {"id": "1"}
    assert login.tokens_sent() == ["Bearer token-1"]


def test_a_redirect_to_another_origin_takes_no_token_along(kit: Any, other: Any) -> None:
    login = Login(kit, other)
    kit.server.script = [answer(307, headers={"Location": f"{other.url}/elsewhere"})]
    kit.call(login.client, "delete", "1")
    assert [r.header("authorization") for r in other.received] == [None, None]


# --- functions as credentials -------------------------------------------------------------------


def tokens(kit: Any, *texts: Any) -> Any:
    """Make a function that gives one text after the other, async in the async client."""
    left = list(texts)
    if not kit.is_async:
        return lambda: left.pop(0)

    async def give() -> Any:
        return left.pop(0)

    return give


def test_a_function_is_asked_at_each_request(kit: Any) -> None:
    client = kit.client(api_token=tokens(kit, "one", "two"))
    for _ in range(2):
        kit.call(client, "get", "1")
    assert [r.header("authorization") for r in kit.server.received] == ["Bearer one", "Bearer two"]
    assert "one" not in repr(client)


def test_a_function_is_asked_once_more_after_a_401(kit: Any) -> None:
    kit.server.script = [answer(401)]
    client = kit.client(api_token=tokens(kit, "old", "new"))
    assert kit.call(client, "create", name="x").id == "1"
    first, second = kit.server.received
    assert [r.header("authorization") for r in (first, second)] == ["Bearer old", "Bearer new"]
    assert first.body == second.body
    kit.server.default = answer(401)
    client = kit.client(api_token=tokens(kit, "a", "b", "c"))
    error = kit.fails(AuthenticationError, lambda: client.things.get("1"))
    assert [r.header("authorization") for r in kit.server.received[2:]] == ["Bearer a", "Bearer b"]
    assert "Bearer b" not in repr(error.request)


def test_a_text_is_not_sent_again_after_a_401(kit: Any) -> None:
    kit.server.default = answer(401)
    kit.fails(AuthenticationError, lambda: kit.client().things.get("1"))
    assert len(kit.server.received) == 1


@pytest.mark.parametrize("given", [None, 5, b"bytes"])
def test_a_function_has_to_give_a_text(kit: Any, given: Any) -> None:
    client = kit.client(api_token=tokens(kit, given))
    error = kit.fails(TypeError, lambda: client.things.get("1"))
    assert "api_token must be a str" in str(error)
    assert isinstance(error, ClientError)
    assert kit.server.received == []


def test_a_sync_client_cannot_wait_for_an_async_function(kit: Any) -> None:
    async def give() -> str:
        import asyncio

        await asyncio.sleep(0)
        return "token"

    client = kit.client(api_token=give)
    if kit.is_async:
        assert kit.call(client, "get", "1").id == "1"
    else:
        assert "async function" in str(kit.fails(TypeError, lambda: client.things.get("1")))


def test_what_a_function_raises_reaches_the_caller(kit: Any) -> None:
    def give() -> str:
        raise LookupError("no key file")

    error = kit.fails(LookupError, lambda: kit.client(api_token=give).things.get("1"))
    assert (str(error), error.__context__) == ("no key file", None)


def test_a_scheme_needs_its_text_only() -> None:
    request = PreparedRequest("GET", "https://a.test/x?b=1", {"authorization": "old", "Cookie": "a=1"})
    scheme = Bearer(Credential("token"))
    sent = next(scheme.flow(request, ["t"]))
    assert (sent.headers, sent.url) == ({"Cookie": "a=1", "Authorization": "Bearer t"}, request.url)
    assert request.headers["authorization"] == "old"
