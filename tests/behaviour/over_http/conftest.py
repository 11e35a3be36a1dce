"""A golden client, sync and async, and the loopback server it talks to."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests import case_packages
from tests.runtime.server import Received, Server, Step


class Talk:
    """Calls the client of a case, and finishes what it gives where the client is async."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop | None) -> None:
        self.server = server
        self.loop = loop
        self.opened: list[Any] = []

    def client(self, case: str, **options: Any) -> Any:
        """Make a client that sends to the server, as the API's first server below `/v1`."""
        package = case_packages.client(case)
        names = (name for name in package.__all__ if name.startswith("Async"))
        name = next(name for name in names if hasattr(getattr(package, name), "with_options"))
        options.setdefault("base_url", self.server.url)
        made = getattr(package, name if self.loop else name.removeprefix("Async"))(max_retries=0, **options)
        self.opened.append(made)
        return made

    def answer(self, *steps: Step) -> None:
        """Say what the next requests are answered with."""
        self.server.script[:] = steps

    @property
    def request(self) -> Received:
        """What came last."""
        return self.server.received[-1]

    def run(self, value: Any) -> Any:
        """Finish what a call gave."""
        if self.loop is None or not inspect.isawaitable(value):
            return value
        return self.loop.run_until_complete(_await(value))

    def collect(self, stream: Any) -> list[Any]:
        """Take all items of a stream, which may still have to be awaited."""
        stream = self.run(stream)
        return self.run(_items(stream)) if self.loop else list(stream)  # type: ignore[no-any-return]

    def within(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """Give what `use` makes of the value of a context manager, while it is open."""
        if self.loop is not None:
            return self.run(_use(manager, use))
        with manager as value:
            used = use(value)
            return list(used) if inspect.isgenerator(used) else used

    def close(self) -> None:
        for client in self.opened:
            self.run(client.close())
        if self.loop is not None:
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()


async def _await(value: Any) -> Any:
    return await value


async def _items(stream: Any) -> list[Any]:
    return [item async for item in stream]


async def _use(manager: Any, use: Callable[[Any], Any]) -> Any:
    async with manager as value:
        used = use(value)
        return await _items(used) if hasattr(used, "__aiter__") else await used


@pytest.fixture(scope="session")
def loopback() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(params=["sync", "async"])
def talk(request: pytest.FixtureRequest, loopback: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """Both clients in turn, with nothing in the environment, received or scripted."""
    for name in [name for name in os.environ if name.startswith(("OP_", "SCHEMA_"))]:
        monkeypatch.delenv(name)
    loopback.received.clear()
    loopback.script.clear()
    made = Talk(loopback, asyncio.new_event_loop() if request.param == "async" else None)
    yield made
    made.close()
