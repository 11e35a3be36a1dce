"""The command line: the only package that prints."""

from __future__ import annotations

import click

from .. import __version__
from .core import core_command
from .diff import diff_command
from .edits import edits_command
from .endings import Commands
from .generate import generate_command
from .init import init_command
from .migrate import migrate_command
from .paging import paging_command
from .reference import reference_command
from .schema import schema_command
from .vendor import vendor_command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="clientsmith", message="%(prog)s %(version)s")
def main() -> None:
    """Generate typed Python clients from OpenAPI documents, offline."""


for command in (
    init_command,
    generate_command,
    reference_command,
    diff_command,
    paging_command,
    edits_command,
    core_command,
    vendor_command,
    migrate_command,
    schema_command,
):
    main.add_command(command)
