"""The calls that the README shows: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ....data.api import (
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
from ....data.document import Pointer
from ....data.text import literal
from .classes import member_names
from .operations import OperationPlan
from .placement import Resource
from .schemas import Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Calls without `client.` in front; None where there is no such method."""

    call: str | None = None
    has_answer: bool = False
    raw: str | None = None
    streaming: str | None = None
    """The same call's places after `with_raw_response` and `with_streaming_response`."""
    iteration: str | None = None
    stream: str | None = None


Plans = Mapping[tuple[str, ...], Mapping[str, OperationPlan]]


def example_calls(resources: Iterable[Resource], plans: Plans, definitions: Definitions) -> Examples:
    """Choose a method of each kind and write a call of it."""
    found = [(resource, plan) for resource in resources for plan in plans[resource.path].values()]
    paged = [(r, i.name, plans[r.path][i.method.name]) for r, _ in found for i in r.iterators]
    whole = min((each for each in found if _has_whole(each[1])), key=lambda each: _difficulty(each[1]), default=None)
    streams = [(r, plan.stream_name, plan) for r, plan in found if plan.stream]
    values = _Values(definitions)
    examples = Examples(
        iteration=_easiest(paged, values),
        stream=_easiest(streams, values),
    )
    if whole is None:
        return examples
    resource, plan = whole
    return replace(
        examples,
        call=_call(resource, plan.name, plan, values),
        has_answer=any(answer.kind is not None for answer in plan.answers),
        raw=_call(resource, f"with_raw_response.{plan.name}", plan, values),
        streaming=_call(resource, f"with_streaming_response.{plan.name}", plan, values),
    )


def _has_whole(plan: OperationPlan) -> bool:
    return bool(plan.answers) or plan.stream is None


def _easiest(methods: Iterable[tuple[Resource, str, OperationPlan]], values: _Values) -> str | None:
    chosen = min(methods, key=lambda method: _difficulty(method[2]), default=None)
    return _call(*chosen, values) if chosen else None


def _call(resource: Resource, name: str, plan: OperationPlan, values: _Values) -> str:
    return f"{'.'.join(resource.path)}.{name}({', '.join(_arguments(plan, values))})"


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
