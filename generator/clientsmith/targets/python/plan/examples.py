"""The calls in the README: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ....data.access import Security
from ....data.surface import Alias, Call, Declared, ExampleCall, Model, Resource, Surface
from ....data.text import literal
from ....data.types import AnyOf, ListOf, Literals, MapOf, Ref, Scalar, Tag, TupleOf, TypeExpr, TypeId
from .formats import FORMATS

LONGEST = 88
"""Characters of a call on one line."""

_Method = tuple[Resource, str, Call]
"""A resource, the name of a method behind it, and the call of the method."""


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
    whole = [(resource, call.name, call) for resource, call in found if call.responses or call.stream is None]
    paged = [(resource, call.name, call) for resource, call in found if call.pages]
    iterators = [(r, i.name, r.call(i.call)) for r in surface.all_resources() if r.calls for i in r.iterators]
    streams = [(resource, call.stream_method, call) for resource, call in found if call.stream]
    values = _Values(declared, {example.kind: example for example in surface.examples})
    examples = Examples(
        iteration=_example(iterators, values, "pagination"),
        pages=_example(paged, values, "pagination"),
        stream=_example(streams, values, "stream"),
    )
    chosen = _chosen(whole, values, "request")
    if chosen is None:
        return examples
    resource, name, call = chosen
    return replace(
        examples,
        security=call.operation.security,
        call=_written(resource, name, call, values),
        has_response=any(response.kind is not None for response in call.responses),
        raw=_written(resource, f"with_raw_response.{name}", call, values),
        streaming=_written(resource, f"with_streaming_response.{name}", call, values),
    )


def _example(methods: list[_Method], values: _Values, kind: str) -> str | None:
    chosen = _chosen(methods, values, kind)
    return _written(*chosen, values, kind) if chosen else None


def _chosen(methods: list[_Method], values: _Values, kind: str) -> _Method | None:
    """Choose the method whose call the settings want for a kind, else the one that is easiest to call."""
    wanted = [method for method in methods if values.wanted(kind, method[0], method[2])]
    return min(wanted or methods, key=lambda method: _difficulty(method[2]), default=None)


def _written(resource: Resource, name: str, call: Call, values: _Values, kind: str = "request") -> str:
    flag = call.flag.name if kind == "stream" and call.is_one_method and call.flag else None
    example = values.wanted(kind, resource, call)
    given = example.arguments if example else {}
    arguments = [text for name, text in _arguments(call, values, given) if name != flag]
    arguments += [f"{flag}=True"] if flag else []
    target = ".".join((*resource.path, name))
    line = f"{target}({', '.join(arguments)})"
    if len(line) <= LONGEST:
        return line
    return "\n".join([f"{target}(", *(f"    {argument}," for argument in arguments), ")"])


def _difficulty(call: Call) -> tuple[bool, bool, int]:
    """Prefer a typed response, then reading, then few arguments; the first of equals wins."""
    required = sum(argument.required for argument in call.arguments)
    return (not call.responses or not call.responses[0].is_typed, call.operation.verb != "GET", required)


def _arguments(call: Call, values: _Values, given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Write the required arguments of a call and those that are given, each with its name."""
    for argument in sorted(call.arguments, key=lambda argument: argument.name != call.positional):
        name = argument.name
        if name in given or argument.required or name == call.positional:
            text = str(literal(given[name])) if name in given else values.of(argument.type)
            yield name, text if name == call.positional else f"{name}={text}"


_TEXT = '"..."'
_SCALARS = {"null": "None", "boolean": "True", "integer": "1", "number": "1", "file": 'b"..."'}


class _Values:
    """Writes a value that a type takes: the first variant of a union, the required members of an object."""

    def __init__(self, declared: Mapping[TypeId, Declared], wanted: Mapping[str, ExampleCall]) -> None:
        self._declared = declared
        self._wanted = wanted
        """The calls that the settings want, by their kinds."""
        self._inside: list[TypeId] = []

    def wanted(self, kind: str, resource: Resource, call: Call) -> ExampleCall | None:
        """Give what the settings say of a call, if it is the one that they want for a kind."""
        example = self._wanted.get(kind)
        is_wanted = example is not None and (example.resource, example.call) == (resource.path, call.name)
        return example if is_wanted else None

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
