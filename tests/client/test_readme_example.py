"""The examples that users copy work as they stand, against a local server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.client.conftest import BASE_PATH
from tests.client.specification import OPERATIONS, ROOT, sample
from tests.runtime.server import Received, Server, Step, answer

PACKAGE = ROOT / "generated" / "cloudflare_realtimekit"


def python_blocks(path: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def mock(received: Received) -> Step:
    """Respond with meetings and recordings as the document says; the same for all."""
    name = received.path.rpartition("/")[2]
    (operation,) = (
        operation
        for operation in OPERATIONS
        if operation.verb == received.method and operation.path.endswith(f"{{app_id}}/{name}")
    )
    return answer(operation.status, sample(operation.answer or {}))


@pytest.fixture
def mocked(server: Server) -> Iterator[Server]:
    server.route = mock
    yield server
    server.route = None


LOGGED = re.compile(r"DEBUG:cloudflare_realtimekit:GET /\S+ -> 200 in \d+ ms \(retries: 0\)")


def run(script: str, server: Server, folder: Path, logged: int = 0) -> str:
    """Give what a script prints; it logs so many calls and no more."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CLOUDFLARE")}
    environment |= {"CLOUDFLARE_BASE_URL": server.origin + BASE_PATH, "CLOUDFLARE_API_TOKEN": "token"}
    environment |= {"PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == logged
    assert all(map(LOGGED.fullmatch, lines)), lines
    return done.stdout


def test_the_example_of_our_readme_creates_a_meeting_and_lists_recordings(mocked: Server, tmp_path: Path) -> None:
    script = next(block for block in python_blocks(ROOT / "README.md") if "meetings.create(" in block)
    printed = run(script, mocked, tmp_path)
    assert [(received.method, received.path.rpartition("/")[2]) for received in mocked.received] == [
        ("POST", "meetings"),
        ("GET", "recordings"),
    ]
    assert mocked.received[0].json()["title"]
    recording = sample(OPERATIONS[0].answer or {})["data"][0]
    assert recording["id"] in printed
    assert recording["download_url"] in printed


def test_the_examples_of_the_generated_readme_run_one_after_another(mocked: Server, tmp_path: Path) -> None:
    blocks = python_blocks(PACKAGE / "README.md")
    assert len(blocks) >= 4
    printed = run("\n".join(blocks), mocked, tmp_path, logged=2)
    assert printed.count("MeetingGetResponse(data=") == 3
    assert "200 " in printed
    assert {received.method for received in mocked.received} == {"GET"}


@pytest.mark.parametrize("path", [ROOT / "README.md", PACKAGE / "README.md"], ids=["ours", "generated"])
def test_each_python_block_compiles(path: Path) -> None:
    blocks = python_blocks(path)
    assert blocks
    for block in blocks:
        compile(block, str(path), "exec")


@pytest.mark.parametrize("path", [PACKAGE / "README.md", PACKAGE / "api.md"], ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target
