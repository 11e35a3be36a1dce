"""Small programs that are checked and run with the old client and with the new one.

With the old client all are right. With the new one those fail whose place the list calls major for typing, and no
others.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.changes.documents import HERE, base_document, edited

from clientsmith.data.issues import Found
from clientsmith.diff import diff
from clientsmith.pipeline import generate
from clientsmith.stages.load import default_settings

PROGRAMS = yaml.safe_load((HERE / "programs.yaml").read_text("utf-8"))
HEAD = """\
from datetime import date
from typing import Literal

from acme import Acme

__all__ = ["Literal", "date"]


def main(client: Acme) -> None:
"""
RUNNER = """
import importlib, json, sys, traceback
import httpx
from acme import Acme

HEADERS = {"Authorization": "Bearer t", "X-Key": "t"}
PET = {"id": "p1", "name": "Ada", "born": "2020-01-01", "age": 3, "weight": 4.5, "owner": {"name": "Bo"}}


def respond(request):
    path = request.url.path
    if path.endswith("/report"):
        return httpx.Response(200, text="a;b", headers={"content-type": "text/csv"})
    if path.endswith("/owners"):
        return httpx.Response(200, json={"items": []})
    if path.endswith("/pets") and request.method == "GET":
        return httpx.Response(200, json=[PET])
    return httpx.Response(204) if request.method == "DELETE" else httpx.Response(200, json=PET)


failed = []
for name in sys.argv[1:]:
    transport = httpx.MockTransport(respond)
    try:
        client = Acme(http_client=httpx.Client(transport=transport), default_headers=HEADERS)
        importlib.import_module(name).main(client)
    except Exception:
        traceback.print_exc()
        failed.append(name)
print("FAILED " + json.dumps(failed))
"""


def make_client(home: Path, document: Any) -> Path:
    """Generate a client, with the programs beside it; give the document."""
    home.mkdir()
    path = home / "api.json"
    path.write_text(json.dumps(document, indent=1), "utf-8")
    outcome = generate(Found(replace(default_settings(path), output=home / "acme", formatter="none")))
    assert outcome.changes is not None, outcome.issues
    for number, row in enumerate(PROGRAMS):
        (home / f"program_{number}.py").write_text(HEAD + textwrap.indent(row["program"], "    ") + "\n", "utf-8")
    (home / "run_programs.py").write_text(RUNNER, "utf-8")
    return path


def failures(home: Path) -> set[int]:
    """Check and run all programs; give the numbers of those that fail either way."""
    names = [f"program_{number}" for number in range(len(PROGRAMS))]
    files = [f"{name}.py" for name in names]
    options = ("--strict", "--python-executable", sys.executable, "--cache-dir", str(home.parent / "mypy"))
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *files], cwd=home, capture_output=True, text=True, check=False
    )
    assert checked.returncode in (0, 1), checked.stdout + checked.stderr
    assert not re.search(r"^acme", checked.stdout, re.MULTILINE), checked.stdout
    run = subprocess.run(
        [sys.executable, "run_programs.py", *names], cwd=home, capture_output=True, text=True, check=True
    )
    failed = json.loads(run.stdout.rpartition("FAILED ")[2])
    return {int(number) for number in re.findall(r"^program_(\d+)\.py:\d+: error", checked.stdout, re.MULTILINE)} | {
        int(name.rpartition("_")[2]) for name in failed
    }


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    home = tmp_path_factory.mktemp("programs")
    new = base_document()
    for row in PROGRAMS:
        new = edited(new, row["edit"])
    return make_client(home / "old", base_document()), make_client(home / "new", new)


def test_programs_fail_where_the_list_says_so(clients: tuple[Path, Path]) -> None:
    old, new = clients
    assert failures(old.parent) == set()
    expected = {number for number, row in enumerate(PROGRAMS) if row["fails"]}
    assert failures(new.parent) == expected


def test_the_list_says_where_programs_fail(clients: tuple[Path, Path]) -> None:
    report = diff(*clients).report
    assert report is not None
    major = {located.change.place for located in report.changes if located.change.typing == "major"}
    assert {row["place"] for row in PROGRAMS if row["fails"]} == major
    known = {located.change.place for located in report.changes}
    assert {row["place"] for row in PROGRAMS} <= known
