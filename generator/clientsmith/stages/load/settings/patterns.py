"""Kinds of text that several tables of the settings have."""

from __future__ import annotations

import keyword
import unicodedata

from .toml_table import Pattern, Table, dotted

PLAIN_HINT = "use letters, digits and _, but no keyword of Python"
VARIABLE = Pattern("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*")
ANY_VARIABLE = Pattern('the name of an environment variable, or "" for none', "([A-Za-z_][A-Za-z0-9_]*)?")
VERSION = Pattern("a version like '1.2.0'", "[0-9A-Za-z][0-9A-Za-z.!+_-]*")
MEGABYTE = 1_000_000
URL = Pattern("a URL that starts with http:// or https://", r"(?i:https?)://[^\s]+")


def is_name(text: str) -> bool:
    """Report whether a text is a plain ASCII identifier."""
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def is_python_name(text: str) -> bool:
    """Report whether a text is an identifier, of letters of any language, that Python reads as it is written."""
    return text.isidentifier() and not keyword.iskeyword(text) and unicodedata.normalize("NFKC", text) == text


def file_path(table: Table, key: str) -> str | None:
    """Read the path of a file or folder: no system has one with the character NUL."""
    value = table.text(key)
    if value is None or "\0" not in value:
        return value
    table.reject(key, f"'{dotted((*table.path, key))}' must be a path", f"it is {value!r} now")
    return None


def argument_name(table: Table, key: str) -> str | None:
    """Read the name of a parameter."""
    value = table.text(key)
    if value is not None and not is_name(value):
        table.reject(key, f"'{value}' is no name for a parameter", PLAIN_HINT)
    return value
