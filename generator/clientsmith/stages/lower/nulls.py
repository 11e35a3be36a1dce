"""The spellings of null: a schema's keywords go in, whether it allows null comes out."""

from __future__ import annotations

from ...data.document import Json, Pointer
from .context import Lowering
from .reading import Keys, as_keys, flag, items, types

FURTHEST = 20
"""Steps from schema to schema that are followed to find a null."""


def allows_null(lowering: Lowering, keys: Keys, pointer: Pointer, steps: int = 0) -> bool:
    """Tell whether null is a value of a schema, in any spelling.

    A use of a definition that allows null allows it, too. A schema for nothing but null has a
    shape for that and is not nullable.
    """
    if names_null(keys):
        return not is_null(lowering, keys, pointer)
    if steps > FURTHEST:
        return False
    target = lowering.target(keys, pointer)
    if target is not None:
        node = lowering.node(target)
        return isinstance(node.value, dict) and allows_null(lowering, node.value, target, steps + 1)
    return any(
        is_null(lowering, variant, place) or variant_allows_null(lowering, variant, place, steps)
        for keyword in ("oneOf", "anyOf")
        for variant, place in subschemas(keys, keyword, pointer)
    )


def variant_allows_null(lowering: Lowering, variant: Json, place: Pointer, steps: int) -> bool:
    """Tell whether one variant of a union allows null beside other values."""
    return isinstance(variant, dict) and allows_null(lowering, variant, place, steps + 1)


def names_null(keys: Keys) -> bool:
    """Tell whether a schema itself names null as one of its values."""
    if flag(keys, "nullable") or "null" in types(keys):
        return True
    if "const" in keys:
        return keys["const"] is None
    return None in items(keys, "enum")


def is_null(lowering: Lowering, value: Json | Keys, pointer: Pointer) -> bool:
    """Tell whether null is the only value of a schema."""
    end = as_keys(lowering.follow(value, pointer).value)
    if "const" in end:
        return end["const"] is None
    listed_values = items(end, "enum")
    if listed_values:
        return all(item is None for item in listed_values)
    return types(end) == ("null",) or end == {"nullable": True}


def subschemas(keys: Keys, keyword: str, pointer: Pointer) -> list[tuple[Json, Pointer]]:
    """Give the subschemas of a keyword whose value is a list, with their places."""
    place = pointer.child(keyword)
    return [(value, place.child(index)) for index, value in enumerate(items(keys, keyword))]
