"""A scalar event of a YAML parser goes in, what it stands for comes out."""

from __future__ import annotations

import math
import re
from typing import Any

from ...data.document import Json, Position
from .parsed import BadText

PREFIX = "tag:yaml.org,2002:"
WORDS: dict[str, Json] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
"""What the core schema of YAML 1.2 reads as something else than text, numbers apart."""
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
STARTS = frozenset("0123456789+-.tTfFnN~")
"""First characters of all plain scalars that may be no text."""
SAFE_DIGITS = 4000
"""Python refuses to read longer integers."""


def plain(text: str, event: Any) -> Json:
    """Read a scalar without quotes."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return integer(text, event)
    if FLOAT.fullmatch(text):
        return number(text, event)
    return text


def integer(text: str, event: Any) -> int:
    """Read a whole number.

    Raises:
        BadText: the number is too long.
    """
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    # Only decimal digits have a limit in Python when they are read, but all numbers are written with them.
    if len(text) * math.log10(base) > SAFE_DIGITS:
        raise BadText("bad-number", "the number is too long", place_of(event))
    return int(text, base)


def number(text: str, event: Any) -> float:
    """Read a number that a double can hold.

    Raises:
        BadText: the number is too large.
    """
    value = float(text)
    if math.isinf(value):
        raise BadText("bad-number", "the number is too large", place_of(event))
    return value


def tagged(event: Any) -> Json:
    """Read a scalar that says what it is.

    Raises:
        BadText: the tag is unknown, or the value does not fit it.
    """
    text, tag = event.value, event.tag.removeprefix(PREFIX)
    if tag in ("!", "str", "timestamp", "binary"):
        return str(text)
    value = plain(text, event)
    fits = {
        "null": value is None,
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
    }
    if tag not in fits:
        raise unknown_tag(event)
    if not fits[tag]:
        raise BadText("bad-tag", f"the value does not fit its tag '{tag}'", place_of(event))
    return number(text, event) if tag == "float" and isinstance(value, int) and text[:2] not in ("0x", "0o") else value


def place_of(event: Any) -> Position:
    """Give the place where an event starts."""
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1)


def unknown_tag(event: Any) -> BadText:
    """Complain about a tag that JSON has no value for."""
    return BadText("bad-tag", f"the tag '{event.tag}' has no meaning here", place_of(event))
