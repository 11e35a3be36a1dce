"""Arguments of the constructor that go out with every request, or that are only attributes of the client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from .errors import ArgumentTypeError, ArgumentValueError
from .omit import Omit
from .types import Headers, Query

T = TypeVar("T")
Values: TypeAlias = Mapping[str, str | None]


class ClientArgument(NamedTuple):
    name: str
    place: Literal["header", "query", "attribute"]
    wire_name: str
    env: str | None = None
    default: str | None = None
    required: bool = False


def given_arguments(
    arguments: tuple[ClientArgument, ...], values: Values
) -> dict[str, str | None]:
    """Complete the values that a caller passes by the environment and the defaults.

    Raises:
        ArgumentTypeError: a value is no text.
        ArgumentValueError: a value is missing that must be there.
    """
    found: dict[str, str | None] = {}
    for argument in arguments:
        value = values[argument.name]
        if value is None and argument.env:
            value = os.environ.get(argument.env) or None
        value = argument.default if value is None else value
        if value is None and argument.required:
            env = f" (or set {argument.env})" if argument.env else ""
            raise ArgumentValueError(f"pass {argument.name}={env}")
        found[argument.name] = _checked(argument.name, value)
    return found


def _checked(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ArgumentTypeError(f"{name} must be a str, got {type(value).__name__}")
    return value


def with_headers(
    arguments: tuple[ClientArgument, ...], values: Values, headers: Headers | None
) -> Headers:
    """Add the values that are headers to those that the caller gives, which win."""
    return {**_sent(arguments, values, "header"), **(headers or {})}


def with_query(
    arguments: tuple[ClientArgument, ...], values: Values, query: Query | None
) -> Query:
    return {**_sent(arguments, values, "query"), **(query or {})}


def _sent(
    arguments: tuple[ClientArgument, ...], values: Values, place: str
) -> dict[str, str]:
    found = ((a.wire_name, values[a.name]) for a in arguments if a.place == place)
    return {name: value for name, value in found if value is not None}


def with_arguments(
    client: T,
    arguments: tuple[ClientArgument, ...],
    values: Mapping[str, str | None | Omit],
) -> T:
    """Change the values of a new copy of a client that are not `omit`; None takes one away."""
    copied: Any = client
    for argument in arguments:
        value = values[argument.name]
        if isinstance(value, Omit):
            continue
        vars(copied)[argument.name] = _checked(argument.name, value)
        if argument.place == "attribute":
            continue
        attribute = "default_headers" if argument.place == "header" else "default_query"
        name = argument.wire_name
        kept = {
            k: v
            for k, v in getattr(copied, attribute).items()
            if k.lower() != name.lower()
        }
        added = {} if value is None else {name: value}
        setattr(copied, attribute, {**kept, **added})
    return client
