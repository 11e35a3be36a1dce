"""What a run made, printed; the exit code comes out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ..data.document import Documents
from ..data.issues import Issue
from ..data.outcome import Outcome
from ..data.output import Changes, FileDiff
from ..data.text import visible
from ..reporting import annotation_lines, issue_lines
from .terminal import echo, in_actions, painter

LETTERS = {"added": "A", "changed": "M", "removed": "D"}
"""How git marks a file."""
MOST_FILES = 200
"""Files that a summary lists."""


def show(outcome: Outcome, *, check: bool, quiet: bool, thing: str = "client", output: Path | None = None) -> int:
    """Print what came of a run; give the exit code.

    `quiet` leaves standard output to the report; `output` is the folder that was written.
    """
    show_issues(outcome.issues, outcome.documents)
    for note in outcome.notes:
        echo(f"note: {visible(note)}", err=True)
    if outcome.changes is None:
        undone = f"the {thing} was not compared" if check else "nothing was written"
        echo(f"{undone}: {counted(outcome.issues)}", err=True)
        return 1
    if check:
        return show_check(outcome, outcome.changes, quiet, thing)
    echo(summary(outcome.changes, output), err=quiet)
    if outcome.client is not None and output is not None and not outcome.changes.is_empty:
        echo(trial(output, outcome.client), err=quiet)
    return 0


def show_issues(
    issues: Iterable[Issue], documents: Documents | None, named: Callable[[str], str] = lambda line: line
) -> None:
    """Print issues; in GitHub Actions as annotations, too. `named` writes the names of files as the user knows them."""
    issues = tuple(issues)
    for line in issue_lines(issues, documents, painter()):
        echo(named(line), err=True)
    if in_actions():
        workspace = Path(os.environ.get("GITHUB_WORKSPACE") or ".")
        for line in annotation_lines(issues, documents, workspace):
            click.echo(named(line), err=True)


def show_check(outcome: Outcome, changes: Changes, quiet: bool, thing: str) -> int:
    """Print the files that differ from what is on disk, and how."""
    for line in summary_by_file(outcome.diff):
        echo(line, err=quiet)
    for diff in outcome.diff:
        for line in diff.lines:
            echo(visible(line.removesuffix("\n")), err=quiet)
    if changes.count:
        echo(f"the {thing} is out of date: {files(changes.count)} would change", err=True)
    if changes.unknown:
        echo(f"the {thing} holds {files(len(changes.unknown))} beside those that were generated", err=True)
    if not outcome.is_up_to_date:
        return 1
    echo(f"the {thing} is up to date", err=quiet)
    return 0


def summary_by_file(diffs: tuple[FileDiff, ...]) -> list[str]:
    """List the files that differ, with the lines that come and go, as `git diff --stat` does."""
    listed = diffs[:MOST_FILES]
    width = max((len(visible(diff.path)) for diff in listed), default=0)
    lines = [f"{LETTERS[diff.change]} {visible(diff.path):{width}} +{diff.plus} -{diff.minus}" for diff in listed]
    if len(diffs) > MOST_FILES:
        lines.append(f"and {len(diffs) - MOST_FILES:,} more")
    return [*lines, ""] if lines else []


def counted(issues: Sequence[Issue]) -> str:
    """Count errors and warnings."""
    errors = sum(issue.severity == "error" for issue in issues)
    warnings = len(issues) - errors
    counts = [f"{errors} error{'' if errors == 1 else 's'}"]
    if warnings:
        counts.append(f"{warnings} warning{'' if warnings == 1 else 's'}")
    return ", ".join(counts)


def summary(changes: Changes, output: Path | None) -> str:
    """Say in one line what was written, and where."""
    where = f" in {visible(os.path.normpath(output))}" if output is not None else ""
    if changes.is_empty:
        return f"nothing changed{where}: {files(changes.unchanged)} as they should be"
    parts = [
        f"{len(paths)} {verb}"
        for paths, verb in (
            (changes.added, "added"),
            (changes.changed, "changed"),
            (changes.removed, "removed"),
        )
        if paths
    ]
    return f"{', '.join(parts)}, {changes.unchanged} unchanged{where}"


def trial(output: Path, client: str) -> str:
    """Say how the client is imported, by its whole name where its folder is in a package, and from which folder."""
    try:
        folder = output.resolve()
        names = [output.name]
        while (folder.parent / "__init__.py").is_file():
            folder = folder.parent
            names.insert(0, folder.name)
        here = folder.parent == Path.cwd()
        where = "" if here else f" in {visible(os.path.relpath(folder.parent))}"
    except (OSError, ValueError, RuntimeError):  # Another drive, or no working directory.
        names, where = [output.name], ""
    return f"try it{where}: from {'.'.join(names)} import {client}"


def files(count: int) -> str:
    """Count files."""
    return f"{count} file{'' if count == 1 else 's'}"


def report_of(outcome: Outcome) -> dict[str, Any]:
    """Give what became of each operation and schema, and what is missing, as a JSON value."""
    report = asdict(outcome.report) if outcome.report is not None else {}
    skips = [
        {"code": issue.code, "message": issue.message, "pointer": str(issue.pointer)}
        for issue in outcome.issues
        if issue.skips
    ]
    return {**report, "skips": skips}


def report_json(outcome: Outcome) -> str:
    """Write the report of one client."""
    return json.dumps(report_of(outcome), indent=2)
