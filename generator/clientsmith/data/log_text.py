"""Text of a document goes in; a line for a terminal, or for the log of GitHub Actions, comes out."""

from __future__ import annotations

from collections.abc import Mapping

from .text import printable

LONGEST_LINE = 500
"""Characters of a message."""


def one_line(text: str) -> str:
    """Make a text safe for a terminal, on one line and not endless."""
    line = " ".join(printable(text).split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 3] + "..."


def workflow_command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Write a command that GitHub Actions makes an annotation of: `::error file=a.yaml,line=3::...`."""
    written = ",".join(f"{key}={_command_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_command_message(message)}"


def _command_message(text: str) -> str:
    """Escape what ends a message of a workflow command."""
    return one_line(text).replace("%", "%25")


def _command_property(text: str) -> str:
    """Escape what ends a property of a workflow command."""
    return _command_message(text).replace(":", "%3A").replace(",", "%2C")


def inert(text: str) -> str:
    """Write a line so that GitHub Actions takes no command out of it: `::` at its start, `##[` anywhere."""
    text = text.replace("##[", "# #[")
    return text.replace("::", ": :", 1) if text.lstrip().startswith("::") else text
