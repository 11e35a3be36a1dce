"""`clientsmith reference`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import Rejected
from ..data.outcome import Outcome
from ..runs import generate_reference
from ..stages.load import settings_of
from .endings import EXIT_CODES, internal_errors
from .options import (
    SOURCE,
    GivenPath,
    check_option,
    debug_option,
    default_source,
    force_option,
    output_option,
    skips_option,
    strict_option,
    with_options,
)
from .output import show
from .terminal import progress

REFERENCE_EXIT_CODES = EXIT_CODES.replace("client", "reference")


@click.command("reference", short_help="Write the reference of a client, for browsers.", epilog=REFERENCE_EXIT_CODES)
@click.argument("source", metavar=f"[{SOURCE}]", type=GivenPath(), required=False)
@output_option("The folder of the pages. Default: 'output' in [reference] of the settings.")
@check_option
@force_option
@strict_option
@skips_option("Accept pages without what cannot be expressed.")
@debug_option
def reference_command(
    source: Path | None, output: Path | None, *, check: bool, force: bool, strict: bool, allow_skips: bool, debug: bool
) -> None:
    """Write the reference of the client that SETTINGS.toml describes, or of the one for SPEC: HTML and Markdown.

    The pages need no server and no network. They can be opened from the disk, or served from any folder of a site.
    Without an argument, [tool.clientsmith] in the pyproject.toml of this folder has the settings.
    """
    given = source if source is not None else default_source()
    with internal_errors(debug):
        outcome = run_reference(given, output, check, force, strict, allow_skips)
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
