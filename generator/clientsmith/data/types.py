"""Types as values, in no language: what an argument takes and a response gives.

They can be compared, so equal alternatives are recognised before any language spells them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .document import Pointer
from .schemas import Scalar as Value
from .schemas import exactly

Side = Literal["response", "request"]
"""The same schema gives a type for each: what is read, and what is sent."""


class TypeId(NamedTuple):
    """The identity of a declared type: the place of the use that it is made for."""

    place: Pointer
    """The pointer of the root schema (a component, a body, a parameter), and the steps below it."""
    side: Side
    variant: int = 0
    """Counts up where one place is used several times, as that of a shared path item is."""


ScalarKind = Literal["any", "null", "boolean", "integer", "number", "string", "bytes", "file"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts.

    `any` is any JSON value; `bytes` are undecoded content, `file` is a part of a multipart body.
    """

    kind: ScalarKind
    format: str = ""
    """For strings: a format of `data/formats.py` whose values are more than text on this side."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A use of a declared type. A target that may be null is no matter of the declaration: each use has it."""

    id: TypeId


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array of equal items."""

    items: TypeExpr


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object without known members: every value has one type."""

    values: TypeExpr


@dataclass(frozen=True, slots=True)
class TupleOf:
    """An array whose places have types of their own; `rest` is None where no further items may come."""

    items: tuple[TypeExpr, ...]
    rest: TypeExpr | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Literals:
    """One of a closed list of values, without null. True is no 1, although Python calls them equal."""

    values: tuple[Value, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literals) and exactly(self.values) == exactly(other.values)

    def __hash__(self) -> int:
        return hash(exactly(self.values))


@dataclass(frozen=True, slots=True)
class Tag:
    """The member whose value selects a member of a union."""

    wire_name: str
    mapping: tuple[tuple[str, TypeExpr], ...]
    """Pairs of a value and the type that it selects, in the order of the document."""
    default: TypeExpr | None = None
    """The type where the member is missing, or has another value."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several types, or null. A type that may be null is an `AnyOf` with one member."""

    members: tuple[TypeExpr, ...]
    nullable: bool = False
    tag: Tag | None = None


TypeExpr = Scalar | Ref | ListOf | MapOf | TupleOf | Literals | AnyOf

ANY = Scalar("any")
NULL = Scalar("null")
BYTES = Scalar("bytes")


def or_null(expression: TypeExpr) -> TypeExpr:
    """Give the type whose values are those of another one, and null."""
    if isinstance(expression, AnyOf):
        return AnyOf(expression.members, True, expression.tag)
    return AnyOf((expression,), True)


def without_null(expression: TypeExpr) -> TypeExpr:
    """Give the type without null beside it; null inside a list or a map stays."""
    if not isinstance(expression, AnyOf) or not expression.nullable:
        return expression
    if len(expression.members) == 1 and expression.tag is None:
        return expression.members[0]
    return AnyOf(expression.members, False, expression.tag)


def references(expression: TypeExpr) -> Iterator[TypeId]:
    """Give every declared type that an expression refers to, in order."""
    match expression:
        case Ref(type_id):
            yield type_id
        case ListOf(inner) | MapOf(inner):
            yield from references(inner)
        case TupleOf(items, rest):
            for item in (*items, *([] if rest is None else [rest])):
                yield from references(item)
        case AnyOf(members):
            for member in members:
                yield from references(member)
