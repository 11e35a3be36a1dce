"""CPU of each stage for one document: `python -m tests.benchmarks.stages openapi.json`."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from clientsmith.pipeline import Run, settings_of, understand, without_collector
from clientsmith.targets.python.render import render


def measure(document: Path) -> list[tuple[str, float]]:
    """Give seconds of CPU for each stage up to `render`, without a formatter."""
    marks: list[tuple[str, float]] = []

    def mark(stage: str) -> None:
        marks.append((stage, time.process_time()))

    found = settings_of(document, Path("measured_client"))
    run = Run(replace(found.value, allow_skips=True, formatter="none"), found.issues)
    with without_collector():
        package = understand(run, mark)
        mark("render")
        render(package)
        mark("end")
    return [(stage, end - start) for (stage, start), (_, end) in pairwise(marks)]


if __name__ == "__main__":
    for name, seconds in measure(Path(sys.argv[1])):
        print(f"{name:10}{seconds:8.2f} s")
