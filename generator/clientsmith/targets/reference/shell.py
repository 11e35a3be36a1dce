"""Texts in commands of a POSIX shell: every text of the document is quoted, so that a reader may paste the command."""

from __future__ import annotations

import re

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOKEN = re.compile(r"[A-Za-z0-9_.-]+")
_SPECIAL_IN_QUOTES = re.compile(r'[\\"$`]')


def is_variable(name: str) -> bool:
    """Report whether a shell may have a variable of this name."""
    return _VARIABLE.fullmatch(name) is not None


def variable(name: str) -> str:
    """Use a variable of the shell."""
    upper = "".join(character if character.isascii() else "_" for character in name).upper()
    return f"${upper}" if is_variable(upper) else "..."


def variable_in_path(name: str) -> str:
    """Use a variable where letters may follow."""
    found = variable(name)
    return f"${{{found[1:]}}}" if found.startswith("$") else found


def in_quotes(text: str) -> str:
    """Write text inside double quotes: it ends none, and nothing in it is replaced."""
    # An interactive shell replaces an exclamation mark by a command of its history.
    return _SPECIAL_IN_QUOTES.sub(lambda found: f"\\{found[0]}", text.replace("\n", " ").replace("!", "%21"))


def quoted(text: str) -> str:
    """Write text as one word."""
    return text if _TOKEN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"
