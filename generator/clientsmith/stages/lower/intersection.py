"""Types that hold at once, without unions: schemas go in, the one type that all of them allow comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clientsmith.data.api import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NumberShape,
    ObjectShape,
    Scalar,
    Schema,
    Shape,
    StringShape,
    UnionShape,
)
from clientsmith.data.document import Pointer

from .context import Lowering
from .objects import Merge, Part, is_object, object_of
from .reading import types
from .same import same_shape

NOT_OF_THE_TYPE = frozenset(
    ("allOf", "oneOf", "anyOf", "$ref", "description", "title", "default", "nullable")
)


def base_of(lowering: Lowering, parts: Sequence[Part], pointer: Pointer, merge: Merge) -> Schema:
    """Intersect parts that have no union, no `allOf` and no `$ref`; the first of two that conflict is kept."""
    objects = [part for part in parts if is_only_object(part)]
    values = [part for part in parts if part not in objects and "required" not in part.keys]
    loose = [part for part in parts if part not in objects and part not in values]
    schema = Schema(shape=AnyShape(), pointer=pointer)
    if objects:
        whole = [part for part in parts if part in objects or part in loose]
        schema = replace(schema, shape=object_of(lowering, whole, pointer, merge))
    for part in values:
        schema = narrowed(lowering, schema, part)
    return schema


def is_only_object(part: Part) -> bool:
    """Tell whether a part describes objects and nothing else."""
    return is_object(part.keys) and not set(types(part.keys)) - {"object", "null"}


def narrowed(lowering: Lowering, schema: Schema, part: Part) -> Schema:
    """Intersect a schema with one more part."""
    keys = {name: v for name, v in part.keys.items() if name not in NOT_OF_THE_TYPE}
    added = lowering.bare(keys, part.pointer)
    shape = intersection(schema.shape, added.shape)
    if shape is None:
        lowering.warn(
            "conflicting-all-of",
            "the schemas that hold at once have no value in common; this one is ignored",
            part.pointer,
            hint="make the types agree, or take one of them out",
        )
        return schema
    return replace(schema, shape=shape)


def intersection(left: Shape, right: Shape) -> Shape | None:
    """Give the shape whose values both allow; None where they conflict."""
    if isinstance(left, AnyShape) or same_shape(left, right):
        return right
    if isinstance(right, AnyShape):
        return left
    if isinstance(left, UnionShape):
        return narrowed_union(left, right)
    if isinstance(right, UnionShape):
        return narrowed_union(right, left)
    return one_sided(left, right) or one_sided(right, left)


def narrowed_union(union: UnionShape, shape: Shape) -> Shape | None:
    """Keep the variants of a union that agree with a shape."""
    kept = [
        replace(variant, shape=common)
        for variant in union.variants
        if (common := intersection(variant.shape, shape)) is not None
    ]
    if len(kept) < 2:
        return kept[0].shape if kept else None
    return UnionShape(variants=tuple(kept), discriminator=union.discriminator)


def one_sided(left: Shape, right: Shape) -> Shape | None:
    """Intersect two different shapes whose order does not count."""
    match left, right:
        case NeverShape(), _:
            return left
        case IntegerShape(), NumberShape():
            return left
        case StringShape(), StringShape(format="text"):
            return left
        case LiteralShape(values=values), _:
            return literals(tuple([value for value in values if allows(right, value)]))
        case ((ObjectShape() | MapShape()), MapShape(values=inner)) if inner.shape == AnyShape():
            return left
        case ArrayShape(items=first), ArrayShape(items=second):
            items = intersection(first.shape, second.shape)
            return None if items is None else ArrayShape(replace(first, shape=items))
    return None


def literals(values: tuple[Scalar, ...]) -> LiteralShape | None:
    """Make a list of values, if there is any."""
    return LiteralShape(values) if values else None


def allows(shape: Shape, value: Scalar) -> bool:
    """Tell whether a scalar value has a shape."""
    match shape:
        case LiteralShape(values=values):
            return any(value == other and type(value) is type(other) for other in values)
        case StringShape():
            return isinstance(value, str)
        case BooleanShape():
            return isinstance(value, bool)
        case IntegerShape():
            return isinstance(value, int) and not isinstance(value, bool)
        case NumberShape():
            return isinstance(value, int | float) and not isinstance(value, bool)
    return False
