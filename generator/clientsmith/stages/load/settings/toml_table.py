"""One table of a settings file: values are read one by one; a wrong value and a key that nobody reads are issues."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, TypeVar

from ....data.document import Position
from ....data.issues import Issue
from ....data.suggestions import did_you_mean
from .toml_positions import KeyPath

T = TypeVar("T")

LONGEST = 40
"""Characters of a value that a hint shows."""
KIND_NAMES = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of text, in words and as a regular expression."""

    name: str
    expression: str

    def fits(self, text: str) -> bool:
        """Report whether a text is of this kind."""
        return re.fullmatch(self.expression, text) is not None


class SettingsFile:
    """The name of the file, where its keys stand, and the issues met so far."""

    def __init__(self, name: str, text: str, positions: Mapping[KeyPath, Position]) -> None:
        self.name = name
        self._lines = text.splitlines()
        self.issues: list[Issue] = []
        self._positions = positions

    def position(self, path: KeyPath) -> Position:
        """Find a key, or the closest table around it."""
        while path and path not in self._positions:
            path = path[:-1]
        return self._positions.get(path, Position(1, 1))

    def item_positions(self, path: KeyPath, items: Iterable[str]) -> list[Position]:
        """Find the items of a list of strings, in their order; the list itself for one that is written with escapes."""
        start = self.position(path)
        found = []
        line, column = start.line, start.column
        for item in items:
            place = self._find((f'"{item}"', f"'{item}'"), line, column)
            found.append(place or start)
            line, column = (place.line, place.column + 1) if place is not None else (line, column)
        return found

    def _find(self, texts: tuple[str, ...], line: int, column: int) -> Position | None:
        """Find the first of some texts at or behind a place."""
        for number in range(line, len(self._lines) + 1):
            start = column - 1 if number == line else 0
            places = [self._lines[number - 1].find(text, start) for text in texts]
            if any(place >= 0 for place in places):
                return Position(number, min(place for place in places if place >= 0) + 1)
        return None

    def report(self, code: str, message: str, path: KeyPath, hint: str | None = None) -> None:
        """Add an error at a key."""
        self.issues.append(
            Issue(
                code=code,
                severity="error",
                message=message,
                file=self.name,
                position=self.position(path),
                hint=hint,
            )
        )


