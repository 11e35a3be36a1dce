"""Values go in, TOML comes out. Every text of a config passes here: it becomes a value, a key or a comment."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from ..data.pointer import Json

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
WIDTH = 110


def key(name: str) -> str:
    """Write a key, in quotes where it must be."""
    return name if _BARE.fullmatch(name) else text(name)


def text(value: str) -> str:
    """Write a basic string; what is no character of Unicode is replaced."""
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    return character if character.isprintable() else (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def value(given: Json) -> str:
    """Write a value. TOML has no null: a member that is null is left out."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, int | float):
        return number(given)
    if isinstance(given, str):
        return text(given)
    if isinstance(given, Mapping):
        members = [f"{key(name)} = {value(inner)}" for name, inner in given.items() if inner is not None]
        return f"{{ {', '.join(members)} }}" if members else "{}"
    if isinstance(given, Sequence):
        return listed([value(item) for item in given if item is not None])
    return '""'


def number(given: int | float) -> str:
    """Write a number; one that is none, as YAML has them, is as in TOML."""
    if math.isnan(given):
        return "nan"
    return {"inf": "inf", "-inf": "-inf"}.get(str(given), str(given))


def listed(items: Sequence[str]) -> str:
    """Write a list, on several lines where one is not enough."""
    line = f"[{', '.join(items)}]"
    if len(line) <= WIDTH:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def comment(words: str) -> list[str]:
    """Write a comment, one line for each of the text; what cannot be displayed is left out."""
    return [f"# {''.join(c for c in line if c.isprintable())}".rstrip() for line in words.splitlines()]


class Table:
    """A table of the file: its keys in the order in which they are set, and those of the tables below it."""

    def __init__(self, path: tuple[str, ...], about: str = "") -> None:
        self.path = path
        self.about = about
        self.lines: list[str] = []

    def set(self, name: str, given: Json, about: str = "") -> None:
        """Set a key, unless there is nothing to say."""
        if given is not None:
            self.lines += [*comment(about), f"{key(name)} = {value(given)}"]

    def written(self) -> list[str]:
        """Write the table with its head; nothing where it has no keys."""
        if not self.lines:
            return []
        head = [f"[{'.'.join(map(key, self.path))}]"] if self.path else []
        return [*comment(self.about), *head, *self.lines, ""]
