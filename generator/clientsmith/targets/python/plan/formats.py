"""How Python spells the formats of strings, and content that is no text: one row each."""

from __future__ import annotations

from dataclasses import dataclass

from .expressions import Name, Symbol, builtin, core


@dataclass(frozen=True, slots=True)
class PythonFormat:
    """A format of strings."""

    symbol: Symbol
    """What responses give, and what requests take besides text."""
    example: str
    """A value that a request takes, as Python code."""


FORMATS = {
    "date-time": PythonFormat(Symbol("datetime", "datetime"), '"2030-01-31T12:00:00Z"'),
    "date": PythonFormat(Symbol("datetime", "date"), '"2030-01-31"'),
    "uuid": PythonFormat(Symbol("uuid", "UUID"), '"00000000-0000-4000-8000-000000000000"'),
    "decimal": PythonFormat(Symbol("decimal", "Decimal"), '"1.50"'),
    "duration": PythonFormat(Symbol("datetime", "timedelta"), '"PT1H"'),
    "base64": PythonFormat(builtin("bytes"), 'b"..."'),
    "binary": PythonFormat(builtin("bytes"), 'b"..."'),
}

BINARY = {
    "bytes": {"response": Name(builtin("bytes")), "request": Name(core("types", "FileContent"))},
    "file": {"response": Name(builtin("bytes")), "request": Name(core("types", "FileTypes"))},
}
"""Undecoded content, and parts of multipart bodies."""
