"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..data.issues import Found
from ..data.settings import PYPROJECT, Settings
from ..stages.load import has_table


class GivenPath(click.Path):
    """A path that is not empty, as one from an unset variable is; whoever reads the file says what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty text, which a path would take for the working directory."""
        if value == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


class GivenSource(GivenPath):
    """A file, a URL or `-`: a text, as the two slashes of a URL are no part of a path."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty text."""
        super().convert(value, param, ctx)
        return value


Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def default_source() -> Path:
    """Find the settings of this folder, for a command without an argument.

    Raises:
        click.UsageError: no source is given or found.
    """
    if not has_table(Path(PYPROJECT)):
        raise click.UsageError(f"name a document or a settings file: no [tool.clientsmith] in a {PYPROJECT} here")
    return Path(PYPROJECT)


SOURCE = "SETTINGS.toml|SPEC"

check_option: Decorator = click.option(
    "--check", is_flag=True, help="Write nothing; print a diff of what would change."
)
force_option: Decorator = click.option(
    "--force", is_flag=True, help="Overwrite local edits and folders that were not generated."
)
strict_option: Decorator = click.option("--strict", is_flag=True, help="Take warnings as errors.")
debug_option: Decorator = click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")


def output_option(text: str) -> Decorator:
    """Make `-o` with its help."""
    return click.option("-o", "--output", metavar="DIR", type=GivenPath(), help=text)


def skips_option(text: str) -> Decorator:
    """Make `--allow-skips` with its help."""
    return click.option("--allow-skips", is_flag=True, help=text)


def with_options(found: Found[Settings], strict: bool, allow_skips: bool, **chosen: Any) -> Found[Settings]:
    """Put the options of the command line over the settings."""
    settings = found.value
    strict, skips = strict or settings.strict, allow_skips or settings.allow_skips
    return Found(replace(settings, strict=strict, allow_skips=skips, **chosen), found.issues)
