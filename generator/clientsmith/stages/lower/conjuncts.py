"""Conjuncts: the keywords of a schema go in; it and all that its `$ref` and `allOf` name come out."""

from __future__ import annotations

from collections.abc import Sequence

from ...data.document import Pointer
from .conditional import has_conditional_members
from .context import Lowering
from .hierarchy import subtypes
from .notes import only_constrains
from .nulls import subschemas
from .objects import Conjunct
from .reading import UNION_KEYWORDS, UNIONS, Keys, as_keys, child_keys, items, types

CONJUNCTS_OF_A_SCHEMA = 20
"""So many conjuncts are as much work as one schema."""
STRUCTURE = ("properties", "enum", "const", "items", "prefixItems", "patternProperties")


def is_conjunction(keys: Keys) -> bool:
    """Report whether several schemas hold at once, and each constrains the type."""
    if items(keys, "allOf"):
        return True
    choices = sum(is_choice(keys, keyword) for keyword in UNIONS)
    if "$ref" in keys:
        return choices > 0 or has_structure(keys) or bool(keys.get("required"))
    return choices > 1 or (choices == 1 and (has_structure(keys) or has_plain_type(keys)))


def is_choice(keys: Keys, keyword: str) -> bool:
    """Report whether a schema has variants that constrain the type."""
    return bool(items(keys, keyword)) and not only_constrains(keys, keyword)


def has_structure(keys: Keys) -> bool:
    """Report whether a schema describes the parts of its values."""
    return any(keys.get(name) for name in STRUCTURE) or "const" in keys or (
        bool(child_keys(keys, "additionalProperties")) or has_conditional_members(keys)
    )  # fmt: skip


def has_plain_type(keys: Keys) -> bool:
    """Report whether `type` names something else than an object."""
    return bool(set(types(keys)) - {"object", "null"})


def constrains_type(keys: Keys) -> bool:
    """Report whether a part of `allOf` has more than documentation, flags and `type: object`."""
    return (
        "$ref" in keys
        or bool(items(keys, "allOf"))
        or has_structure(keys)
        or has_plain_type(keys)
        or bool(keys.get("required"))
        or any(is_choice(keys, keyword) for keyword in UNIONS)
    )


class Flattening:
    """What was taken apart so far: each target of a reference is, once."""

    def __init__(self, _lowering: Lowering) -> None:
        self.of_target: dict[Pointer, tuple[Conjunct, ...]] = {}
        self.trail: dict[Pointer, None] = {}
        """The places that are being taken apart, each named by the one before."""


def conjuncts_of(lowering: Lowering, keys: Keys, pointer: Pointer) -> list[Conjunct]:
    """Take a schema apart into all that hold at once, in document order, each place once."""
    trail = lowering.state(Flattening).trail
    trail[pointer] = None
    found = local_conjuncts(lowering, keys, pointer, inline=True)
    trail.clear()
    return distinct(lowering, found, pointer)


def local_conjuncts(lowering: Lowering, keys: Keys, pointer: Pointer, *, inline: bool) -> list[Conjunct]:
    """Take a schema object apart, and what it names; what several of them name is repeated."""
    local = {name: value for name, value in keys.items() if name not in ("allOf", "$ref")}
    if not inline and variants_are_subtypes(lowering, keys, pointer):
        local = {name: value for name, value in local.items() if name not in UNIONS}
    inner = [*target_conjuncts(lowering, keys, pointer)]
    for value, place in subschemas(keys, "allOf", pointer):
        if isinstance(value, dict):
            inner += local_conjuncts(lowering, value, place, inline=inline)
    conjunct = Conjunct(local, pointer, inline=inline)
    return [conjunct, *inner] if starts_with_members(keys) else [*inner, conjunct]


def target_conjuncts(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[Conjunct, ...]:
    """Take the target of a `$ref` apart, unless it is being taken apart already."""
    target = lowering.target(keys, pointer)
    if target is None:
        return ()
    state = lowering.state(Flattening)
    if target in state.trail:
        last = next(reversed(state.trail))
        message = f"the schema is a part of itself: '{target}' extends '{last}'"
        hint = "take this reference out of 'allOf'"
        lowering.error("recursive-all-of", message, pointer, hint=hint)
        return ()
    known = state.of_target.get(target)
    if known is None:
        state.trail[target] = None
        found = local_conjuncts(lowering, as_keys(lowering.node(target).value), target, inline=False)
        state.trail.popitem()
        known = state.of_target[target] = tuple(distinct(lowering, found, target))
    return known


def distinct(lowering: Lowering, found: Sequence[Conjunct], pointer: Pointer) -> list[Conjunct]:
    """Keep each place once; a schema that holds twice constrains nothing more."""
    lowering.budget.spend(len(found) // CONJUNCTS_OF_A_SCHEMA, pointer)
    kept: dict[Pointer, Conjunct] = {}
    for conjunct in found:
        if conjunct.inline or conjunct.pointer not in kept:
            kept[conjunct.pointer] = conjunct
    return list(kept.values())


def starts_with_members(keys: Keys) -> bool:
    """Report whether a schema lists its own members before those that it inherits."""
    for name in keys:
        if name in ("allOf", "$ref"):
            return False
        if name == "properties":
            return True
    return True


def variants_are_subtypes(lowering: Lowering, keys: Keys, pointer: Pointer) -> bool:
    """Report whether the variants of a schema extend it: its union lists its subtypes then, without constraints."""
    if UNION_KEYWORDS.isdisjoint(keys):
        return False
    extending = subtypes(lowering, pointer)
    return any(
        lowering.target(as_keys(value), place) in extending
        for keyword in UNIONS
        for value, place in subschemas(keys, keyword, pointer)
    )
