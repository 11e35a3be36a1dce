"""The stages that every document of the corpus goes through: a document goes in, what came of each stage comes out.

Everything runs in processes of its own, so that nothing leaks from one document into the next.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .documents import HERE, Document
from .names import counted, rows
from .specification import Specification
from .twins import twins
from .verdict import refused

ROOT = HERE.parents[1]
BIN = Path(sys.executable).parent
PYTHON = (sys.executable, "-W", "error")
NO_CACHE = {"CLIENTSMITH_CACHE": "off"}
"""Figures and comparisons are of whole runs."""


@dataclass(frozen=True)
class Result:
    """What came of one stage."""

    is_good: bool
    said: str = ""


@dataclass
class Outcome:
    """What came of one document."""

    document: Document
    results: dict[str, Result] = field(default_factory=dict)
    operations: int = 0
    seconds: float = 0.0
    """CPU time of generating, with no formatter."""
    megabytes: float = 0.0
    """Memory of generating, at most."""
    lines: int = 0
    """Lines of Python outside `_core`."""
    twins: int = 0
    """Type files that are the same as another one but for names."""
    import_milliseconds: float = 0.0
    calls: int = 0
    formal: int = 0
    loose: int = 0
    limits: dict[str, int] = field(default_factory=dict)
    details: list[str] = field(default_factory=list)
    ugly: dict[str, int] = field(default_factory=dict)
    """Names that a person would not choose, by kind."""

    @property
    def problems(self) -> dict[str, str]:
        return {stage: result.said for stage, result in self.results.items() if not result.is_good}


class Run:
    """One document on its way through the stages."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document = document
        self.folder = folder / document.module
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.package = self.folder / "one" / document.module
        self.report: dict[str, Any] = {}
        self.outcome = Outcome(document)

    def run(self, stages: dict[str, Callable[[Run], Result]]) -> Outcome:
        """Go through the stages; without a client the rest is left out."""
        for name, stage in stages.items():
            self.outcome.results[name] = stage(self)
            if name == "generate" and (not self.outcome.results[name].is_good or not self.package.exists()):
                break
        return self.outcome

    def generate(self, name: str, formatter: str = "none", **environment: str) -> tuple[int, str, str]:
        """Generate into a folder; give exit code, report and messages."""
        folder = self.folder / name
        folder.mkdir()
        settings = folder / "settings.toml"
        output = json.dumps(str(folder / self.document.module))
        settings.write_text(
            f'spec = {json.dumps(str(self.document.path))}\noutput = {output}\nformatter = "{formatter}"\n'
        )
        command = [str(BIN / "clientsmith"), "generate", str(settings), "--report", "json"]
        return self._timed(command, folder, environment, is_measured=name == "one")

    def _timed(
        self, command: list[str], folder: Path, environment: dict[str, str], *, is_measured: bool
    ) -> tuple[int, str, str]:
        out, err = folder / "report.json", folder / "messages.txt"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                command, cwd=folder, stdout=stdout, stderr=stderr, env={**os.environ, **NO_CACHE, **environment}
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if is_measured:
            self.outcome.seconds = usage.ru_utime + usage.ru_stime
            self.outcome.megabytes = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        return process.returncode, out.read_text("utf-8"), err.read_text("utf-8")


# --- the stages ------------------------------------------------------------------------------------------------------


def generated(run: Run) -> Result:
    """Generate; a document that is no good must be refused with a code and a place."""
    code, report, messages = run.generate("one", PYTHONHASHSEED="1")
    if wanted := refused(run.document.id):
        located = re.search(rf":\d+:\d+: error: .*\[{wanted}\]", messages)
        return Result(code == 1 and located is not None, f"refused: {wanted}")
    if code != 0:
        return Result(False, messages[-2000:])
    run.report = json.loads(report)
    run.outcome.twins = twins(run.package)
    run.outcome.lines = sum(_lines(path) for path in run.package.rglob("*.py") if "_core" not in path.parts)
    return Result(True)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def complete(run: Run) -> Result:
    """Compare the operations of the report with those of the document; each has a method of its own."""
    wanted = sorted((o.verb, o.path) for o in Specification(run.document.path).operations)
    found = sorted((o["verb"], o["path"]) for o in run.report["operations"])
    methods = {(o["resource"], o["method"]) for o in run.report["operations"]}
    run.outcome.operations = len(wanted)
    run.outcome.ugly = dict(counted(rows(run.report["operations"])))
    if wanted != found:
        return Result(False, f"lacks {_minus(wanted, found)}, has {_minus(found, wanted)} too much")
    return Result(len(methods) == len(found), "methods share a name")


