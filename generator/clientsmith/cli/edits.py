"""`clientsmith edits`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..data.edits import Patch
from ..data.issues import Found, Rejected, has_errors
from ..data.settings import Settings
from ..data.text import visible
from ..stages.load import settings_of
from .endings import USER_ERROR, internal_errors
from .options import SOURCE, GivenPath, debug_option, output_option, strict_option, with_options
from .output import counted, files, show_issues
from .terminal import echo, progress

if TYPE_CHECKING:
    from ..pipeline.save_edits import Saved

EDITS_EXIT_CODES = """\b
Exit codes:
  0    done
  1    mistakes in the document, the settings, an edit or a path; nothing is
       written
  2    wrong options, or an internal error
  130  interrupted
"""
source_argument = click.argument("source", metavar=SOURCE, type=GivenPath())


@click.group("edits", short_help="Keep edits of generated files as patches.")
def edits_command() -> None:
    """Keep edits of generated files: as patches beside the settings, which generate applies."""


@edits_command.command("save", short_help="Save what was edited as patches.", epilog=EDITS_EXIT_CODES)
@source_argument
@output_option("The package's own folder, as for generate.")
@strict_option
@debug_option
def save_command(source: Path, output: Path | None, *, strict: bool, debug: bool) -> None:
    """Save what was edited in the client's folder as patches beside SETTINGS.toml."""

    def save(settings: Found[Settings]) -> int:
        from ..pipeline import generated_files
        from ..pipeline.save_edits import save_edits

        with progress() as show_stage:
            return show_saved(save_edits(with_options(settings, strict, False), generated_files, show_stage))

    end_with(source, output, debug, save)


@edits_command.command("list", short_help="List the patches.", epilog=EDITS_EXIT_CODES)
@source_argument
@debug_option
def list_command(source: Path, *, debug: bool) -> None:
    """List the files that have a patch, with the lines that it adds and removes."""

    def show_list(settings: Found[Settings]) -> int:
        from ..pipeline.edits import edits_of

        found = edits_of(settings.value)
        show_issues((*settings.issues, *found.issues), None)
        show_patches(found.value, settings.value.edits_limit)
        return USER_ERROR if has_errors((*settings.issues, *found.issues)) else 0

    end_with(source, None, debug, show_list)


@edits_command.command("drop", short_help="Remove patches.", epilog=EDITS_EXIT_CODES)
@source_argument
@click.argument("names", metavar="[PATH]...", nargs=-1)
@output_option("The package's own folder, as for generate.")
@debug_option
def drop_command(source: Path, names: tuple[str, ...], output: Path | None, *, debug: bool) -> None:
    """Remove the patches of the named files, or all of them.

    A PATH is that of a file in the package, of the file itself or of its patch. The next generate undoes the edits.
    """

    def drop(settings: Found[Settings]) -> int:
        from ..pipeline.edits import drop_edits

        for path in (dropped := drop_edits(settings.value, names)):
            echo(f"dropped {visible(path)}")
        click.echo("there is nothing to drop" if not dropped else "generate writes these files without the edits")
        return 0

    end_with(source, output, debug, drop)


def end_with(source: Path, output: Path | None, debug: bool, act: Callable[[Found[Settings]], int]) -> None:
    """Read the settings, act, and end the program with the code that comes out."""
    with internal_errors(debug):
        try:
            code = act(settings_of(source, output))
        except Rejected as rejected:
            show_issues(rejected.issues, None)
            code = USER_ERROR
    sys.exit(code)


def show_saved(saved: Saved) -> int:
    """Print what was saved; give the exit code."""
    show_issues(saved.issues, saved.documents)
    if saved.patches is None:
        click.echo(f"nothing was saved: {counted(saved.issues)}", err=True)
        return USER_ERROR
    before = {patch.path: patch for patch in saved.before}
    now = {patch.path for patch in saved.patches}
    for patch in saved.patches:
        if before.get(patch.path) != patch:
            echo(f"saved {visible(patch.file)}")
    for path in sorted(before.keys() - now):
        echo(f"dropped {visible(before[path].file)}: the file is as it is generated")
    if before == {patch.path: patch for patch in saved.patches}:
        click.echo("there is nothing new to save")
    if not saved.is_fresh:
        click.echo("the client is out of date: generate brings it up to date, with the edits", err=True)
    return 0


def show_patches(patches: Iterable[Patch], limit: int | None) -> None:
    """Print patches with their sizes."""
    patches = list(patches)
    width = max((len(visible(patch.path)) for patch in patches), default=0)
    for patch in patches:
        echo(f"{visible(patch.path):<{width}}  +{patch.added} -{patch.removed}")
    total = sum(patch.added + patch.removed for patch in patches)
    allowed = "" if limit is None else f" of {limit:,} that 'edits_limit' allows"
    click.echo(f"{files(len(patches))} edited, {total:,} line{'' if total == 1 else 's'} changed{allowed}")
