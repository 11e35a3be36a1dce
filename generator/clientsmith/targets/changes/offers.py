"""What a client offers, by what the document calls it: operations, definitions and wire names go in, names come out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...data.api import Operation
from ...data.document import Pointer
from ...data.modules import exported_name
from ...data.schemas import Definition, ReferenceShape, Schema, StringShape
from ...data.surface import Call, Declared, Model, Resource, Surface
from ...data.types import Side, TypeId
from ...stages.design.definitions import Definitions, merged
from .change import Revision

OperationKey = tuple[str, str]
"""Verb and path."""


def key_of(operation: Operation) -> OperationKey:
    """Give what identifies an operation in its document."""
    return operation.verb, operation.path


@dataclass(frozen=True, slots=True)
class Offered:
    """A call and the resource that has it."""

    resource: Resource
    call: Call

    @property
    def name(self) -> str:
        """The method, as a caller writes it: `pets.owners.list`."""
        return ".".join((*self.resource.path, self.call.name))


class Offers:
    """One side of a comparison, with what is looked up in it."""

    def __init__(self, revision: Revision) -> None:
        self.api = revision.api
        self.surface: Surface = revision.surface
        self.by_pointer: dict[Pointer, Definition] = {d.pointer: d for d in revision.api.definitions}
        self.names = {definition.name for definition in revision.api.definitions}
        self.definitions = Definitions(self.by_pointer, frozenset())
        self._native = revision.native
        self.declared: dict[TypeId, Declared] = revision.surface.declared()
        self.calls: dict[OperationKey, list[Offered]] = {}
        for resource in revision.surface.all_resources():
            for call in resource.calls:
                self.calls.setdefault(key_of(call.operation), []).append(Offered(resource, call))

    def operations(self) -> list[Operation]:
        """Give the operations that the client offers, in the order of the document."""
        return [operation for operation in self.api.operations if key_of(operation) in self.calls]

    def declared_at(self, place: Pointer, side: Side) -> Declared | None:
        """Find the type that is made for a place; what is the same on both sides is made once."""
        other: Side = "response" if side == "request" else "request"
        return self.declared.get(TypeId(place, side)) or self.declared.get(TypeId(place, other))

    def member_names(self, place: Pointer, side: Side) -> dict[str, str]:
        """Give the names of the members of the model at a place, by their wire names."""
        declared = self.declared_at(place, side)
        if not isinstance(declared, Model):
            return {}
        return {member.wire_name: member.name for member in declared.members}

    def place_of(self, schema: Schema, place: Pointer) -> Pointer:
        """Follow references to the last definition; without one the place is that of the schema itself."""
        while isinstance(schema.shape, ReferenceShape):
            place = schema.shape.target
            schema = self.by_pointer[place].schema
        return place

    def typed(self, schema: Schema, side: Side) -> Schema:
        """Take the format from a string where it is documentation only."""
        shape = schema.shape
        if not isinstance(shape, StringShape) or side in self._native.get(shape.format, ()):
            return schema
        return replace(schema, shape=StringShape())

    def effective(self, schema: Schema) -> Schema:
        """Replace references by what they stand for, with what stands beside them."""
        uses = list(self.definitions.uses(schema))
        found = uses[-1]
        for use in reversed(uses[:-1]):
            found = merged(use, found)
        return found


def public_name(declared: Declared) -> str:
    """Name a type by the folder of its module: `types.Pet`."""
    return exported_name(declared.module, declared.name)
