"""The calls in the README: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ....data.access import Security
from ....data.surface import Alias, Call, Declared, Model, Resource, Surface
from ....data.text import literal
from ....data.types import AnyOf, ListOf, Literals, MapOf, Ref, Scalar, Tag, TupleOf, TypeExpr, TypeId
from .formats import FORMATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Calls without `client.` in front; None where there is no such method."""

    call: str | None = None
    has_response: bool = False
    raw: str | None = None
    streaming: str | None = None
    """The same call's places after `with_raw_response` and `with_streaming_response`."""
    iteration: str | None = None
    """A method that goes through all pages."""
    pages: str | None = None
    """A method that gives a page."""
    stream: str | None = None
    security: Security | None = None
    """What the first call needs; None is what calls need that say nothing themselves."""


def example_calls(surface: Surface, declared: Mapping[TypeId, Declared]) -> Examples:
    """Choose a method of each kind and write a call of it."""
    found = [(resource, call) for resource in surface.all_resources() for call in resource.calls]
    paged = [(resource, call.name, call) for resource, call in found if call.pages]
    iterators = [(r, i.name, r.call(i.call)) for r in surface.all_resources() if r.calls for i in r.iterators]
    whole = min((each for each in found if _has_whole(each[1])), key=lambda each: _difficulty(each[1]), default=None)
    streams = [(resource, call.stream_name, call) for resource, call in found if call.stream]
    values = _Values(declared)
    examples = Examples(
        iteration=_easiest(iterators, values),
        pages=_easiest(paged, values),
        stream=_easiest(streams, values),
    )
    if whole is None:
        return examples
    resource, call = whole
    return replace(
        examples,
        security=call.operation.security,
        call=_written(resource, call.name, call, values),
        has_response=any(response.kind is not None for response in call.responses),
        raw=_written(resource, f"with_raw_response.{call.name}", call, values),
        streaming=_written(resource, f"with_streaming_response.{call.name}", call, values),
    )


def _has_whole(call: Call) -> bool:
    return bool(call.responses) or call.stream is None


def _easiest(methods: Iterable[tuple[Resource, str, Call]], values: _Values) -> str | None:
    chosen = min(methods, key=lambda method: _difficulty(method[2]), default=None)
    return _written(*chosen, values) if chosen else None


def _written(resource: Resource, name: str, call: Call, values: _Values) -> str:
    return f"{'.'.join(resource.path)}.{name}({', '.join(_arguments(call, values))})"


def _difficulty(call: Call) -> tuple[bool, bool, int]:
    """Prefer a typed response, then reading, then few arguments; the first of equals wins."""
    required = sum(argument.required for argument in call.arguments)
    return (not call.responses or not call.responses[0].is_typed, call.operation.verb != "GET", required)


def _arguments(call: Call, values: _Values) -> Iterator[str]:
    for argument in call.arguments:
        if argument.name == call.positional:
            yield values.of(argument.type)
    for argument in call.arguments:
        if argument.required and argument.name != call.positional:
            yield f"{argument.name}={values.of(argument.type)}"


_TEXT = '"..."'
_SCALARS = {"null": "None", "boolean": "True", "integer": "1", "number": "1", "file": 'b"..."'}


class _Values:
    """Writes a value that a type takes: the first variant of a union, the required members of an object."""

    def __init__(self, declared: Mapping[TypeId, Declared]) -> None:
        self._declared = declared
        self._inside: list[TypeId] = []

    def of(self, expression: TypeExpr, tag: tuple[str, str] | None = None) -> str:
        """Write a value; `tag` is the member that selects this variant of a union, and its value."""
        match expression:
            case Literals(values=(first, *_)):
                return literal(first)
            case Scalar(kind="string", format=name) if name:
                return FORMATS[name].example
            case Scalar(kind=kind):
                return _SCALARS.get(kind, _TEXT)
            case TupleOf(items=items, rest=None):
                return f"({', '.join(map(self.of, items))},)"
            case ListOf() | TupleOf():
                return "[]"
            case MapOf():
                return "{}"
            case Ref(type_id):
                made = self._declared[type_id]
                return self.of(made.type, tag) if isinstance(made, Alias) else self._model(made, tag)
            case AnyOf(members=(first, *rest), tag=own):
                return self.of(first, _selecting(first, own) if own or rest else tag)
            case _:
                return _TEXT

    def _model(self, model: Model, tag: tuple[str, str] | None) -> str:
        if model.id in self._inside:
            return "{}"
        self._inside.append(model.id)
        entries = [
            f"{literal(member.name)}: {literal(tag[1]) if tag and selects else self.of(member.type)}"
            for member in model.members
            for selects in (tag is not None and tag[0] == member.wire_name,)
            if member.required or selects
        ]
        self._inside.pop()
        return f"{{{', '.join(entries)}}}"


def _selecting(variant: TypeExpr, tag: Tag | None) -> tuple[str, str] | None:
    """Give the member that selects a variant, and the value by which it does."""
    if tag is None:
        return None
    value = next((value for value, selected in tag.mapping if selected == variant), None)
    return (tag.wire_name, value) if value is not None else None
