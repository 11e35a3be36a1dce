"""How deep values are nested: what is deeper than people write is an error where it is read or made."""

from __future__ import annotations

from .pointer import Json

MAX_NESTING = 400
"""Containers inside containers; no document that a person wrote comes near it."""


def nesting(value: Json) -> int:
    """Count how deep containers are nested, as far as the limit."""
    level: list[Json] = [value]
    depth = 0
    while level and depth <= MAX_NESTING:
        level = [inner for outer in level for inner in inside(outer) if isinstance(inner, dict | list)]
        depth += 1
    return depth


def inside(value: Json) -> list[Json]:
    """List what a container holds."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
