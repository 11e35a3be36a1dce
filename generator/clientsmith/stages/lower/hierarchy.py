"""Which schemas extend others in `allOf`: a schema goes in, its subtypes, or whether it is one, come out."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.document import Pointer
from .context import Lowering
from .nulls import subschemas
from .reading import as_keys

CHOICE_KEYWORDS = frozenset(("discriminator", "oneOf", "anyOf"))


class Hierarchy:
    """Which component extends which, in both directions."""

    def __init__(self, lowering: Lowering) -> None:
        self._lowering = lowering
        self._parents: dict[Pointer, tuple[Pointer, ...]] = {}
        self._subtypes: dict[Pointer, Mapping[Pointer, None]] = {}
        self._variants: dict[Pointer, bool] = {}
        self._children: dict[Pointer, list[Pointer]] = {}
        for component in lowering.components:
            for parent in self.parents(component):
                self._children.setdefault(parent, []).append(component)

    def parents(self, pointer: Pointer) -> tuple[Pointer, ...]:
        """List the schemas that the `allOf` of a schema names; aliases count as what they stand for."""
        known = self._parents.get(pointer)
        if known is None:
            known = self._parents[pointer] = tuple(dict.fromkeys(self._find_parents(pointer)))
        return known

    def _find_parents(self, pointer: Pointer) -> list[Pointer]:
        lowering = self._lowering
        keys = as_keys(lowering.node(pointer).value)
        return [
            lowering.follow(value, place).pointer
            for value, place in subschemas(keys, "allOf", pointer)
            if lowering.target(as_keys(value), place) is not None
        ]

    def subtypes(self, parent: Pointer) -> Mapping[Pointer, None]:
        """List the components that extend a schema, directly or through others, parents first."""
        if parent not in self._children:
            return {}
        known = self._subtypes.get(parent)
        if known is None:
            known = self._subtypes[parent] = descendants(self._children, parent)
            self._lowering.budget.spend(len(known), parent)
        return known

    def is_variant(self, component: Pointer) -> bool:
        """Report whether a component extends a schema that has a discriminator, `oneOf` or `anyOf`.

        It is one of the variants of that schema then, and no mere alias.
        """
        known = self._variants.get(component)
        if known is None:
            self._variants[component] = False  # Where components extend each other in a circle.
            known = self._has_choice_above(component)
            self._variants[component] = known
        return known

    def _has_choice_above(self, component: Pointer) -> bool:
        parents = self.parents(component)
        if any(self._has_choice(parent) for parent in parents):
            return True
        # A list: inside of a generator, recursion would take the stack of C, which is short.
        return True in [self.is_variant(parent) for parent in parents]

    def _has_choice(self, pointer: Pointer) -> bool:
        return not CHOICE_KEYWORDS.isdisjoint(as_keys(self._lowering.node(pointer).value))


def descendants(children: dict[Pointer, list[Pointer]], parent: Pointer) -> dict[Pointer, None]:
    """List all that can be reached from a schema, itself left out, nearest first."""
    found: dict[Pointer, None] = {}
    pending = [*children[parent]]
    for child in pending:  # It grows.
        if child not in found and child != parent:
            found[child] = None
            pending += children.get(child, ())
    return found


def subtypes(lowering: Lowering, parent: Pointer) -> Mapping[Pointer, None]:
    """List the components that extend a schema, directly or through others, parents first."""
    return lowering.state(Hierarchy).subtypes(parent)


def is_variant(lowering: Lowering, component: Pointer) -> bool:
    """Report whether a component is one of the variants of a schema that it extends."""
    return lowering.state(Hierarchy).is_variant(component)
