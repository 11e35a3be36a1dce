"""Schemas of the intermediate representation: what values look like, in OpenAPI's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .document import Json, Pointer

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """What a schema has for people only. All of it is hostile text."""

    title: str | None = None
    description: str | None = None
    format: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None
    pattern: str | None = None
    default: Json = None
    has_default: bool = False
    """Distinguishes a default of null from no default. A default is documented, never sent."""
    examples: tuple[Json, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for what no type can say: `not`, if/then, pattern properties, property names, external docs."""


NO_DOCUMENTATION = Documentation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """One use of a type: its shape, whether null is allowed, and its documentation."""

    shape: Shape
    pointer: Pointer = field(compare=False)
    nullable: bool = False
    documentation: Documentation = NO_DOCUMENTATION
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    secret: bool = False
    """`format: password`, or write-only text: never displayed in a repr."""
    name_hint: str | None = None
    """The name an `x-clientsmith-name` extension wants."""


@dataclass(frozen=True, slots=True)
class AnyShape:
    """Any JSON value: the empty schema, `true`."""


@dataclass(frozen=True, slots=True)
class NeverShape:
    """No value: `false`."""


@dataclass(frozen=True, slots=True)
class NullShape:
    """Only null."""


@dataclass(frozen=True, slots=True)
class BooleanShape:
    """true or false."""


@dataclass(frozen=True, slots=True)
class IntegerShape:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class NumberShape:
    """Any number."""


@dataclass(frozen=True, slots=True)
class StringShape:
    """Text. `format` is "text", or a name of `data/formats.py`; every other format is documentation."""

    format: str = "text"
    content: Schema | None = field(default=None, compare=False)
    """`contentSchema`: what the JSON text in the string is, where the document says so."""


def exactly(values: tuple[Scalar, ...]) -> tuple[tuple[type, Scalar], ...]:
    """Give values with their types: true is no 1, although Python calls them equal."""
    return tuple([(type(value), value) for value in values])


@dataclass(frozen=True, slots=True, eq=False)
class LiteralShape:
    """`enum` or `const`: a closed list of scalar values, without null (that is the schema's `nullable`)."""

    values: tuple[Scalar, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LiteralShape) and exactly(self.values) == exactly(other.values)

    def __hash__(self) -> int:
        return hash(exactly(self.values))


@dataclass(frozen=True, slots=True)
class ArrayShape:
    """A list of equal items."""

    items: Schema


@dataclass(frozen=True, slots=True)
class TupleShape:
    """`prefixItems`: a list whose places have types of their own. `rest` is None where no further items may come."""

    items: tuple[Schema, ...]
    rest: Schema | None = None


@dataclass(frozen=True, slots=True)
class MapShape:
    """An object without known members: every value has one type."""

    values: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A member of an object."""

    wire_name: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectShape:
    """An object with known members, all of `allOf` merged in. In the order of the document."""

    properties: tuple[Property, ...]
    additional: Schema | None = None
    """The type of further members where the document gives one; None where it does not (they are kept all the same)."""
    closed: bool = False
    """`additionalProperties: false`; documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """Which property distinguishes the variants of a union."""

    wire_name: str
    mapping: tuple[tuple[str, Pointer], ...]
    """Value of the property to the definition it selects; implicit names are filled in. In document order."""
    default: Pointer | None = None
    """`defaultMapping`: the definition that is selected where the property is missing, or has no value of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionShape:
    """`oneOf`, `anyOf`, an array of types: one of several, at least two, null never among them."""

    variants: tuple[Schema, ...]
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True)
class ReferenceShape:
    """A use of a definition, by its place."""

    target: Pointer


Shape = (
    AnyShape
    | NeverShape
    | NullShape
    | BooleanShape
    | IntegerShape
    | NumberShape
    | StringShape
    | LiteralShape
    | ArrayShape
    | TupleShape
    | MapShape
    | ObjectShape
    | UnionShape
    | ReferenceShape
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A schema that references name: a component, or any other place that a `$ref` points to."""

    pointer: Pointer
    name: str
    """The component's key, or a name made from the last significant steps of its place."""
    is_component: bool
    """True for `#/components/schemas/...`: its name is required. Else the name is a suggestion."""
    is_entry: bool = False
    """True for what a response or a body of the components holds, and for instances of generic types: settings inline
    it as a component, but its name is a suggestion."""
    is_too_deep: bool = False
    """True for what is nested too deep to be written in place: whatever its shape is, it has a type of its own."""
    schema: Schema


def place_of(schema: Schema) -> Pointer:
    """Give the definition that a schema refers to, else the place of the schema itself."""
    return schema.shape.target if isinstance(schema.shape, ReferenceShape) else schema.pointer


def references(schema: Schema) -> Iterator[Pointer]:
    """Give every definition that a schema refers to, in order."""
    stack = [schema]
    while stack:
        here = stack.pop()
        match here.shape:
            case ReferenceShape(target):
                yield target
            case UnionShape(discriminator=Discriminator(mapping=mapping, default=default)):
                yield from (target for _, target in mapping)
                yield from () if default is None else (default,)
        stack.extend(reversed(parts_of(here)))


def parts_of(schema: Schema) -> Sequence[Schema]:
    """Give the schemas inside a schema, references not followed: of members, items and variants, in order."""
    match schema.shape:
        case ArrayShape(inner) | MapShape(inner):
            return (inner,)
        case TupleShape(items, rest):
            return items if rest is None else (*items, rest)
        case ObjectShape(properties=members, additional=additional):
            found = [member.schema for member in members]
            return found if additional is None else [*found, additional]
        case UnionShape(variants=variants):
            return variants
    return ()
