"""How deep values are nested, and how long their places are.

What is deeper or longer than people write is an error where it is read or made.
"""

from __future__ import annotations

from .pointer import Json

MAX_NESTING = 400
"""Containers inside containers; no document that a person wrote comes near it."""


FREE_PLACES, COPIES_OF_PLACES = 30_000_000, 20
"""The places in any file may have so many characters together, and so many times those of the file more."""


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


def most_places(size: int) -> int:
    """Give how many characters the places of a file of `size` characters may have together."""
    return FREE_PLACES + size * COPIES_OF_PLACES


def has_long_places(value: Json, most: int) -> bool:
    """Report whether the pointers to all values have more than `most` characters together, without their last steps.

    Each stage makes them, so a long key costs its length for everything below it.
    """
    total = 0
    level = [(value, 0)]
    while level and total <= most:
        total += sum(length * len(inside(outer)) for outer, length in level)
        level = [inner for outer, length in level for inner in _below(outer, length)]
    return total > most


def _below(outer: Json, length: int) -> list[tuple[Json, int]]:
    """Give the containers in a container, each with the length of its place."""
    if isinstance(outer, dict):
        return [(inner, length + len(key)) for key, inner in outer.items() if isinstance(inner, dict | list)]
    return [(inner, length) for inner in inside(outer) if isinstance(inner, dict | list)]


def longest_key(value: Json) -> str:
    """Find the longest key in a value."""
    longest = ""
    level = [value]
    while level:
        longest = max([longest, *(key for outer in level if isinstance(outer, dict) for key in outer)], key=len)
        level = [inner for outer in level for inner in inside(outer) if isinstance(inner, dict | list)]
    return longest
