"""`clientsmith generate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import Rejected
from ..data.outcome import Outcome
from ..runs import generate
from ..stages.load import settings_of
from .endings import EXIT_CODES, internal_errors
from .options import (
    SOURCE,
    GivenPath,
    check_option,
    debug_option,
    force_option,
    output_option,
    skips_option,
    strict_option,
    with_options,
)
from .output import report_json, show
from .terminal import progress


@click.command("generate", short_help="Generate a client from a document.", epilog=EXIT_CODES)
@click.argument("source", metavar=SOURCE, type=GivenPath())
@output_option(
    "The package's own folder; its last part is the package's name. "
    "Default: 'output' in the settings, else a folder here with the name of the document."
)
@check_option
@force_option
@strict_option
@skips_option("Accept a client without what cannot be expressed. ('allow_skips' in the settings accepts some of it.)")
@click.option(
    "--report",
    type=click.Choice(["json"]),
    help="Print what became of each operation and schema; all else goes to standard error.",
)
@debug_option
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
    with internal_errors(debug):
        outcome = run(source, output, check, force, strict, allow_skips)
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
