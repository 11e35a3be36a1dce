"""JSON text goes in, its value comes out; on request with the position of every value."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from ...data.nesting import MAX_NESTING
from ...data.pointer import Json, Position, escape
from .parsed import BadText, Duplicate, Parsed

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
    return Parsed(value=value, duplicates=tuple(Scan(text).duplicates) if repeats else ())


def reason_of(message: str) -> str:
    """Make the C parser's message part of a sentence."""
    return message[:1].lower() + message[1:]


def no_constant(name: str) -> Json:
    """Refuse what Python reads and JSON has not."""
    raise ValueError(f"JSON has no {name}")


def place_of_number(text: str) -> Position | None:
    """Find the first number that cannot be read; the C parser does not say where it is."""
    for match in TOKEN.finditer(text):
        if match[0][0] in "-0123456789NI" and not is_number(match[0]):
            return Position(text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start()))
    return None


def is_number(token: str) -> bool:
    """Report whether a number can be read."""
    try:
        json.loads(token, parse_constant=no_constant, parse_float=finite)
    except ValueError:
        return False
    return True


def finite(text: str) -> float:
    """Read a number that a double can hold."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:20]} is too large")
    return number


def scan_json(text: str) -> Mapping[str, Position]:
    """Find where each value stands, a member by its key. The text is known to be JSON."""
    return Scan(text).places


class Places(Mapping[str, Position]):
    """Positions of places, of which few are ever asked for: a large document has hundreds of thousands."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.offsets: dict[str, int] = {}

    def __getitem__(self, path: str) -> Position:
        """Give the position of a place."""
        return self.at(self.offsets[path])

    def __contains__(self, path: object) -> bool:
        """Report whether the text has a place."""
        return path in self.offsets

    def __iter__(self) -> Iterator[str]:
        """Give all places."""
        return iter(self.offsets)

    def __len__(self) -> int:
        """Count the places."""
        return len(self.offsets)

    def at(self, offset: int) -> Position:
        """Turn an offset into line and column."""
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)


class Scan:
    """One walk over the tokens of a JSON text; what breaks the rules ends it early."""

    def __init__(self, text: str) -> None:
        self.places = Places(text)
        self.duplicates: list[Duplicate] = []
        self._run(text)

    def _run(self, text: str) -> None:
        """Keep the open containers on a stack: path, keys met (None for a list), number of items."""
        stack: list[tuple[str, dict[str, int] | None, list[int]]] = []
        offsets = self.places.offsets
        path, is_key = "", False
        for match in TOKEN.finditer(text):
            token = match[0]
            if token == ":":
                is_key = False
                continue
            if token == ",":
                path, is_key = self._next(stack)
                continue
            if token in "]}":
                if stack:
                    stack.pop()
                is_key = False
                continue
            if is_key:
                path = self._member(stack[-1], token, match.start())
                continue
            offsets.setdefault(path, match.start())
            if token == "{":
                stack.append((path, {}, [0]))
                is_key = True
            elif token == "[":
                stack.append((path, None, [0]))
                path = f"{path}/0"

    def _next(self, stack: list[tuple[str, dict[str, int] | None, list[int]]]) -> tuple[str, bool]:
        """Go on after a comma: to a key, or to the next item."""
        if not stack:
            return "", False
        parent, keys, count = stack[-1]
        if keys is not None:
            return parent, True
        count[0] += 1
        return f"{parent}/{count[0]}", False

    def _member(self, container: tuple[str, dict[str, int] | None, list[int]], token: str, offset: int) -> str:
        """Note where a key stands; give the path of its value."""
        parent, keys, _ = container
        key = plain_key(token)
        path = f"{parent}/{escape(key)}"
        if keys is not None:
            if key in keys:
                self.duplicates.append(Duplicate(path, key, self.places.at(keys[key]), self.places.at(offset)))
            keys.setdefault(key, offset)
        self.places.offsets[path] = offset
        return path


def plain_key(token: str) -> str:
    """Read the text of a key; most have no escapes, and a parser for each would take half of the scan's time."""
    if "\\" not in token and len(token) > 1 and token[0] == token[-1] == '"':
        return token[1:-1]
    key: str = json.loads(token, strict=False) if token.startswith('"') else token
    return key
