"""`clientsmith vendor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import Rejected
from ..data.outcome import Outcome
from ..stages.load import default_settings
from .endings import internal_errors
from .options import GivenPath, check_option, debug_option, force_option
from .output import show

VENDOR_EXIT_CODES = """\b
Exit codes:
  0    the copy is written, or (--check) up to date
  1    a path is wrong, or something would be lost; nothing is written
       (--check: or the copy is out of date)
  2    wrong options, or an internal error
  130  interrupted
"""


@click.command("vendor", short_help="Copy a client into another repository.", epilog=VENDOR_EXIT_CODES)
@click.argument("folders", metavar="[PACKAGE] DEST", nargs=-1, type=GivenPath())
@check_option
@force_option
@debug_option
def vendor_command(folders: tuple[Path, ...], *, check: bool, force: bool, debug: bool) -> None:
    """Copy the generated files of PACKAGE to DEST, with the modules in its custom/, and bring them up to date there.

    DEST records where it came from, so that it is enough the next time. Files that were edited in DEST are kept.
    """
    if len(folders) not in (1, 2):
        raise click.UsageError("name PACKAGE and DEST, or DEST alone if it has been copied before")
    with internal_errors(debug):
        outcome = run_vendor(folders[0] if len(folders) == 2 else None, folders[-1], check, force)
    sys.exit(show(outcome, check=check, quiet=False, thing="copy", output=folders[-1]))


def run_vendor(source: Path | None, destination: Path, check: bool, force: bool) -> Outcome:
    """Check the name of the folder, then copy."""
    try:
        output = default_settings(Path("copy"), destination).output
    except Rejected as refused:
        return Outcome(issues=refused.issues)
    from ..pipeline.vendor import vendor

    return vendor(source, output, check=check, force=force)
