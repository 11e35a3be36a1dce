"""Cases `op_security` and `op_servers`: what shows who asks, and where a request goes."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import Received

SENT = [
    ("get_default", {"bearer": "b"}, {"Authorization": "Bearer b"}),
    ("get_open", {}, {}),
    ("get_both", {"header_key": "h", "query_key": "q"}, {"X-Key": "h", "?": "key=q"}),
    ("get_either", {"username": "u", "password": "p"}, {"Authorization": "Basic dTpw"}),
    ("get_either", {"cookie_key": "c"}, {"Cookie": "sid=c"}),
    ("get_optional", {"oauth": "o"}, {"Authorization": "Bearer o"}),
    ("get_optional", {}, {}),
    ("get_other", {"digest": "Digest d"}, {"Authorization": "Digest d"}),
    ("get_other", {"connect": "c"}, {"Authorization": "Bearer c"}),
]


def credentials(request: Received) -> dict[str, str]:
    found = {name: request.header(name) for name in ("Authorization", "X-Key", "Cookie")}
    return {name: value for name, value in {**found, "?": request.query}.items() if value}


@pytest.mark.parametrize(("method", "given", "expected"), SENT, ids=lambda value: str(value))
def test_what_the_operation_asks_for_is_sent(
    talk: Talk, method: str, given: dict[str, str], expected: dict[str, str]
) -> None:
    talk.run(getattr(talk.client("op_security", **given).pets, method)())
    assert credentials(talk.request) == expected


@pytest.mark.parametrize("given", [{}, {"header_key": "h"}, {"bearer": "b"}], ids=str)
def test_what_is_missing_is_named_before_anything_is_sent(talk: Talk, given: dict[str, str]) -> None:
    error: Any = case_packages.client("op_security").OpSecurityError
    with pytest.raises(error, match="query_key"):
        talk.run(talk.client("op_security", **given).pets.get_both())
    assert talk.server.received == []


def test_a_credential_goes_only_where_it_is_asked_for(talk: Talk) -> None:
    talk.run(talk.client("op_security", bearer="b", cookie_key="c").pets.get_open())
    assert credentials(talk.request) == {}


def test_credentials_from_the_environment(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OP_SECURITY_COOKIE_KEY", "c")
    talk.run(talk.client("op_security").pets.get_either())
    assert credentials(talk.request) == {"Cookie": "sid=c"}


def test_server_variables_have_defaults(talk: Talk) -> None:
    package = case_packages.client("op_servers")
    assert str(package.OpServers().base_url) == "https://eu.example.com/v1/"
    assert str(package.OpServers(region="us").base_url) == "https://us.example.com/v1/"


def test_a_relative_server_of_an_operation(talk: Talk) -> None:
    talk.run(talk.client("op_servers").status.get_relative())
    assert talk.request.path == "/v2/relative"


def asked_for(talk: Talk, case: str, calls: tuple[str, ...], **options: Any) -> list[str]:
    """Give the URLs that a client sends to, each with the name of the operation cut off."""
    found: list[str] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        found.append(str(request.url).rpartition("/")[0])
        return httpx2.Response(200, json={"id": 1})

    http = (httpx2.AsyncClient if talk.loop else httpx2.Client)(transport=httpx2.MockTransport(respond))
    copied = options.pop("with_options", None)
    package = case_packages.client(case)
    name = next(name for name in package.__all__ if name.startswith("Async") == bool(talk.loop) and name.endswith("s"))
    client = getattr(package, name)(http_client=http, **options)
    client = client if copied is None else client.with_options(**copied)
    for call in calls:
        resource, _, method = call.partition(".")
        talk.run(getattr(getattr(client, resource), method)())
    return found


def test_the_server_of_a_path_takes_the_place_of_the_document_s(talk: Talk) -> None:
    calls = ("status.get", "status.get_relative")
    assert asked_for(talk, "op_servers", calls) == ["https://status.example.com/live", "https://eu.example.com/v2"]
    moved = asked_for(talk, "op_servers", calls, base_url="http://localhost:80/v1")
    assert moved == ["http://localhost/live", "http://localhost/v2"]
    given = asked_for(talk, "op_servers", calls, env="test", region="us")
    assert given == ["https://status.example.com/test", "https://us.example.com/v2"]
    given = asked_for(talk, "op_servers", calls, status_url="http://s.test/x/", base_url="http://b.test")
    assert given == ["http://s.test/x", "http://b.test/v2"]


ENVIRONMENT_CALLS = ("pets.list", "files.list", "uploads.create", "next.get", "next.relative")
LIVE = [
    "https://eu.api.example.com/v1",
    "https://eu.files.example.com",
    "https://u.example.org/in",
    "https://eu.api.example.com/v2",
    "https://eu.api.example.com/v3/all",
]
TEST = [
    "https://de.sandbox.example.com/v1",
    "https://files.example.net/test",
    "https://test.u.example.org/in",
    "https://de.sandbox.example.com/v2",
    "https://de.sandbox.example.com/v3/all",
]
MOCK = ["http://b.test/x", "http://b.test/x", "http://b.test/x/in", "http://b.test/x/v2", "http://b.test/x/v3/all"]
CHOSEN: list[tuple[dict[str, Any], list[str]]] = [
    ({}, LIVE),
    ({"environment": "live"}, LIVE),
    ({"environment": "test_bed"}, TEST),
    ({"region": "us", "area": "some"}, [url.replace("eu.", "us.").replace("/all", "/some") for url in LIVE]),
    ({"path": "a b"}, [url.replace("/in", "/a%20b") for url in LIVE]),
    (
        {"files_url": "http://f.test", "u_url": "http://u.test/a/"},
        [LIVE[0], "http://f.test", "http://u.test/a", *LIVE[3:]],
    ),
    ({"base_url": "http://b.test/x"}, MOCK),
    ({"base_url": "http://b.test/x", "files_url": "http://f.test"}, [MOCK[0], "http://f.test", *MOCK[2:]]),
    ({"environment": "test_bed", "with_options": {"environment": "live"}}, LIVE),
    ({"with_options": {"environment": "test_bed"}}, TEST),
    ({"environment": "test_bed", "with_options": {"timeout": 5}}, TEST),
    ({"base_url": "http://b.test/x", "with_options": {"region": "us"}}, MOCK),
    ({"base_url": "http://c.test", "with_options": {"base_url": "http://b.test/x"}}, MOCK),
    ({"base_url": "http://c.test", "with_options": {"environment": "test_bed"}}, TEST),
]


@pytest.mark.parametrize(("options", "urls"), CHOSEN, ids=lambda value: str(value)[:60])
def test_environments_and_servers_of_operations(talk: Talk, options: dict[str, Any], urls: list[str]) -> None:
    assert asked_for(talk, "op_environments", ENVIRONMENT_CALLS, **options) == urls


def test_the_process_environment_moves_all_servers_unless_one_is_chosen(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OP_ENVIRONMENTS_BASE_URL", "http://b.test/x")
    assert asked_for(talk, "op_environments", ENVIRONMENT_CALLS) == MOCK
    assert asked_for(talk, "op_environments", ENVIRONMENT_CALLS, environment="test_bed") == TEST


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"environment": "beta"}, r"environment must be one of \('live', 'test_bed'\) \(got 'beta'\)"),
        ({"environment": "live", "base_url": "http://b.test"}, "base_url or environment, not both"),
        ({"region": "de"}, "server variable 'region' must be one of"),
        ({"area": "none"}, "server variable 'area' must be one of"),
        ({"path": "../.."}, "server variable 'path' must not hold dots"),
        ({"files_url": "f.test"}, "files_url must have http:// or https://"),
        ({"files_url": "http://f.test?a"}, "files_url has no query"),
    ],
)
def test_what_no_server_can_be_is_refused_at_once(talk: Talk, options: dict[str, Any], message: str) -> None:
    with pytest.raises(case_packages.client("op_environments").OpEnvironmentsError, match=message):
        asked_for(talk, "op_environments", (), **options)
    with pytest.raises(case_packages.client("op_environments").OpEnvironmentsError, match=message):
        asked_for(talk, "op_environments", (), with_options=options)


def test_a_relative_server_asks_for_the_whole_url_and_takes_no_variables(talk: Talk) -> None:
    client = case_packages.client("op_server_relative").OpServerRelative
    with pytest.raises(ValueError, match="pass base_url"):
        client()
    with pytest.raises(TypeError, match="version"):
        client(base_url="https://a.example/api/v3", version="v4")
    assert client.__init__.__doc__ is not None
    assert "`https://example.com/api/v3`" in client.__init__.__doc__
    assert "`/api/{version}`" in client.__init__.__doc__
