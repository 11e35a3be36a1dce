"""Events: webhooks and callbacks go in, one event for each body that the API sends comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...data.api import Event
from ...data.document import Pointer
from ...data.openapi import WEBHOOKS
from ...data.operations import OperationPlace, PathItem, operation_places, path_items, path_items_at
from ...data.schemas import place_of
from .budget import OPERATION
from .context import Lowering
from .media import lower_content
from .operations import follower, places
from .reading import as_keys, child_keys, flag, text

_Found = tuple[str, bool, OperationPlace, tuple[Pointer, ...]]
"""A name, whether it is a callback, the operation that describes the request, and those that the callback is of."""


def lower_events(lowering: Lowering) -> tuple[Event, ...]:
    """Lower webhooks, then callbacks; a callback that several operations share is one event."""
    made: dict[tuple[str, bool, Pointer], Event] = {}
    for found in (*webhooks(lowering), *callbacks(lowering)):
        if (lowered := event(lowering, *found)) is not None:
            key = lowered.name, lowered.is_callback, place_of(lowered.schema)
            known = made.setdefault(key, lowered)
            if known is not lowered:
                made[key] = replace(known, owners=(*known.owners, *lowered.owners))
    return tuple(made.values())


def webhooks(lowering: Lowering) -> Iterator[_Found]:
    """Find the requests that `webhooks` describes, or `x-webhooks`, as they are written before 3.1."""
    for key in WEBHOOKS:
        for item in path_items(lowering.spec.value(), follower(lowering), key):
            yield from requests(item, item.key, is_callback=False)


def callbacks(lowering: Lowering) -> Iterator[_Found]:
    """Find the requests that the `callbacks` of operations describe."""
    follow = follower(lowering)
    for place in places(lowering):
        for name, value in child_keys(place.keys, "callbacks").items():
            end, pointer = follow(value, place.pointer.below("callbacks", name))
            for item in path_items_at(end, pointer, follow):
                yield from requests(item, name, is_callback=True, owners=(place.pointer,))


def requests(item: PathItem, name: str, *, is_callback: bool, owners: tuple[Pointer, ...] = ()) -> Iterator[_Found]:
    """Name the operations of a path item: further ones have their verb in the name."""
    for number, place in enumerate(operation_places(item)):
        yield f"{name} {place.verb.lower()}" if number else name, is_callback, place, owners


def event(
    lowering: Lowering, name: str, is_callback: bool, place: OperationPlace, owners: tuple[Pointer, ...]
) -> Event | None:
    """Lower one request; nothing where it has no body."""
    if not isinstance(place.keys.get("requestBody"), dict):
        return None
    lowering.budget.spend(OPERATION, place.pointer)
    body = lowering.follow(place.keys["requestBody"], place.pointer.child("requestBody"))
    content = lower_content(lowering, as_keys(body.value), body.pointer)
    media = next((media for media in content if media.kind == "json"), None)
    if media is None:
        if content:
            report_unread(lowering, name, is_callback, body.pointer)
        return None
    about = text(place.keys, "description") or text(place.keys, "summary") or text(place.item, "summary")
    lowering.budget.spend_text(place.pointer, about)
    return Event(
        name=name,
        is_callback=is_callback,
        schema=media.schema or lowering.schema(True, media.pointer.child("schema")),
        description=about,
        deprecated=flag(place.keys, "deprecated"),
        owners=owners,
        pointer=place.pointer,
    )


def report_unread(lowering: Lowering, name: str, is_callback: bool, pointer: Pointer) -> None:
    """Report a body that clients do not read."""
    what = "callback" if is_callback else "webhook"
    lowering.warn(
        "unread-webhook",
        f"the body of the {what} '{name}' is no JSON; the client has no type for it",
        pointer,
        hint="`verify` of the client checks the signature of any body",
    )
