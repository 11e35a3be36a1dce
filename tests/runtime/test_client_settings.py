"""What the settings say about requests holds in every client: credentials that are required, time, headers, sizes."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
from server import Server, answer

SETTINGS = """
spec = "spec.yaml"
output = "{package}"
formatter = "none"
[client]
retry = "eager"
max_retries = 4
timeout = 7.5
max_response_size = 3
headers = {{ X-Version = "2026-01-01", X-Mine = "yes" }}
[security.bearer]
argument = "token"
required = true
"""
SPEC = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "http://127.0.0.1:1"}]
security: [{bearer: []}, {}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
paths:
  /things/{thing-id}:
    get:
      operationId: getThing
      tags: [things]
      parameters: [{name: thing-id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}
    head:
      operationId: headThing
      tags: [things]
      parameters: [{name: thing-id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}
"""
PACKAGE = "settled_client"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("settled")
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "settings.toml").write_text(SETTINGS.format(package=PACKAGE))
    made(folder / "settings.toml")
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(PACKAGE)
    finally:
        sys.path.remove(str(folder))


def made(settings: Path) -> None:
    from click.testing import CliRunner

    from clientsmith.cli import main

    done = CliRunner().invoke(main, ["generate", str(settings)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("kind", ["SettledClient", "AsyncSettledClient"])
def test_a_required_credential_is_asked_for_by_the_constructor(package: Any, kind: str, monkeypatch: Any) -> None:
    make = getattr(package, kind)
    with pytest.raises(package.SettledClientError, match=r"pass token= \(or set SETTLED_CLIENT_TOKEN\)"):
        make()
    assert make(token="t").token == "t"
    monkeypatch.setenv("SETTLED_CLIENT_TOKEN", "of the environment")
    assert make().token == "of the environment"


def test_defaults_of_the_settings(package: Any) -> None:
    client = package.SettledClient(token="t")
    assert (client.max_retries, client.timeout, client.max_response_size) == (4, 7.5, 3_000_000)
    assert client._config.retry == "eager"
    other = client.with_options(max_retries=1, timeout=2.0, max_response_size=10)
    assert (other.max_retries, other.timeout, other.max_response_size) == (1, 2.0, 10)


def test_headers_of_the_settings_are_sent_unless_the_caller_has_others(package: Any, server: Server) -> None:
    server.default = answer(200, {})
    with package.SettledClient(token="t", base_url=server.url) as client:
        client.things.get("1")
        client.with_options(set_default_headers={"x-mine": "no"}).things.get("1")
        client.things.get("1", extra_headers={"x-version": package.omit})
    seen = [(request.header("x-version"), request.header("x-mine")) for request in server.received]
    assert seen == [("2026-01-01", "yes"), ("2026-01-01", "no"), (None, "yes")]


def test_an_empty_path_parameter_is_named_as_its_argument(package: Any) -> None:
    client = package.SettledClient(token="t")
    with pytest.raises(ValueError, match="non-empty value for `thing_id`"):
        client.things.get("")
    with pytest.raises(ValueError, match="'thing_id' must not make the segment"):
        client.things.get("..")


def test_a_head_request_returns_nothing(package: Any, server: Server) -> None:
    server.default = answer(200, b"", {"Content-Type": "application/json"}, length=999_999_999)
    with package.SettledClient(token="t", base_url=server.url) as client:
        assert client.things.head("1") is None
        raw = client.things.with_raw_response.head("1")
        assert (raw.content, raw.parse()) == (b"", None)
