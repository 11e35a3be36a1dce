"""Events on pages: what the API sends by itself, and the names of what comes in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...data.document import Pointer
from ...data.event_types import EventType
from ...data.media import is_stream
from ...data.surface import Alias, Call, Declared, Model, Resource, Response, Surface
from ...data.types import AnyOf, Literals, Ref, TypeExpr, TypeId

# --- webhooks and callbacks ------------------------------------------------------------------------------------------


def receiving(surface: Surface) -> Resource | None:
    """Give the resource that reads events."""
    return next((resource for resource in surface.all_resources() if resource.receiver is not None), None)


def events_of(resource: Resource | None) -> tuple[EventType, ...]:
    """Give the events that a resource reads."""
    return resource.receiver.events if resource is not None and resource.receiver is not None else ()


def callbacks_of(surface: Surface) -> Mapping[Pointer, tuple[EventType, ...]]:
    """Give the callbacks of operations, by their places."""
    found: dict[Pointer, list[EventType]] = {}
    for event in events_of(receiving(surface)):
        for owner in event.event.owners:
            found.setdefault(owner, []).append(event)
    return {owner: tuple(events) for owner, events in found.items()}


def owners_of(surface: Surface, event: EventType) -> Iterator[tuple[Resource, Call]]:
    """Give the methods that a callback belongs to."""
    owners = event.event.owners
    for resource in surface.all_resources() if owners else ():
        yield from ((resource, call) for call in resource.calls if call.operation.pointer in owners)


def event_place(event: EventType) -> str:
    """Give the anchor of an event on the page of the resource that reads it: its name may be any text."""
    return f"events.{event.name}"


def kind_of(event: EventType) -> str:
    """Name the kind of an event."""
    return "callback" if event.event.is_callback else "webhook"


def event_route(event: EventType) -> str:
    """Write how a callback is sent; nothing for a webhook, which has no place in the document."""
    return f"{event.event.verb} {event.event.url}" if event.event.url is not None else ""


# --- streams ---------------------------------------------------------------------------------------------------------


class StreamEvent(NamedTuple):
    """A name that what comes in a stream may have, and the type with this name."""

    name: str
    type: TypeId


def stream_events(response: Response, declared: Mapping[TypeId, Declared]) -> tuple[StreamEvent, ...]:
    """Give the names of what comes in a stream, where the document has any.

    They are the fixed values of the field `event`, of a discriminator, or of the first field that has one in each type.
    """
    if not is_stream(response.kind) or response.type is None:
        return ()
    variants = tuple(_models(response.type, declared))
    tag = _tag_name(response.type, declared)
    for name in ("event", tag, *_names(variants[:1])):
        found = tuple(_named(variants, name, declared)) if name is not None else ()
        is_distinct = len(variants) > 1 and len({each.name for each in found}) == len(found)
        if found and (name == "event" or is_distinct):
            return found
    return ()


def _models(expression: TypeExpr, declared: Mapping[TypeId, Declared]) -> Iterator[Model]:
    """Give the models that a value may be, unions taken apart."""
    waiting: list[TypeExpr] = [expression]
    seen: set[TypeId] = set()
    while waiting:
        match waiting.pop():
            case Ref(type_id) if type_id not in seen:
                seen.add(type_id)
                target = declared[type_id]
                if isinstance(target, Alias):
                    waiting.append(target.type)
                else:
                    yield target
            case AnyOf(members):
                waiting += reversed(members)


def _tag_name(expression: TypeExpr, declared: Mapping[TypeId, Declared]) -> str | None:
    """Find the discriminator of a union, which may have a name."""
    match expression:
        case AnyOf(tag=tag) if tag is not None:
            return tag.wire_name
        case Ref(type_id):
            target = declared[type_id]
            return _tag_name(target.type, declared) if isinstance(target, Alias) else None
    return None


def _names(models: Iterable[Model]) -> Iterator[str]:
    yield from (member.wire_name for model in models for member in model.members)


def _named(models: Iterable[Model], wire_name: str, declared: Mapping[TypeId, Declared]) -> Iterator[StreamEvent]:
    """Give the fixed texts that a field has in each model; none if it has others in one of them."""
    found: list[StreamEvent] = []
    for model in models:
        values = next((_texts(m.type, declared) for m in model.members if m.wire_name == wire_name), ())
        if not values:
            return
        found += (StreamEvent(value, model.id) for value in values)
    yield from found


def _texts(expression: TypeExpr, declared: Mapping[TypeId, Declared]) -> tuple[str, ...]:
    match expression:
        case Literals(values):
            return tuple(value for value in values if isinstance(value, str))
        case Ref(type_id):
            target = declared[type_id]
            return _texts(target.type, declared) if isinstance(target, Alias) else ()
    return ()
