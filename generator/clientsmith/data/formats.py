"""Formats of strings that change a type: one row each. The others are documentation only.

A further format is a row here, a row in `targets/python/plan/formats.py` and a codec in `runtime/scalars.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .types import Side

FormatChoice = Literal["native", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: how documents write it, and what becomes of its values."""

    name: str
    """The name of the format, and of its setting."""
    spellings: tuple[str, ...] = ()
    """What else documents call it."""
    sides: tuple[Side, ...]
    """Where values are more than text by default: `response` gives the native value, `request` takes it, too."""
    native: str | None = None
    """What the settings call the native value; None where there is no choice."""
    implies_text: bool = True
    """True where a schema with the format, but without a type, is one of strings."""
    example: str = ""
    """A value as JSON has it, for examples; nothing for content that is no text."""
    is_encoding: bool = False
    """True for bytes in another encoding than base64: where they stand says in which."""
    is_secret: bool = True
    """True where values that are only ever sent may be secrets, as all text may be."""


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format(
            name="date-time",
            sides=("response", "request"),
            native="datetime",
            example="2030-01-31T12:00:00Z",
            is_secret=False,
        ),
        Format(name="date", sides=("response", "request"), native="date", example="2030-01-31", is_secret=False),
        Format(name="uuid", sides=("request",), native="UUID", example="00000000-0000-4000-8000-000000000000"),
        Format(name="decimal", sides=("request",), native="Decimal", example="1.50", implies_text=False),
        Format(name="duration", sides=("request",), native="timedelta", example="PT1H"),
        # Encoded bytes: responses give their text as it came.
        Format(name="base64", spellings=("byte",), sides=("request",), example="SGVsbG8=", is_secret=False),
        Format(name="base64url", sides=("request",), example="SGVsbG8=", is_secret=False, is_encoding=True),
        Format(name="base32", sides=("request",), example="JBSWY3DP", is_secret=False, is_encoding=True),
        Format(name="base32hex", sides=("request",), example="91IMOR3F", is_secret=False, is_encoding=True),
        Format(
            name="base16", spellings=("hex",), sides=("request",), example="48656C", is_secret=False, is_encoding=True
        ),
        Format(name="quoted-printable", sides=("request",), example="Hello", is_secret=False, is_encoding=True),
        Format(name="binary", sides=("request",), is_secret=False),
    )
}

SPELLINGS: Mapping[str, str] = {
    spelling: row.name for row in FORMATS.values() for spelling in (row.name, *row.spellings)
}
"""What documents call a format: its name here."""


def native_sides(choices: Mapping[str, FormatChoice]) -> Mapping[str, tuple[Side, ...]]:
    """Give the sides on which each format is more than text, under the choices of the settings."""
    chosen: dict[FormatChoice, tuple[Side, ...]] = {"native": ("response", "request"), "text": ()}
    return {name: chosen[choices[name]] if name in choices else row.sides for name, row in FORMATS.items()}
