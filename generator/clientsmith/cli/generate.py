"""`clientsmith generate`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from ..stages.load import STANDARD_INPUT, is_given
from .clients import Choices, Client, clients_to_make, make
from .endings import EXIT_CODES, INTERNAL_ERROR
from .options import (
    GivenSource,
    check_option,
    debug_option,
    default_source,
    force_option,
    output_option,
    skips_option,
    strict_option,
)
from .terminal import echo_json


@click.command("generate", short_help="Generate clients from documents.", epilog=EXIT_CODES)
@click.argument("sources", metavar="[SETTINGS.toml|SPEC|URL|-]...", nargs=-1, type=GivenSource())
@output_option(
    "The package's own folder; its last part is the package's name. "
    "Default: 'output' in the settings, else a folder here with the name of the document."
)
@check_option
@force_option
@strict_option
@skips_option("Accept a client without what cannot be expressed. ('allow_skips' in the settings accepts some of it.)")
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1), default=1, help="Make N clients at a time.")
@click.option("--only", metavar="NAME", help="Of several clients, make the one with this package or folder.")
@click.option("--watch", is_flag=True, help="Generate again whenever a file changes that was read.")
@click.option(
    "--report",
    type=click.Choice(["json"]),
    help="Print what became of each operation and schema; all else goes to standard error.",
)
@debug_option
def generate_command(
    sources: tuple[str, ...],
    *,
    output: Path | None,
    check: bool,
    force: bool,
    strict: bool,
    allow_skips: bool,
    jobs: int,
    only: str | None,
    watch: bool,
    report: str | None,
    debug: bool,
) -> None:
    """Generate the clients that settings files describe, or those of documents with default settings.

    SPEC is an OpenAPI 3.0, 3.1 or 3.2 document, or one of Swagger 2.0, in YAML or JSON. A name that ends with .toml is
    that of a settings file. A URL is asked for the document, and nothing else is; - is standard input. Without an
    argument, [tool.clientsmith] in the pyproject.toml of this folder has the settings.
    """
    choices = Choices(
        check=check, force=force, strict=strict, allow_skips=allow_skips, as_json=report is not None, debug=debug
    )
    given = sources or (str(default_source()),)
    refuse_odd_combinations(given, output, watch, jobs)
    if watch:
        from .watch import make_whenever_changed

        make_whenever_changed(given, output, only, choices)
    clients = clients_to_make(given, output, only, debug)
    named = replace(choices, are_named=len(clients) > 1 or only is not None)
    sys.exit(run(clients, named, jobs))


def refuse_odd_combinations(sources: tuple[str, ...], output: Path | None, watch: bool, jobs: int) -> None:
    """Refuse what cannot be done together."""
    if output is not None and len(sources) > 1:
        raise click.UsageError("-o names the folder of one client: give several clients theirs in their settings")
    if sources.count(STANDARD_INPUT) > 1:
        raise click.UsageError("standard input can be read once")
    if watch and any(map(is_given, sources)):
        raise click.UsageError("--watch looks at files: it cannot watch a URL or standard input")
    if watch and jobs > 1:
        raise click.UsageError("--watch makes clients one after another: leave -j out")


def run(clients: list[Client], choices: Choices, jobs: int) -> int:
    """Make the clients; give the exit code, that of the worst one."""
    results = make(clients, choices, jobs)
    if choices.as_json:
        reports = [result.report for result in results]
        echo_json(reports[0] if len(reports) == 1 else "[\n" + ",\n".join(reports) + "\n]")
    codes = [result.code for result in results]
    return INTERNAL_ERROR if INTERNAL_ERROR in codes else max(codes)
