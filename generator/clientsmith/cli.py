"""The command line: the only module that prints."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from . import __version__
from .data.issues import Found, Rejected
from .data.outcome import Outcome
from .data.output import Changes
from .data.settings import Settings
from .data.text import visible
from .reporting import Paint, issue_lines, plain
from .runs import generate, generate_reference
from .stages.load import settings_of

if TYPE_CHECKING:
    from .diff import Difference, Level

STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan"},
    "place": {"bold": True},
}
USER_ERROR = 1
INTERNAL_ERROR = 2
INTERRUPTED = 130
"""What shells give for a program that was ended by Ctrl+C."""


class Commands(click.Group):
    """The commands, and what is common to how they end: with an exit code, never with a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command. Of a stream that cannot be written, click knows only the pipe that nobody reads any more."""
        escape_unwritable()
        try:
            return super().main(*args, **extra)
        except OSError as error:
            show_unwritable(error)
            sys.exit(USER_ERROR)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command until it ends or is interrupted; the stage that writes puts back what was there."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("clientsmith: interrupted", err=True)
            sys.exit(INTERRUPTED)


class GivenPath(click.Path):
    """A path that is not empty, as one from an unset variable is; whoever reads the file says what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty text, which a path would take for the working directory."""
        if value == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clientsmith", message="%(prog)s %(version)s")
def main() -> None:
    """Generate typed Python clients from OpenAPI documents, offline."""


EXIT_CODES = """\b
Exit codes:
  0    the client is written, or (--check) up to date
  1    mistakes in the document, the settings or a path; nothing is written
       (--check: or the client is out of date)
  2    wrong options, or an internal error
  130  interrupted
"""


@main.command("generate", short_help="Generate a client from a document.", epilog=EXIT_CODES)
@click.argument("source", metavar="SETTINGS.toml|SPEC", type=GivenPath())
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=GivenPath(),
    help="The package's own folder; its last part is the package's name. "
    "Default: 'output' in the settings, else a folder here with the name of the document.",
)
@click.option("--check", is_flag=True, help="Write nothing; print a diff of what would change.")
@click.option("--force", is_flag=True, help="Overwrite local edits and folders that were not generated.")
@click.option("--strict", is_flag=True, help="Take warnings as errors.")
@click.option(
    "--allow-skips",
    is_flag=True,
    help="Accept a client without what cannot be expressed. ('allow_skips' in the settings accepts some of it.)",
)
@click.option(
    "--report",
    type=click.Choice(["json"]),
    help="Print what became of each operation and schema; all else goes to standard error.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def generate_command(
    source: Path,
    output: Path | None,
    *,
    check: bool,
    force: bool,
    strict: bool,
    allow_skips: bool,
    report: str | None,
    debug: bool,
) -> None:
    """Generate the client that SETTINGS.toml describes, or one for SPEC with default settings.

    SPEC is an OpenAPI 3.0, 3.1 or 3.2 document, or one of Swagger 2.0, in YAML or JSON. A name that ends with .toml is
    that of a settings file.
    """
    try:
        outcome = run(source, output, check, force, strict, allow_skips)
    except Exception as error:
        show_internal_error(error, debug)
        sys.exit(INTERNAL_ERROR)
    if report == "json":
        click.echo(report_json(outcome))
    sys.exit(show(outcome, check=check, quiet=report is not None))


def run(source: Path, output: Path | None, check: bool, force: bool, strict: bool, allow_skips: bool) -> Outcome:
    """Read the settings, then run the pipeline."""
    try:
        found = settings_of(source, output)
    except Rejected as rejected:
        return Outcome(issues=rejected.issues)
    with progress() as show_stage:
        return generate(with_options(found, strict, allow_skips), check=check, force=force, progress=show_stage)


def with_options(found: Found[Settings], strict: bool, allow_skips: bool, **chosen: Any) -> Found[Settings]:
    """Put the options of the command line over the settings."""
    settings = found.value
    strict, skips = strict or settings.strict, allow_skips or settings.allow_skips
    return Found(replace(settings, strict=strict, allow_skips=skips, **chosen), found.issues)


REFERENCE_EXIT_CODES = EXIT_CODES.replace("client", "reference")


@main.command("reference", short_help="Write the reference of a client, for browsers.", epilog=REFERENCE_EXIT_CODES)
@click.argument("source", metavar="SETTINGS.toml|SPEC", type=GivenPath())
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=GivenPath(),
    help="The folder of the pages. Default: 'output' in [reference] of the settings.",
)
@click.option("--check", is_flag=True, help="Write nothing; print a diff of what would change.")
@click.option("--force", is_flag=True, help="Overwrite local edits and folders that were not generated.")
@click.option("--strict", is_flag=True, help="Take warnings as errors.")
@click.option("--allow-skips", is_flag=True, help="Accept pages without what cannot be expressed.")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def reference_command(
    source: Path, output: Path | None, *, check: bool, force: bool, strict: bool, allow_skips: bool, debug: bool
) -> None:
    """Write the reference of the client that SETTINGS.toml describes, or of the one for SPEC: HTML and Markdown.

    The pages need no server and no network. They can be opened from the disk, or served from any folder of a site.
    """
    try:
        outcome = run_reference(source, output, check, force, strict, allow_skips)
    except Exception as error:
        show_internal_error(error, debug)
        sys.exit(INTERNAL_ERROR)
    sys.exit(show(outcome, check=check, quiet=False, thing="reference"))


def run_reference(
    source: Path, output: Path | None, check: bool, force: bool, strict: bool, allow_skips: bool
) -> Outcome:
    """Read the settings, then make the pages."""
    try:
        found = settings_of(source, None)
    except Rejected as rejected:
        return Outcome(issues=rejected.issues)
    folder = output if output is not None else found.value.reference_output
    settings = with_options(found, strict, allow_skips, reference_output=folder)
    with progress() as show_stage:
        return generate_reference(settings, check=check, force=force, progress=show_stage)


DIFF_EXIT_CODES = """\b
Exit codes:
  0    compared
  1    a change of the level of --fail-on, or mistakes in a document, the settings or a path
  2    wrong options, or an internal error
  130  interrupted