def _minus(ones: list[Any], others: list[Any]) -> list[Any]:
    return [one for one in ones if one not in others][:5]


def compiled(run: Run) -> Result:
    """Compile every file, warnings as errors."""
    code = "import compileall, sys; sys.exit(not compileall.compile_dir(sys.argv[1], quiet=1, force=True))"
    return _ran([*PYTHON, "-c", code, str(run.package)], run.folder)


IMPORT_ALL = """
import importlib, pathlib, sys, time, typing
folder, name = sys.argv[1:]
sys.path.insert(0, folder)
started = time.perf_counter()
package = importlib.import_module(name)
print((time.perf_counter() - started) * 1000)
for path in sorted(pathlib.Path(folder, name).rglob("*.py")):
    parts = path.relative_to(folder).with_suffix("").parts
    module = importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    for exported in getattr(module, "__all__", ()):
        value = getattr(module, exported)
        if "types" in parts and isinstance(value, type):
            typing.get_type_hints(value, include_extras=True)
"""


def imported(run: Run) -> Result:
    """Import every module, look up every exported name, resolve the hints of every type."""
    result = _ran([*PYTHON, "-c", IMPORT_ALL, str(run.package.parent), run.document.module], run.folder)
    if result.is_good:
        run.outcome.import_milliseconds = float(result.said)
    return result


def deterministic(run: Run) -> Result:
    """Generate again under another hash seed, locale and folder: the same bytes."""
    code, _, messages = run.generate("two", PYTHONHASHSEED="4711", LC_ALL="C", TZ="Asia/Tokyo")
    if code != 0:
        return Result(False, messages[-500:])
    first, second = (_files(run.folder / name / run.document.module) for name in ("one", "two"))
    return Result(first == second, f"not the same: {[k for k in first | second if first.get(k) != second.get(k)][:5]}")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def typed(run: Run) -> Result:
    """Check with mypy --strict."""
    settings = run.folder / "mypy.ini"
    settings.write_text("[mypy]\n")
    cache = str(run.folder / ".mypy_cache")
    command = [str(BIN / "mypy"), "--strict", "--config-file", str(settings), "--cache-dir", cache, run.document.module]
    return _ran(command, run.package.parent)


def linted(run: Run) -> Result:
    """Generate with the formatter ruff; check the result with ruff's default rules."""
    return _linted(run, "ruff")


def blackened(run: Run) -> Result:
    """The same with black."""
    return _linted(run, "black")


def _linted(run: Run, formatter: str) -> Result:
    code, _, messages = run.generate(formatter, formatter)
    if code != 0:
        return Result(False, messages[-2000:])
    command = [str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--target-version", "py311", "--output-format"]
    return _ran([*command, "concise", run.document.module], run.folder / formatter)


def answered(run: Run) -> Result:
    """Call every method over loopback HTTP."""
    report = run.folder / "one" / "report.json"
    module = "tests.corpus.round_trip"
    command = [*PYTHON, "-m", module, str(run.document.path), str(run.package.parent), run.document.module, str(report)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        tally = json.loads(ran.stdout)
    except ValueError:
        return Result(False, (ran.stderr or ran.stdout)[-2000:])
    outcome = run.outcome
    outcome.calls, outcome.formal, outcome.loose = tally["calls"], tally["formal"], tally["loose"]
    outcome.limits, outcome.details = tally["limits"], tally["failures"]
    failures = tally["failures"]
    return Result(
        not failures and tally["operations"] == outcome.operations, "\n".join(failures[:12]) or "not all called"
    )


def _ran(command: list[str], folder: Path) -> Result:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = ran.stdout if ran.returncode == 0 else (ran.stdout + ran.stderr)[-2000:]
    return Result(ran.returncode == 0, said)


STAGES: dict[str, Callable[[Run], Result]] = {
    "generate": generated,
    "operations": complete,
    "compile": compiled,
    "import": imported,
    "deterministic": deterministic,
    "mypy": typed,
    "ruff": linted,
    "round trip": answered,
}
SAMPLE_STAGES = {"black": blackened}
"""For the documents of the sample only: black takes long."""


def run(document: Document, folder: Path, *, is_sample: bool = False) -> Outcome:
    """Take one document through all stages."""
    return Run(document, folder).run({**STAGES, **(SAMPLE_STAGES if is_sample else {})})
