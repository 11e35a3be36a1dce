"""A schema taken apart: its keywords go in, all schema objects that hold together come out."""

from __future__ import annotations

from ...data.document import Pointer
from .context import Lowering
from .hierarchy import subtypes
from .notes import only_constrains
from .nulls import subschemas
from .objects import Conjunct
from .reading import Keys, as_keys, items, members, types

UNIONS = ("oneOf", "anyOf")
STRUCTURE = ("properties", "enum", "const", "items", "prefixItems", "patternProperties")


def is_conjunction(keys: Keys) -> bool:
    """Tell whether several schemas hold at once, each with something to say about the type."""
    if items(keys, "allOf"):
        return True
    choices = sum(is_choice(keys, keyword) for keyword in UNIONS)
    if "$ref" in keys:
        return choices > 0 or has_structure(keys) or bool(keys.get("required"))
    return choices > 1 or (choices == 1 and (has_structure(keys) or has_plain_type(keys)))


def is_choice(keys: Keys, keyword: str) -> bool:
    """Tell whether a schema has variants that say something about the type."""
    return bool(items(keys, keyword)) and not only_constrains(keys, keyword)


def has_structure(keys: Keys) -> bool:
    """Tell whether a schema says what is inside its values."""
    return any(keys.get(name) for name in STRUCTURE) or "const" in keys or (
        bool(members(keys, "additionalProperties"))
    )  # fmt: skip


def has_plain_type(keys: Keys) -> bool:
    """Tell whether `type` names something else than an object."""
    return bool(set(types(keys)) - {"object", "null"})


def constrains_type(keys: Keys) -> bool:
    """Tell whether a part of `allOf` says more than words, flags and `type: object`."""
    return (
        "$ref" in keys
        or bool(items(keys, "allOf"))
        or has_structure(keys)
        or has_plain_type(keys)
        or bool(keys.get("required"))
        or any(is_choice(keys, keyword) for keyword in UNIONS)
    )


def conjuncts_of(lowering: Lowering, keys: Keys, pointer: Pointer, trail: tuple[Pointer, ...]) -> list[Conjunct]:
    """Take a schema apart into all that hold at once, in document order; `trail` leads to it."""
    own = {name: value for name, value in keys.items() if name not in ("allOf", "$ref")}
    if len(trail) > 1 and variants_are_subtypes(lowering, keys, pointer):
        own = {name: value for name, value in own.items() if name not in UNIONS}
    inner = referenced_conjuncts(lowering, keys, pointer, trail)
    for value, place in subschemas(keys, "allOf", pointer):
        if isinstance(value, dict):
            inner += conjuncts_of(lowering, value, place, trail)
    mine = Conjunct(own, pointer, inline=len(trail) == 1)
    return [mine, *inner] if starts_with_own(keys) else [*inner, mine]


def starts_with_own(keys: Keys) -> bool:
    """Tell whether a schema writes its own members before those it takes over."""
    for name in keys:
        if name in ("allOf", "$ref"):
            return False
        if name == "properties":
            return True
    return True


def referenced_conjuncts(
    lowering: Lowering, keys: Keys, pointer: Pointer, trail: tuple[Pointer, ...]
) -> list[Conjunct]:
    """Take the target of a `$ref` apart, unless it is being taken apart already."""
    target = lowering.target(keys, pointer)
    if target is None:
        return []
    if target in trail:
        message = f"the schema is a part of itself: '{target}' takes over '{trail[-1]}'"
        hint = "take this reference out of 'allOf'"
        lowering.error("recursive-all-of", message, pointer, hint=hint)
        return []
    return conjuncts_of(lowering, as_keys(lowering.node(target).value), target, (*trail, target))


def variants_are_subtypes(lowering: Lowering, keys: Keys, pointer: Pointer) -> bool:
    """Tell whether the variants of a schema take it over in `allOf`: then it only lists its kinds."""
    heirs = subtypes(lowering, pointer)
    return any(
        lowering.target(as_keys(value), place) in heirs
        for keyword in UNIONS
        for value, place in subschemas(keys, keyword, pointer)
    )
