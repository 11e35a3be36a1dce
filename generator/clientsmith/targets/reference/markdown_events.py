"""What Markdown pages say of methods beside types: events, callbacks, credentials, and what uses a type."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.event_types import EventType
from ...data.surface import Call, Response
from ...data.text import Markdown, anchor, markdown_code, markdown_lines, markdown_link
from ...data.types import TypeId
from ..markdown_prose import one_line
from .access import Way, way_text
from .events import event_place, event_route, kind_of, owners_of, stream_events
from .markdown_fields import BLANK, Lines, LinkTo, MarkdownFields, item
from .site import Place, Site
from .spelling import Piece
from .words import deprecation

DEPRECATED = markdown_lines(" **Deprecated.**")
"""The mark of a line in a list."""


class MarkdownEvents:
    """Writes the events of one site."""

    def __init__(self, site: Site, fields: MarkdownFields, link_to: LinkTo) -> None:
        self._site = site
        self._fields = fields
        self._link_to = link_to

    def listed(self, events: Iterable[EventType]) -> Lines:
        """List events on the page of the resource that reads them, each with its anchor."""
        for event in events:
            place = markdown_lines('<a id="', anchor(event_place(event)), '"></a>')
            yield item(place, markdown_code(event.event.name), *self._about(event, *self._owners(event)))
        yield BLANK

    def callbacks(self, call: Call) -> Lines:
        """List the callbacks of a method."""
        for event in self._site.callbacks.get(call.operation.pointer, ()):
            yield item(self._event_link(event), *self._about(event))

    def _event_link(self, event: EventType) -> Markdown:
        """Write the name of an event as a link to where it is listed."""
        return markdown_link(markdown_code(event.event.name), self._link_to(self._site.event_place(event)))

    def _about(self, event: EventType, *owners: Markdown | str) -> Iterable[Markdown | str]:
        about = event.event
        yield from (" (", kind_of(event), *owners, "): ")
        yield self._fields.type((Piece(event.name, self._site.event_type(event)),))
        if route := event_route(event):
            yield from (", sent by ", markdown_code(route))
        if text := one_line(about.description or ""):
            yield from (" — ", text)
        if about.deprecated:
            yield DEPRECATED

    def _owners(self, event: EventType) -> Iterable[Markdown | str]:
        names = [
            self._linked(".".join((*resource.path, call.name)), Place(self._site.call_page(resource, call)))
            for resource, call in owners_of(self._site.surface, event)
        ]
        return (" of ", ", ".join(names)) if names else ()

    def _linked(self, name: str, place: Place) -> Markdown:
        return markdown_link(markdown_code(name), self._link_to(place))

    def of_stream(self, response: Response, depth: int) -> Lines:
        """Name what comes in a stream, with the types."""
        declared = self._site.trees.declared
        found = [
            markdown_lines(
                markdown_code(event.name), " (", self._fields.type((Piece(declared[event.type].name, event.type),)), ")"
            )
            for event in stream_events(response, declared)
        ]
        if found:
            yield item("Events: ", ", ".join(found), depth=depth)

    def used_by(self, type_id: TypeId) -> Lines:
        """List what uses a shared type."""
        for use in self._site.uses.everywhere(type_id):
            yield item(self._linked(*self._site.user(use)), f" ({', '.join(use.parts)})")


def in_short(name: Markdown, event: EventType) -> Markdown:
    """Write an event on a line of a list, with no link but that of its name."""
    about = event.event
    words = (" — ", text) if (text := one_line(about.description or "")) else ()
    return item(
        name, f" ({kind_of(event)}) ", markdown_code(event.name), *words, DEPRECATED if about.deprecated else ""
    )


def ways(found: Iterable[Way]) -> Lines:
    """List the alternatives to authenticate a call."""
    for way in found:
        yield item(*way_text(way, markdown_code))


def deprecated(call: Call) -> Lines:
    """Say that a method is deprecated, if it is."""
    if call.is_deprecated:
        yield markdown_lines("**Deprecated.** ", one_line(deprecation(call)))
        yield BLANK
