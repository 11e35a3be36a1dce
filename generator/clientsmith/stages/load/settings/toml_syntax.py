"""The text of a settings file goes in; its values, and where its keys stand, come out."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from typing import Any

from ....data.document import Position
from ....data.issues import rejected
from ..text import position_after
from .toml_positions import KeyPath, positions_of

PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
DOCUMENT = re.compile(r"""\s*(\{|---|["']?(openapi|swagger)\b)""")
"""How documents start."""
DOCUMENT_HINT = "this looks like a document: '.toml' is for settings, a document's name ends with .yaml or .json"


def parse(text: str, name: str) -> tuple[Mapping[str, Any], Mapping[KeyPath, Position]]:
    """Read the values, then find their keys.

    Raises:
        Rejected: the text is not TOML.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = PLACE.search(message)
        place = Position(int(found[1]), int(found[2])) if found and found[1] else None
        reason = PLACE.sub("", message)
        reason = f"this is not TOML: {reason[:1].lower()}{reason[1:]}"
        hint = DOCUMENT_HINT if DOCUMENT.match(text) else "text stands in quotes, a table's name in brackets"
        raise rejected("bad-toml", reason, file=name, position=place or position_after(text), hint=hint) from None
    except RecursionError:
        raise rejected("bad-toml", "values are nested too deep to be read", file=name) from None
    except ValueError:  # Of `int`, which reads no number of thousands of digits.
        message = "a number is too long to be read"
        raise rejected("bad-toml", message, file=name, position=place_of_digits(text)) from None
    return values, positions_of(text)


def place_of_digits(text: str) -> Position | None:
    """Find the number that is too long."""
    found = re.search(rf"[\d_]{{{sys.get_int_max_str_digits() + 1},}}", text)
    return position_after(text[: found.start()]) if found else None
