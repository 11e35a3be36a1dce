"""A client of each kind over each HTTP library, made once, and the loopback server they talk to."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from cloudflare_realtimekit import AsyncCloudflare, Cloudflare
from tests.client.specification import Operation
from tests.runtime.server import Server

VARIANTS = [(kind, library) for kind in ("sync", "async") for library in ("httpx2", "httpx")]
BASE_PATH = "/client/v4"


class Kit:
    """Calls a client, and finishes what it gives where the client is async."""

    def __init__(self, kind: str, library: str, server: Server) -> None:
        self.server = server
        self.slept: list[float] = []
        self.is_async = kind == "async"
        self.loop = asyncio.new_event_loop() if self.is_async else None
        module: Any = importlib.import_module(library)
        self.http = (module.AsyncClient if self.is_async else module.Client)(verify=False)
        make: Any = AsyncCloudflare if self.is_async else Cloudflare
        self.client = make(api_token="token", base_url=server.origin + BASE_PATH, http_client=self.http)
        self.client._sleep = self._async_sleep if self.is_async else self.slept.append

    async def _async_sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def call(self, operation: Operation, **arguments: Any) -> Any:
        return self.run(self.method(operation)(operation.path_value(operation.positional), **arguments))

    def method(self, operation: Operation) -> Any:
        found: Any = self.client
        for step in (*operation.resource.split("."), operation.name):
            found = getattr(found, step)
        return found

    def run(self, value: Any) -> Any:
        return self.loop.run_until_complete(value) if self.loop else value

    def close(self) -> None:
        self.run(self.http.aclose() if self.is_async else self.http.close())
        if self.loop:
            self.loop.close()


@pytest.fixture(scope="session")
def loopback() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(scope="session")
def kits(loopback: Server) -> Iterator[dict[tuple[str, str], Kit]]:
    made = {(kind, library): Kit(kind, library, loopback) for kind, library in VARIANTS}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture
def server(loopback: Server) -> Server:
    """The server, with nothing received and nothing scripted."""
    loopback.received.clear()
    loopback.script.clear()
    return loopback


@pytest.fixture(params=VARIANTS, ids="-".join)
def kit(request: pytest.FixtureRequest, kits: dict[tuple[str, str], Kit], server: Server) -> Kit:
    chosen = kits[request.param]
    chosen.slept.clear()
    return chosen
