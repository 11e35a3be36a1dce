"""Print the CPU time a call costs over the bare HTTP library, with a mock transport.

Run: python tests/benchmarks/overhead.py [httpx2|httpx]
"""

from __future__ import annotations

import asyncio
import importlib
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "runtime"), str(ROOT / "generator")]

import sample  # noqa: E402

sample.make()

ROUNDS, CALLS = 15, 1000
BODY = b'{"id":"1","name":"n","user_Id":"u"}'
URL = "https://api.example.test/v1"


def cost(call: Callable[[], object]) -> float:
    started = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - started) / CALLS * 1e6


async def async_cost(call: Callable[[], Awaitable[object]]) -> float:
    started = time.process_time()
    for _ in range(CALLS):
        await call()
    return (time.process_time() - started) / CALLS * 1e6


def shown(name: str, bare: list[float], ours: list[float]) -> None:
    low, high = min(bare), min(ours)
    differences = [b - a for a, b in zip(bare, ours, strict=True)]
    median = statistics.median(differences)
    print(f"{name:14} bare {low:6.1f}  client {high:6.1f}  over {high - low:5.1f} (median {median:5.1f}) us")


def main() -> None:
    library: Any = importlib.import_module(sys.argv[1] if len(sys.argv) > 1 else "httpx2")
    from sample_client import AsyncSample, Sample

    transport = library.MockTransport(
        lambda request: library.Response(200, content=BODY, headers={"content-type": "application/json"})
    )
    http = library.Client(transport=transport)
    client = Sample(api_token="t", base_url=URL, http_client=http)
    headers = {"Authorization": "Bearer t", "Accept": "application/json", "User-Agent": "x/1"}
    calls: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "sync get": (
            lambda: http.get(f"{URL}/things/1", headers=headers).json(),
            lambda: client.things.get("1"),
        ),
        "sync post": (
            lambda: http.post(f"{URL}/things", headers=headers, json={"name": "x"}).json(),
            lambda: client.things.create(name="x"),
        ),
    }
    for name, (bare, ours) in calls.items():
        pairs = [(cost(bare), cost(ours)) for _ in range(ROUNDS)]
        shown(name, [a for a, _ in pairs], [b for _, b in pairs])

    async def measure_async() -> None:
        async with library.AsyncClient(transport=transport) as ahttp:
            aclient = AsyncSample(api_token="t", base_url=URL, http_client=ahttp)

            async def bare() -> object:
                return (await ahttp.get(f"{URL}/things/1", headers=headers)).json()

            variants = {
                "async get": lambda: aclient.things.get("1"),
                "async deadline": lambda: aclient.things.get("1", timeout=5.0),
            }
            for name, ours in variants.items():
                pairs = [(await async_cost(bare), await async_cost(ours)) for _ in range(ROUNDS)]
                shown(name, [a for a, _ in pairs], [b for _, b in pairs])

    asyncio.run(measure_async())


if __name__ == "__main__":
    main()
