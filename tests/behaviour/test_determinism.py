"""The same input gives the same bytes, whatever hash seed, locale, time zone, user and working directory."""

from __future__ import annotations

import getpass
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = {
    "realtime_kit": ROOT / "spec",
    "several_files": ROOT / "tests/cases/several_files",
}
ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "UTC", "USER": "ann", "HOME": "/nowhere/ann"},
    {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata", "USER": "bob", "HOME": "/nowhere/bob"},
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def generated(source: Path, output: Path, folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Run the command in a folder, with paths relative to it."""
    folder.mkdir(parents=True)
    arguments = [os.path.relpath(source, folder), "-o", os.path.relpath(output, folder)]
    subprocess.run(
        [sys.executable, "-W", "error", "-m", "clientsmith", "generate", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "CLIENTSMITH_CACHE": "off", **environment},
        check=True,
        capture_output=True,
    )
    return tree(output)


@pytest.fixture(scope="module", params=CASES)
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The same client, generated in two different worlds."""
    folder = CASES[request.param]
    source = next(
        path for name in ("realtime_kit.toml", "settings.toml", "spec.yaml") if (path := folder / name).exists()
    )
    base = tmp_path_factory.mktemp("worlds")
    name = "client_package"
    return [
        generated(source, base / "first" / name, base / "here", ENVIRONMENTS[0]),
        generated(source, base / "another" / "deeper" / name, base / "far" / "away", ENVIRONMENTS[1]),
    ]


def test_two_runs_give_the_same_bytes(outputs: list[dict[str, bytes]]) -> None:
    first, second = outputs
    assert list(first) == list(second)
    assert first == second


def test_nothing_of_the_machine_is_in_the_output(outputs: list[dict[str, bytes]]) -> None:
    for path, content in outputs[0].items():
        text = content.decode("utf-8")
        for word in (str(ROOT), str(Path.home()), "/tmp/", "/nowhere/", "\\Users\\", sys.prefix):
            assert word not in text, path
        if len(getpass.getuser()) > 4:
            assert getpass.getuser() not in text, path
        if not path.startswith("_core/"):
            assert not re.search(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d\b(?![\"'`])", text), path


def test_lines_end_alike(outputs: list[dict[str, bytes]]) -> None:
    for path, content in outputs[0].items():
        assert b"\r" not in content, path
        assert content == b"" or (content.endswith(b"\n") and not content.endswith(b"\n\n")), path


CHANGING = re.compile(r"\b(time\.time|datetime\.now|date\.today|getpass|gethostname|import random|random\.\w+)\b")
"""What gives another value each time."""


def test_the_clock_does_not_matter() -> None:
    """Nothing asks what time it is: the modules that could are not used by any stage.

    The cache does, for the day when an entry was used last; what it gives depends on keys alone. An entry of a
    changelog has the day when it is added.
    """
    exempt = {"disk/cache.py", "diff.py"}
    source = ROOT / "generator" / "clientsmith"
    for path in sorted(source.rglob("*.py")):
        if "runtime" not in path.parts and path.relative_to(source).as_posix() not in exempt:
            text = path.read_text("utf-8")
            assert not CHANGING.search(text), path
