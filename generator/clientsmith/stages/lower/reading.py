"""Typed looks into loosely validated JSON: a value of the wrong type reads as absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ...data.document import Json

Keys: TypeAlias = Mapping[str, Json]
"""The members of a JSON object, mostly of a schema."""

NOTHING: Keys = {}
UNIONS = ("oneOf", "anyOf")
UNION_KEYWORDS = frozenset(UNIONS)


def text(keys: Keys, name: str) -> str | None:
    """Give a member that is text and not empty."""
    value = keys.get(name)
    return value if isinstance(value, str) and value else None


def flag(keys: Keys, name: str) -> bool:
    """Report whether a member is true."""
    return keys.get(name) is True


def number(keys: Keys, name: str) -> int | float | None:
    """Give a member that is a number."""
    value = keys.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def whole(keys: Keys, name: str) -> int | None:
    """Give a member that is a whole number."""
    value = number(keys, name)
    return int(value) if value is not None and value == value // 1 else None


def child_keys(keys: Keys, name: str) -> Keys:
    """Give a member that is an object, else an empty one."""
    value = keys.get(name)
    return value if isinstance(value, dict) else NOTHING


def items(keys: Keys, name: str) -> Sequence[Json]:
    """Give a member that is a list, else an empty one."""
    value = keys.get(name)
    return value if isinstance(value, list) else ()


def texts(keys: Keys, name: str) -> tuple[str, ...]:
    """Give the texts of a member that is a list."""
    return tuple([value for value in items(keys, name) if isinstance(value, str)])


def listed_values(keys: Keys) -> Sequence[Json]:
    """Give the values of `const` or `enum`."""
    return [keys["const"]] if "const" in keys else items(keys, "enum")


def as_keys(value: Json | Keys) -> Keys:
    """Give an object as it is, anything else as an empty one."""
    return value if isinstance(value, dict) else NOTHING


def types(keys: Keys) -> tuple[str, ...]:
    """Give the names in `type`, which may be one text or a list."""
    value = keys.get("type")
    if isinstance(value, str):
        return (value,)
    return texts(keys, "type")
