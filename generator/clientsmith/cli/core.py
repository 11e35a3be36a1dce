"""`clientsmith core`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import Rejected
from ..data.outcome import Outcome
from ..stages.load import default_settings
from .endings import EXIT_CODES, internal_errors
from .options import GivenPath, check_option, debug_option, force_option
from .output import show

CORE_EXIT_CODES = EXIT_CODES.replace("client", "runtime").replace("the document, the settings or a path", "a path")


@click.command("core", short_help="Write a runtime that clients share.", epilog=CORE_EXIT_CODES)
@click.argument("folder", type=GivenPath())
@check_option
@force_option
@debug_option
def core_command(folder: Path, *, check: bool, force: bool, debug: bool) -> None:
    """Write the runtime that clients share which have 'core' under [package] in their settings.

    FOLDER is the package that 'core' names: src/acme/_clientsmith for core = "acme._clientsmith".
    """
    with internal_errors(debug):
        outcome = run_core(folder, check, force)
    sys.exit(show(outcome, check=check, quiet=False, thing="runtime", output=folder))


def run_core(folder: Path, check: bool, force: bool) -> Outcome:
    """Check the name of the folder, then write."""
    try:
        settings = default_settings(Path("core"), folder)
    except Rejected as rejected:
        return Outcome(issues=rejected.issues)
    from ..pipeline.core import write_core

    return write_core(settings.output, check=check, force=force)
