"""How Python's types are written, for all targets that write them: what unions and closed lists collapse to.

The Python client writes them as code with imports, the reference as text with links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..data.types import ScalarKind, TupleOf, TypeExpr

T = TypeVar("T")

SCALARS: Mapping[ScalarKind, str] = {
    "any": "object",
    "null": "None",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
}
"""The names of scalars that each side has one type for."""


def collapsed(members: Iterable[T], scalars: Mapping[ScalarKind, T]) -> tuple[list[T], bool]:
    """Give the members of a union, each once and without None, and whether None is a member.

    Nothing stands beside `object`, and no `int` beside a `float`, which may be one. `scalars` has the spelling of both.
    """
    distinct = list(dict.fromkeys(members))
    if scalars["any"] in distinct:
        return [scalars["any"]], False
    unneeded = {scalars["null"], *([scalars["integer"]] if scalars["number"] in distinct else [])}
    return [member for member in distinct if member not in unneeded], scalars["null"] in distinct


def literal_values(values: tuple[object, ...]) -> tuple[list[object], bool]:
    """Give the values that `Literal` can list, and whether there are floats, which it cannot: any `float` then."""
    has_floats = any(isinstance(value, float) for value in values)
    return [value for value in values if not (has_floats and _is_number(value))], has_floats


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def item_types(expression: TupleOf) -> tuple[TypeExpr, ...]:
    """Give the types of all items of a tuple that has no fixed length: Python has no type for that but a list."""
    return (*expression.items, *(() if expression.rest is None else (expression.rest,)))
