"""`docs/moving-from-openapi-python-client.md` does what it says: both programs of the page do the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guides.steps import Reader
from tests.runtime.server import Received, Server, Step, answer

PAGE = Path(__file__).parents[2] / "docs/moving-from-openapi-python-client.md"
COMMANDS = [
    "openapi-python-client generate --path pets.yaml --meta none --output-path pets_before",
    "pip install clientsmith httpx2",
    "clientsmith generate pets.yaml -o pets",
]


class Pets:
    """The API of the page."""

    def __init__(self) -> None:
        self.pets: list[dict[str, object]] = []

    def __call__(self, request: Received) -> Step:
        if request.header("authorization") != "Bearer secret":
            return answer(401)
        match request.method, request.path:
            case "POST", "/pets":
                self.pets[:] = [{"id": 1, **json.loads(request.body)}]
                return answer(201, self.pets[0])
            case "GET", "/pets":
                return answer(200, self.pets if request.query == "limit=10" else [])
            case "POST", "/pets/1/photo":
                is_right = b'filename="rex.jpg"' in request.body and b"image/jpeg\r\n\r\n...\r\n" in request.body
                return answer(204 if is_right else 400)
        return answer(404, {"message": f"there is no pet {request.path.rpartition('/')[2]}"}, {"X-Request": "r1"})


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.route = Pets()
    yield running
    running.close()


def test_the_page_can_be_followed(server: Server, tmp_path: Path) -> None:
    reader = Reader(tmp_path, server.origin)
    reader.follow(PAGE)
    assert reader.done == ["pets.yaml", *COMMANDS]
    asked = [(request.method, request.target) for request in server.received]
    assert asked[:4] == asked[4:]
    assert len(asked) == 8
