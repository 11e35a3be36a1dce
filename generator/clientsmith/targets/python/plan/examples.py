"""The calls in the README: real methods with their required arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ....data.access import Security
from ....data.surface import Alias, Call, Declared, ExampleCall, Model, Resource, Surface
from ....data.text import literal
from ....data.types import AnyOf, ListOf, Literals, MapOf, Ref, Scalar, Tag, TupleOf, TypeExpr, TypeId
from .formats import FORMATS

LONGEST = 88
"""Characters of a call on one line."""


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
    streams = [(resource, call.stream_method, call) for resource, call in found if call.stream]
    values = _Values(declared, {example.kind: example for example in surface.examples})
    examples = Examples(
        iteration=_easiest(iterators, values, "pagination"),
        pages=_easiest(paged, values, "pagination"),
        stream=_easiest(streams, values, "stream"),
    )
    whole = _chosen([(r, c.name, c) for r, c in found if _has_whole(c)], values, "request") or whole
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


def _easiest(methods: Iterable[tuple[Resource, str, Call]], values: _Values, kind: str) -> str | None:
    """Write the call of a kind that the settings want, else the one that is easiest to write."""
    found = list(methods)
    wanted = _chosen(found, values, kind)
    if wanted is not None:
        found = [(resource, name, call) for resource, name, call in found if (resource, call) == wanted]
    chosen = min(found, key=lambda method: _difficulty(method[2]), default=None)
    return _written(*chosen, values, kind) if chosen else None


def _chosen(methods: list[tuple[Resource, str, Call]], values: _Values, kind: str) -> tuple[Resource, Call] | None:
    """Find the call that the settings want for a kind."""
    example = values.wanted.get(kind)
    if example is None:
        return None
    place = (example.resource, example.call)
    return next(((resource, call) for resource, _, call in methods if (resource.path, call.name) == place), None)


def _written(resource: Resource, name: str, call: Call, values: _Values, kind: str = "request") -> str:
    flag = call.flag.name if kind == "stream" and call.is_one_method and call.flag else None
    example = values.wanted.get(kind)
    is_wanted = example is not None and (example.resource, example.call) == (resource.path, call.name)
    given = example.arguments if is_wanted and example else {}
    arguments = [text for name, text in _arguments(call, values, given) if name != flag]
    arguments += [f"{flag}=True"] if flag else []
    target = f"{'.'.join(resource.path)}.{name}"
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
        self.wanted = wanted
        """The calls that the settings want, by what they show."""
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
