"""Webhooks and callbacks: the events of two revisions go in, what differs between them comes out."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.document import Pointer
from ...data.event_types import EventType
from ...data.reserved import PUBLIC_OF_WEBHOOKS
from .collector import Finding
from .offers import Offers
from .places import At
from .schemas import SchemaComparison

EventKey = tuple[str, bool]
"""The name of an event, and whether it is a callback."""
WEBHOOKS = Pointer("/webhooks")


class EventComparison:
    """Compares the events that both sides have, and reports the others."""

    def __init__(self, old: Offers, new: Offers, schemas: SchemaComparison) -> None:
        self._old, self._new = _events(old), _events(new)
        self._paths = _unwrap(old), _unwrap(new)
        self._schemas = schemas

    def run(self) -> None:
        """Compare all. Components that only events of one side lead to are changes of their own."""
        self._receivers()
        for key, event in self._old.items():
            if (other := self._new.get(key)) is not None:
                self._bodies(event, other)
            else:
                self._report("webhook-removed", "is gone", event, event.event.pointer, WEBHOOKS)
        for key, event in self._new.items():
            if key not in self._old:
                self._report("webhook-added", "is new", event, WEBHOOKS, event.event.pointer)

    def _receivers(self) -> None:
        """Compare the method that reads events; with the last of them go all that belongs to it."""
        old, new = self._paths
        if old == new:
            return
        if old is not None and new is not None:
            self._method("method-renamed", old, f"is called {new}() now")
        elif old is not None:
            self._method("method-removed", old, f"is gone, with the exceptions {_EXCEPTIONS}: there are no webhooks")
        elif new is not None:
            self._method("method-added", new, "is new: there are webhooks")

    def _method(self, kind: str, path: str, message: str) -> None:
        place = f"{path}()"
        finding = Finding(
            kind=kind, place=place, message=message, old=WEBHOOKS, new=WEBHOOKS, owner="client", detail=place
        )
        self._schemas.found.add(finding)

    def _report(self, kind: str, message: str, event: EventType, old: Pointer, new: Pointer) -> None:
        what = "callback" if event.event.is_callback else "webhook"
        place = _place(event)
        self._schemas.found.uses.call(event.event.pointer, place)
        self._schemas.found.add(
            Finding(
                kind=kind,
                place=place,
                message=f"the {what} {event.event.name} {message}",
                old=old,
                new=new,
                owner=event.event.pointer,
                detail=place,
            )
        )

    def _bodies(self, before: EventType, after: EventType) -> None:
        old, new = before.event, after.event
        owner = old.pointer, new.pointer
        self._schemas.found.uses.call(owner, _place(before))
        at = At(
            side="response",
            owner=owner,
            subject="type",
            old=old.schema.pointer,
            new=new.schema.pointer,
            prefix=_place(before),
        )
        self._schemas.add(old.schema, new.schema, at)


_EXCEPTIONS = " and ".join(PUBLIC_OF_WEBHOOKS)


def _unwrap(offers: Offers) -> str | None:
    """Name the method that reads events; None without webhooks."""
    for resource in offers.surface.all_resources():
        if resource.receiver is not None:
            return ".".join((*resource.path, resource.receiver.unwrap))
    return None


def _place(event: EventType) -> str:
    return f"types.webhooks.{event.name}"


def _events(offers: Offers) -> Mapping[EventKey, EventType]:
    receivers = (resource.receiver for resource in offers.surface.all_resources())
    return {
        (each.event.name, each.event.is_callback): each
        for receiver in receivers
        if receiver is not None
        for each in receiver.events
    }
