"""Which schemas take others over in `allOf`: a parent goes in, its subtypes come out."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.document import Pointer
from .context import Lowering
from .nulls import subschemas
from .reading import as_keys

CHOICE_KEYWORDS = frozenset(("discriminator", "oneOf", "anyOf"))


def subtypes(lowering: Lowering, parent: Pointer) -> tuple[Pointer, ...]:
    """List the components that take a schema over, directly or through others, parents first."""
    if lowering.heirs is None:
        lowering.heirs = direct_subtypes(lowering)
    found: dict[Pointer, None] = {}
    pending = list(lowering.heirs.get(parent, ()))
    while pending:
        heir = pending.pop(0)
        if heir not in found and heir != parent:
            found[heir] = None
            pending += lowering.heirs.get(heir, ())
    return tuple(found)


def direct_subtypes(lowering: Lowering) -> dict[Pointer, tuple[Pointer, ...]]:
    """List for each schema the components whose `allOf` names it."""
    heirs: dict[Pointer, list[Pointer]] = {}
    for component in lowering.components:
        for parent in parents(lowering, component):
            heirs.setdefault(parent, []).append(component)
    return {parent: tuple(names) for parent, names in heirs.items()}


def parents(lowering: Lowering, component: Pointer) -> Mapping[Pointer, None]:
    """List the schemas that a component's `allOf` names; aliases count as what they stand for."""
    keys = as_keys(lowering.node(component).value)
    found: dict[Pointer, None] = {}
    for value, place in subschemas(keys, "allOf", component):
        target = lowering.target(as_keys(value), place)
        if target is not None:
            found[lowering.follow(value, place).pointer] = None
    return found


def is_subtype(lowering: Lowering, component: Pointer) -> bool:
    """Tell whether a component takes over a schema that lists its kinds: then it is one of them, and no alias."""
    pending, seen = [component], {component}
    while pending:
        for parent in parents(lowering, pending.pop()):
            keys = as_keys(lowering.node(parent).value)
            if not CHOICE_KEYWORDS.isdisjoint(keys):
                return True
            if parent not in seen:
                seen.add(parent)
                pending.append(parent)
    return False
