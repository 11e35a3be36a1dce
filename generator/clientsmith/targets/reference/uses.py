"""What uses a shared type: methods that take or give it, and events, with all that is in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ...data.event_types import EventType
from ...data.surface import Call, Declared, Model, Resource, Surface
from ...data.types import TypeId, references


class Use(NamedTuple):
    """A method that takes or gives a type, or an event that has it."""

    resource: Resource
    user: Call | EventType
    number: int
    """Its place in the order of the pages."""
    parts: tuple[str, ...]
    """Where the type is: in a `parameter`, the `body`, a `response`, the `stream`, an `error`, or the `event`."""


class TypeUses(NamedTuple):
    """The uses of the shared types."""

    of: Mapping[TypeId, tuple[Use, ...]]

    def everywhere(self, type_id: TypeId) -> tuple[Use, ...]:
        """Give the uses of what the document describes as this type: what is sent, and what is received."""
        users: dict[int, Use] = {}
        for side in ("request", "response"):
            for use in self.of.get(type_id._replace(side=side), ()):
                known = users[use.number].parts if use.number in users else ()
                users[use.number] = use._replace(parts=(*known, *use.parts))
        return tuple(users[number] for number in sorted(users))


def find_uses(surface: Surface, declared: Mapping[TypeId, Declared], shared: Iterable[TypeId]) -> TypeUses:
    """Find the uses of shared types, in the order of the pages."""
    reach = _Reach(declared, frozenset(shared))
    uses: dict[TypeId, list[Use]] = {}
    for number, (resource, user) in enumerate(_users(surface)):
        parts: dict[TypeId, list[str]] = {}
        for part, types in _parts(user):
            for type_id in reach.of(types):
                parts.setdefault(type_id, []).append(part)
        for type_id, found in parts.items():
            uses.setdefault(type_id, []).append(Use(resource, user, number, tuple(found)))
    return TypeUses({type_id: tuple(found) for type_id, found in uses.items()})


def _users(surface: Surface) -> Iterator[tuple[Resource, Call | EventType]]:
    for resource in surface.all_resources():
        for call in resource.calls:
            yield resource, call
        if resource.receiver is not None:
            for event in resource.receiver.events:
                yield resource, event


def _parts(user: Call | EventType) -> Iterator[tuple[str, tuple[TypeId, ...]]]:
    """Give the types that a method or an event names, by where they are. Places without types are left out."""
    found = (("event", references(user.type)),) if isinstance(user, EventType) else _parts_of_call(user)
    for part, types in found:
        if named := tuple(dict.fromkeys(types)):
            yield part, named


def _parts_of_call(call: Call) -> Iterator[tuple[str, Iterator[TypeId]]]:
    inside = ("body", "value")
    yield "parameter", chain.from_iterable(references(a.type) for a in call.arguments if a.location not in inside)
    yield "body", chain.from_iterable(references(a.type) for a in call.arguments if a.location in inside)
    for part, responses in (("response", call.responses), ("stream", (call.stream,)), ("error", call.errors)):
        yield part, chain.from_iterable(references(r.type) for r in responses if r is not None and r.type is not None)


def call_types(call: Call) -> Iterator[TypeId]:
    """Give the types that a method names."""
    yield from chain.from_iterable(types for _, types in _parts(call))


class _Reach:
    """Finds the shared types that others lead to."""

    def __init__(self, declared: Mapping[TypeId, Declared], shared: frozenset[TypeId]) -> None:
        self._declared = declared
        self._shared = shared
        self._direct: dict[TypeId, tuple[TypeId, ...]] = {}

    def of(self, types: Iterable[TypeId]) -> set[TypeId]:
        """Give the shared types among some types and all that is in them."""
        reached: set[TypeId] = set()
        waiting = list(types)
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting += self._refs(each)
        return reached & self._shared

    def _refs(self, type_id: TypeId) -> tuple[TypeId, ...]:
        if type_id not in self._direct:
            self._direct[type_id] = tuple(dict.fromkeys(_refs(self._declared[type_id])))
        return self._direct[type_id]


def _refs(declared: Declared) -> Iterator[TypeId]:
    if isinstance(declared, Model):
        for member in declared.members:
            yield from references(member.type)
        if declared.additional is not None:
            yield from references(declared.additional)
    else:
        yield from references(declared.type)
