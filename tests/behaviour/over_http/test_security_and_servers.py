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


def test_the_server_of_a_path_takes_the_place_of_the_document_s(talk: Talk) -> None:
    asked = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200, json={"id": 1})

    http = (httpx2.AsyncClient if talk.loop else httpx2.Client)(transport=httpx2.MockTransport(respond))
    assert talk.run(talk.client("op_servers", http_client=http).status.get()).id == 1
    assert asked == ["https://status.example.com/live/status"]


def test_a_relative_server_asks_for_the_whole_url_and_takes_no_variables(talk: Talk) -> None:
    client = case_packages.client("op_server_relative").OpServerRelative
    with pytest.raises(ValueError, match="pass base_url"):
        client()
    with pytest.raises(TypeError, match="version"):
        client(base_url="https://a.example/api/v3", version="v4")
    assert client.__init__.__doc__ is not None
    assert "`https://example.com/api/v3`" in client.__init__.__doc__
    assert "`/api/{version}`" in client.__init__.__doc__
