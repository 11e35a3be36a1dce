"""How Python spells the formats of strings, and content that is no text: one row each."""

from __future__ import annotations

from dataclasses import dataclass

from ....data.formats import FORMATS as ROWS
from ....data.text import literal
from .expressions import Name, Symbol, builtin, core


@dataclass(frozen=True, slots=True)
class PythonFormat:
    """A format of strings."""

    symbol: Symbol
    """What responses give, and what requests take besides text."""
    example: str
    """A value that a request takes, as Python code."""


def _text(name: str) -> str:
    return literal(ROWS[name].example)


FORMATS = {
    "date-time": PythonFormat(Symbol("datetime", "datetime"), _text("date-time")),
    "date": PythonFormat(Symbol("datetime", "date"), _text("date")),
    "uuid": PythonFormat(Symbol("uuid", "UUID"), _text("uuid")),
    "decimal": PythonFormat(Symbol("decimal", "Decimal"), _text("decimal")),
    "duration": PythonFormat(Symbol("datetime", "timedelta"), _text("duration")),
    "base64": PythonFormat(builtin("bytes"), 'b"..."'),
    **{name: PythonFormat(builtin("bytes"), 'b"..."') for name, row in ROWS.items() if row.is_encoding},
    "binary": PythonFormat(builtin("bytes"), 'b"..."'),
}

BINARY = {
    "bytes": {"response": Name(builtin("bytes")), "request": Name(core("types", "FileContent"))},
    "file": {"response": Name(builtin("bytes")), "request": Name(core("types", "FileTypes"))},
}
"""Undecoded content, and parts of multipart bodies."""