class Table:
    """A table that is being read."""

    def __init__(self, file: SettingsFile, values: Mapping[str, Any], path: KeyPath = ()) -> None:
        self._file = file
        self._values = values
        self._known: list[str] = []
        self.path = path

    @property
    def position(self) -> Position:
        """Where the table starts."""
        return self._file.position(self.path)

    def position_of(self, key: str) -> Position:
        """Where a key of the table stands."""
        return self._file.position((*self.path, key))

    def positions(self) -> dict[str, Position]:
        """Where each key of the table stands."""
        return {key: self.position_of(key) for key in self._values}

    # --- single values -----------------------------------------------------------------------------------------------

    def text(self, key: str) -> str | None:
        """Read a string that is not empty."""
        value: str | None = self._take(key, "a string that is not empty", is_text)
        return value

    def possibly_empty(self, key: str) -> str | None:
        """Read a string."""
        value: str | None = self._take(key, "a string", lambda v: isinstance(v, str))
        return value

    def matching(self, key: str, pattern: Pattern) -> str | None:
        """Read a string of one kind."""
        value = self.possibly_empty(key) if pattern.fits("") else self.text(key)
        if value is None or pattern.fits(value):
            return value
        self.reject(key, f"'{dotted((*self.path, key))}' must be {pattern.name}", f"it is {value!r} now")
        return None

    def flag(self, key: str, default: bool = False) -> bool:
        """Read a boolean."""
        value: bool | None = self._take(key, "true or false", lambda v: isinstance(v, bool))
        return default if value is None else value

    def number(self, key: str, default: int) -> int:
        """Read a whole number, zero or more."""
        value = self.optional_number(key)
        return default if value is None else value

    def optional_number(self, key: str) -> int | None:
        """Read a whole number, zero or more, that need not be there."""
        value: int | None = self._take(key, "a whole number, zero or more", is_count)
        return value

    def seconds(self, key: str, most: int) -> float | None:
        """Read a number of seconds above 0, up to a number."""
        value: float | None = self._take(key, f"seconds above 0, at most {most}", lambda v: is_seconds(v, most))
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Read a list of strings."""
        value: list[str] | None = self._take(key, "a list of strings", is_texts)
        return None if value is None else tuple(value)

    def located_texts(self, key: str) -> list[tuple[str, Position]]:
        """Read a list of strings, each with its place."""
        texts = self.texts(key) or ()
        for text in texts:
            if not text.strip():
                self.reject(key, f"'{dotted((*self.path, key))}' holds an empty string", "leave it out")
        places = self._file.item_positions((*self.path, key), texts)
        return [(text, place) for text, place in zip(texts, places, strict=True) if text.strip()]

    def flag_or_texts(self, key: str) -> bool | tuple[str, ...]:
        """Read a boolean or a list of strings."""
        value: Any = self._take(key, "true, false or a list of strings", lambda v: isinstance(v, bool) or is_texts(v))
        return tuple(value) if isinstance(value, list) else bool(value)

    def text_or_false(self, key: str) -> str | Literal[False] | None:
        """Take a string, or false."""
        value: Any = self._take(key, "a string or false", lambda v: v is False or is_text(v))
        return False if value is False else value

    def choice(self, key: str, choices: tuple[T, ...], default: T) -> T:
        """Read one of several strings."""
        choice_text = " or ".join(f'"{choice}"' for choice in choices)
        value: T | None = self._take(key, choice_text, lambda v: isinstance(v, str) and v in choices)
        return default if value is None else value

    # --- tables ------------------------------------------------------------------------------------------------------

    def table(self, key: str) -> Table:
        """Read a table; an empty one if it is missing."""
        value: Mapping[str, Any] | None = self._take(key, "a table", is_table)
        return Table(self._file, value or {}, (*self.path, key))

    def values(self, key: str) -> Mapping[str, Any]:
        """Take a table whose keys and values are all the user's own, as it is."""
        value: Mapping[str, Any] | None = self._take(key, "a table", is_table)
        return {name: as_json(inner) for name, inner in (value or {}).items()}

    def has(self, key: str) -> bool:
        """Report whether a key is there; it is not taken."""
        return key in self._values

    def is_table(self, key: str) -> bool:
        """Report whether a value is a table; it is not taken."""
        return is_table(self._values.get(key))

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Read all tables that nobody has read yet: their names are the user's."""
        for key in self.rest():
            if is_table(self._values[key]):
                yield key, self.table(key)

    def rest(self) -> list[str]:
        """List the keys that nobody has read yet."""
        return [key for key in self._values if key not in self._known]

    # --- issues ------------------------------------------------------------------------------------------------------

    def require(self, key: str) -> None:
        """Report a key that must be there and is not."""
        if key not in self._values:
            subject = f"[{dotted(self.path)}] needs" if self.path else "the settings need"
            hint = f'add a line like: {key} = "..."'
            self._file.report("missing-setting", f"{subject} '{key}'", self.path, hint)

    def reject(self, key: str, message: str, hint: str | None = None) -> None:
        """Report a value that is wrong."""
        self._file.report("bad-setting", message, (*self.path, key), hint)

    def done(self) -> None:
        """Report all keys that nobody has read."""
        for key in self.rest():
            path = (*self.path, key)
            message = f"there is no setting '{dotted(path)}'"
            self._file.report("unknown-setting", message, path, hint_for(key, self._known))

    def _take(self, key: str, expected: str, fits: Callable[[Any], bool]) -> Any:
        """Read a value, or report that it is of the wrong kind."""
        self._known.append(key)
        value = self._values.get(key)
        if value is None or fits(value):
            return value
        kind = KIND_NAMES.get(type(value), "something else")
        hint = f"it is {short_text(value) or kind} now"
        self.reject(key, f"'{dotted((*self.path, key))}' must be {expected}", hint)
        return None


def dotted(path: KeyPath) -> str:
    """Write a key as in messages."""
    return ".".join(path)


def hint_for(key: str, known: Iterable[str]) -> str | None:
    """Name the key that may have been meant, or all there are."""
    names = list(dict.fromkeys(known))
    return did_you_mean(key, names) or (f"possible here: {', '.join(names)}" if names else None)


def short_text(value: object) -> str | None:
    """Write a short value as it may stand in the file; None for one that is better described."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value)
    text = str(value)
    return text if isinstance(value, int | float | list) and len(text) <= LONGEST else None


def is_text(value: object) -> bool:
    """Report whether a value is a string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_texts(value: object) -> bool:
    """Report whether a value is a list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_count(value: object) -> bool:
    """Report whether a value is a whole number, zero or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_seconds(value: object, most: int) -> bool:
    """Report whether a value is a number above 0, up to another one."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most


def as_json(value: Any) -> Any:
    """Give a value of TOML as JSON has it: dates and times as text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value


def is_table(value: object) -> bool:
    """Report whether a value is a table."""
    return isinstance(value, dict)
