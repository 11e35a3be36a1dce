"""`python -m tests.benchmarks.stages [--against CHECKOUT] [WORD]`: what each stage takes, of large documents.

The stages are those that the pipeline names while it runs. `--against` measures another checkout of this project in the
same run, stage by stage, and openapi-python-client is measured on the same documents where it is installed. Times are
CPU times: compare them within one run only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.models import document_of
from tests.benchmarks.processes import ROOT, cpu_of
from tests.corpus import documents

GITHUB = "gh/api.github.com.json"
MODELS = 2_000
OTHER = "openapi_python_client"
GENERATE_AIM, AGAIN_AIM = 0.6, 0.15
"""Of what the other generator takes."""

STAGES = """
import json, resource, sys, time
from dataclasses import replace
from pathlib import Path
from clientsmith.data.issues import Found
from clientsmith.pipeline import generate, settings_of
found = settings_of(Path(sys.argv[1]), Path(sys.argv[2]))
settings = Found(replace(found.value, formatter="none", allow_skips=True), found.issues)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
laps = [("start", 0.0, 0.0)]
outcome = generate(settings, progress=lambda stage: laps.append((stage.partition(":")[0], time.process_time(), peak())))
assert outcome.changes is not None, outcome.issues[:3]
laps.append(("end", time.process_time(), peak()))
print(json.dumps([(stage, after - before, peak) for (stage, before, _), (_, after, peak) in zip(laps, laps[1:])]))
"""
SETTINGS = 'spec = {}\noutput = "package"\nformatter = "none"\nallow_skips = true\n'


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What one stage takes: CPU seconds, and the megabytes that the process had at most when it ended."""

    name: str
    seconds: float
    megabytes: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What one generator takes for one document."""

    stages: tuple[Stage, ...]
    whole: float
    """CPU seconds of a process that generates, start-up included."""
    again: float
    """The same where nothing has changed."""


def measure(generator: Path, document: Path) -> Figures:
    """Measure a checkout, given by the folder that holds its package. It has a cache of its own, empty at first.

    Raises:
        RuntimeError: it generates nothing.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "settings.toml").write_text(SETTINGS.format(json.dumps(str(document))), "utf-8")
        environment = {"PYTHONPATH": str(generator), "CLIENTSMITH_CACHE": "off"}
        code = [sys.executable, "-c", STAGES, str(document), "staged"]
        ran = subprocess.run(code, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"{generator} does not generate {document.name}: {ran.stderr[-1000:]}")
        stages = tuple(Stage(name=n, seconds=s, megabytes=m) for n, s, m in json.loads(ran.stdout))
        cached = {"PYTHONPATH": str(generator), "CLIENTSMITH_CACHE": str(folder / "cache")}
        command = [sys.executable, "-m", "clientsmith", "generate", "settings.toml"]
        whole, again = (cpu_of(command, folder, cached) for _ in range(2))
        return Figures(stages=stages, whole=whole, again=again)


def other_generator(document: Path) -> float | None:
    """Measure openapi-python-client, without the formatter that it runs otherwise; None where it is not installed."""
    if importlib.util.find_spec(OTHER) is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.yaml").write_text("post_hooks: []\n")
        options = ["--path", str(document), "--config", "config.yaml", "--output-path", "package", "--meta", "none"]
        return cpu_of([sys.executable, "-m", OTHER, "generate", *options], folder)


def rows(document: Path, against: Path | None) -> Iterator[str]:
    """Write the lines of one document."""
    ours = measure(ROOT / "generator", document)
    theirs = measure(against / "generator", document) if against is not None else None
    before = {stage.name: stage for stage in theirs.stages} if theirs is not None else {}
    for stage in ours.stages:
        old = before.pop(stage.name, None)
        yield line(stage.name, stage.seconds, old.seconds if old else None, f"{stage.megabytes:6.0f} MB at most")
    yield from (line(f"{stage.name} (other checkout)", None, stage.seconds) for stage in before.values())
    yield line("whole process", ours.whole, theirs.whole if theirs else None)
    yield line("nothing changed", ours.again, theirs.again if theirs else None)
    other = other_generator(document)
    if other is not None:
        yield line("openapi-python-client", other, None)
        for what, seconds, aim in (("whole", ours.whole, GENERATE_AIM), ("nothing changed", ours.again, AGAIN_AIM)):
            verdict = "met" if seconds / other <= aim else "MISSED"
            yield f"  {f'{what} over it':30}{seconds / other:8.2f} times   <= {aim:g}  {verdict}"


def line(name: str, seconds: float | None, before: float | None, rest: str = "") -> str:
    """Write one line: the figure, and that of the other checkout."""
    figure = f"{seconds:8.2f} s" if seconds is not None else " " * 10
    return f"  {name:30}{figure}{f'  (other {before:.2f} s)' if before is not None else ''}  {rest}".rstrip()


def main(arguments: list[str]) -> None:
    """Print a table for each document."""
    parser = argparse.ArgumentParser()
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    options = parser.parse_args(arguments)
    github = documents.document(GITHUB).path
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder) / f"models{MODELS}.json"
        generated.write_text(document_of(MODELS), "utf-8")
        for title, path in ((GITHUB, github), (generated.name, generated)):
            if options.word not in title:
                continue
            print(title if path.is_file() else f"{title}: {documents.HOW}", flush=True)
            for row in rows(path, options.against) if path.is_file() else ():
                print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
