"""Whether a default is possible: a value and its schema go in, the reason why not comes out."""

from __future__ import annotations

import json

from ...data.api import (
    ArrayShape,
    BooleanShape,
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
from ...data.document import Json
from .context import Lowering

LONGEST = 60


def contradiction(lowering: Lowering, value: Json, schema: Schema) -> str | None:
    """Say why a value cannot be one of a schema; None where it can."""
    if value is None:
        return None if schema.nullable or accepts_null(schema.shape) else "is null, which is not allowed"
    shape = reached(lowering, schema.shape)
    return None if fits(lowering, value, shape) else f"{shortened(value)} is not {wanted(shape)}"


def accepts_null(shape: Shape) -> bool:
    """Tell whether null is one of the values of a shape that is not nullable itself."""
    return not isinstance(
        shape,
        StringShape | IntegerShape | NumberShape | BooleanShape | LiteralShape | ArrayShape
        | TupleShape | MapShape | ObjectShape,
    )  # fmt: skip


def reached(lowering: Lowering, shape: Shape) -> Shape:
    """Go through references to the scalar or list that they stand for."""
    seen = set()
    while isinstance(shape, ReferenceShape) and shape.target not in seen:
        seen.add(shape.target)
        made = lowering.lowered(shape.target)
        if made is None:
            return shape
        shape = made.shape
    return shape


def fits(lowering: Lowering, value: Json, shape: Shape) -> bool:
    """Tell whether a value can be one of a shape. Members of objects are not looked at."""
    match shape:
        case LiteralShape(values=values):
            return any(value == known and is_bool(value) == is_bool(known) for known in values)
        case StringShape():
            return isinstance(value, str)
        case BooleanShape():
            return isinstance(value, bool)
        case IntegerShape():
            return is_number(value) and value == value // 1  # type: ignore[operator]
        case NumberShape():
            return is_number(value)
        case ArrayShape(items=items):
            return isinstance(value, list) and all(contradiction(lowering, item, items) is None for item in value)
        case TupleShape():
            return isinstance(value, list)
        case MapShape() | ObjectShape():
            return isinstance(value, dict)
        case UnionShape(variants=variants):
            return any(contradiction(lowering, value, variant) is None for variant in variants)
        case NeverShape() | NullShape():
            return False
    return True


def is_bool(value: Json) -> bool:
    """Tell true and false from 1 and 0."""
    return isinstance(value, bool)


def is_number(value: Json) -> bool:
    """Tell numbers from booleans."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shortened(value: Json) -> str:
    """Write a value as JSON, shortened."""
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= LONGEST else written[: LONGEST - 3] + "..."


def wanted(shape: Shape) -> str:
    """Name what a shape takes."""
    match shape:
        case LiteralShape():
            return "one of the values of its enum"
        case StringShape():
            return "a string"
        case BooleanShape():
            return "a boolean"
        case IntegerShape():
            return "an integer"
        case NumberShape():
            return "a number"
        case ArrayShape() | TupleShape():
            return "a list of what its items may be"
        case MapShape() | ObjectShape():
            return "an object"
    return "what the schema allows"
