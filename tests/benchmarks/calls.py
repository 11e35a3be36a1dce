"""What a call costs over the bare HTTP library: CPU time of this process, the response decoded."""

from __future__ import annotations

import importlib
import json
from collections.abc import Awaitable
from typing import Any

from tests.benchmarks.overhead import async_cost, cost
from tests.benchmarks.processes import quickest
from tests.benchmarks.recordings import recordings

MOCK_URL = "https://api.example.test/client/v4"
PATH = "/accounts/account/realtime/kit/app/recordings/active-recording/meeting"
HEADERS = {"Authorization": "Bearer token", "Accept": "application/json", "User-Agent": "bench/1"}
ACTIVE = json.dumps({"data": recordings(1)["data"][0], "success": True}).encode()  # type: ignore[index]


def mock_transport(library: Any) -> Any:
    """Answer every request with a recording, without a socket."""
    answered = {"content-type": "application/json"}
    return library.MockTransport(lambda request: library.Response(200, content=ACTIVE, headers=answered))


def _options(library: Any, url: str) -> dict[str, Any]:
    return {"transport": mock_transport(library)} if url == MOCK_URL else {}


def bare(library_name: str, url: str, rounds: int) -> float:
    """Return the microseconds of a call by the library alone."""
    library: Any = importlib.import_module(library_name)
    with library.Client(**_options(library, url)) as http:
        return quickest(rounds, lambda: cost(lambda: http.get(url + PATH, headers=HEADERS).json()))[0]


def sync_overhead(package: str, library_name: str, rounds: int, url: str = MOCK_URL) -> float:
    """Return the microseconds of a call over those of the bare library."""
    library: Any = importlib.import_module(library_name)
    with library.Client(**_options(library, url)) as http:
        client = importlib.import_module(package).Cloudflare(api_token="token", base_url=url, http_client=http)

        def ours() -> object:
            recorded = client.realtime_kit.recordings
            return recorded.get_active_recordings("meeting", account_id="account", app_id="app")

        without, with_client = quickest(
            rounds,
            lambda: cost(lambda: http.get(url + PATH, headers=HEADERS).json()),
            lambda: cost(ours),
        )
        return with_client - without


async def async_overhead(package: str, library_name: str, rounds: int, url: str = MOCK_URL) -> float:
    """Return the same for the async client."""
    library: Any = importlib.import_module(library_name)
    async with library.AsyncClient(**_options(library, url)) as http:
        client = importlib.import_module(package).AsyncCloudflare(api_token="token", base_url=url, http_client=http)

        async def bare() -> object:
            return (await http.get(url + PATH, headers=HEADERS)).json()

        def ours() -> Awaitable[object]:
            recorded = client.realtime_kit.recordings
            made: Awaitable[object] = recorded.get_active_recordings("meeting", account_id="account", app_id="app")
            return made

        taken = [(await async_cost(bare), await async_cost(ours)) for _ in range(rounds)]
        return min(second for _, second in taken) - min(first for first, _ in taken)
