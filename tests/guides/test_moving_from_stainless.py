"""`docs/moving-from-stainless.md` does what it says: the config becomes a client, and code for the SDK runs with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guides.steps import Reader
from tests.runtime.server import Received, Server, Step, answer

PAGE = Path(__file__).parents[2] / "docs/moving-from-stainless.md"
STEPS = [
    "stainless.yml",
    "openapi.yml",
    "clientsmith migrate stainless.yml --spec openapi.yml",
    "clientsmith generate acme.toml",
]
REX = {"id": "1", "name": "Rex"}
PAGES = {"": {"data": [REX], "next": "a"}, "after=a": {"data": [{"id": "2", "name": "Tom"}]}}


def api(request: Received) -> Step:
    """Serve the API of the page."""
    if request.header("authorization") != "Bearer secret":
        return answer(401)
    match request.method, request.path:
        case "POST", "/pets":
            return answer(201 if json.loads(request.body) == {"name": "Rex"} else 400, REX)
        case "GET", "/pets":
            return answer(200, PAGES[request.query])
        case "GET", "/pets/1":
            return answer(200, REX, {"X-Request": "r1"})
    return answer(404)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.route = api
    yield running
    running.close()


def test_the_page_can_be_followed(server: Server, tmp_path: Path) -> None:
    reader = Reader(tmp_path, server.origin)
    reader.follow(PAGE)
    assert reader.done == STEPS
    assert not (tmp_path / "acme.overlay.yaml").exists()
    asked = [(request.method, request.target) for request in server.received]
    assert asked == [
        ("POST", "/pets"),
        ("GET", "/pets"),
        ("GET", "/pets?after=a"),
        ("GET", "/pets/1"),
        ("GET", "/pets/1"),
        ("GET", "/pets/7"),
    ]