"""


@main.command("diff", short_help="List what changed between two versions.", epilog=DIFF_EXIT_CODES)
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
@click.option("--strict", is_flag=True, help="Take warnings as errors.")
@click.option("--allow-skips", is_flag=True, help="Compare without what cannot be expressed.")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
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

    try:
        from .diff import diff

        with progress() as show_stage:
            found = diff(sources[0], sources[-1], base=base, adjust=adjust, progress=show_stage)
        sys.exit(show_difference(found, form, fail_on, changelog))
    except Exception as error:
        show_internal_error(error, debug)
        sys.exit(INTERNAL_ERROR)


def show_difference(found: Difference, form: str, fail_on: Level | None, changelog: Path | None) -> int:
    """Print what changed; give the exit code. Standard output has nothing else."""
    from .diff import add_entry, is_at_least, write_report

    for side in found.sides:
        for line in issue_lines(side.issues, side.documents, painter()):
            click.echo(side.named(line), err=True)
    if found.report is None:
        click.echo("nothing was compared", err=True)
        return USER_ERROR
    click.echo(write_report(found.report, form, painter(sys.stdout)), nl=False)
    if form == "json":
        click.echo(str(found.report.advice), err=True)
    if changelog is not None:
        try:
            add_entry(changelog, found.report)
        except Rejected as rejected:
            for line in issue_lines(rejected.issues, None, painter()):
                click.echo(line, err=True)
            return USER_ERROR
    return USER_ERROR if fail_on is not None and is_at_least(found.report.advice.level, fail_on) else 0


# --- output ----------------------------------------------------------------------------------------------------------


def show(outcome: Outcome, *, check: bool, quiet: bool, thing: str = "client") -> int:
    """Print what came of a run; give the exit code. `quiet` leaves standard output to the report."""
    for line in issue_lines(outcome.issues, outcome.documents, painter()):
        click.echo(line, err=True)
    if outcome.changes is None:
        undone = f"the {thing} was not compared" if check else "nothing was written"
        click.echo(f"{undone}: {counted(outcome)}", err=True)
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


def counted(outcome: Outcome) -> str:
    """Count errors and warnings."""
    errors = sum(issue.severity == "error" for issue in outcome.issues)
    warnings = len(outcome.issues) - errors
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


def show_internal_error(error: Exception, debug: bool) -> None:
    """Print a mistake of ours."""
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    message = visible(str(error))[:500]
    click.echo(f"clientsmith: internal error: {type(error).__name__}: {message}", err=True)
    click.echo("Please report it, with the output of --debug.", err=True)


# --- the terminal ----------------------------------------------------------------------------------------------------


def escape_unwritable() -> None:
    """Let standard output take any character: its encoding may have no place for what a client says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def show_unwritable(error: OSError) -> None:
    """Report that the output is lost, if anybody can read that; then let nothing complain when the program ends."""
    with contextlib.suppress(OSError):
        click.echo(f"clientsmith: the output cannot be written: {error.strerror or error}", err=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())


def is_watched(stream: TextIO | None = None) -> bool:
    """Tell whether a person sees a stream, standard error by default; it may be closed altogether."""
    stream = stream or sys.stderr
    return stream is not None and stream.isatty()


def painter(stream: TextIO | None = None) -> Paint:
    """Choose colours where a person looks on, and wants them."""
    if not is_watched(stream) or os.environ.get("NO_COLOR"):
        return plain

    def paint(text: str, style: str) -> str:
        return click.style(text, **STYLES[style])  # type: ignore[arg-type]

    return paint


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the stage that runs, on a terminal only."""
    if not is_watched() or os.environ.get("CI"):
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("clientsmith") as status:
        yield lambda stage: status.update(f"clientsmith: {stage}")
