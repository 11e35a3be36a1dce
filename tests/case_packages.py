"""The packages of `tests/cases`, whole and ready to be imported: each is generated once in a session, when a test asks.

What a case stores in `expected/` is less: no runtime, and a client, README or `api.md` only where the case is about it.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from click.testing import CliRunner

from clientsmith.cli import main

CASES = Path(__file__).parent / "cases"
SOURCES = ("settings.toml", "spec.yaml", "spec.json")


@dataclass(frozen=True)
class Outcome:
    """What the command did with a case."""

    package: Path
    exit_code: int
    stderr: str


def names() -> tuple[str, ...]:
    """List the cases that have a package."""
    return tuple(path.name for path in sorted(CASES.glob("*/expected/*")))


def source(case: str) -> str:
    """Name the file of a case that the command reads; there is none in the case of a missing file."""
    return next((name for name in SOURCES if (CASES / case / name).exists()), "spec.yaml")


def package(case: str) -> Path:
    """Give the folder of a case's package. Tests only read it."""
    outcome = generated(case)
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.package


@cache
def client(case: str) -> ModuleType:
    """Import the package of a case."""
    folder = str(package(case).parent)
    if folder not in sys.path:
        sys.path.append(folder)
    importlib.invalidate_caches()  # the folder may have been searched before the package was in it
    return importlib.import_module(case)


@cache
def generated(case: str) -> Outcome:
    """Run the command once for a case, with the session's folder as its output."""
    return generate(case, session_folder() / case)


def generate(case: str, output: Path) -> Outcome:
    """Run the command as a user would, in the folder of the case, where the user's own modules are, if it has some."""
    if (CASES / case / "custom").is_dir() and not output.exists():
        shutil.copytree(CASES / case / "custom", output / "custom", ignore=shutil.ignore_patterns("__pycache__"))
    with contextlib.chdir(CASES / case):
        result = CliRunner().invoke(main, ["generate", source(case), "-o", str(output)])
    assert result.exit_code in (0, 1), result.output
    return Outcome(output, result.exit_code, result.stderr)


@cache
def session_folder() -> Path:
    """Make the folder that has the packages of all cases side by side."""
    folder = Path(tempfile.mkdtemp(prefix="case-packages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
