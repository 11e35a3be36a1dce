"""Discriminators: which value selects which variant of a union."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...data.document import Pointer
from ...data.schemas import Discriminator, ReferenceShape, Schema, UnionShape
from .offers import Offers
from .places import At
from .shapes import describe, listed

Report = Callable[[str, At, Pointer, Pointer, str, str], None]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A union on one side, or what takes its place."""

    schema: Schema
    offers: Offers

    @property
    def discriminator(self) -> Discriminator | None:
        """What distinguishes its variants."""
        return self.schema.shape.discriminator if isinstance(self.schema.shape, UnionShape) else None

    def values(self, variant: Schema) -> list[str]:
        """Give the values that select a variant."""
        if self.discriminator is None or not isinstance(variant.shape, ReferenceShape):
            return []
        return [value for value, target in self.discriminator.mapping if target == variant.shape.target]

    def name(self, variant: Schema) -> str:
        """Name a variant."""
        return describe(variant, self.offers.by_pointer)


def compare_tags(old: Tagged, new: Tagged, pairs: Iterable[tuple[Schema, Schema]], at: At, report: Report) -> None:
    """Compare how two unions distinguish the variants that both have."""
    before, after = old.discriminator, new.discriminator
    places = old.schema.pointer, new.schema.pointer
    if not (isinstance(old.schema.shape, UnionShape) and isinstance(new.schema.shape, UnionShape)):
        return
    if before is None or after is None:
        if before is not after:
            report("discriminator-changed", at, *places, "its variants are distinguished in another way", "")
        return
    if before.wire_name != after.wire_name:
        message = f"its variants are distinguished by {after.wire_name}, not by {before.wire_name}"
        report("discriminator-changed", at, *places, message, "")
    for first, second in pairs:
        gone = [value for value in old.values(first) if value not in new.values(second)]
        fresh = [value for value in new.values(second) if value not in old.values(first)]
        if gone or fresh:
            kind, message = value_change(gone, fresh, old.name(first))
            report(kind, at, *places, message, old.name(first))


def value_change(gone: list[str], fresh: list[str], variant: str) -> tuple[str, str]:
    """Give the kind and the message for a variant that other values select."""
    if not fresh:
        return "variant-value-removed", f"{listed(gone)} does not select {variant} any more"
    if not gone:
        return "variant-value-added", f"{listed(fresh)} selects {variant}, too"
    return "variant-value-renamed", f"{listed(fresh)} selects {variant} now, not {listed(gone)}"
