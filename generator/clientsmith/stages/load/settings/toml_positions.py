"""TOML text goes in; where its tables and keys stand comes out. `tomllib` gives values without places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from ....data.document import Position

KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
DOTTED = rf"{KEY}(?:[ \t]*\.[ \t]*{KEY})*"
HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({DOTTED})[ \t]*\]")
ASSIGNMENT = re.compile(rf"[ \t]*({DOTTED})[ \t]*=")
LONG_QUOTE = re.compile(r'"""|' + "'''")

KeyPath = tuple[str, ...]


def positions_of(text: str) -> Mapping[KeyPath, Position]:
    """Find the first place of every table and key, by its whole path. The text is known to be TOML.

    In the path of what is in an array of tables, the number of the table stands behind the name of the array.
    """
    found: dict[KeyPath, Position] = {}
    arrays: dict[KeyPath, int] = {}
    table: KeyPath = ()
    open_quote: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if open_quote is None:
            if header := HEADER.match(line):
                table = numbered(keys_of(header[2]), arrays, is_item=header[1] == "[[")
                note(found, table, 0, Position(number, header.start(2) + 1))
            elif assignment := ASSIGNMENT.match(line):
                path = table + keys_of(assignment[1])
                note(found, path, len(table), Position(number, assignment.start(1) + 1))
        open_quote = quote_after(line, open_quote)
    return found


def numbered(path: KeyPath, arrays: dict[KeyPath, int], *, is_item: bool) -> KeyPath:
    """Write the path of a header with the numbers of tables in arrays; `arrays` has the last one of each."""
    made: KeyPath = ()
    for length, key in enumerate(path, 1):
        made = (*made, key)
        if is_item and length == len(path):
            arrays[made] = arrays.get(made, -1) + 1
        if made in arrays:
            made = (*made, str(arrays[made]))
    return made


def keys_of(dotted: str) -> KeyPath:
    """Take a dotted key apart."""
    return tuple(unquoted(key) for key in re.findall(KEY, dotted))


def unquoted(key: str) -> str:
    """Read one key."""
    if key[0] == '"':
        return str(tomllib.loads(f"key = {key}")["key"])
    return key[1:-1] if key[0] == "'" else key


def note(found: dict[KeyPath, Position], path: KeyPath, known: int, place: Position) -> None:
    """Keep the place of a key, and of the tables that it opens on the way."""
    for length in range(known + 1, len(path) + 1):
        found.setdefault(path[:length], place)


def quote_after(line: str, open_quote: str | None) -> str | None:
    """Find the long string that is still open at the end of a line."""
    for match in LONG_QUOTE.finditer(line):
        if open_quote is None:
            open_quote = match[0]
        elif open_quote == match[0]:
            open_quote = None
    return open_quote
