"""Shapes alone: what they are called, how two simple ones relate, and whether two look the same."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping

from ...data.document import Json, Pointer
from ...data.schemas import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Definition,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NullShape,
    NumberShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    Shape,
    StringShape,
    TupleShape,
    UnionShape,
)

_NAMES: dict[type[Shape], str] = {
    AnyShape: "any value",
    NeverShape: "no value",
    NullShape: "null",
    BooleanShape: "a boolean",
    IntegerShape: "an integer",
    NumberShape: "a number",
    ArrayShape: "a list",
    TupleShape: "a list with fixed places",
    MapShape: "a map",
    ObjectShape: "an object",
    UnionShape: "one of several types",
}
_LISTED = 8
"""Values that a message lists."""
_DEEPEST = 6
"""Levels of a schema that are looked at to recognise it."""


def describe(schema: Schema, definitions: Mapping[Pointer, Definition]) -> str:
    """Name a type in a sentence."""
    match schema.shape:
        case ReferenceShape(target):
            return definitions[target].name
        case StringShape(format):
            return "text" if format == "text" else f"text in the format {format}"
        case LiteralShape(values):
            return f"one of {listed(values)}"
        case ArrayShape(items):
            inner = items.shape
            return "a list" if isinstance(inner, ArrayShape) else f"a list of {describe(items, definitions)}"
        case shape:
            return _NAMES[type(shape)]


def listed(values: Iterable[Json]) -> str:
    """List some values as JSON."""
    written = [json.dumps(value, ensure_ascii=False) for value in values]
    more = f" and {len(written) - _LISTED} more" if len(written) > _LISTED else ""
    return ", ".join(written[:_LISTED]) + more


# --- simple shapes ---------------------------------------------------------------------------------------------------

_JSON_TYPES: dict[type, type[Shape]] = {bool: BooleanShape, int: IntegerShape, float: NumberShape, str: StringShape}


def relation(old: Shape, new: Shape) -> str | None:
    """Give the kind of the change between two shapes of which not both have parts; None where they are the same."""
    if old == new:
        return None
    if isinstance(old, StringShape) and isinstance(new, StringShape):
        return _formats(old.format, new.format)
    if type(old) is type(new):
        return "type-changed"
    if _includes(new, old):
        return "type-widened"
    return "type-narrowed" if _includes(old, new) else "type-changed"


def _formats(old: str, new: str) -> str:
    if old == "text":
        return "format-added"
    return "format-removed" if new == "text" else "format-changed"


def _includes(wide: Shape, narrow: Shape) -> bool:
    """Report whether a shape has all values of another one."""
    if isinstance(wide, AnyShape) or isinstance(narrow, NeverShape):
        return True
    if isinstance(narrow, LiteralShape):
        return all(_is_a(_JSON_TYPES.get(type(value)), wide) for value in narrow.values)
    return _is_a(type(narrow), wide)


def _is_a(narrow: type[Shape] | None, wide: Shape) -> bool:
    if isinstance(wide, StringShape):
        return narrow is StringShape and wide.format == "text"
    return narrow is type(wide) or (narrow is IntegerShape and isinstance(wide, NumberShape))


# --- how a schema looks ----------------------------------------------------------------------------------------------


def look(schema: Schema, definitions: Mapping[Pointer, Definition], depth: int = _DEEPEST) -> Hashable:
    """Give a value that is equal for schemas of the same type, wherever they stand. References count by name."""
    return schema.nullable, _look(schema.shape, definitions, depth)


def _look(shape: Shape, definitions: Mapping[Pointer, Definition], depth: int) -> Hashable:
    name = type(shape).__name__
    if depth == 0:
        return name
    match shape:
        case ReferenceShape(target):
            return name, definitions[target].name
        case LiteralShape(values):
            return name, frozenset((type(value).__name__, value) for value in values)
        case ArrayShape(inner) | MapShape(inner):
            return name, look(inner, definitions, depth - 1)
        case TupleShape(items, rest):
            parts = (*items, rest) if rest else items
            return name, *(look(part, definitions, depth - 1) for part in parts)
        case ObjectShape():
            members = ((p.wire_name, p.required, look(p.schema, definitions, depth - 1)) for p in shape.properties)
            return name, frozenset(members)
        case UnionShape():
            return name, frozenset(look(variant, definitions, depth - 1) for variant in shape.variants)
        case _:
            return name, shape


def is_significant(schema: Schema) -> bool:
    """Report whether two schemas that look like this one are hardly so by chance."""
    match schema.shape:
        case ObjectShape():
            return len(schema.shape.properties) > 1
        case LiteralShape(values):
            return len(values) > 1
        case UnionShape() | ReferenceShape():
            return True
        case ArrayShape(items):
            return is_significant(items)
        case _:
            return False
