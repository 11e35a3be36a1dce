"""Words of names in a config."""

from __future__ import annotations

import keyword
import re


def words_of(name: str) -> list[str]:
    """Split a name at separators and changes of case, in small letters."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", name))
    return [word.lower() for word in re.findall(r"[A-Za-z0-9]+", spaced)]


def snake(name: str) -> str:
    """Give a name as Python has attributes; a keyword gets an underscore behind.

    >>> snake("getByName"), snake("return"), snake("2fa")
    ('get_by_name', 'return_', 'n2fa')
    """
    joined = "_".join(words_of(name)) or "value"
    if joined[0].isdigit():
        joined = f"n{joined}"
    return f"{joined}_" if keyword.iskeyword(joined) else joined


def prefix(name: str) -> str:
    """Give what environment variables of a client begin with."""
    return "_".join(words_of(name)).upper() or "API"
