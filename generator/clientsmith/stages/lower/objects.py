"""Objects and maps: schemas that hold at once go in, members with their types come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...data.document import Json, Pointer
from ...data.schemas import AnyShape, MapShape, ObjectShape, Property, Schema, Shape
from .conditional import conditional_members, has_conditional_members
from .context import Lowering
from .reading import Keys, child_keys, texts, types
from .same_type import alternative

OBJECT_KEYWORDS = frozenset(("properties", "additionalProperties", "patternProperties", "unevaluatedProperties"))


@dataclass(frozen=True, slots=True)
class Conjunct:
    """A schema object that holds together with others, without its `$ref` and `allOf`."""

    keys: Keys
    pointer: Pointer
    inline: bool = True
    """False for what was reached through a reference: its words are about something else."""


Merge: TypeAlias = Callable[[Lowering, Sequence[tuple[Json, Pointer]]], Schema]
"""Makes one schema of several that describe the same member."""


def is_object(keys: Keys) -> bool:
    """Report whether values are objects."""
    stated = types(keys)
    if stated:
        return "object" in stated
    return not OBJECT_KEYWORDS.isdisjoint(keys) or has_conditional_members(keys)


def build_object(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make an object, or a map where no member is known."""
    return Schema(shape=object_of(lowering, [Conjunct(keys, pointer)], pointer, only), pointer=pointer)


def only(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> Schema:
    """Lower the one schema of a member."""
    return lowering.schema(*places[0])


def object_of(lowering: Lowering, parts: Sequence[Conjunct], pointer: Pointer, merge: Merge) -> Shape:
    """Make the object that all parts describe together; members in the order of first mention."""
    known: dict[str, list[tuple[Json, Pointer]]] = {}
    for part in parts:
        place = part.pointer.child("properties")
        for name, value in child_keys(part.keys, "properties").items():
            known.setdefault(name, []).append((value, place.child(name)))
    lowering.budget.spend(len(known), pointer)
    lowering.budget.spend_text(pointer, *known)
    required = {name for part in parts for name in texts(part.keys, "required")}
    closed = any(is_closed(part.keys) for part in parts)
    further = further_members(lowering, parts, pointer)
    conditional = tuple(conditional_members(lowering, [(part.keys, part.pointer) for part in parts], known))
    if not known and not conditional and (further is not None or not closed):
        return MapShape(further or Schema(shape=AnyShape(), pointer=pointer))
    return ObjectShape(
        properties=tuple(
            [
                Property(wire_name=name, schema=merge(lowering, places), required=name in required)
                for name, places in known.items()
            ]
        )
        + conditional,
        additional=further,
        closed=closed and further is None,
    )


def is_closed(keys: Keys) -> bool:
    """Report whether a schema forbids further members."""
    return keys.get("additionalProperties", keys.get("unevaluatedProperties")) is False


def further_members(lowering: Lowering, parts: Sequence[Conjunct], pointer: Pointer) -> Schema | None:
    """Give the type of members without a name: of those that match a pattern, and of all others."""
    found = [schema for part in parts for schema in further_of(lowering, part)]
    if not found or any(isinstance(schema.shape, AnyShape) for schema in found):
        return None
    return alternative(found, pointer)


def further_of(lowering: Lowering, part: Conjunct) -> list[Schema]:
    """Give the schemas that one part has for members without a name."""
    place = part.pointer.child("patternProperties")
    found = [
        lowering.schema(value, place.child(pattern))
        for pattern, value in child_keys(part.keys, "patternProperties").items()
    ]
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if isinstance(part.keys.get(keyword), dict):
            found.append(lowering.schema(part.keys[keyword], part.pointer.child(keyword)))
    return found
