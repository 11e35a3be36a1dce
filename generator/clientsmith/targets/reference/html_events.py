"""Events on HTML pages: webhooks, callbacks, and what comes in a stream."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.event_types import EventType
from ...data.surface import Call, Resource, Response
from ...data.text import anchor, attribute, html_text
from .events import event_place, event_route, kind_of, owners_of, stream_events
from .pages import EventEntry, Link, StreamEventRow
from .prose import description
from .rows import Rows, link
from .site import Place, Site
from .spelling import Piece


class HtmlEvents:
    """Writes the events of one site."""

    def __init__(self, site: Site, rows: Rows) -> None:
        self._site = site
        self._rows = rows

    def entry(self, event: EventType) -> EventEntry:
        """Write a webhook or a callback."""
        about = event.event
        return EventEntry(
            anchor=anchor(event_place(event)),
            url=link(self._site.event_place(event)),
            name=html_text(about.name),
            label=attribute(about.name),
            type=self._rows.type((Piece(event.name, self._site.event_type(event)),)),
            kind=html_text(kind_of(event)),
            route=html_text(route) if (route := event_route(event)) else None,
            description=description(about.description or ""),
            is_deprecated=about.deprecated,
            owners=tuple(self._owner(*found) for found in owners_of(self._site.surface, event)),
        )

    def _owner(self, resource: Resource, call: Call) -> Link:
        name = ".".join((*resource.path, call.name))
        return Link(url=link(Place(self._site.call_page(resource, call))), text=html_text(name))

    def of_stream(self, response: Response) -> Iterator[StreamEventRow]:
        """Write the names of what comes in a stream, with their types."""
        declared = self._site.trees.declared
        for event in stream_events(response, declared):
            piece = Piece(declared[event.type].name, event.type)
            yield StreamEventRow(name=html_text(event.name), type=self._rows.type((piece,)))
