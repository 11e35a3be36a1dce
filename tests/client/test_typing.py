"""Type checkers see what the client promises: mypy --strict and pyright agree with the notes in a file of uses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SNIPPET = Path(__file__).parent / "snippets" / "typed_use.py"
LINES = SNIPPET.read_text("utf-8").splitlines()
Findings = Mapping[int, list[str]]


def expected(kind: str) -> dict[int, str]:
    """Give the notes of a kind by line."""
    found = ((number, re.search(rf"# {kind}: (.*)$", line)) for number, line in enumerate(LINES, 1))
    return {number: note[1] for number, note in found if note}


def mypy() -> tuple[Findings, Findings]:
    """Give the errors and the revealed types by line."""
    options = ["--strict", "--output", "json", "--no-incremental", "--config-file="]
    environment = {**os.environ, "MYPYPATH": str(ROOT / "generated")}
    command = [sys.executable, "-m", "mypy", *options, str(SNIPPET)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    errors, types = defaultdict(list), defaultdict(list)
    for found in map(json.loads, done.stdout.splitlines()):
        assert found["file"].endswith(SNIPPET.name), found
        revealed = re.match(r'Revealed type is "(.*)"', found["message"])
        if revealed:
            types[found["line"]].append(revealed[1])
        elif found["severity"] == "error":
            errors[found["line"]].append(found["message"])
    return errors, types


def pyright(folder: Path) -> tuple[Findings, Findings]:
    """Give the errors and the revealed types by line."""
    shutil.copy(SNIPPET, folder)
    (folder / "pyrightconfig.json").write_text(json.dumps({"extraPaths": [str(ROOT / "generated")]}))
    environment = {**os.environ, "PYRIGHT_PYTHON_GLOBAL_NODE": "off", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--outputjson",
        "--pythonpath",
        sys.executable,
        "--project",
        str(folder),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    errors, types = defaultdict(list), defaultdict(list)
    for found in json.loads(done.stdout)["generalDiagnostics"]:
        assert found["file"].endswith(SNIPPET.name), found
        line = found["range"]["start"]["line"] + 1
        revealed = re.match(r'Type of ".*" is "(.*)"', found["message"])
        if revealed:
            types[line].append(revealed[1])
        elif found["severity"] == "error":
            errors[line].append(found["message"])
    return errors, types


@pytest.fixture(scope="module", params=["mypy", "pyright"])
def findings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, Findings]:
    return mypy() if request.param == "mypy" else pyright(tmp_path_factory.mktemp("pyright"))


def test_correct_uses_pass_and_wrong_ones_do_not(findings: tuple[Findings, Findings]) -> None:
    errors, _ = findings
    unexpected = {line: errors[line] for line in errors if line not in expected("error")}
    missed = {line: LINES[line - 1] for line in expected("error") if line not in errors}
    assert (unexpected, missed) == ({}, {})


def test_types_are_what_they_should_be(findings: tuple[Findings, Findings]) -> None:
    _, types = findings
    revealed = {line: [short(found) for found in types[line]] for line in types}
    assert revealed == {line: [note] for line, note in expected("reveals").items()}


def short(name: str) -> str:
    """Leave modules out."""
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", name)
