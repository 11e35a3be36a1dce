"""Case `op_oauth2`: tokens are fetched, kept, renewed and shared, as oauthlib's server gives them out."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from tests import case_packages
from tests.behaviour.over_http.authorization import CLIENTS, LIFE, Authorization
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import Received, answer, reset

SECRET = CLIENTS["me"]
APP = {"app_id": "me", "app_client_secret": SECRET}
USER = {"user_username": "ann", "user_password": "pass word", "user_client_id": "me", "user_client_secret": SECRET}
TASKS, THREADS = 200, 50


@pytest.fixture
def server(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authorization]:
    for name in ("APP_ID", "APP_SECRET"):
        monkeypatch.delenv(name, raising=False)
    made = Authorization()
    talk.server.route = made
    yield made
    talk.server.route = None


def make(talk: Talk, server: Authorization, **options: Any) -> Any:
    """Make a client that has the clock of the server."""
    client = talk.client("op_oauth2", **options)
    client._settings.clock = lambda: server.validator.now
    return client


def package() -> Any:
    return case_packages.client("op_oauth2")


def grants(server: Authorization) -> list[str]:
    return [form["grant_type"] for form in server.asked]


def token_response(**changes: Any) -> Any:
    return answer(200, {"access_token": "t", "token_type": "Bearer", **changes})


# --- one after the other ---------------------------------------------------------------------------------------------


def test_a_token_is_fetched_kept_and_fetched_again_shortly_before_it_expires(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    for _ in range(3):
        talk.run(client.pets.get_default())
    assert len(server.asked) == 1
    server.validator.now += LIFE * 0.9 - 1
    talk.run(client.pets.get_default())
    assert len(server.asked) == 1
    server.validator.now += 2
    talk.run(client.pets.get_default())
    assert grants(server) == ["client_credentials"] * 2
    assert server.refused == 0


def test_id_and_secret_are_sent_in_the_header_each_encoded(talk: Talk, server: Authorization) -> None:
    talk.run(make(talk, server, **APP).pets.get_default())
    request = server.asking[0]
    assert (request.method, request.path) == ("POST", "/token")
    assert server.asked == [{"grant_type": "client_credentials", "scope": "read"}]
    assert request.header("content-type") == "application/x-www-form-urlencoded"
    assert request.header("accept") == "application/json"
    assert request.header("user-agent") == "op_oauth2/0.1.0"


def test_id_and_secret_are_sent_in_the_body_where_the_settings_say_so(talk: Talk, server: Authorization) -> None:
    talk.run(make(talk, server, **USER).pets.get_user())
    assert server.asking[0].header("authorization") is None
    assert server.asked == [
        {
            "audience": "https://api.example.com/",
            "grant_type": "password",
            "username": "ann",
            "password": "pass word",
            "scope": "me mail",
            "client_id": "me",
            "client_secret": SECRET,
        }
    ]


def test_a_public_client_sends_its_id_alone(talk: Talk, server: Authorization) -> None:
    options = {**USER, "user_client_id": "public", "user_client_secret": None}
    talk.run(make(talk, server, **options).pets.get_user())
    assert server.asked[0]["client_id"] == "public"
    assert "client_secret" not in server.asked[0]


@pytest.mark.parametrize(
    ("base", "path"), [("", "/token"), ("/v1", "/v1/token"), ("/a/b/", "/a/b/token")], ids=["root", "v1", "deep"]
)
def test_a_relative_url_is_below_that_of_the_server(talk: Talk, server: Authorization, base: str, path: str) -> None:
    client = make(talk, server, **USER, base_url=f"{talk.server.origin}{base}")
    talk.run(client.pets.get_user())
    assert server.asking[0].path == path


def test_scopes_are_those_of_the_call(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    for name in ("get_default", "write", "get_any", "get_default", "write"):
        talk.run(getattr(client.pets, name)())
    assert [form.get("scope") for form in server.asked] == ["read", "read write", None]
    assert server.accepted == [["read"], ["read", "write"], ["default"], ["read"], ["read", "write"]]


@pytest.mark.parametrize("scopes", ["a b", ["a", "b"], ("a", "b")], ids=repr)
def test_scopes_of_the_client_take_precedence(talk: Talk, server: Authorization, scopes: Any) -> None:
    client = make(talk, server, **APP, app_scopes=scopes)
    talk.run(client.pets.get_default())
    talk.run(client.pets.write())
    talk.run(client.with_options(app_scopes="c").pets.write())
    talk.run(client.with_options(app_scopes=[]).pets.write())
    assert [form.get("scope") for form in server.asked] == ["a b", "c", None]


def test_scopes_of_each_alternative(talk: Talk, server: Authorization) -> None:
    talk.run(make(talk, server, **APP).pets.get_both())
    talk.run(make(talk, server, **APP, key="k").pets.get_both())
    assert [form.get("scope") for form in server.asked] == ["owner", "admin"]


def test_scopes_that_are_no_texts_are_refused(talk: Talk, server: Authorization) -> None:
    with pytest.raises(package().OpOauth2Error, match="scopes must be a str"):
        talk.run(make(talk, server, **APP, app_scopes=[1]).pets.get_default())


def test_copies_share_tokens(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    talk.run(client.with_options(timeout=20.0).pets.get_default())
    talk.run(client.pets.get_default())
    talk.run(copy.copy(client).pets.get_default())
    assert len(server.asked) == 1


def test_other_credentials_have_other_tokens(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    talk.run(client.pets.get_default())
    talk.run(client.with_options(token=next(iter(server.validator.access))).pets.get_default())
    with pytest.raises(package().TokenError):
        talk.run(client.with_options(app_id="me", app_client_secret="other").pets.get_default())
    assert len(server.asked) == 2


def test_credentials_from_the_environment(talk: Talk, server: Authorization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ID", "me")
    monkeypatch.setenv("APP_SECRET", SECRET)
    monkeypatch.setenv("OP_OAUTH2_APP_TOKEN_URL", f"{talk.server.origin}/elsewhere/token")
    talk.run(make(talk, server).pets.get_default())
    assert server.asking[0].path == "/elsewhere/token"


def test_an_access_token_that_is_passed_wins_over_the_environment(
    talk: Talk, server: Authorization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_ID", "me")
    monkeypatch.setenv("APP_SECRET", SECRET)
    with pytest.raises(package().AuthenticationError):
        talk.run(make(talk, server, token="given").pets.get_default())
    assert talk.request.header("authorization") == "Bearer given"
    assert server.asked == []


def test_what_is_missing_names_each_way(talk: Talk, server: Authorization) -> None:
    with pytest.raises(package().OpOauth2Error, match=r"token= .* or app_id= .* and app_client_secret="):
        talk.run(make(talk, server, app_id="me").pets.get_default())
    assert talk.server.received == []


# --- refresh tokens --------------------------------------------------------------------------------------------------


def test_a_refresh_token_is_used_before_name_and_password(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **USER)
    for _ in range(3):
        talk.run(client.pets.get_user())
        server.expire()
    assert grants(server) == ["password", "refresh_token", "refresh_token"]
    assert [request.path for request in server.asking] == ["/v1/token", "/v1/renew", "/v1/renew"]
    assert server.asked[1]["refresh_token"] != server.asked[2]["refresh_token"]
    assert "scope" not in server.asked[1]
    server.validator.refresh.clear()
    talk.run(client.pets.get_user())
    assert grants(server)[3:] == ["refresh_token", "password"]


def test_a_refresh_token_that_is_not_rotated_stays(talk: Talk, server: Authorization) -> None:
    server.validator.rotates = False
    client = make(talk, server, **USER)
    for _ in range(3):
        talk.run(client.pets.get_user())
        server.expire()
    assert server.asked[1]["refresh_token"] == server.asked[2]["refresh_token"]


def browser(talk: Talk, server: Authorization, **options: Any) -> Any:
    """Make a client with a refresh token that its user has from a browser."""
    server.validator.refresh["first"] = ["mail"]
    options = {"browser_refresh_token": "first", "browser_client_id": "public", **options}
    return make(talk, server, browser_token_url=f"{talk.server.origin}/token", **options)


def test_the_refresh_token_of_the_caller_is_rotated_and_given_back(talk: Talk, server: Authorization) -> None:
    saved: list[str] = []

    async def save(token: str) -> None:
        await asyncio.sleep(0)
        saved.append(token)

    notify = saved.append if talk.loop is None else save
    client = browser(talk, server, browser_on_refresh_token=notify)
    for _ in range(3):
        talk.run(client.pets.get_browser())
        server.expire()
    assert [form["refresh_token"] for form in server.asked] == ["first", *saved[:2]]
    assert server.asked[0] == {"grant_type": "refresh_token", "refresh_token": "first", "client_id": "public"}
    assert len(saved) == 3


def test_a_function_gives_the_refresh_token_that_was_saved(talk: Talk, server: Authorization) -> None:
    saved = ["first"]
    client = browser(talk, server, browser_refresh_token=lambda: saved[-1], browser_on_refresh_token=saved.append)
    for _ in range(3):
        talk.run(client.pets.get_browser())
    assert len(server.asked) == 1
    server.expire()
    talk.run(client.pets.get_browser())
    assert len(server.asked) == 2


@pytest.mark.parametrize("talk", ["sync"], indirect=True)
def test_a_sync_client_cannot_save_a_refresh_token_with_an_async_function(talk: Talk, server: Authorization) -> None:

    async def save(token: str) -> None: ...

    async def wait(token: str) -> None:
        await asyncio.sleep(0)

    talk.run(browser(talk, server, browser_on_refresh_token=save).pets.get_browser())
    with pytest.raises(TypeError, match="async function"):
        talk.run(browser(talk, server, browser_on_refresh_token=wait).pets.get_browser())


def test_a_refresh_token_that_is_worth_nothing_is_an_error(talk: Talk, server: Authorization) -> None:
    client = browser(talk, server, browser_refresh_token="stolen")
    with pytest.raises(package().TokenError) as caught:
        talk.run(client.pets.get_browser())
    assert caught.value.error == "invalid_grant"
    assert len(server.asked) == 1


def test_an_access_token_beside_a_refresh_token_is_for_calls_without_it(talk: Talk, server: Authorization) -> None:
    talk.run(browser(talk, server, browser="old").pets.get_browser())
    assert len(server.asked) == 1


# --- 401 -------------------------------------------------------------------------------------------------------------


def test_a_token_that_is_refused_is_fetched_again_and_the_call_repeated_once(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    talk.run(client.pets.write())
    server.revoke()
    talk.run(client.pets.write())
    assert (len(server.asked), server.refused, len(server.accepted)) == (2, 1, 2)


def test_a_second_401_is_the_error_of_the_call(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    server.script = [token_response(access_token="one"), token_response(access_token="two")]
    with pytest.raises(package().AuthenticationError) as caught:
        talk.run(client.pets.get_default())
    assert (len(server.asked), server.refused) == (2, 2)
    assert "invalid_token" in str(caught.value)
    assert "two" not in f"{caught.value!r} {caught.value.request!r}"


def test_a_function_for_the_secret_is_not_asked_again_after_a_401(talk: Talk, server: Authorization) -> None:
    asked: list[str] = []

    def secret() -> str:
        asked.append("")
        return SECRET

    client = make(talk, server, app_id="me", app_client_secret=secret)
    talk.run(client.pets.get_default())
    server.revoke()
    talk.run(client.pets.get_default())
    assert (len(server.asked), len(asked)) == (2, 2)


# --- errors ----------------------------------------------------------------------------------------------------------


def test_what_the_server_says_is_in_the_error(talk: Talk, server: Authorization) -> None:
    with pytest.raises(package().TokenError) as caught:
        talk.run(make(talk, server, app_id="me", app_client_secret="wrong-secret").pets.get_default())
    error = caught.value
    assert (error.status_code, error.error) == (401, "invalid_client")
    assert str(error).startswith("401 Unauthorized: invalid_client")
    assert str(error).endswith("(POST /token)")
    assert isinstance(error, package().APIStatusError)
    assert type(error).__module__ == "op_oauth2"
    copied = pickle.loads(pickle.dumps(error))
    assert (copied.error, copied.error_description) == (error.error, error.error_description)
    assert server.accepted == []


def test_scopes_that_are_not_granted_are_an_error(talk: Talk, server: Authorization) -> None:
    server.validator.allowed_scopes = frozenset({"read"})
    client = make(talk, server, **APP)
    talk.run(client.pets.get_default())
    with pytest.raises(package().TokenError) as caught:
        talk.run(client.pets.write())
    assert caught.value.error == "invalid_scope"


@pytest.mark.parametrize(
    "step",
    [
        answer(200, b"<html>hello</html>", content_type="text/html"),
        answer(200, b""),
        answer(200, ["access_token"]),
        answer(200, {}),
        token_response(access_token=""),
        token_response(access_token=5),
        token_response(access_token="a\r\nX-Evil: 1"),
        token_response(access_token="ü"),
        token_response(token_type="mac"),
        answer(200, b"[" * 100_000),
    ],
    ids=["html", "empty", "list", "object", "blank", "number", "lines", "unicode", "mac", "deep"],
)
def test_a_response_without_a_token_is_an_error_of_the_package(talk: Talk, server: Authorization, step: Any) -> None:
    server.script = [step]
    with pytest.raises(package().APIResponseValidationError) as caught:
        talk.run(make(talk, server, **APP).pets.get_default())
    assert "token" in str(caught.value)
    assert caught.value.response.content == b""
    assert server.accepted == []


def test_an_error_with_status_200_is_one(talk: Talk, server: Authorization) -> None:
    server.script = [answer(200, {"error": "bad_code", "error_description": "The code is old."})]
    with pytest.raises(package().TokenError, match=r"bad_code: The code is old\.") as caught:
        talk.run(make(talk, server, **APP).pets.get_default())
    assert caught.value.error_description == "The code is old."


@pytest.mark.parametrize("expires_in", [None, "soon", "90", 90.5, 0, -5, 10**400, True, [1]], ids=repr)
def test_any_expires_in_is_survived(talk: Talk, server: Authorization, expires_in: Any) -> None:
    lasting = next(iter([{}])) if expires_in is None else {"expires_in": expires_in}
    server.validator.access["t"] = (10**6, ["read"])
    server.script = [token_response(**lasting)] * 3
    client = make(talk, server, **APP)
    talk.run(client.pets.get_default())
    talk.run(client.pets.get_default())
    assert len(server.asked) == (2 if expires_in in (0, -5) else 1)


def test_a_body_that_is_too_large_is_refused(talk: Talk, server: Authorization) -> None:
    server.script = [token_response(padding="x" * 2_000_000)]
    with pytest.raises(package().APIError):
        talk.run(make(talk, server, **APP).pets.get_default())


def test_a_token_server_that_fails_is_asked_again(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP).with_options(max_retries=2)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    client._sleep = slept.append if talk.loop is None else sleep
    server.script = [reset(), answer(503, headers={"Retry-After": "7"}), None]
    talk.run(client.pets.write())
    assert slept[1:] == [7.0]
    assert len(server.asked) == 3
    server.expire()
    server.script = [answer(503, {"message": "down"})] * 3
    with pytest.raises(package().TokenError, match="503 Service Unavailable: down"):
        talk.run(client.pets.write())
    assert len(server.asked) == 6


def test_a_connection_that_fails_says_nothing_secret(talk: Talk, server: Authorization) -> None:
    server.script = [reset()]
    with pytest.raises(package().APIConnectionError) as caught:
        talk.run(make(talk, server, **USER).pets.get_user())
    check_for_secrets(caught.value)


def check_for_secrets(error: Any) -> None:
    texts = [str(error), repr(error), repr(error.request), repr(vars(error)), repr(pickle.dumps(error))]
    for secret in (SECRET, "pass word", "pass+word", "%C3%BC"):
        assert not [text for text in texts if secret in text]


def test_nothing_secret_is_in_logs_reprs_and_errors(
    talk: Talk, server: Authorization, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = make(talk, server, **APP, **USER)
    talk.run(client.pets.get_user())
    talk.run(client.pets.get_default())
    given = [*server.validator.access, *server.validator.refresh, SECRET, "pass word"]
    kept = client._settings.kept
    logged = "".join(each.getMessage() for each in caplog.records if not each.name.startswith("oauthlib"))
    texts = [logged, repr(client), repr(kept), repr([each.token for each in kept.values()])]
    for text in texts:
        assert not [secret for secret in given if secret in text]
    refresh_token = next(iter(server.validator.refresh))
    server.expire()
    repeated = {"error": "bad", "error_description": f"no {refresh_token} of {SECRET}", SECRET: "x"}
    server.script = [answer(400, repeated)] * 2
    with pytest.raises(package().TokenError) as caught:
        talk.run(client.pets.get_user())
    assert "pass word" not in str(caught.value)
    check_for_secrets(caught.value)


@pytest.mark.parametrize("url", ["http://login.example.com/token", "ftp://127.0.0.1/token", "https://[/token"])
def test_credentials_do_not_travel_in_the_clear(talk: Talk, server: Authorization, url: str) -> None:
    client = make(talk, server, **APP)
    found = client._config.schemes["app"][1]
    unsafe = copy.copy(found)
    unsafe.url = unsafe.refresh_url = url
    client._settings.config = client._config._replace(schemes={**client._config.schemes, "app": (unsafe,)})
    with pytest.raises(package().OpOauth2Error, match="token URL"):
        talk.run(client.pets.get_default())
    assert talk.server.received == []


def test_a_token_url_of_the_caller_may_be_http(talk: Talk, server: Authorization) -> None:
    asked: list[str] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        found = {"access_token": "t", "token_type": "bearer"}
        return httpx2.Response(200, json=found) if request.method == "POST" else httpx2.Response(204)

    http = (httpx2.AsyncClient if talk.loop else httpx2.Client)(transport=httpx2.MockTransport(respond))
    options = {"http_client": http, "app_token_url": "http://user:pass@login.test/token#part"}
    talk.run(make(talk, server, **APP, **options).pets.get_default())
    assert asked == ["http://login.test/token", f"{talk.server.url}/default"]
    client = make(talk, server, **APP, http_client=http, base_url="http://api.test/v1")
    with pytest.raises(ValueError, match="not https"):
        talk.run(client.pets.get_default())


def test_a_redirect_takes_no_secret_to_another_place(talk: Talk, server: Authorization) -> None:
    server.script = [answer(307, headers={"Location": f"{talk.server.origin}/other/token"})]
    with pytest.raises(package().APIConnectionError, match="refused to follow"):
        talk.run(make(talk, server, **APP).pets.get_default())
    assert len(server.asked) == 1


# --- functions -------------------------------------------------------------------------------------------------------


def test_functions_give_tokens_of_open_id_connect(talk: Talk, server: Authorization) -> None:
    server.validator.access["fresh"] = (10, [])
    tokens = iter(["old", "fresh", "fresh"])
    client = make(talk, server, connect=lambda: next(tokens))
    talk.run(client.pets.get_browser())
    assert server.refused == 1
    if talk.loop is not None:

        async def give() -> str:
            await asyncio.sleep(0)
            return "fresh"

        talk.run(client.with_options(connect=give).pets.get_browser())


# --- all at once -----------------------------------------------------------------------------------------------------


def at_once(talk: Talk, call: Callable[[], Any]) -> list[Any]:
    """Make many calls at the same time; return what they return or raise."""
    if talk.loop is not None:

        async def all_calls() -> list[Any]:
            return await asyncio.gather(*(call() for _ in range(TASKS)), return_exceptions=True)

        return talk.loop.run_until_complete(all_calls())
    barrier = threading.Barrier(THREADS)

    def one(_: int) -> Any:
        barrier.wait()
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(one, range(THREADS)))


def test_many_calls_fetch_each_token_once(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP, **USER)
    rounds = 4
    for number in range(rounds):
        assert set(at_once(talk, client.pets.get_default)) == {None}
        assert len(server.asked) == number + 1
        server.expire()
    server.asked.clear()
    for number in range(rounds):
        assert set(at_once(talk, client.pets.get_user)) == {None}
        assert len(server.asked) == number + 1
        server.expire()
    assert grants(server) == ["password", *["refresh_token"] * (rounds - 1)]
    assert server.refused == 0


def test_many_calls_with_a_token_that_is_refused_fetch_one(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    for number in range(3):
        assert set(at_once(talk, client.pets.write)) == {None}
        assert len(server.asked) == number + 1
        server.revoke()


def test_many_calls_get_one_error(talk: Talk, server: Authorization) -> None:
    server.hold = threading.Event()
    client = make(talk, server, app_id="me", app_client_secret="wrong")
    timer = threading.Timer(0.3, server.hold.set)
    timer.start()
    errors = at_once(talk, client.pets.get_default)
    timer.join()
    assert {type(error) for error in errors} == {package().TokenError}
    assert {error.error for error in errors} == {"invalid_client"}
    assert len({id(error) for error in errors}) == len(errors)
    assert len(server.asked) < len(errors) / 2
    server.hold = None
    assert server.accepted == []


# --- what may go wrong between them ----------------------------------------------------------------------------------


def waiting(client: Any) -> int:
    """Count the calls that wait for a token that another one fetches."""
    kept = client._settings.kept.values()
    return sum(len(request._waiting) for each in kept for request in each._sending.values())


async def until(condition: Callable[[], Any]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("talk", ["async"], indirect=True)
def test_another_task_fetches_the_token_when_the_first_is_cancelled(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)

    async def run() -> list[Any]:
        server.hold = threading.Event()
        first = asyncio.create_task(client.pets.get_default())
        await until(lambda: server.asked)
        others = [asyncio.create_task(client.pets.get_default()) for _ in range(20)]
        await until(lambda: waiting(client) == 20)
        others[3].cancel()
        first.cancel()
        await until(lambda: len(server.asked) == 2)
        server.hold.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    found = talk.run(run())
    assert [type(each) for each in found if each] == [asyncio.CancelledError] * 2
    assert len(server.asked) == 2
    server.hold = None
    talk.run(client.pets.get_default())
    assert len(server.asked) == 2


def test_a_call_waits_no_longer_than_its_own_timeout(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    server.hold = hold = threading.Event()
    if talk.loop is not None:

        async def run() -> None:
            first = asyncio.create_task(client.pets.get_default())
            await until(lambda: server.asked)
            with pytest.raises(package().APITimeoutError):
                await client.pets.get_default(timeout=0.1)
            hold.set()
            await first

        talk.run(run())
    else:
        with ThreadPoolExecutor(1) as threads:
            first = threads.submit(client.pets.get_default)
            while not server.asked:
                threading.Event().wait(0.005)
            with pytest.raises(package().APITimeoutError):
                client.pets.get_default(timeout=0.1)
            hold.set()
            first.result(10)
    server.hold = None
    assert len(server.asked) == 1


def test_the_timeout_of_one_call_is_not_that_of_the_others(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    server.hold = hold = threading.Event()

    def hasty() -> Any:
        return client.pets.get_default(timeout=0.2)

    if talk.loop is not None:

        async def run() -> None:
            first = asyncio.create_task(hasty())
            await until(lambda: server.asked)
            other = asyncio.create_task(client.pets.get_default())
            with pytest.raises(package().APITimeoutError):
                await first
            await until(lambda: len(server.asked) == 2)
            hold.set()
            await other

        talk.run(run())
    else:
        with ThreadPoolExecutor(2) as threads:
            first = threads.submit(hasty)
            while not server.asked:
                threading.Event().wait(0.005)
            other = threads.submit(client.pets.get_default)
            with pytest.raises(package().APITimeoutError):
                first.result(10)
            while len(server.asked) < 2:
                threading.Event().wait(0.005)
            hold.set()
            other.result(10)
    server.hold = None


@pytest.mark.parametrize("talk", ["async"], indirect=True)
def test_a_client_keeps_its_tokens_from_one_event_loop_to_the_next(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)

    async def once() -> None:
        await client.pets.get_default()
        await client._pool._http.aclose()

    async def give_up() -> None:
        server.hold = threading.Event()
        task = asyncio.create_task(client.pets.get_default())
        await until(lambda: len(server.asked) == 2)
        assert not task.done()
        task.cancel()
        await asyncio.wait([task])
        await client._pool._http.aclose()

    asyncio.run(once())
    asyncio.run(once())
    assert len(server.asked) == 1
    server.expire()
    asyncio.run(give_up())
    assert server.hold is not None
    server.hold.set()
    server.hold = None
    asyncio.run(once())
    assert len(server.asked) == 3


@pytest.mark.parametrize("talk", ["sync"], indirect=True)
def test_a_fork_does_not_wait_for_threads_of_its_parent(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    talk.run(client.pets.get_default())
    server.expire()
    kept = next(iter(client._settings.kept.values()))
    request, is_own = kept.join()
    assert is_own
    request._process -= 1  # as a child sees it
    talk.run(client.pets.get_default())
    assert len(server.asked) == 2


def test_a_closed_client_sends_no_credentials(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    talk.run(client.pets.get_default())
    talk.run(client.close())
    with pytest.raises(RuntimeError, match="closed"):
        talk.run(client.pets.get_default())
    assert len(server.asked) == 1


def test_a_client_keeps_a_bounded_number_of_tokens(talk: Talk, server: Authorization) -> None:
    client = make(talk, server, **APP)
    for number in range(1005):
        client._settings.kept.setdefault(number, None)
    talk.run(client.pets.get_default())
    talk.run(client.pets.get_default())
    assert len(client._settings.kept) == 1005
    assert len(server.asked) == 1


def test_the_token_request_takes_nothing_from_the_callers_client(talk: Talk, server: Authorization) -> None:
    kind = httpx2.AsyncClient if talk.loop else httpx2.Client
    http = kind(headers={"X-Mine": "secret"}, cookies={"c": "secret"}, params={"p": "secret"})
    talk.run(make(talk, server, **APP, http_client=http, default_headers={"X-Own": "secret"}).pets.get_default())
    asked: Received = server.asking[0]
    assert "secret" not in f"{asked.headers} {asked.target}"
    talk.run(http.aclose() if talk.loop else http.close())  # type: ignore[union-attr]
