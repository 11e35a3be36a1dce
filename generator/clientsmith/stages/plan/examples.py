"""The calls that the README shows: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...data.api import ArrayShape, BooleanShape, IntegerShape, LiteralShape, MapShape, NumberShape, ObjectShape, Schema
from ...data.settings import Settings
from ...data.text import literal
from .operations import OperationPlan
from .placement import Resource


def example_calls(
    resources: Iterable[Resource],
    plans: Mapping[tuple[str, ...], Mapping[str, OperationPlan]],
    settings: Settings,
    client: str,
) -> tuple[str, str] | None:
    """Give a call and the same call's place after `with_raw_response`; None where there is no operation."""
    found = [(resource, name, plan) for resource in resources for name, plan in plans[resource.path].items()]
    if not found:
        return None
    resource, name, plan = min(found, key=lambda item: _difficulty(item[2]))
    path = ".".join(resource.path)
    arguments = ", ".join(_arguments(plan))
    return f"{path}.{name}({arguments})", f"{path}.with_raw_response.{name}({arguments})"


def _difficulty(plan: OperationPlan) -> tuple[bool, bool, int]:
    """Prefer a typed answer, then reading, then few arguments; the first of equals wins."""
    required = sum(argument.required for argument in plan.arguments)
    return (not plan.answers or plan.answers[0].schema is None, plan.operation.verb != "GET", required)


def _arguments(plan: OperationPlan) -> Iterable[str]:
    for argument in plan.arguments:
        value = _value(argument.schemas[0][0])
        if argument.name == plan.positional:
            yield value
    for argument in plan.arguments:
        if argument.required and argument.name != plan.positional:
            yield f"{argument.name}={_value(argument.schemas[0][0])}"


def _value(schema: Schema) -> str:
    match schema.shape:
        case LiteralShape(values=(first, *_)):
            return literal(first)
        case IntegerShape() | NumberShape():
            return "1"
        case BooleanShape():
            return "True"
        case ArrayShape():
            return "[]"
        case ObjectShape() | MapShape():
            return "{}"
        case _:
            return '"..."'
