"""Which definitions some schemas lead to: named types that are gone with a method are no change of their own."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.api import Operation
from ...data.document import Pointer
from ...data.schemas import ArrayShape, MapShape, ObjectShape, ReferenceShape, Schema, TupleShape, UnionShape
from .offers import Offers


class Reach:
    """The definitions that were met from some schemas."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self.met: set[Pointer] = set()

    def operation(self, operation: Operation) -> None:
        """Follow all schemas of an operation."""
        self.schemas((*operation.sent, *operation.received))

    def schemas(self, roots: Iterable[Schema]) -> None:
        """Follow some schemas to the end."""
        waiting = list(roots)
        while waiting:
            schema = waiting.pop()
            if isinstance(schema.shape, ReferenceShape):
                target = schema.shape.target
                if target not in self.met:
                    self.met.add(target)
                    waiting.append(self._offers.by_pointer[target].schema)
            else:
                waiting += parts_of(schema)


def parts_of(schema: Schema) -> Iterable[Schema]:
    """Give the schemas inside a schema."""
    match schema.shape:
        case ArrayShape(inner) | MapShape(inner):
            return (inner,)
        case TupleShape(items, rest):
            return (*items, rest) if rest else items
        case ObjectShape():
            members = tuple(member.schema for member in schema.shape.properties)
            return (*members, schema.shape.additional) if schema.shape.additional else members
        case UnionShape():
            return schema.shape.variants
        case _:
            return ()
