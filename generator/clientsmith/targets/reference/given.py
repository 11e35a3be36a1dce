"""Examples of whole bodies that the document gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from ...data.document import Json
from ...data.surface import Argument, Call, Response
from ...data.types import AnyOf, ListOf, Literals, Scalar, TypeExpr


def of_body(call: Call) -> tuple[Json, ...]:
    """Give the examples of what a method sends, if that is JSON."""
    media = call.bodies[0].media if call.bodies else None
    return media.examples if media is not None and media.kind == "json" else ()


def of_response(call: Call, response: Response) -> Iterator[Json]:
    """Give the examples of what comes back for a status, if that is JSON: as they are, then shortened ones."""
    declared = (each for each in call.operation.responses if each.status == response.status)
    content = (media for each in declared for media in each.content if media.content_type == response.content_type)
    given = tuple(chain.from_iterable(media.examples for media in content if media.kind == "json"))
    yield from given
    yield from map(_shortened, given)


def _shortened(value: Json) -> Json:
    """Keep one item of each list."""
    if isinstance(value, list):
        return [_shortened(item) for item in value[:1]]
    return {name: _shortened(item) for name, item in value.items()} if isinstance(value, dict) else value


def of_member(call: Call, argument: Argument) -> tuple[Json, ...]:
    """Give the value that a member of the body has in the example of that, if it is of the member's type.

    Only values without names in them: Python has other names than JSON.
    """
    bodies = call.bodies[0].media.examples if call.bodies and argument.location == "body" else ()
    whole = next((each for each in bodies if isinstance(each, dict)), {})
    value = whole.get(argument.wire_name)
    return (value,) if _fits(value, argument.type) else ()


_PYTHON: Mapping[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "number": (int, float)}


def _fits(value: Json, expression: TypeExpr) -> bool:
    match expression:
        case Scalar(kind="boolean"):
            return isinstance(value, bool)
        case Scalar(kind=kind):
            return isinstance(value, _PYTHON.get(kind, ())) and not isinstance(value, bool)
        case Literals():
            return isinstance(value, str) and value in expression.values
        case ListOf(items):
            return isinstance(value, list) and bool(value) and all(_fits(item, items) for item in value)
        case AnyOf(members):
            return any(_fits(value, member) for member in members)
    return False
