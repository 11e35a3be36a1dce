"""`python -m tests.benchmarks.large [--no-checks]`: the two largest documents, whole: what they take, and if all works.

Times are CPU times of one process, start-up included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.corpus import documents
from tests.corpus.stages import NO_CACHE, PYTHON, Run, answered, complete, generated, imported, typed

LARGE = ("od/stripe.com.json", "od/zoom.us.json")
SECONDS, MEGABYTES = 8, 400
"""What Stripe's document may take."""

STAGES = """
import sys, time
from pathlib import Path
from dataclasses import replace
from clientsmith.data.issues import Found
from clientsmith.pipeline import generate, settings_of
found = settings_of(Path(sys.argv[1]), Path(sys.argv[2]))
laps = [("start", 0.0)]
settings = Found(replace(found.value, formatter=sys.argv[3]))
generate(settings, progress=lambda stage: laps.append((stage.partition(":")[0], time.process_time())))
laps.append(("end", time.process_time()))
for (stage, start), (_, end) in zip(laps, laps[1:]):
    print(stage, end - start)
"""
IMPORT_EVERYTHING = """
import importlib, pathlib, sys, time
folder, name = sys.argv[1:]
sys.path.insert(0, folder)
paths = sorted(pathlib.Path(folder, name).rglob("*.py"))
parts = [path.relative_to(folder).with_suffix("").parts for path in paths]
importlib.import_module("typing"), importlib.import_module("datetime")
started = time.process_time()
for steps in parts:
    importlib.import_module(".".join(steps[:-1] if steps[-1] == "__init__" else steps))
print((time.process_time() - started) * 1000)
"""
FIRST_CALL = """
import importlib, sys, time
sys.path.insert(0, sys.argv[1])
started = time.process_time()
package = importlib.import_module(sys.argv[2])
client = getattr(package, [n for n in package.__all__ if n.startswith("Async") and n[5:] in package.__all__][0][5:])
print((time.process_time() - started) * 1000)
"""

Row = tuple[str, str]


def rows(document: documents.Document, folder: Path, *, has_checks: bool) -> Iterator[Row]:
    """Measure one document."""
    run = Run(document, folder)
    if not generated(run).is_good or not complete(run).is_good:
        raise RuntimeError(f"{document} does not generate")
    outcome = run.outcome
    yield "operations", f"{outcome.operations}"
    yield "files", f"{sum(1 for _ in run.package.rglob('*.py'))}"
    yield "lines outside _core", f"{outcome.lines:,}"
    yield "generate, formatter none", _against(outcome.seconds, SECONDS, "s")
    yield "memory", _against(outcome.megabytes, MEGABYTES, "MB")
    for stage, seconds in _stages(document, folder, "none"):
        yield f"  {stage}", f"{seconds:.2f} s"
    yield "format with ruff", f"{dict(_stages(document, folder, 'ruff'))['format']:.2f} s"
    imported(run)
    yield "import of the package", f"{outcome.import_milliseconds:.1f} ms"
    yield "import and look up the client", f"{_milliseconds(run, FIRST_CALL):.1f} ms"
    yield "import of every module", f"{_milliseconds(run, IMPORT_EVERYTHING):,.0f} ms"
    if has_checks:
        yield from _checks(run)


def _against(value: float, most: float, unit: str) -> str:
    return f"{value:.1f} {unit} ({'within' if value <= most else 'over'} {most} {unit})"


def _stages(document: documents.Document, folder: Path, formatter: str) -> list[tuple[str, float]]:
    """Let the pipeline tell when each stage begins."""
    with tempfile.TemporaryDirectory(dir=folder) as output:
        arguments = [str(document.path), str(Path(output) / document.module), formatter]
        environment = {**os.environ, **NO_CACHE}
        command = [*PYTHON, "-c", STAGES, *arguments]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return [(line.split()[0], float(line.split()[1])) for line in said.splitlines()]


def _milliseconds(run: Run, code: str) -> float:
    command = [*PYTHON, "-c", code, str(run.package.parent), run.document.module]
    return min(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3))


def _checks(run: Run) -> Iterator[Row]:
    before = os.times().children_user
    result = typed(run)
    yield "mypy --strict", f"{'clean' if result.is_good else 'FAILS'}, {os.times().children_user - before:.0f} s"
    before = os.times().children_user
    result = answered(run)
    outcome = run.outcome
    what = f"{outcome.calls} calls, {outcome.formal} accepted by openapi-core"
    yield (
        "round trip",
        f"{'all good' if result.is_good else 'FAILS'}, {what}, {os.times().children_user - before:.0f} s",
    )


def main(arguments: list[str]) -> None:
    """Print a table with a column for each document."""
    if lacking := [name for name in LARGE if not documents.document(name).path.is_file()]:
        print(f"{', '.join(lacking)}: {documents.HOW}")
        return
    with tempfile.TemporaryDirectory() as folder:
        chosen = [documents.document(name) for name in LARGE]
        columns = [dict(rows(d, Path(folder), has_checks="--no-checks" not in arguments)) for d in chosen]
    print("| |", " | ".join(LARGE), "|")
    print("|---|", "---|" * len(LARGE), sep="")
    for name in columns[0]:
        print("|", name, "|", " | ".join(column[name] for column in columns), "|")


if __name__ == "__main__":
    main(sys.argv[1:])
