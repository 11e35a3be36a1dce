"""Compares the types of schemas without their documentation: a schema goes in, a key for its type comes out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from ...data.document import Pointer
from ...data.schemas import ArrayShape, MapShape, ObjectShape, Schema, Shape, StringShape, TupleShape, UnionShape


def distinct_types(schemas: Iterable[Schema]) -> list[Schema]:
    """Leave repeated types out; the first schema of each is kept."""
    kept: dict[Hashable, Schema] = {}
    for schema in schemas:
        kept.setdefault(type_of(schema), schema)
    return list(kept.values())


def alternative(schemas: Sequence[Schema], pointer: Pointer) -> Schema:
    """Make the schema of values that any of some schemas allows: the only type that they have, else a union."""
    distinct = distinct_types(schemas)
    return distinct[0] if len(distinct) == 1 else Schema(shape=UnionShape(variants=tuple(distinct)), pointer=pointer)


def type_of(schema: Schema) -> Hashable:
    """Give what is equal for schemas of the same type. Objects, tuples and unions are the same at one place only."""
    shape: Hashable = shape_type(schema.shape)
    return schema.nullable, schema.pointer if shape is None else shape


def shape_type(shape: Shape) -> Hashable | None:
    """Give what is equal for equal shapes; None for those that are the same at one place only."""
    match shape:
        case ArrayShape(items=items):
            return ArrayShape, type_of(items)
        case MapShape(values=values):
            return MapShape, type_of(values)
        case ObjectShape() | TupleShape() | UnionShape():
            return None
        case StringShape(content=content) if content is not None:
            return None
    return shape


def same_shape(left: Shape, right: Shape) -> bool:
    """Report whether two shapes are the same without the words inside."""
    shape = shape_type(left)
    return shape is not None and shape == shape_type(right)
