"""Whether a value fits a schema: both go in, the reason why not comes out."""

from __future__ import annotations

from ...data.display import shortened_json
from ...data.document import Json, Pointer
from ...data.schemas import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    IntegerShape,
    LiteralShape,
    MapShape,
    NumberShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    Shape,
    StringShape,
    TupleShape,
    UnionShape,
)
from .context import Lowering

LONGEST = 60
"""Characters of a value in a message."""


class Fitting:
    """Which values fit which definitions; a value that is being looked at fits, so far."""

    def __init__(self, _lowering: Lowering) -> None:
        self.known: dict[tuple[int, Pointer], bool] = {}
        """By the identity of a value of the document, which lives as long as the run."""
        self.ends: dict[Pointer, Shape] = {}
        """What chains of references lead to, by each of their steps."""


def contradiction(lowering: Lowering, value: Json, schema: Schema) -> str | None:
    """Say why a value cannot be one of a schema; None where it can."""
    if fits_schema(lowering, value, schema):
        return None
    if value is None:
        return "is null, which is not allowed"
    return f"{shortened_json(value, LONGEST)} is not {expected(reached(lowering, schema.shape))}"


def fits_schema(lowering: Lowering, value: Json, schema: Schema) -> bool:
    """Report whether a value can be one of a schema."""
    if value is None:
        return schema.nullable or accepts_null(schema.shape)
    if not isinstance(schema.shape, ReferenceShape):
        return fits(lowering, value, schema.shape)
    known = lowering.state(Fitting).known
    key = id(value), schema.shape.target
    if key not in known:
        known[key] = True
        known[key] = fits(lowering, value, reached(lowering, schema.shape))
    return known[key]


def accepts_null(shape: Shape) -> bool:
    """Report whether null is one of the values of a shape that is not nullable itself."""
    return not isinstance(
        shape,
        StringShape | IntegerShape | NumberShape | BooleanShape | LiteralShape | ArrayShape
        | TupleShape | MapShape | ObjectShape,
    )  # fmt: skip


def reached(lowering: Lowering, shape: Shape) -> Shape:
    """Go through references to the scalar or list that they stand for."""
    ends = lowering.state(Fitting).ends
    trail: dict[Pointer, None] = {}
    while isinstance(shape, ReferenceShape) and shape.target not in trail:
        trail[shape.target] = None
        further = ends.get(shape.target) or next_shape(lowering, shape.target)
        if further is None:
            return shape  # It is under way.
        shape = further
    ends.update(dict.fromkeys(trail, shape))
    return shape


def next_shape(lowering: Lowering, target: Pointer) -> Shape | None:
    """Give the shape of a definition; None while that is under way."""
    schema = lowering.target_schema(target)
    return None if schema is None else schema.shape


def fits(lowering: Lowering, value: Json, shape: Shape) -> bool:
    """Report whether a value that is not null can be one of a shape. Members of objects are not looked at."""
    match shape:
        case ArrayShape(items=items):
            return isinstance(value, list) and all(fits_schema(lowering, item, items) for item in value)
        case TupleShape():
            return isinstance(value, list)
        case MapShape() | ObjectShape():
            return isinstance(value, dict)
        case UnionShape(variants=variants):
            return any(fits_schema(lowering, value, variant) for variant in variants)
        case ReferenceShape() | AnyShape():
            return True
    return scalar_fits(value, shape)


def scalar_fits(value: Json, shape: Shape) -> bool:
    """Report whether a value is one of a shape without parts.

    An integer may be written `1.0`, and 1 equals 1.0 (JSON Schema, section 4.2.2); true is no number.
    """
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
    return False


def is_bool(value: Json) -> bool:
    """Distinguish true and false from 1 and 0."""
    return isinstance(value, bool)


def is_number(value: Json) -> bool:
    """Distinguish numbers from booleans."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def expected(shape: Shape) -> str:
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
