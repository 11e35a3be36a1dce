"""What a parser hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...data.document import Json, Position


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that a mapping has twice; the last value counts."""

    path: str
    """The pointer's text."""
    key: str
    first: Position
    second: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A value, with what a person should know about its text."""

    value: Json
    duplicates: tuple[Duplicate, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    """By pointer path; empty unless asked for."""


HINTS = {
    "bad-json": "look here and at the end of the line before: members are separated by commas, without one at the end",
    "bad-yaml": "look here and at the line before: indentation, quotes, brackets, a colon inside text",
    "bad-number": "write it as text, in quotes",
    "bad-tag": "leave it out",
    "bad-key": "write the key as plain text",
    "bad-alias": "an alias comes after the value that has the anchor",
    "too-deep": "move inner values to components, and refer to them",
    "too-many-aliases": "write '$ref' instead of aliases",
}
"""What to do, by code."""


class BadText(Exception):
    """The text breaks the rules of its format."""

    def __init__(self, code: str, message: str, position: Position | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.position = position
        self.hint = hint or HINTS.get(code)
