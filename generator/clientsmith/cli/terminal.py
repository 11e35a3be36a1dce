"""The terminal: lines, colours, progress, and streams that cannot be written."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

import click

from ..data.log_text import inert
from ..reporting import Paint, plain

STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan"},
    "place": {"bold": True},
}


def in_actions() -> bool:
    """Report whether this is a step of GitHub Actions, which looks for commands in all that is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def echo(text: str, *, err: bool = False) -> None:
    """Print lines that hold text of a document: none of them is a command for GitHub Actions."""
    if in_actions():
        text = "\n".join(map(inert, text.split("\n")))
    click.echo(text, err=err)


def echo_json(text: str) -> None:
    """Print JSON, which GitHub Actions must find no command in: what would be one can only be in a string."""
    click.echo(text.replace("##[", "##\\u005b") if in_actions() else text)


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
    """Choose colours where a person looks on, or `FORCE_COLOR` asks for them; never where `NO_COLOR` is set."""
    if os.environ.get("NO_COLOR") or not (is_watched(stream) or os.environ.get("FORCE_COLOR")):
        return plain

    def paint(text: str, style: str) -> str:
        return click.style(text, **STYLES[style])  # type: ignore[arg-type]

    return paint


@contextlib.contextmanager
def progress(what: str = "clientsmith") -> Iterator[Callable[[str], None]]:
    """Show the stage that runs with what it counts, on a terminal only, behind what is being made."""
    if not is_watched() or os.environ.get("CI"):
        yield lambda stage: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(what)) as status:
        yield lambda stage: status.update(Text(f"{what}: {stage}"))
