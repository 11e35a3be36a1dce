"""Formats of strings that change a type: one row each. The others are documentation only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .types import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format, and the sides on which values are more than text unless the settings say otherwise."""

    name: str
    sides: tuple[Side, ...]
    """`response`: responses give the native value. `request`: requests take it, besides text."""


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format(name="date-time", sides=("response", "request")),
        Format(name="date", sides=("response", "request")),
        # Encoded bytes: responses give their text as it came.
        Format(name="base64", sides=("request",)),
        Format(name="binary", sides=("request",)),
    )
}
