"""Importing the client loads next to nothing: no HTTP library, no model, none of the costly standard modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GENERATED = Path(__file__).parents[2] / "generated"
COSTLY = {"ssl", "asyncio", "dataclasses", "inspect", "email", "http", "json", "urllib", "logging", "decimal", "socket"}
HTTP = {"httpx", "httpx2"}
LIBRARIES = {*HTTP, "orjson", "pydantic", "anyio", "certifi", "typing_extensions"}


def loaded(code: str) -> set[str]:
    """Run code in a bare interpreter; give the modules it adds."""
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    command = [sys.executable, "-I", "-W", "error", "-c", f"import sys; sys.path.append({str(GENERATED)!r})\n{script}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return set(done.stdout.split())


def tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    "code",
    [
        "import cloudflare_realtimekit",
        "from cloudflare_realtimekit import types",
        "from cloudflare_realtimekit.types import realtime_kit",
    ],
)
def test_importing_the_package_loads_nothing_it_may_not_need(code: str) -> None:
    modules = loaded(code)
    assert tops(modules) & (COSTLY | LIBRARIES) == set()
    own = {name for name in modules if name.startswith("cloudflare_realtimekit")}
    assert not [name for name in own if name.endswith(("_params", "_response")) or ".resources" in name]
    assert len(own) <= 6


def test_making_a_client_loads_no_http_library() -> None:
    modules = loaded(
        "from cloudflare_realtimekit import Cloudflare\nCloudflare(api_token='token').realtime_kit.meetings"
    )
    assert tops(modules) & (HTTP | {"ssl", "asyncio", "email"}) == set()
    assert not [name for name in modules if name.endswith(("_params", "_response"))]


def test_importing_one_model_loads_that_model_only() -> None:
    modules = loaded("from cloudflare_realtimekit.types.realtime_kit import MeetingCreateResponse")
    assert [name for name in modules if name.endswith(("_params", "_response"))] == [
        "cloudflare_realtimekit.types.realtime_kit.meeting_create_response"
    ]
    assert tops(modules) & (LIBRARIES | COSTLY) == set()
