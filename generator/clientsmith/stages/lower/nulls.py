"""The spellings of null: a schema's keywords go in, whether it allows null comes out."""

from __future__ import annotations

from typing import TypeAlias

from ...data.document import Json, Pointer
from .context import Lowering
from .reading import UNIONS, Keys, as_keys, items, listed_values, types

Subschemas: TypeAlias = list[tuple[Json, Pointer]]

NULL_KEYWORDS = frozenset(("type", "nullable", "const", "enum", "oneOf", "anyOf", "$ref", "$dynamicRef"))
"""Keywords that can allow null; a schema without them does not decide it."""


class Nulls:
    """Which targets and variants allow null; None for one that is being looked at."""

    def __init__(self, _lowering: Lowering) -> None:
        self.known: dict[Pointer, bool | None] = {}


def allows_null(lowering: Lowering, keys: Keys, pointer: Pointer) -> bool:
    """Report whether null is a value of a schema, in any spelling.

    A use of a definition that allows null allows it, too. A schema for nothing but null has a
    shape for that and is not nullable.
    """
    if NULL_KEYWORDS.isdisjoint(keys):
        return False
    if names_null(keys):
        return not is_null(lowering, keys, pointer)
    target = lowering.target(keys, pointer)
    if target is not None:
        return place_allows_null(lowering, lowering.node(target).value, target)
    for keyword in UNIONS:
        for variant, place in subschemas(keys, keyword, pointer):
            if is_null(lowering, variant, place) or place_allows_null(lowering, variant, place):
                return True
    return False


def place_allows_null(lowering: Lowering, value: Json, place: Pointer) -> bool:
    """Report whether a target or a variant allows null beside other values; each is looked at once."""
    if not isinstance(value, dict) or NULL_KEYWORDS.isdisjoint(value):
        return False
    known = lowering.state(Nulls).known
    if place not in known:
        known[place] = None
        known[place] = allows_null(lowering, value, place)
    return known[place] or False


def names_null(keys: Keys) -> bool:
    """Report whether a schema itself names null as one of its values."""
    named = keys.get("type")
    if keys.get("nullable") is True or named == "null" or (isinstance(named, list) and "null" in named):
        return True
    return None in listed_values(keys)


def is_null(lowering: Lowering, value: Json | Keys, pointer: Pointer) -> bool:
    """Report whether null is the only value of a schema."""
    end = as_keys(lowering.follow(value, pointer).value)
    listed = listed_values(end)
    if listed:
        return all(value is None for value in listed)
    return types(end) == ("null",) or end == {"nullable": True}


def subschemas(keys: Keys, keyword: str, pointer: Pointer) -> Subschemas:
    """Give the subschemas of a keyword whose value is a list, with their places."""
    if keyword not in keys:
        return []
    place = pointer.child(keyword)
    return [(value, place.child(index)) for index, value in enumerate(items(keys, keyword))]
