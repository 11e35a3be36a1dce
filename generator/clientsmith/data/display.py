"""Values as people read them, in messages and documentation: JSON goes in, short text comes out."""

from __future__ import annotations

import json

from .document import Json

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def shortened_json(value: Json, longest: int) -> str:
    """Write a value as JSON; what is longer than `longest` characters ends with dots, and is not written to its end."""
    written = _beginning(value, longest)
    return written if len(written) <= longest else shortened_text(written, longest)


def is_longer(value: Json, longest: int) -> bool:
    """Report whether a text has more characters, or another value as JSON."""
    return len(value if isinstance(value, str) else _beginning(value, longest)) > longest


def shortened_text(text: str, longest: int) -> str:
    """Cut a text that is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


def _beginning(value: Json, length: int) -> str:
    """Write a value as JSON, to its end or beyond so many characters."""
    if not isinstance(value, dict | list):
        return _ENCODER.encode(value[: length + 1] if isinstance(value, str) else value)
    written = ""
    for part in _ENCODER.iterencode(value):
        written += part
        if len(written) > length:
            break
    return written
