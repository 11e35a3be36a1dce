"""Nothing is kept after hundreds of calls with faults: no connection, no file descriptor, no memory."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from server import answer, half_closed, raw_bytes, reset

from clientsmith.runtime.errors import APIError

SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"
FAULTS = [
    lambda: answer(500),
    lambda: answer(404, {"message": "x" * 1000}),
    lambda: answer(200, b'{"id": '),
    reset,
    lambda: reset(SHORT),
    lambda: raw_bytes(SHORT),
    half_closed,
    lambda: answer(302, headers={"Location": "/v1/things/2"}),
]


def call_often(kit: Any, client: Any, calls: int) -> None:
    async def many() -> None:
        for number in range(calls):
            with suppress(APIError):
                await client.things.get(str(number))

    if kit.is_async:
        kit.run(many())
        return
    for number in range(calls):
        with suppress(APIError):
            client.things.get(str(number))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_calls_with_faults_leak_nothing(kit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # httpcore looks for it at each connection, pytest's import hook interns strings, and their table may grow just here
    monkeypatch.setitem(sys.modules, "sniffio", sys.modules.get("sniffio"))
    count = 0  # tracing is slow, so only the last of the calls are traced

    def route(_: Any) -> Any:
        nonlocal count
        count += 1
        return FAULTS[count // 10 % len(FAULTS)]() if count % 10 == 0 else None

    kit.server.route = route
    client = kit.client(max_retries=1)
    call_often(kit, client, 500)
    before = measure(kit)
    tracemalloc.start()
    call_often(kit, client, 100)
    gc.collect()
    first = tracemalloc.get_traced_memory()[0]
    kit.slept.clear()
    call_often(kit, client, 300)
    kit.slept.clear()
    kit.server.received.clear()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - first
    tracemalloc.stop()
    assert grown < 100_000
    assert measure(kit) <= before + 4
    connections = kit.pool_of(client).connections
    assert all(c.is_idle() or c.is_closed() for c in connections)
    assert len(connections) <= 1
    assert sys.getrefcount(client) < 20


def measure(kit: Any) -> int:
    kit.server.received.clear()
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))
