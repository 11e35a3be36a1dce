"""How commands end: with an exit code, never with a traceback."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import click

from ..data.text import visible
from .terminal import escape_unwritable, show_unwritable

USER_ERROR = 1
INTERNAL_ERROR = 2
INTERRUPTED = 130
"""What shells give for a program that was ended by Ctrl+C."""
EXIT_CODES = """\b
Exit codes:
  0    the client is written, or (--check) up to date
  1    mistakes in the document, the settings or a path; nothing is written
       (--check: or the client is out of date)
  2    wrong options, or an internal error
  130  interrupted
"""


class Commands(click.Group):
    """The commands, and what is common to how they end: with an exit code, never with a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command. Of a stream that cannot be written, click knows only the pipe that nobody reads any more."""
        escape_unwritable()
        try:
            return super().main(*args, **extra)
        except OSError as error:
            show_unwritable(error)
            sys.exit(USER_ERROR)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command until it ends or is interrupted; the stage that writes puts back what was there."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("clientsmith: interrupted", err=True)
            sys.exit(INTERRUPTED)


@contextlib.contextmanager
def internal_errors(debug: bool) -> Iterator[None]:
    """Print a mistake of ours, and end the program."""
    try:
        yield
    except click.ClickException:
        raise
    except Exception as error:
        show_internal_error(error, debug)
        sys.exit(INTERNAL_ERROR)


def show_internal_error(error: Exception, debug: bool) -> None:
    """Print a mistake of ours."""
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    message = visible(str(error))[:500]
    click.echo(f"clientsmith: internal error: {type(error).__name__}: {message}", err=True)
    click.echo("Please report it, with the output of --debug.", err=True)
