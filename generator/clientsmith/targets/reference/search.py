"""The index of the search: a site goes in, a script that hands over its entries comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...data.document import Json
from ...data.surface import Resource
from ...data.text import Script, script_value
from ...data.types import TypeId
from .events import events_of, stream_events
from .readings import readings
from .signatures import form_place, other_forms
from .site import PARAMETERS, RETURNS, Place, Site, places_in
from .trees import Field, Group
from .words import cut, summary

RESOURCE, METHOD, MODEL = range(3)
"""The kinds of entries; fields and parameters, 3 and 4, are part of those."""
EVENT = 5


def search_index(site: Site) -> Script:
    """Write all resources, methods, models and fields.

    An entry is a kind, a name, where it is, the number of a page, an anchor, and the paths of the fields below it,
    joined by blanks: names have none. The path of a deprecated field ends in `!`; other deprecated entries are listed
    by their numbers.
    """
    pages: dict[str, int] = {}
    found = list(_entries(site))
    entries = [_written(entry, pages.setdefault(entry.place.page, len(pages))) for entry in found]
    deprecated = [number for number, entry in enumerate(found) if entry.is_deprecated]
    return script_value({"pages": list(pages), "entries": entries, "deprecated": deprecated})


class _Entry(NamedTuple):
    kind: int
    name: str
    where: str
    place: Place
    fields: Iterable[str] = ()
    is_deprecated: bool = False


def _written(entry: _Entry, page: int) -> list[Json]:
    return [entry.kind, entry.name, entry.where, page, entry.place.anchor, " ".join(entry.fields)]


def _entries(site: Site) -> Iterator[_Entry]:
    for resource in site.surface.all_resources():
        page = site.resources[resource.path]
        yield _Entry(RESOURCE, resource.title, "", Place(page))
        yield from _methods(site, resource)
        for event in events_of(resource):
            about = event.event
            words = cut(about.description or "")
            yield _Entry(EVENT, about.name, words, site.event_place(event), is_deprecated=about.deprecated)
        for type_id in site.models[page]:
            yield _model(site, type_id, resource.title)
    for type_id in site.own_pages:
        yield _model(site, type_id, "")


def _methods(site: Site, resource: Resource) -> Iterator[_Entry]:
    for call in resource.calls:
        fields = tuple(site.trees.parameters(call))
        page, words, is_old = site.call_page(resource, call), summary(call), call.is_deprecated
        paths = _paths(site, page, PARAMETERS, fields, "")
        yield _Entry(METHOD, _dotted(resource, call.name), words, Place(page), paths, is_old)
        for name in other_forms(resource, call):
            yield _Entry(METHOD, _dotted(resource, name), words, Place(page, form_place(name)), (), is_old)
        if call.stream is not None:
            for event in stream_events(call.stream, site.trees.declared):
                yield _Entry(EVENT, event.name, _dotted(resource, call.stream_method), Place(page, RETURNS), (), is_old)
    for method in readings(resource, site.trees.spellers["response"]):
        place = Place(site.resources[resource.path], method.name)
        yield _Entry(METHOD, _dotted(resource, method.name), method.summary, place)


def _dotted(resource: Resource, name: str) -> str:
    return ".".join((*resource.path, name))


def _model(site: Site, type_id: TypeId, where: str) -> _Entry:
    group = site.trees.group(type_id)
    place = site.types[type_id]
    return _Entry(MODEL, group.name, where, place, _paths(site, place.page, place.anchor, group.fields, ""))


def _paths(site: Site, page: str, place: str, fields: tuple[Field, ...], before: str) -> Iterator[str]:
    """Give the paths of the fields that have their anchors below a place."""
    for field in fields:
        path = f"{before}{field.name}"
        yield f"{path}!" if field.flags.deprecated else path
        yield from _below(site, page, f"{place}.{field.name}", field.groups, path)


def _below(site: Site, page: str, place: str, groups: tuple[Group, ...], path: str) -> Iterator[str]:
    for group, inner in places_in(place, groups):
        if not group.is_link and site.types.get(group.type) == (page, inner):
            yield from _paths(site, page, inner, group.fields, f"{path}{inner[len(place) :]}.")
