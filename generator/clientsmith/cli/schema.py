"""`clientsmith schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.issues import rejected
from .endings import USER_ERROR
from .options import GivenPath
from .output import show_issues

FILE = Path(__file__).resolve().parents[1] / "settings.schema.json"
SCHEMA_EXIT_CODES = """\b
Exit codes:
  0    done
  1    the file cannot be written
  2    wrong options, or an internal error
  130  interrupted
"""


@click.command("schema", short_help="Print the JSON Schema of the settings.", epilog=SCHEMA_EXIT_CODES)
@click.option("-o", "--output", metavar="FILE", type=GivenPath(), help="Write it to this file.")
def schema_command(output: Path | None) -> None:
    """Print the JSON Schema of settings files, for editors that complete and check keys.

    The line "#:schema clientsmith.schema.json" at the top of a settings file names it.
    """
    text = schema()
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        message = f"the file cannot be written: {reason}"
        show_issues(rejected("unwritable-file", message, file=str(output)).issues, None)
        sys.exit(USER_ERROR)


def schema() -> str:
    """Read the schema that comes with the package."""
    return FILE.read_text("utf-8")
