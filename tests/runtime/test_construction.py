"""The behaviour of a client: Construction."""

from __future__ import annotations

import copy
import gc
import subprocess
import sys
from types import MappingProxyType
from typing import Any

import pytest
from sample_client import AsyncSample, Sample
from server import answer
from waiting import until

from clientsmith.runtime.auth import alternatives, choose_schemes, flow_of, initial_credentials
from clientsmith.runtime.client import SyncClient
from clientsmith.runtime.config import Basic, ClientConfig, Credential
from clientsmith.runtime.errors import ArgumentValueError, ClientError, MissingCredentialsError
from clientsmith.runtime.omit import omit
from clientsmith.runtime.operation import Operation
from clientsmith.runtime.operation_servers import moved
from clientsmith.runtime.prepared import PreparedRequest
from clientsmith.runtime.servers import Server, Variable


def sent(kit: Any) -> Any:
    return kit.server.received[-1]


def test_credentials_are_read_from_the_environment(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    monkeypatch.setenv("SAMPLE_BASE_URL", kit.server.url)
    kit.call(kit.bare_client(), "get", "1")
    assert sent(kit).header("authorization") == "Bearer from-env"
    assert sent(kit).path == "/v1/things/1"


def test_key_and_email_go_out_as_two_headers(kit: Any) -> None:
    kit.call(kit.client(api_key="k", api_email="e"), "get", "1")
    assert (sent(kit).header("x-auth-key"), sent(kit).header("x-auth-email")) == ("k", "e")
    assert sent(kit).header("authorization") is None


def test_explicit_credentials_win_over_the_environment_whatever_the_scheme(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    kit.call(kit.client(api_key="k", api_email="e"), "get", "1")
    assert sent(kit).header("authorization") is None
    assert sent(kit).header("x-auth-key") == "k"


def test_the_environment_completes_a_pair_that_is_passed_in_part(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    monkeypatch.setenv("SAMPLE_EMAIL", "env@example.test")
    kit.call(kit.client(api_key="k"), "get", "1")
    assert sent(kit).header("x-auth-email") == "env@example.test"
    assert sent(kit).header("authorization") is None


def test_the_first_complete_scheme_of_the_environment_is_taken(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_KEY", "k")
    assert kit.bare_client(base_url=kit.server.url).api_key is None
    monkeypatch.setenv("SAMPLE_EMAIL", "e")
    client = kit.bare_client(base_url=kit.server.url)
    assert (client.api_token, client.api_key, client.api_email) == (None, "k", "e")


def test_a_credential_assigned_later_is_used(kit: Any) -> None:
    client = kit.bare_client(base_url=kit.server.url)
    client.api_token = "later"
    kit.call(client, "get", "1")
    assert sent(kit).header("authorization") == "Bearer later"


def test_without_credentials_the_first_request_fails_before_anything_is_sent(kit: Any) -> None:
    client = kit.bare_client(base_url=kit.server.url)
    error = kit.fails(MissingCredentialsError, lambda: client.things.get("1"))
    assert isinstance(error, (ClientError, TypeError))
    for option in ("api_token", "SAMPLE_TOKEN", "api_key", "api_email", "Authorization"):
        assert option in str(error)
    assert kit.server.received == []


@pytest.mark.parametrize("value", ["Custom x", omit], ids=["set", "omitted"])
@pytest.mark.parametrize("level", ["call", "client"])
def test_a_header_that_the_caller_sets_or_omits_stands_in_for_credentials(kit: Any, value: Any, level: str) -> None:
    headers = {"authorization": value}
    client = kit.bare_client(base_url=kit.server.url, default_headers=headers if level == "client" else None)
    kit.call(client, "get", "1", extra_headers=headers if level == "call" else None)
    assert sent(kit).all("authorization") == ([value] if value else [])


def test_an_operation_without_security_sends_no_credentials(kit: Any) -> None:
    kit.call(kit.client(), "open")
    assert sent(kit).header("authorization") is None


def test_keys_in_query_and_cookie(kit: Any) -> None:
    client = kit.client(query_key="q", cookie_key="c")
    kit.call(client, "keyed")
    assert (sent(kit).query, sent(kit).header("cookie")) == ("sig=q", "sid=c")


def test_base_url_ends_in_a_slash_and_keeps_its_path_prefix(kit: Any) -> None:
    client = kit.client(base_url=f"{kit.server.origin}/a/b")
    assert client.base_url == f"{kit.server.origin}/a/b/"
    client.base_url = f"{kit.server.origin}/c"
    assert client.base_url.endswith("/c/")
    kit.call(client, "get", "1")
    assert sent(kit).path == "/c/things/1"


def test_base_url_takes_server_variables(kit: Any) -> None:
    assert kit.bare_client().base_url == "https://eu.example.test/v1/"
    assert kit.bare_client(region="us").base_url == "https://us.example.test/v1/"


def test_a_server_variable_takes_what_the_document_lists(kit: Any) -> None:
    with pytest.raises(ValueError, match="'region' must be one of"):
        kit.bare_client(region="evil.example/")


@pytest.mark.parametrize(
    ("url", "value", "expected"),
    [
        ("https://{v}.example/{w}", "a-b.c", "https://a-b.c.example/d"),
        ("https://{v}/x", "localhost:80", "https://localhost:80/x"),
        ("https://{v}/x", "[::1]:80", "https://[::1]:80/x"),
        ("{v}://a/x", "http", "http://a/x"),
        ("https://a/{v}/x", "b c/%d?#", "https://a/b%20c/%25d%3F%23/x"),
        ("https://a/{v}", "{w}", "https://a/%7Bw%7D"),
        ("/{v}/x", "b c", "/b%20c/x"),
        ("/{v}/x", "..", None),
        *(
            ("https://{v}.example/x", value, None)
            for value in ("evil/", "a@b", "a?", "a#", "a\\", "a\r\nb", "a b", "é")
        ),
        *(("https://a/{v}/x", value, None) for value in ("..", "b/../..", "%2e%2e", ".")),
    ],
)
def test_server_variables_stay_in_their_part_of_the_url(url: str, value: str, expected: str | None) -> None:
    server = Server(url, (Variable("v", "d"), Variable("w", "d")))
    if expected is None:
        with pytest.raises(ValueError, match="server variable 'v'"):
            server.filled({"v": value})
    else:
        assert server.filled({"v": value}) == expected


@pytest.mark.parametrize(
    ("url", "root", "base_url", "expected"),
    [
        ("https://a.test/v2", "https://a.test/v1", "http://b.test/", "http://b.test/v2"),
        ("https://a.test/v2", "https://a.test/v1", "http://b.test/v1/", "http://b.test/v2"),
        ("https://a.test/v2/", "https://a.test/v1/", "http://b.test/x/v1/", "http://b.test/x/v2"),
        ("https://a.test/v1", "https://a.test/v1", "http://b.test/", "http://b.test/"),
        ("https://a.test/v1/in", "https://a.test/v1", "http://b.test/x/", "http://b.test/x/in"),
        ("https://a.test/v10", "https://a.test/v1", "http://b.test/", "http://b.test/v10"),
        ("https://c.test", "https://a.test", "http://u:p@b.test:80/", "http://u:p@b.test:80/"),
        ("/v2", "https://a.test/v1", "https://a.test/v1/", "https://a.test/v2"),
        ("v2", "", "https://a.test/v1/", "https://a.test/v1/v2"),
    ],
)
def test_a_server_of_an_operation_moves_as_the_client_s_does(url: str, root: str, base_url: str, expected: str) -> None:
    assert moved(url, root, base_url) == expected


def test_base_url_must_be_absolute(kit: Any) -> None:
    with pytest.raises(ValueError, match="http"):
        kit.bare_client(base_url="example.test")


def test_max_retries_none_is_a_type_error_that_says_what_to_pass(kit: Any) -> None:
    with pytest.raises(TypeError, match="0 for no retries"):
        kit.client(max_retries=None)


def test_an_http_client_of_the_wrong_kind_is_a_type_error(kit: Any) -> None:
    wrong = kit.library.Client() if kit.is_async else kit.library.AsyncClient()
    kit.opened.append(wrong)
    if not kit.is_async:
        kit.opened.pop()  # never opened, so there is nothing to close
    with pytest.raises(TypeError, match="http_client"):
        kit.client(http_client=wrong)
    with pytest.raises(TypeError, match="http_client"):
        kit.client(http_client=object())


def test_with_closes(kit: Any) -> None:
    client = kit.client()
    assert not client.is_closed()
    kit.within(client, lambda entered: kit_get(kit, entered))
    assert client.is_closed()
    kit.fails(RuntimeError, lambda: client.things.get("1"))


def kit_get(kit: Any, client: Any) -> Any:
    return client.things.get("1")


def test_the_http_client_is_made_at_the_first_request(kit: Any) -> None:
    client = kit.client()
    assert client._pool._http is None
    kit.call(client, "get", "1")
    assert type(client._pool._http).__module__.startswith(kit.library.__name__)


def test_a_dropped_client_closes_its_pool_when_the_last_copy_goes(kit: Any) -> None:
    client = kit.client()
    copied = client.with_options(max_retries=0)
    kit.call(client, "get", "1")
    http = client._pool._http
    kit.opened.remove(client)
    del client
    gc.collect()
    assert not http.is_closed
    kit.call(copied, "get", "1")

    async def drop() -> None:
        nonlocal copied
        del copied
        gc.collect()
        await until(lambda: http.is_closed)

    if kit.is_async:
        kit.run(drop())
    else:
        del copied
        gc.collect()
    assert http.is_closed


def test_a_given_http_client_is_closed_by_close_only(kit: Any) -> None:
    http = kit.http_client()
    client = kit.client(http_client=http)
    kit.call(client, "get", "1")
    kit.opened.remove(client)
    del client
    gc.collect()
    assert not http.is_closed
    client = kit.client(http_client=http)
    kit.run(client.close())
    assert http.is_closed


def test_proxy_environment_variables_are_honoured(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("HTTP_PROXY", kit.server.origin)
    monkeypatch.delenv("NO_PROXY", raising=False)
    kit.call(kit.client(base_url="http://api.example.test/v1"), "get", "1")
    assert sent(kit).target == "http://api.example.test/v1/things/1"


def test_copy_shares_the_pool_and_replaces_arguments(kit: Any) -> None:
    client = kit.client(default_headers={"X-A": "1", "X-B": "1"}, default_query={"q": "1"})
    copied = client.with_options(
        api_token="other", max_retries=5, timeout=3.0, strict=True, default_headers={"x-a": "2"}
    )
    assert copied._pool is client._pool
    assert (copied.max_retries, copied.timeout, copied.strict) == (5, 3.0, True)
    assert (client.max_retries, client.strict, client.api_token) == (2, False, "token-1234")
    kit.call(copied, "get", "1")
    assert sent(kit).header("authorization") == "Bearer other"
    assert (sent(kit).all("x-a"), sent(kit).all("x-b"), sent(kit).query) == (["2"], ["1"], "q=1")
    assert copied.things is not client.things


def test_credentials_passed_to_a_copy_win_over_those_of_the_original(kit: Any) -> None:
    copied = kit.client().with_options(api_key="k", api_email="e")
    kit.call(copied, "get", "1")
    assert sent(kit).header("authorization") is None
    assert sent(kit).header("x-auth-key") == "k"


def test_set_default_headers_and_query_replace(kit: Any) -> None:
    client = kit.client(default_headers={"X-A": "1"}, default_query={"q": "1"})
    copied = client.copy(set_default_headers={"X-B": "2"}, set_default_query={"r": "2"})
    kit.call(copied, "get", "1")
    assert (sent(kit).header("x-a"), sent(kit).header("x-b"), sent(kit).query) == (None, "2", "r=2")
    with pytest.raises(ValueError, match="set_default_headers"):
        client.copy(default_headers={}, set_default_headers={})
    with pytest.raises(ValueError, match="set_default_query"):
        client.copy(default_query={}, set_default_query={})


def test_anything_that_meets_the_transport_protocol_is_accepted(kit: Any) -> None:
    class Response:
        status_code = 200
        headers = MappingProxyType({"x": "y"})
        content = b'{"id": "7"}'

    class Transport:
        def request(self, method: str, url: str, **options: Any) -> Response:
            assert set(options) == {"content", "headers", "timeout", "follow_redirects"}
            return Response()

        def close(self) -> None: ...

    class AsyncTransport:
        async def request(self, method: str, url: str, **options: Any) -> Response:
            return Response()

        async def aclose(self) -> None: ...

    client = kit.client(http_client=AsyncTransport() if kit.is_async else Transport())
    assert kit.call(client, "get", "1", timeout=1.0).id == "7"
    streamed = client.things.with_streaming_response.get("1")
    assert kit.within(streamed, lambda response: response.read()) == b'{"id": "7"}'


def test_importing_client_and_resource_imports_no_http_library() -> None:
    program = (
        "import sys; import clientsmith.runtime.client, clientsmith.runtime.resource;"
        "print([m for m in ('httpx', 'httpx2', 'ssl', 'asyncio', 'email', 'logging')"
        " if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_repr_hides_secrets(kit: Any) -> None:
    client = kit.client(
        base_url=kit.server.url.replace("//", "//user:hunter2@"),
        default_headers={"X-Auth-Extra": "hunter3", "X-Plain": "shown"},
    )
    assert "shown" in repr(client)
    for secret in ("token-1234", "hunter2", "hunter3"):
        assert secret not in repr(client)


def test_both_clients_have_the_same_surface() -> None:
    def public(kind: type) -> set[str]:
        return {name for name in dir(kind) if not name.startswith("_")}

    assert public(Sample) == public(AsyncSample)


def test_a_base_url_has_no_query_and_no_fragment(kit: Any) -> None:
    for url in ("https://h/p?x=1", "https://h/p#f"):
        with pytest.raises(ValueError, match="no query"):
            kit.client(base_url=url)


def test_max_retries_is_not_negative(kit: Any) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        kit.client(max_retries=-1)


@pytest.mark.parametrize("value", ["Custom x", omit], ids=["set", "omitted"])
@pytest.mark.parametrize("level", ["call", "client"])
def test_the_environment_gives_way_to_a_header_of_another_scheme(
    kit: Any, monkeypatch: Any, value: Any, level: str
) -> None:
    monkeypatch.setenv("SAMPLE_KEY", "k")
    monkeypatch.setenv("SAMPLE_EMAIL", "e")
    headers = {"Authorization": value}
    client = kit.bare_client(base_url=kit.server.url, default_headers=headers if level == "client" else None)
    kit.call(client, "get", "1", extra_headers=headers if level == "call" else None)
    assert sent(kit).all("authorization") == ([value] if value else [])
    assert (sent(kit).header("x-auth-key"), sent(kit).header("x-auth-email")) == (None, None)


def test_the_environment_gives_way_to_one_header_of_a_pair(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    client = kit.bare_client(base_url=kit.server.url, default_headers={"X-Auth-Key": "k", "X-Auth-Email": "e"})
    kit.call(client, "get", "1")
    assert sent(kit).header("authorization") is None
    assert (sent(kit).header("x-auth-key"), sent(kit).header("x-auth-email")) == ("k", "e")


def test_passed_or_assigned_credentials_stay_beside_a_header_of_another_scheme(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    client = kit.bare_client(base_url=kit.server.url, default_headers={"X-Auth-Key": "k"})
    client.api_token = "assigned"
    kit.call(client, "get", "1")
    kit.call(kit.client(default_headers={"X-Auth-Key": "k"}), "get", "1")
    first, second = kit.server.received
    assert (first.header("authorization"), first.header("x-auth-key")) == ("Bearer assigned", "k")
    assert (second.header("authorization"), second.header("x-auth-key")) == ("Bearer token-1234", "k")


@pytest.mark.parametrize("value", [True, False, 2.0, "2"])
def test_max_retries_is_an_int(kit: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="0 for no retries"):
        kit.client(max_retries=value)
    with pytest.raises(TypeError, match="0 for no retries"):
        kit.client().with_options(max_retries=value)


def test_default_headers_and_query_can_be_assigned(kit: Any) -> None:
    client = kit.client(default_headers={"X-A": "1"}, default_query={"q": "1"})
    copied = client.with_options()
    client.default_headers = {"X-B": "2"}
    client.default_query = {"r": "2"}
    assert (dict(client.default_headers), dict(client.default_query)) == ({"X-B": "2"}, {"r": "2"})
    kit.call(client, "get", "1")
    assert (sent(kit).header("x-a"), sent(kit).header("x-b"), sent(kit).query) == (None, "2", "r=2")
    kit.call(copied, "get", "1")
    assert (sent(kit).header("x-a"), sent(kit).header("x-b"), sent(kit).query) == ("1", None, "q=1")


@pytest.mark.parametrize("name", ["default_headers", "default_query"])
def test_default_headers_and_query_cannot_be_changed_to_no_effect(kit: Any, name: str) -> None:
    with pytest.raises(TypeError):
        getattr(kit.client(), name)["X"] = "1"


def test_assigned_credentials_win_over_the_environment_whatever_the_scheme(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "from-env")
    client = kit.bare_client(base_url=kit.server.url)
    client.api_key, client.api_email = "k", "e"
    kit.call(client, "get", "1")
    assert (sent(kit).header("authorization"), sent(kit).header("x-auth-key")) == (None, "k")


@pytest.mark.parametrize("own", [{"headers": {"Authorization": "Bearer own"}}, {"auth": ("user", "own")}])
def test_what_the_http_client_sends_by_itself_stands_in_for_credentials(kit: Any, monkeypatch: Any, own: Any) -> None:
    monkeypatch.setenv("SAMPLE_KEY", "k")
    monkeypatch.setenv("SAMPLE_EMAIL", "e")
    client = kit.bare_client(base_url=kit.server.url, http_client=kit.http_client(**own))
    kit.call(client, "get", "1")
    assert sent(kit).header("authorization").startswith(("Bearer own", "Basic "))
    assert sent(kit).header("x-auth-key") is None


def test_the_query_of_the_http_client_gives_way_to_ours(kit: Any) -> None:
    http = kit.http_client(params={"a": "theirs", "b": "theirs", "sig": "theirs"})
    client = kit.client(http_client=http, query_key="key", cookie_key="c")
    kit.run(client.things.keyed(extra_query={"a": "x y"}))
    assert sent(kit).query == "a=x%20y&sig=key&b=theirs"
    kit.server.script = [answer(307, headers={"Location": "/v1/open?page=2"})]
    kit.run(client.things.keyed())
    assert sent(kit).query == "page=2&a=theirs&b=theirs&sig=theirs"


def test_a_copy_takes_the_timeout_of_its_own_http_client(kit: Any) -> None:
    client = kit.client()
    copied = client.with_options(http_client=kit.http_client(timeout=7.0))
    again = copied.with_options(http_client=kit.http_client())
    told = [c._begin(Operation("GET", "/x", security=()), {}, False).timeout["read"] for c in (client, copied, again)]
    assert told == [60.0, 7.0, 60.0]


def test_the_standard_copy_is_a_copy(kit: Any) -> None:
    client = kit.client()
    copied = copy.copy(client)
    copied.base_url = "https://other.test"
    assert client.base_url == kit.server.url + "/"
    assert copied._pool is client._pool


@pytest.mark.parametrize("token", [b"bytes", 12345, ["list"]])
def test_a_credential_of_a_wrong_type_is_a_type_error_that_does_not_show_it(kit: Any, token: Any) -> None:
    error = kit.fails(TypeError, lambda: kit.client(api_token=token).things.get("1"))
    assert str(error) == f"api_token must be a str, or a function that gives one, got {type(token)}"


def test_a_header_of_a_pair_is_completed_by_the_option_for_the_other(kit: Any) -> None:
    client = kit.bare_client(base_url=kit.server.url, api_email="me@x")
    kit.call(client, "get", "1", extra_headers={"X-Auth-Key": "k"})
    assert (sent(kit).header("x-auth-key"), sent(kit).header("x-auth-email")) == ("k", "me@x")


@pytest.mark.parametrize("extra", [{"extra_query": {"authorization": "1"}}, {"extra_headers": {"sig": "1"}}])
def test_a_query_key_does_not_stand_in_for_a_header_nor_a_header_for_a_key(kit: Any, extra: Any) -> None:
    client = kit.bare_client(base_url=kit.server.url)
    kit.fails(MissingCredentialsError, lambda: client.things.get("1", **extra))
    kit.fails(MissingCredentialsError, lambda: client.things.keyed(**extra))
    assert kit.server.received == []


@pytest.mark.parametrize(("password", "expected"), [("", "dTo="), ("p", "dTpw")])
def test_a_password_may_be_empty(password: str, expected: str) -> None:
    basic = Basic(Credential("user"), Credential("password"))
    config = ClientConfig(package="p", version="1", schemes={"basic": basic}, security=(("basic",),))
    values = initial_credentials(config, {"user": "u", "password": password}, {})
    schemes = choose_schemes(alternatives(config, config.security), values, set())
    request = next(flow_of(schemes, PreparedRequest("GET", "https://a.test/", {}), values))
    assert request.headers == {"Authorization": f"Basic {expected}"}


@pytest.mark.parametrize("password", ["hidden\ud800", lambda: "hidden\ud800"])
def test_a_password_that_no_bytes_stand_for_is_refused_and_not_quoted(password: Any) -> None:
    basic = Basic(Credential("user"), Credential("password"))
    config = ClientConfig("p", "1", base_url="https://a.test", schemes={"basic": basic}, security=(("basic",),))
    client = SyncClient(config, credentials={"user": "u", "password": password})
    with pytest.raises(ArgumentValueError, match="stand for user= and password=") as caught:
        client.request(Operation[None]("GET", "/"))
    assert caught.value.__cause__ is None
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("url", ["user:hidden@host/v1", "ftp://user:hidden@host"])
def test_a_wrong_base_url_is_not_quoted(kit: Any, url: str) -> None:
    with pytest.raises(ValueError, match="http://") as caught:
        kit.client(base_url=url)
    assert "hidden" not in str(caught.value)
    assert kit.client(base_url="HTTPS://host").base_url == "HTTPS://host/"


def test_default_headers_and_query_can_be_assigned_none(kit: Any) -> None:
    client = kit.client(default_headers={"X-A": "1"}, default_query={"q": "1"})
    client.default_headers = client.default_query = None
    assert (dict(client.default_headers), dict(client.default_query)) == ({}, {})


def test_an_http_client_that_is_a_class_or_async_for_sync_is_refused(kit: Any) -> None:
    class AsyncRequest:
        async def request(self) -> None: ...

        def close(self) -> None: ...

    wrong: list[Any] = [kit.library.AsyncClient if kit.is_async else kit.library.Client, AsyncRequest()]
    for http_client in wrong:
        with pytest.raises(TypeError, match="http_client must be"):
            kit.client(http_client=http_client)


def test_credentials_that_change_between_calls_are_used(kit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SAMPLE_TOKEN", "same")
    client = kit.bare_client(base_url=kit.server.url)
    kit.call(client, "get", "1")
    client.api_token = "other"
    kit.call(client, "get", "1")
    client.api_token = None
    client.api_key, client.api_email = "k", "e"
    kit.call(client, "get", "1")
    kit.call(client, "get", "1", extra_headers={"X-Auth-Key": "own"})
    sent_headers = [(r.header("authorization"), r.header("x-auth-key")) for r in kit.server.received]
    assert sent_headers == [("Bearer same", None), ("Bearer other", None), (None, "k"), (None, "own")]
