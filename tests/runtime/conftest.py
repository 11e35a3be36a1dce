"""One set of tests for both clients and both HTTP libraries: `kit` is a client and how to run it."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import sample
import server as loopback

from clientsmith.runtime import failures, pool

sample.make()
sample_client: Any = importlib.import_module(f"{sample.PACKAGE}._client")

VARIANTS = [(kind, library) for kind in ("sync", "async") for library in ("httpx2", "httpx")]


class Kit:
    """Drives either client with the same test code, in a task where it is the async one."""

    def __init__(self, kind: str, library: str, server: loopback.Server) -> None:
        self.is_async = kind == "async"
        self.library: Any = importlib.import_module(library)
        self.server = server
        self.slept: list[float] = []
        self.opened: list[Any] = []
        self.loop = asyncio.new_event_loop() if self.is_async else None

    def client(self, **options: Any) -> Any:
        """Make a client of the server, with a token unless credentials are given."""
        if not any(name in options for name in ("api_token", "api_key", "query_key")):
            options["api_token"] = "token-1234"
        options.setdefault("base_url", self.server.url)
        return self.bare_client(**options)

    def bare_client(self, **options: Any) -> Any:
        made = (sample_client.AsyncSample if self.is_async else sample_client.Sample)(**options)
        made._sleep = self._async_sleep if self.is_async else self.slept.append
        made._random = lambda: 0.0
        self.opened.append(made)
        return made

    async def _async_sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def http_client(self, **options: Any) -> Any:
        http = getattr(self.library, "AsyncClient" if self.is_async else "Client")(**options)
        self.opened.append(http)
        return http

    def run(self, value: Any) -> Any:
        """Finish what a call gave: await it where it is a coroutine."""
        if inspect.isawaitable(value):
            assert self.loop is not None

            async def finish() -> Any:
                return await value

            return self.loop.run_until_complete(finish())
        return value

    def collect(self, iterable: Any) -> list[Any]:
        """Take all items of an iterator, sync or async."""
        if hasattr(iterable, "__aiter__"):

            async def items() -> list[Any]:
                return [item async for item in iterable]

            return self.run(items())  # type: ignore[no-any-return]
        return list(iterable)

    def within(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """Give what `use` makes of the value of a context manager."""
        if not self.is_async:
            with manager as value:
                return use(value)

        async def enter() -> Any:
            async with manager as value:
                used = use(value)
                if hasattr(used, "__aiter__"):
                    return [item async for item in used]
                return await used if inspect.isawaitable(used) else used

        return self.run(enter())

    def call(self, client: Any, name: str, /, *args: Any, **options: Any) -> Any:
        return self.run(getattr(client.things, name)(*args, **options))

    def fails(self, kind: type[Exception], value: Callable[[], Any]) -> Any:
        with pytest.raises(kind) as caught:
            self.run(value())
        return caught.value

    def pool_of(self, client: Any) -> Any:
        """Give the connections that the HTTP library holds."""
        return client._pool._http._transport._pool

    def close(self) -> None:
        for opened in self.opened:
            closing = opened.aclose() if hasattr(opened, "aclose") else opened.close()
            self.run(closing)
        if self.loop is not None:
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()


@pytest.fixture
def server() -> Iterator[loopback.Server]:
    running = loopback.Server()
    yield running
    running.close()


@pytest.fixture
def other() -> Iterator[loopback.Server]:
    """Another origin."""
    running = loopback.Server()
    yield running
    running.close()


@pytest.fixture(params=VARIANTS, ids=lambda variant: "-".join(variant))
def kit(request: pytest.FixtureRequest, server: loopback.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    kind, library = request.param
    for module in (failures, pool):
        monkeypatch.setattr(module, "LIBRARIES", (library, *failures.LIBRARIES))
    for scheme in sample_client._CONFIG.schemes.values():
        for credential in scheme.credentials:
            monkeypatch.delenv(credential.env or "UNSET", raising=False)
    monkeypatch.delenv("SAMPLE_BASE_URL", raising=False)
    made = Kit(kind, library, server)
    yield made
    made.close()
