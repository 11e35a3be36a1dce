"""`clientsmith migrate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..data.issues import Rejected, rejected
from ..data.text import visible
from ..disk.relative import relative_to
from .endings import USER_ERROR, internal_errors
from .options import Decorator, GivenPath, debug_option
from .output import show_issues
from .terminal import echo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..data.pointer import Json
    from ..migrate import Migration

MIGRATE_EXIT_CODES = """\b
Exit codes:
  0    the settings are written, or (--check) as the config has them
  1    a file cannot be read or written; nothing is written
       (--check: or the config would change something)
  2    wrong options, or an internal error
  130  interrupted
"""

check_option: Decorator = click.option(
    "--check", is_flag=True, help="Write nothing; print a diff of what the config would change."
)
force_option: Decorator = click.option("--force", is_flag=True, help="Overwrite files that differ.")


@click.command("migrate", short_help="Turn the config of another generator into settings.", epilog=MIGRATE_EXIT_CODES)
@click.argument("config", metavar="stainless.yml", type=GivenPath())
@click.option("--spec", metavar="FILE", required=True, type=GivenPath(), help="The OpenAPI document of the config.")
@click.option("-o", "--output", metavar="DIR", type=GivenPath(), help="Where the files go. Default: here.")
@check_option
@force_option
@debug_option
def migrate_command(config: Path, spec: Path, output: Path | None, *, check: bool, force: bool, debug: bool) -> None:
    """Write settings, an overlay and a report from the config of an SDK that Stainless generated.

    The client that `clientsmith generate` makes of them has the names and the behaviour of that SDK. The report lists
    every key of the config, and what became of it.
    """
    with internal_errors(debug):
        code = run(config, spec, output or Path(), check=check, force=force)
    sys.exit(code)


def run(config: Path, spec: Path, output: Path, *, check: bool, force: bool) -> int:
    """Read both files, and write or compare what comes of them; give the exit code."""
    from ..disk.placed import compared, put
    from ..migrate import migrate

    try:
        values = [loaded(path) for path in (config, spec)]
    except Rejected as stopped:
        show_issues(stopped.issues, None)
        return USER_ERROR
    made = migrate(values[0], values[1], config_name=config.name, spec=relative_to(output, spec))
    try:
        if check:
            return show_difference(compared(output, made.files))
        put(output, made.files, force=force)
    except OSError as error:
        echo(f"clientsmith: {visible(str(error))}", err=True)
        return USER_ERROR
    show_report(made, output)
    return 0


def loaded(path: Path) -> Json:
    """Read a file of YAML or JSON.

    Raises:
        Rejected: it cannot be read, or is no mapping.
    """
    from ..stages.load import load

    found = load(path, allow_external=True)
    errors = [issue for issue in found.issues if issue.severity == "error" and issue.file == str(path)]
    if errors:
        raise Rejected(errors)
    value = found.value.root.value
    if not isinstance(value, dict):
        raise rejected("not-a-mapping", "the file holds no mapping", file=str(path), hint="is it the right one?")
    return value


def show_difference(lines: Iterable[str]) -> int:
    """Print what would change; give the exit code."""
    found = list(lines)
    for line in found:
        echo(visible(line))
    if found:
        click.echo("the config would change the settings", err=True)
        return USER_ERROR
    click.echo("the settings are as the config has them")
    return 0


def show_report(made: Migration, output: Path) -> None:
    """Print what was written, and what somebody should look at."""
    for entry in made.report.of("unknown", "not possible"):
        echo(visible(f"{entry.fate}: {'.'.join(entry.path)}: {entry.reason}"), err=True)
    for name in made.files:
        echo(visible(f"wrote {output / name}"))
    click.echo(f"{len(made.report.entries)} keys: {made.report.summary}")
    echo(visible(f"generate the client: clientsmith generate {output / made.name}.toml"))
