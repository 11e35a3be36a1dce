"""Unions: which variant of the old one is which of the new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from ...data.schemas import IntegerShape, LiteralShape, NumberShape, ObjectShape, ReferenceShape, Schema, StringShape
from .offers import Offers
from .shapes import look


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of one union, or a single type that takes its place."""

    schemas: Sequence[Schema]
    offers: Offers


@dataclass(slots=True)
class Matched:
    """Pairs of indices, and the indices of what has no partner."""

    removed: list[int]
    added: list[int]
    pairs: list[tuple[int, int]] = field(default_factory=list)


_Key = Callable[[Schema, Offers], Hashable | None]
"""Gives what two variants have alike that belong together; None for one that this says nothing about."""


def match_variants(old: Variants, new: Variants) -> Matched:
    """Find partners: first those that are surely the same, then those of one sort."""
    matched = Matched(list(range(len(old.schemas))), list(range(len(new.schemas))))
    for key in (_definition, _whole_look, _title, _sort):
        _match(old, new, matched, key)
    matched.pairs.sort()
    return matched


def _match(old: Variants, new: Variants, matched: Matched, key: _Key) -> None:
    """Pair what is left and has the same key, in order."""
    free: dict[Hashable, list[int]] = {}
    for index in matched.added:
        found = key(new.schemas[index], new.offers)
        if found is not None:
            free.setdefault(found, []).append(index)
    for index in list(matched.removed):
        partners = free.get(key(old.schemas[index], old.offers))
        if partners:
            partner = partners.pop(0)
            matched.removed.remove(index)
            matched.added.remove(partner)
            matched.pairs.append((index, partner))


def _definition(schema: Schema, offers: Offers) -> Hashable | None:
    return offers.by_pointer[schema.shape.target].name if isinstance(schema.shape, ReferenceShape) else None


def _whole_look(schema: Schema, offers: Offers) -> Hashable | None:
    return look(offers.effective(schema), offers.by_pointer)


def _title(schema: Schema, offers: Offers) -> Hashable | None:
    return None if isinstance(schema.shape, ReferenceShape) else schema.documentation.title


def _sort(schema: Schema, offers: Offers) -> Hashable | None:
    """Give the sort of a value in JSON. Objects that are named are no partners: each is a type of its own."""
    if isinstance(schema.shape, ReferenceShape):
        effective = offers.effective(schema)
        return None if isinstance(effective.shape, ObjectShape) else _sort_of(effective)
    return _sort_of(schema)


def _sort_of(schema: Schema) -> Hashable:
    match schema.shape:
        case LiteralShape(values):
            kinds = {
                "number" if isinstance(v, (int, float)) and not isinstance(v, bool) else type(v).__name__
                for v in values
            }
            return kinds.pop() if len(kinds) == 1 else "values"
        case StringShape("text"):
            return "str"
        case StringShape(format):
            return format
        case IntegerShape() | NumberShape():
            return "number"
        case shape:
            return type(shape).__name__
