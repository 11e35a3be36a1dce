"""`clientsmith diff`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..data.issues import Rejected
from ..data.settings import Settings
from .endings import USER_ERROR, internal_errors
from .options import GivenPath, debug_option, skips_option, strict_option
from .output import show_issues
from .terminal import echo, echo_json, painter, progress

if TYPE_CHECKING:
    from ..diff import Difference, Level, Report

DIFF_EXIT_CODES = """\b
Exit codes:
  0    compared
  1    a change of the level of --fail-on, or mistakes in a document, the
       settings or a path
  2    wrong options, or an internal error
  130  interrupted
"""


@click.command("diff", short_help="List what changed between two versions.", epilog=DIFF_EXIT_CODES)
@click.argument("sources", metavar="[OLD] NEW", nargs=-1, type=GivenPath())
@click.option("--base", metavar="REV", help="Read the old side from this commit of the git repository that NEW is in.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print changes.",
)
@click.option(
    "--fail-on", type=click.Choice(["major", "minor"]), help="Exit with 1 if there is a change of this level."
)
@click.option(
    "--changelog", metavar="FILE", type=GivenPath(), help="Add an entry to this file, in Keep a Changelog form."
)
@strict_option
@skips_option("Compare without what cannot be expressed.")
@debug_option
def diff_command(
    sources: tuple[Path, ...],
    *,
    base: str | None,
    form: str,
    fail_on: Level | None,
    changelog: Path | None,
    strict: bool,
    allow_skips: bool,
    debug: bool,
) -> None:
    """List what changed between the clients of OLD and NEW, and what their version should be.

    Each is a document, or a settings file (*.toml). With --base, OLD is NEW as a commit has it, or another path in that
    commit.
    """
    if len(sources) not in ((1, 2) if base is not None else (2,)):
        raise click.UsageError("name OLD and NEW, or NEW and --base")

    def adjust(settings: Settings) -> Settings:
        return replace(settings, strict=strict or settings.strict, allow_skips=allow_skips or settings.allow_skips)

    with internal_errors(debug):
        from ..diff import diff

        with progress() as show_stage:
            found = diff(sources[0], sources[-1], base=base, adjust=adjust, progress=show_stage)
        code = show_difference(found, form, fail_on, changelog)
    sys.exit(code)


def show_difference(found: Difference, form: str, fail_on: Level | None, changelog: Path | None) -> int:
    """Print what changed; give the exit code. Standard output has nothing else."""
    from ..diff import add_entry, is_at_least

    for side in found.sides:
        show_issues(side.issues, side.documents, side.named)
    if found.report is None:
        click.echo("nothing was compared", err=True)
        return USER_ERROR
    show_report(found.report, form)
    if changelog is not None:
        try:
            add_entry(changelog, found.report)
        except Rejected as rejected:
            show_issues(rejected.issues, None)
            return USER_ERROR
    return USER_ERROR if fail_on is not None and is_at_least(found.report.advice.level, fail_on) else 0


def show_report(report: Report, form: str) -> None:
    """Print the changes. Annotations are commands for GitHub Actions; the other forms have no commands."""
    from ..diff import write_report

    text = write_report(report, form, painter(sys.stdout)).removesuffix("\n")
    if form == "json":
        echo_json(text)
        click.echo(str(report.advice), err=True)
    elif form == "github":
        click.echo(text)
    else:
        echo(text)
