"""The calls that the README shows: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...data.api import (
    ArrayShape,
    BooleanShape,
    Discriminator,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NullShape,
    NumberShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    StringShape,
    TupleShape,
    UnionShape,
)
from ...data.document import Pointer
from ...data.text import literal
from .classes import member_names
from .operations import OperationPlan
from .placement import Resource
from .schemas import Definitions


def example_calls(
    resources: Iterable[Resource],
    plans: Mapping[tuple[str, ...], Mapping[str, OperationPlan]],
    definitions: Definitions,
) -> tuple[str, str] | None:
    """Give a call and the same call's place after `with_raw_response`; None where there is no operation."""
    found = [(resource, name, plan) for resource in resources for name, plan in plans[resource.path].items()]
    if not found:
        return None
    resource, name, plan = min(found, key=lambda item: _difficulty(item[2]))
    path = ".".join(resource.path)
    arguments = ", ".join(_arguments(plan, _Values(definitions)))
    return f"{path}.{name}({arguments})", f"{path}.with_raw_response.{name}({arguments})"


def _difficulty(plan: OperationPlan) -> tuple[bool, bool, int]:
    """Prefer a typed answer, then reading, then few arguments; the first of equals wins."""
    required = sum(argument.required for argument in plan.arguments)
    return (not plan.answers or plan.answers[0].schema is None, plan.operation.verb != "GET", required)


def _arguments(plan: OperationPlan, values: _Values) -> Iterable[str]:
    for argument in plan.arguments:
        if argument.name == plan.positional:
            yield values.of(argument.schemas[0][0])
    for argument in plan.arguments:
        if argument.required and argument.name != plan.positional:
            yield f"{argument.name}={values.of(argument.schemas[0][0])}"


_TEXTS = {"date": '"2030-01-31"', "date-time": '"2030-01-31T12:00:00Z"', "binary": 'b"..."', "base64": 'b"..."'}


class _Values:
    """Writes a value that a type takes: the first variant of a union, the required members of an object."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._inside: list[Pointer] = []

    def of(self, schema: Schema, tag: tuple[str, str] | None = None) -> str:
        """Write a value; `tag` is the member that chose this variant of a union, and its value."""
        schema = self._definitions.target(schema)
        match schema.shape:
            case LiteralShape(values=(first, *_)):
                return literal(first)
            case IntegerShape() | NumberShape():
                return "1"
            case BooleanShape():
                return "True"
            case NullShape() | NeverShape():
                return "None"
            case StringShape(format=name):
                return _TEXTS.get(name, '"..."')
            case TupleShape(items=items, rest=None):
                return f"({', '.join(map(self.of, items))},)"
            case ArrayShape() | TupleShape():
                return "[]"
            case MapShape():
                return "{}"
            case ObjectShape() as shape:
                return self._object(schema, shape, tag)
            case UnionShape(variants=(first, *_), discriminator=discriminator):
                return self.of(first, _tag(first, discriminator))
            case _:
                return '"..."'

    def _object(self, schema: Schema, shape: ObjectShape, tag: tuple[str, str] | None) -> str:
        if schema.pointer in self._inside:
            return "{}"
        self._inside.append(schema.pointer)
        members = self._definitions.properties(shape, "request")
        names = member_names(members)
        entries = [
            f"{literal(names[member.wire_name])}: {literal(tag[1]) if tag and tagged else self.of(member.schema)}"
            for member in members
            for tagged in (tag is not None and tag[0] == member.wire_name,)
            if member.required or tagged
        ]
        self._inside.pop()
        return f"{{{', '.join(entries)}}}"


def _tag(variant: Schema, discriminator: Discriminator | None) -> tuple[str, str] | None:
    """Give the member that says which variant a value is, and what it says of this one."""
    if discriminator is None:
        return None
    places = {variant.pointer, variant.shape.target if isinstance(variant.shape, ReferenceShape) else variant.pointer}
    value = next((value for value, target in discriminator.mapping if target in places), None)
    return (discriminator.wire_name, value) if value is not None else None
