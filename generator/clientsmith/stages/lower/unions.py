"""Unions: `oneOf`, `anyOf`, lists of types go in, a union without null and repetition comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...data.document import Pointer
from ...data.schemas import LiteralShape, NullShape, Scalar, Schema, UnionShape
from .conjuncts import is_choice
from .context import Lowering
from .discriminators import discriminator_of
from .notes import shortened
from .nulls import is_null, subschemas
from .reading import UNIONS, Keys, as_keys, types
from .same_type import distinct_types


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the variants of a union."""

    schema: Schema
    origin: Pointer
    """The definition that the document names, else the variant's own place."""


def is_union(keys: Keys) -> bool:
    """Report whether a schema lists variants that constrain the type."""
    return any(is_choice(keys, keyword) for keyword in UNIONS)


def build_union(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make a union of the variants that are not null."""
    keyword = next(name for name in UNIONS if is_choice(keys, name))
    variants = [
        Variant(lowering.schema(value, place), lowering.target(as_keys(value), place) or place)
        for value, place in subschemas(keys, keyword, pointer)
        if not is_null(lowering, value, place)
    ]
    return union_of(lowering, variants, keys, pointer)


def build_type_union(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make a union of the types in a list of types."""
    names = [name for name in dict.fromkeys(types(keys)) if name != "null"]
    if len(names) == 1:
        return lowering.raw({**keys, "type": names[0]}, pointer)
    variants = [
        lowering.raw({**keys, "type": name}, pointer.child("type").child(index)) for index, name in enumerate(names)
    ]
    return combined(variants, pointer)


def union_of(lowering: Lowering, variants: Sequence[Variant], keys: Keys, pointer: Pointer) -> Schema:
    """Make a union; a discriminator keeps its variants apart."""
    discriminator, further = discriminator_of(
        lowering, keys, pointer, [(variant.origin, variant.schema) for variant in variants]
    )
    schemas = [*[variant.schema for variant in variants], *further]
    if discriminator is None:
        return combined(schemas, pointer)
    distinct = distinct_types(replace(schema, nullable=False) for schema in schemas)
    if len(distinct) == 1:
        return combined(schemas, pointer)
    shape = UnionShape(variants=tuple(distinct), discriminator=discriminator)
    nullable = any(schema.nullable for schema in schemas)
    return Schema(shape=shape, pointer=pointer, nullable=nullable)


def combined(schemas: Sequence[Schema], pointer: Pointer) -> Schema:
    """Flatten, merge literals and leave repetition out; one variant alone is no union."""
    flat = [variant for schema in schemas for variant in flattened(schema)]
    nullable = any(schema.nullable for schema in schemas)
    literals = merged_literals(replace(variant, nullable=False) for variant in flat)
    distinct = distinct_types(literals)
    if not distinct:
        return Schema(shape=NullShape(), pointer=pointer)
    if len(distinct) == 1:
        single = replace(distinct[0], pointer=pointer, nullable=nullable)
        return with_value_notes(single, schemas)
    shape = UnionShape(variants=tuple(distinct))
    schema = Schema(shape=shape, pointer=pointer, nullable=nullable)
    return with_value_notes(schema, schemas)


def flattened(schema: Schema) -> Iterable[Schema]:
    """Give the variants of a nested union that has no discriminator."""
    if isinstance(schema.shape, UnionShape) and schema.shape.discriminator is None:
        return schema.shape.variants
    return (schema,)


def merged_literals(schemas: Iterable[Schema]) -> list[Schema]:
    """Make one list of values of all lists of values, at the place of the first."""
    merged: list[Schema] = []
    first: int | None = None
    for schema in schemas:
        if first is not None and isinstance(schema.shape, LiteralShape):
            merged[first] = joined(merged[first], schema.shape.values)
        else:
            if isinstance(schema.shape, LiteralShape):
                first = len(merged)
            merged.append(schema)
    return merged


def joined(schema: Schema, values: tuple[Scalar, ...]) -> Schema:
    """Add values to a list of values."""
    assert isinstance(schema.shape, LiteralShape)
    known = {(type(value), value): value for value in (*schema.shape.values, *values)}
    return Schema(shape=LiteralShape(tuple(known.values())), pointer=schema.pointer)


def with_value_notes(schema: Schema, variants: Sequence[Schema]) -> Schema:
    """Keep what is described about single values where each had a schema of its own."""
    notes = [
        f"{shortened(list(variant.shape.values))[1:-1]}: {words}"
        for variant in variants
        if isinstance(variant.shape, LiteralShape) and len(variants) > 1
        if (words := variant.documentation.description or variant.documentation.title)
    ]
    if not notes:
        return schema
    described = replace(schema.documentation, notes=(*schema.documentation.notes, *notes))
    return replace(schema, documentation=described)
