"""Types that hold at once, without unions: schemas go in, the type that all allow comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...data.document import Pointer
from ...data.schemas import (
    AnyShape,
    ArrayShape,
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
from .context import Lowering
from .objects import Conjunct, Merge, is_object, object_of
from .reading import Keys, types
from .same_type import same_shape
from .values import expected, scalar_fits

VALUE_KEYWORDS = frozenset(
    ("type", "enum", "const", "items", "prefixItems", "format", "contentEncoding", "contentSchema")
)
NOT_OF_THE_TYPE = frozenset(("allOf", "oneOf", "anyOf", "$ref", "description", "title", "default", "nullable"))


def base_of(lowering: Lowering, parts: Sequence[Conjunct], pointer: Pointer, merge: Merge) -> Schema:
    """Intersect parts without union, `allOf` and `$ref`; the first of two that conflict is kept."""
    has_objects = any(is_only_object(part) for part in parts)
    objects = [part for part in parts if is_only_object(part) or "required" in part.keys]
    values = [part for part in parts if not is_only_object(part) and says_value(part.keys)]
    schema = Schema(shape=AnyShape(), pointer=pointer)
    if has_objects:
        schema = replace(schema, shape=object_of(lowering, objects, pointer, merge))
    if len(values) > 1 and not has_objects and all(is_plain_list(part.keys) for part in values):
        inner = [(part.keys.get("items", True), part.pointer.child("items")) for part in values]
        return replace(schema, shape=ArrayShape(merge(lowering, inner)))
    for part in values:
        schema = narrowed(lowering, schema, part)
    return schema


def is_only_object(part: Conjunct) -> bool:
    """Report whether a part describes objects and nothing else."""
    return is_object(part.keys) and not set(types(part.keys)) - {"object", "null"}


def says_value(keys: Keys) -> bool:
    """Report whether a part constrains values other than objects."""
    return not VALUE_KEYWORDS.isdisjoint(keys)


def is_plain_list(keys: Keys) -> bool:
    """Report whether a part describes lists of equal items and nothing else."""
    return types(keys) == ("array",) and isinstance(keys.get("items", True), dict | bool)


def narrowed(lowering: Lowering, schema: Schema, part: Conjunct) -> Schema:
    """Intersect a schema with one more part."""
    keys = {name: v for name, v in part.keys.items() if name not in NOT_OF_THE_TYPE}
    added = lowering.raw(keys, part.pointer)
    shape = intersection(schema.shape, added.shape)
    if shape is None:
        lowering.warn(
            "conflicting-all-of",
            f"a value cannot be {expected(schema.shape)} and {expected(added.shape)} at once, as the "
            "schemas that hold together ask; the latter is ignored",
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
    if isinstance(left, StringShape) and isinstance(right, StringShape):
        return text_of_both(left, right)
    if isinstance(left, UnionShape):
        return narrowed_union(left, right)
    if isinstance(right, UnionShape):
        return narrowed_union(right, left)
    return one_sided(left, right) or one_sided(right, left)


def text_of_both(left: StringShape, right: StringShape) -> StringShape | None:
    """Intersect two kinds of text; None where both have a format."""
    formats = {left.format, right.format} - {"text"}
    if len(formats) > 1:
        return None
    return StringShape(formats.pop() if formats else "text", left.content or right.content)


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
        case LiteralShape(values=values), _:
            return literals(tuple([value for value in values if scalar_fits(value, right)]))
        case ((ObjectShape() | MapShape()), MapShape(values=inner)) if inner.shape == AnyShape():
            return left
        case ArrayShape(items=first), ArrayShape(items=second):
            items = intersection(first.shape, second.shape)
            return None if items is None else ArrayShape(replace(first, shape=items))
    return None


def literals(values: tuple[Scalar, ...]) -> LiteralShape | None:
    """Make a list of values, if there is any."""
    return LiteralShape(values) if values else None
