"""Finds where the values of a JSON text stand, without a walk over the parts that nobody asks for."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...data.pointer import Position, escape
from .parsed import Duplicate

# Possessive repeats (`++`, `*+`) keep nothing to go back to: runs may be as long as the text.
STRING = r'"(?:[^"\\]++|\\.)*+"'
BRACKET = re.compile(rf'(?:[^"{{}}\[\]]++|{STRING})*+[{{}}\[\]]', re.DOTALL)
"""Everything up to the next bracket that is no part of a string."""
KEY = re.compile(rf"[\s,]*+({STRING})\s*+:", re.DOTALL)
VALUE = re.compile(rf'[\s,]*+({STRING}|[{{\[]|[^\s{{}}\[\]:,"]++)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of an object or an item of an array: offsets in the text."""

    step: str
    """The key or the index, as a step of a JSON Pointer."""
    start: int
    """Where a person finds it: its key where it has one."""
    value: int


class JsonPositions(Mapping[str, Position]):
    """Positions by pointer path, of a text that is known to be JSON: a member stands where its key does.

    One quick pass pairs the brackets. After that a look-up reads the entries of the containers on its way, and jumps
    over all others: a table of all values would take seconds and hundreds of megabytes, and a run asks for a few.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._entries: dict[int, dict[str, Entry]] = {}
        """Of the containers that were read, by their offset. Of two members with one key, the last one counts."""

    def __getitem__(self, path: str) -> Position:
        found = self._root
        for step in path.split("/")[1:]:
            found = self._entries_by_step(found.value)[step]
        return self._position(found.start)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(path for path, _ in self._walk("", self._root)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def duplicates(self) -> list[Duplicate]:
        """Find the keys that an object has more than once, in their order."""
        found = [duplicate for path, entry in self._walk("", self._root) for duplicate in self._repeated(path, entry)]
        return sorted(found, key=lambda duplicate: duplicate.second)

    def _repeated(self, path: str, container: Entry) -> Iterator[Duplicate]:
        first: dict[str, Entry] = {}
        for entry in self._read(container.value):
            before = first.setdefault(entry.step, entry)
            if before is not entry:
                places = self._position(before.start), self._position(entry.start)
                yield Duplicate(f"{path}/{entry.step}", plain_key(self._text, entry.start), *places)

    @cached_property
    def _root(self) -> Entry:
        value = VALUE.match(self._text)
        assert value is not None, "the text is JSON"
        return Entry("", value.start(1), value.start(1))

    def _walk(self, path: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
        """Give every value with its path, containers before what they hold."""
        yield path, entry
        for inner in self._read(entry.value):
            yield from self._walk(f"{path}/{inner.step}", inner)

    def _entries_by_step(self, offset: int) -> Mapping[str, Entry]:
        if offset not in self._entries:
            self._entries[offset] = {entry.step: entry for entry in self._read(offset)}
        return self._entries[offset]

    def _read(self, offset: int) -> Iterator[Entry]:
        """Read the entries of the container that begins at an offset; a value of another kind has none."""
        kind = self._text[offset]
        if kind not in "{[":
            return
        end, place, number = self._end(offset), offset + 1, 0
        while True:
            key = KEY.match(self._text, place, end) if kind == "{" else None
            value = VALUE.match(self._text, key.end() if key else place, end)
            if value is None:
                return
            step = escape(plain_key(self._text, key.start(1))) if key else str(number)
            yield Entry(step, key.start(1) if key else value.start(1), value.start(1))
            place = self._end(value.start(1)) if value[1] in "{[" else value.end()
            number += 1

    # --- brackets and lines

    @cached_property
    def _brackets(self) -> tuple[array[int], array[int]]:
        """Offsets of the opening brackets, in their order, and of what follows the closing one of each."""
        begins, ends, unclosed = array("q"), array("q"), []
        for match in BRACKET.finditer(self._text):
            if match[0][-1] in "{[":
                unclosed.append(len(begins))
                begins.append(match.end() - 1)
                ends.append(0)
            else:
                ends[unclosed.pop()] = match.end()
        return begins, ends

    def _end(self, offset: int) -> int:
        """Give the offset of what follows the container that begins at an offset."""
        begins, ends = self._brackets
        return ends[bisect_left(begins, offset)]

    @cached_property
    def _lines(self) -> array[int]:
        """Offsets of the beginnings of all lines."""
        return array("q", [0, *(match.end() for match in re.finditer("\n", self._text))])

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)


STRING_AT = re.compile(STRING, re.DOTALL)


def plain_key(text: str, offset: int) -> str:
    """Read the key at an offset; most have no escapes, and a parser for each would take half of the time."""
    match = STRING_AT.match(text, offset)
    assert match is not None, "the text is JSON"
    key: str = json.loads(match[0], strict=False) if "\\" in match[0] else match[0][1:-1]
    return key
