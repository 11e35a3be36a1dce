"""The behaviour of a client: Redirects and secrets."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import pytest
from server import answer, raw_bytes, reset

from clientsmith.runtime.errors import APIConnectionError, APIError, APITimeoutError, NotFoundError
from clientsmith.runtime.prepared import PreparedRequest
from clientsmith.runtime.redirects import RedirectRefused, redirected

SECRET_HEADERS = {
    "Cookie": "a=secret-1",
    "Proxy-Authorization": "secret-2",
    "X-API-Key": "secret-3",
    "X-Session-Token": "secret-4",
    "X-Plain": "plain",
}


def to(url: str, status: int = 307) -> Any:
    return answer(status, headers={"Location": url})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(kit: Any, status: int) -> None:
    kit.server.script = [to("/v1/elsewhere", status)]
    assert kit.call(kit.client(), "get", "1").id == "1"
    second = kit.server.received[-1]
    assert (second.path, second.header("authorization")) == ("/v1/elsewhere", "Bearer token-1234")


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_a_redirected_post(kit: Any, status: int, method: str) -> None:
    kit.server.script = [to("/v1/elsewhere", status)]
    kit.call(kit.client(), "create", name="x")
    first, second = kit.server.received
    assert second.method == method
    assert second.body == (first.body if method == "POST" else b"")
    assert (second.header("content-type") is None) == (method == "GET")


def test_twenty_redirects_at_most(kit: Any) -> None:
    kit.server.script = [to("/v1/next") for _ in range(20)]
    client = kit.client()
    assert kit.call(client, "get", "1").id == "1"
    kit.server.received.clear()
    kit.server.default = to("/v1/next")
    kit.fails(APIConnectionError, lambda: client.things.get("1"))
    assert len(kit.server.received) == 21


def test_a_redirect_without_a_target_is_a_response(kit: Any) -> None:
    kit.server.default = answer(302)
    kit.fails(APIError, lambda: kit.client().things.get("1"))


@pytest.mark.parametrize("target", ["ftp://x/", "file:///etc/passwd", "http://[x", "http://x:y/"])
def test_a_target_that_is_no_http_url_is_refused(kit: Any, target: str) -> None:
    kit.server.default = to(target)
    kit.fails(APIConnectionError, lambda: kit.client(max_retries=0).things.get("1"))
    assert len(kit.server.received) == 1


def test_never_from_https_to_http() -> None:
    request = PreparedRequest("GET", "https://a.test/x", {})
    with pytest.raises(RedirectRefused):
        redirected(request, 302, "http://a.test/x")
    following = redirected(request, 302, "https://a.test:443/y")
    assert following is not None
    assert not following.cross_origin
    other_port = redirected(request, 302, "https://a.test:444/y")
    assert other_port is not None
    assert other_port.cross_origin


def test_to_another_origin_no_credential_travels(kit: Any, other: Any) -> None:
    kit.server.default = to(f"{other.url}/x?sig=secret-5&keep=1&%73ig=secret-6")
    client = kit.client(default_headers=SECRET_HEADERS)
    kit.call(client, "get", "1")
    kit.call(kit.client(api_key="secret-7", api_email="secret-8"), "get", "1")
    client = kit.client(query_key="secret-9", cookie_key="secret-10")
    kit.call(client, "keyed")
    for received in other.received:
        assert "secret" not in f"{received.target} {received.headers}"
        assert received.header("authorization") is None
        assert received.query == "keep=1"
    assert other.received[0].header("x-plain") == "plain"


def test_what_the_callers_http_client_holds_does_not_travel_either(kit: Any, other: Any) -> None:
    kit.server.default = to(f"{other.url}/x")
    http = kit.http_client(
        headers={"Authorization": "secret-1", "X-Mine": "secret-2"},
        cookies={"c": "secret-3"},
        params={"p": "secret-4"},
        auth=("secret-5", "secret-6"),
    )
    kit.call(kit.client(http_client=http), "get", "1")
    received = other.received[0]
    assert "secret" not in f"{received.target} {received.headers}"
    assert received.header("authorization") is None


def test_once_foreign_no_credential_comes_back(kit: Any, other: Any) -> None:
    other.default = to(f"{kit.server.url}/back")
    kit.server.script = [to(f"{other.url}/x")]
    kit.call(kit.client(), "get", "1")
    assert kit.server.received[-1].header("authorization") is None


def test_a_retry_starts_again_with_credentials(kit: Any, other: Any) -> None:
    other.script = [reset()]
    kit.server.script = [to(f"{other.url}/x")]
    kit.call(kit.client(), "get", "1")
    assert kit.server.received[-1].header("authorization") == "Bearer token-1234"
    assert kit.server.received[-1].path == "/v1/things/1"


def test_a_redirect_ends_at_the_deadline(kit: Any) -> None:
    import time

    kit.server.route = lambda request: time.sleep(0.3) or to("/v1/next")
    client = kit.client(max_retries=0, timeout=1.0)
    kit.fails(APITimeoutError, lambda: client.things.get("1"))
    assert len(kit.server.received) < 7  # of 20 that may follow


def test_debug_log_shows_the_call_and_no_secret(kit: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, "sample_client")
    kit.server.script = [answer(503), answer(200, {"id": "secret-body"})]
    client = kit.client(default_headers={"X-Auth-More": "secret-0"})
    kit.call(
        client,
        "search",
        q="secret-1",
        extra_headers={"X-My-Token": "secret-2", "Authorization": "secret-3"},
        extra_query={"sig": "secret-4"},
    )
    kit.server.default = answer(404, {"message": "secret-5"})
    kit.fails(NotFoundError, lambda: client.things.get("token-1234"))
    lines = [r.getMessage() for r in caplog.records if r.name == "sample_client"]
    assert "GET /v1/search -> 503 in" in lines[0]
    assert "GET /v1/search -> 200 in" in lines[1]
    assert lines[1].endswith("(retries: 1)")
    assert "404" in lines[2]
    assert "secret" not in "".join(lines)
    assert "token-1234" not in "".join(lines)


def test_a_prepared_request_shows_no_secret() -> None:
    request = PreparedRequest("GET", "https://u:hidden@a.test/x?k=hidden", {"X-Auth-Key": "hidden"})
    assert "hidden" not in repr(request)


def test_a_model_hides_its_secret_fields(kit: Any) -> None:
    kit.server.default = answer(200, {"id": "1", "secret": "hidden"})
    assert "hidden" not in repr(kit.call(kit.client(), "get", "1"))


def test_a_user_name_in_the_url_does_not_replace_the_token(kit: Any) -> None:
    url = kit.server.url.replace("http://", "http://someone:else@")
    assert kit.call(kit.client(base_url=url), "get", "1").id == "1"
    assert kit.server.received[-1].header("authorization") == "Bearer token-1234"


def test_what_is_handed_out_as_request_shows_no_secret(kit: Any) -> None:
    url = kit.server.url.replace("http://", "http://someone:hunter2@")
    client = kit.client(base_url=url, api_token="t", query_key="hunter3", cookie_key="hunter4", max_retries=0)
    raw = kit.run(client.things.with_raw_response.get("1", extra_query={"sig": "hunter3"}))
    kit.server.script = [answer(404), reset()]
    errors = [
        kit.fails(NotFoundError, client.things.keyed),
        kit.fails(APIConnectionError, client.things.keyed),
    ]
    for request in (raw.http_request, *(error.request for error in errors)):
        assert (request.method, request.url.params["sig"]) == ("GET", "hunter3")
        assert "accept" in request.headers
        assert repr(request).startswith("<Request GET http://127.0.0.1:")
        assert "hunter" not in repr(request)


def test_the_librarys_log_shows_no_query_key(kit: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    client = kit.client(query_key="hunter2", cookie_key="c")
    kit.call(client, "keyed", extra_query={"keep": "1"})
    kit.server.script = [to("/v1/keyed?%73ig=hunter2&other=2")]
    kit.call(client, "keyed")
    lines = [r.getMessage() for r in caplog.records if r.name == kit.library.__name__]
    assert f"GET {kit.server.url}/keyed?keep=1 " in lines[0]
    assert f"GET {kit.server.url}/keyed?other=2 " in lines[2]
    assert "hunter" not in "".join(r.getMessage() for r in caplog.records)


def test_an_error_tells_no_credential_that_a_header_of_the_caller_had(kit: Any) -> None:
    kit.server.default = answer(401, {"message": "bad token mysecretvalue"})
    client = kit.client(default_headers={"Authorization": "Bearer mysecretvalue"})
    error = kit.fails(APIError, lambda: client.things.get("1"))
    assert "mysecretvalue" not in str(error) + repr(error)


def test_the_librarys_log_shows_no_password_of_the_base_url(kit: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    client = kit.client(base_url=kit.server.url.replace("://", "://user:hunter2@"))
    kit.call(client, "get", "1")
    lines = [r.getMessage() for r in caplog.records if r.name == kit.library.__name__]
    assert f"GET {kit.server.url}/things/1 " in lines[0]
    assert "hunter2" not in "".join(r.getMessage() for r in caplog.records)


def test_a_cookie_of_the_server_goes_to_no_copy_with_other_credentials(kit: Any) -> None:
    kit.server.script = [answer(200, {"id": "1"}, {"Set-Cookie": "session=hers; Path=/"})]
    client = kit.client()
    kit.call(client, "get", "1")
    kit.call(client.copy(api_token="other"), "get", "1")
    assert [r.header("cookie") for r in kit.server.received] == [None, None]


def test_a_request_can_be_pickled_and_its_repr_still_tells_no_secret(kit: Any) -> None:
    raw = kit.run(kit.client().things.with_raw_response.get("1", extra_query={"sig": "hunter3"}))
    revived = pickle.loads(pickle.dumps(raw.http_request))
    assert (revived.method, revived.url) == ("GET", str(raw.http_request.url).partition("?")[0])
    assert "hunter" not in repr(revived)


def test_a_secret_that_is_cut_off_or_quoted_is_hidden_all_the_same(kit: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG, "sample_client")
    token = "SECRET+TOKEN/VALUE=="
    kit.server.script = [answer(400, {"message": "x" * 490 + token})]
    client = kit.client(api_token=token)
    error = kit.fails(APIError, lambda: client.things.get(token))
    assert "SECRET" not in str(error) + caplog.text


def test_a_secret_of_the_url_or_of_the_http_client_is_hidden_in_errors(kit: Any) -> None:
    kit.server.default = answer(400, {"message": "bad pass%word mysession"})
    base_url = kit.server.url.replace("://", "://user:pass%25word@")
    client = kit.client(base_url=base_url, http_client=kit.http_client(headers={"X-Session": "mysession"}))
    assert str(kit.fails(APIError, lambda: client.things.get("1"))) == "400 Bad Request: bad *** *** (GET /v1/things/1)"


def test_a_host_header_does_not_go_to_another_origin(kit: Any, other: Any) -> None:
    kit.server.script = [to(f"{other.url}/x")]
    kit.call(kit.client(), "get", "1", extra_headers={"Host": "internal.example"})
    assert other.received[0].header("host") != "internal.example"


def test_a_key_of_another_origin_keeps_the_name_of_a_header_of_ours(kit: Any, other: Any) -> None:
    kit.server.script = [to(f"{other.url}/x?X-Auth-Key=signed&sig=ours")]
    kit.call(kit.client(api_key="k", api_email="e"), "get", "1")
    assert other.received[0].query == "X-Auth-Key=signed"


def test_the_password_of_the_base_url_stays_in_a_redirect_to_the_same_origin(kit: Any) -> None:
    kit.server.script = [to(f"{kit.server.url}/x")]
    base_url = kit.server.url.replace("://", "://user:pass@")
    kit.run(kit.bare_client(base_url=base_url).things.open())
    assert [request.header("authorization") for request in kit.server.received] == ["Basic dXNlcjpwYXNz"] * 2


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\n: token-1234\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX\x00: Bearer token-1234\r\n\r\n",
        b"token-1234\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ntoken-1234\r\n",
    ],
)
def test_a_traceback_shows_no_secret_that_a_server_repeats(kit: Any, data: bytes) -> None:
    """The errors of the HTTP library, which the traceback prints, quote what they cannot read."""
    kit.server.default = raw_bytes(data)
    client = kit.client(max_retries=0)
    error = kit.fails(APIError, lambda: client.things.get("1"))
    text = "".join(traceback.format_exception(error))
    assert "RemoteProtocolError" in text
    assert "token-1234" not in text
