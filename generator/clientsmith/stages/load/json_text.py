"""JSON text goes in, its value comes out; on request with the position of every value."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

from ...data.nesting import MAX_NESTING
from ...data.pointer import Json, Position
from .json_positions import JsonPositions
from .parsed import BadText, Parsed
from .text import position_after

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


def parse_json(text: str) -> Parsed:
    """Parse JSON by the C parser.

    Raises:
        BadText: the text is not JSON.
    """
    repeats = False

    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal repeats
        made = dict(pairs)
        if len(made) != len(pairs):
            repeats = True
        return made

    try:
        value: Json = json.loads(text, object_pairs_hook=members, parse_constant=no_constant, parse_float=finite)
    except json.JSONDecodeError as error:
        place = Position(error.lineno, error.colno)
        raise BadText("bad-json", f"this is not JSON: {reason_of(error.msg)}", place) from None
    except RecursionError:
        raise BadText("too-deep", f"values are nested more than {MAX_NESTING} deep") from None
    except ValueError as error:
        why = "it is too long" if "digits" in str(error) else str(error)
        raise BadText("bad-number", f"a number cannot be read: {why}", place_of_number(text)) from None
    return Parsed(value=value, duplicates=tuple(JsonPositions(text).duplicates()) if repeats else ())


def reason_of(message: str) -> str:
    """Make the C parser's message part of a sentence."""
    return message[:1].lower() + message[1:]


def no_constant(name: str) -> Json:
    """Refuse what Python reads and JSON has not.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"JSON has no {name}")


def place_of_number(text: str) -> Position | None:
    """Find the first number that cannot be read; the C parser does not say where it is."""
    for match in TOKEN.finditer(text):
        if match[0][0] in "-0123456789NI" and not is_number(match[0]):
            return position_after(text[: match.start()])
    return None


def is_number(token: str) -> bool:
    """Report whether a number can be read."""
    try:
        json.loads(token, parse_constant=no_constant, parse_float=finite)
    except ValueError:
        return False
    return True


def finite(text: str) -> float:
    """Read a number that a double can hold.

    Raises:
        ValueError: the number is too large.
    """
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:20]} is too large")
    return number


def scan_json(text: str) -> Mapping[str, Position]:
    """Find where each value stands, a member by its key. The text is known to be JSON."""
    return JsonPositions(text)
