"""Events: webhooks and callbacks go in, one event for each body that the API sends comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A request that the document describes as a webhook or a callback."""

    name: str
    place: OperationPlace
    url: str | None = None
    """Where a callback is sent; None for a webhook."""
    owners: tuple[Pointer, ...] = ()
    """The operations that a callback belongs to."""

    @property
    def is_callback(self) -> bool:
        """Whether it belongs to operations."""
        return self.url is not None


def lower_events(lowering: Lowering) -> tuple[Event, ...]:
    """Lower webhooks, then callbacks; a callback that several operations share is one event."""
    made: dict[tuple[str, bool, Pointer], Event] = {}
    for request in (*webhooks(lowering), *callbacks(lowering)):
        if (lowered := event(lowering, request)) is not None:
            key = lowered.name, lowered.is_callback, place_of(lowered.schema)
            known = made.setdefault(key, lowered)
            if known is not lowered:
                made[key] = replace(known, owners=(*known.owners, *lowered.owners))
    return tuple(made.values())


def webhooks(lowering: Lowering) -> Iterator[_Request]:
    """Find the requests that `webhooks` describes, or `x-webhooks`, as they are written before 3.1."""
    for key in WEBHOOKS:
        for item in path_items(lowering.spec.value(), follower(lowering), key):
            yield from requests(item, item.key)


def callbacks(lowering: Lowering) -> Iterator[_Request]:
    """Find the requests that the `callbacks` of operations describe."""
    follow = follower(lowering)
    for place in places(lowering):
        for name, value in child_keys(place.keys, "callbacks").items():
            end, pointer = follow(value, place.pointer.below("callbacks", name))
            for item in path_items_at(end, pointer, follow):
                yield from requests(item, name, url=item.key, owners=(place.pointer,))


def requests(
    item: PathItem, name: str, *, url: str | None = None, owners: tuple[Pointer, ...] = ()
) -> Iterator[_Request]:
    """Name the operations of a path item: further ones have their verb in the name."""
    for number, place in enumerate(operation_places(item)):
        own = f"{name} {place.verb.lower()}" if number else name
        yield _Request(name=own, place=place, url=url, owners=owners)


def event(lowering: Lowering, request: _Request) -> Event | None:
    """Lower one request; nothing where it has no body."""
    place = request.place
    if not isinstance(place.keys.get("requestBody"), dict):
        return None
    lowering.budget.spend(OPERATION, place.pointer)
    body = lowering.follow(place.keys["requestBody"], place.pointer.child("requestBody"))
    content = lower_content(lowering, as_keys(body.value), body.pointer)
    media = next((media for media in content if media.kind == "json"), None)
    if media is None:
        if content:
            report_unread(lowering, request, body.pointer)
        return None
    about = text(place.keys, "description") or text(place.keys, "summary") or text(place.item, "summary")
    lowering.budget.spend_text(place.pointer, about)
    return Event(
        name=request.name,
        is_callback=request.is_callback,
        verb=place.verb,
        url=request.url,
        schema=media.schema or lowering.schema(True, media.pointer.child("schema")),
        description=about,
        deprecated=flag(place.keys, "deprecated"),
        owners=request.owners,
        pointer=place.pointer,
    )


def report_unread(lowering: Lowering, request: _Request, pointer: Pointer) -> None:
    """Report a body that clients do not read."""
    what = "callback" if request.is_callback else "webhook"
    lowering.warn(
        "unread-webhook",
        f"the body of the {what} '{request.name}' is no JSON; the client has no type for it",
        pointer,
        hint="`verify` of the client checks the signature of any body",
    )
