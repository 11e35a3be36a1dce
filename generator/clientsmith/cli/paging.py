"""`clientsmith paging`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import Found, Rejected, has_errors
from ..data.settings import Settings
from ..stages.load import settings_of
from .endings import USER_ERROR, internal_errors
from .options import SOURCE, GivenPath, debug_option, skips_option, strict_option, with_options
from .output import counted, show_issues
from .terminal import echo, progress

PAGING_EXIT_CODES = """\b
Exit codes:
  0    printed what was recognised
  1    mistakes in the document, the settings or a path
  2    wrong options, or an internal error
  130  interrupted
"""


@click.command("paging", short_help="Print how a document pages, as settings.", epilog=PAGING_EXIT_CODES)
@click.argument("source", metavar=SOURCE, type=GivenPath())
@strict_option
@skips_option("Look at the document without what cannot be expressed.")
@debug_option
def paging_command(source: Path, *, strict: bool, allow_skips: bool, debug: bool) -> None:
    """Print the schemes of paging that are recognised in a document, ready to paste into a settings file.

    With a settings file its document is looked at, with its overlays and what it selects.
    """
    with internal_errors(debug):
        try:
            code = print_schemes(with_options(settings_of(source, None), strict, allow_skips))
        except Rejected as rejected:
            show_issues(rejected.issues, None)
            code = USER_ERROR
    sys.exit(code)


def print_schemes(settings: Found[Settings]) -> int:
    """Print the schemes, or the errors of the document; give the exit code."""
    from ..pipeline.paging import paging_of, paging_tables

    with progress() as show_stage:
        run, found = paging_of(settings, show_stage)
    issues = run.graded_issues()
    if has_errors(issues):
        show_issues(issues, run.documents)
        click.echo(f"nothing was recognised: {counted(issues)}", err=True)
        return USER_ERROR
    for line in paging_tables(found):
        echo(line)
    if not found:
        click.echo("no operation pages in a way that is recognised", err=True)
    return 0
