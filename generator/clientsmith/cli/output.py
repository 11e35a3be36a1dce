"""What a run made, printed; the exit code comes out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from ..data.issues import Issue
from ..data.outcome import Outcome
from ..data.output import Changes
from ..data.text import visible
from ..reporting import issue_lines
from .terminal import painter


def show(outcome: Outcome, *, check: bool, quiet: bool, thing: str = "client") -> int:
    """Print what came of a run; give the exit code. `quiet` leaves standard output to the report."""
    for line in issue_lines(outcome.issues, outcome.documents, painter()):
        click.echo(line, err=True)
    for note in outcome.notes:
        click.echo(f"note: {visible(note)}", err=True)
    if outcome.changes is None:
        undone = f"the {thing} was not compared" if check else "nothing was written"
        click.echo(f"{undone}: {counted(outcome.issues)}", err=True)
        return 1
    if check:
        return show_check(outcome, outcome.changes, quiet, thing)
    click.echo(summary(outcome.changes), err=quiet)
    return 0


def show_check(outcome: Outcome, changes: Changes, quiet: bool, thing: str) -> int:
    """Print the difference to what is on disk."""
    for line in outcome.diff.split("\n")[:-1]:
        click.echo(visible(line), err=quiet)
    count = len(changes.added) + len(changes.changed) + len(changes.removed)
    if count:
        click.echo(f"the {thing} is out of date: {files(count)} would change", err=True)
    if changes.unknown:
        click.echo(f"the {thing} holds {files(len(changes.unknown))} beside those that were generated", err=True)
    if not outcome.is_up_to_date:
        return 1
    click.echo(f"the {thing} is up to date", err=quiet)
    return 0


def counted(issues: Sequence[Issue]) -> str:
    """Count errors and warnings."""
    errors = sum(issue.severity == "error" for issue in issues)
    warnings = len(issues) - errors
    counts = [f"{errors} error{'' if errors == 1 else 's'}"]
    if warnings:
        counts.append(f"{warnings} warning{'' if warnings == 1 else 's'}")
    return ", ".join(counts)


def summary(changes: Changes) -> str:
    """Say in one line what was written."""
    if changes.is_empty:
        return f"nothing changed: {files(changes.unchanged)} as they should be"
    parts = [
        f"{len(paths)} {verb}"
        for paths, verb in (
            (changes.added, "added"),
            (changes.changed, "changed"),
            (changes.removed, "removed"),
        )
        if paths
    ]
    return f"{', '.join(parts)}, {changes.unchanged} unchanged"


def files(count: int) -> str:
    """Count files."""
    return f"{count} file{'' if count == 1 else 's'}"


def report_json(outcome: Outcome) -> str:
    """Write what became of each operation and schema, and what is missing."""
    report = asdict(outcome.report) if outcome.report is not None else {}
    skips = [
        {"code": issue.code, "message": issue.message, "pointer": str(issue.pointer)}
        for issue in outcome.issues
        if issue.skips
    ]
    return json.dumps({**report, "skips": skips}, indent=2)
