"""Values as people read them, in messages and documentation: JSON goes in, short text comes out."""

from __future__ import annotations

import json

from .document import Json


def shortened_json(value: Json, longest: int) -> str:
    """Write a value as JSON; what is longer than `longest` characters ends with dots."""
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= longest else written[: longest - 3] + "..."
