"""The terminal: colours, progress, and streams that cannot be written."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

import click

from ..reporting import Paint, plain

STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan"},
    "place": {"bold": True},
}


def escape_unwritable() -> None:
    """Let standard output take any character: its encoding may have no place for what a client says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def show_unwritable(error: OSError) -> None:
    """Report that the output is lost, if anybody can read that; then let nothing complain when the program ends."""
    with contextlib.suppress(OSError):
        click.echo(f"clientsmith: the output cannot be written: {error.strerror or error}", err=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())


def is_watched(stream: TextIO | None = None) -> bool:
    """Report whether a person sees a stream, standard error by default; it may be closed altogether."""
    stream = stream or sys.stderr
    return stream is not None and stream.isatty()


def painter(stream: TextIO | None = None) -> Paint:
    """Choose colours where a person looks on, and wants them."""
    if not is_watched(stream) or os.environ.get("NO_COLOR"):
        return plain

    def paint(text: str, style: str) -> str:
        return click.style(text, **STYLES[style])  # type: ignore[arg-type]

    return paint


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the stage that runs, on a terminal only."""
    if not is_watched() or os.environ.get("CI"):
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("clientsmith") as status:
        yield lambda stage: status.update(f"clientsmith: {stage}")
