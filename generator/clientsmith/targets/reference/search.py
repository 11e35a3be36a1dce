"""The index of the search: a site goes in, a script that hands over its entries comes out."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.document import Json
from ...data.surface import Resource
from ...data.text import Script, script_value
from ...data.types import TypeId
from .readings import readings
from .signatures import form_place, other_forms
from .site import Site, places_in
from .trees import Field, Group
from .words import summary

RESOURCE, METHOD, MODEL = range(3)
"""The kinds of entries; fields and parameters are part of those."""


def search_index(site: Site) -> Script:
    """Write all resources, methods, models and fields.

    An entry is a kind, a name, where it is, the number of a page, an anchor, and the paths of the fields below it,
    joined by blanks: names have none.
    """
    pages: dict[str, int] = {}
    entries = [[*head, pages.setdefault(page, len(pages)), *rest] for head, page, rest in _entries(site)]
    return script_value({"pages": list(pages), "entries": entries})


_Entry = tuple[list[Json], str, list[Json]]


def _entries(site: Site) -> Iterator[_Entry]:
    for resource in site.surface.all_resources():
        page = site.resources[resource.path]
        yield [RESOURCE, resource.title, ""], page, ["", ""]
        yield from _methods(site, resource)
        for type_id in site.models[page]:
            yield _model(site, type_id, resource.title)
    for type_id in site.own_pages:
        yield _model(site, type_id, "")


def _methods(site: Site, resource: Resource) -> Iterator[_Entry]:
    for call in resource.calls:
        fields = tuple(site.trees.parameters(call))
        page = site.call_page(resource, call)
        paths = " ".join(_paths(site, page, "parameters", fields, ""))
        yield [METHOD, _dotted(resource, call.name), summary(call)], page, ["", paths]
        for name in other_forms(resource, call):
            yield [METHOD, _dotted(resource, name), summary(call)], page, [form_place(name), ""]
    for method in readings(resource, site.trees.spellers["response"]):
        yield [METHOD, _dotted(resource, method.name), method.summary], site.resources[resource.path], [method.name, ""]


def _dotted(resource: Resource, name: str) -> str:
    return ".".join((*resource.path, name))


def _model(site: Site, type_id: TypeId, where: str) -> _Entry:
    group = site.trees.group(type_id)
    place = site.types[type_id]
    paths = " ".join(_paths(site, place.page, place.anchor, group.fields, ""))
    return [MODEL, group.name, where], place.page, [place.anchor, paths]


def _paths(site: Site, page: str, place: str, fields: tuple[Field, ...], before: str) -> Iterator[str]:
    """Give the paths of the fields that have their anchors below a place."""
    for field in fields:
        path = f"{before}{field.name}"
        yield path
        yield from _below(site, page, f"{place}.{field.name}", field.groups, path)


def _below(site: Site, page: str, place: str, groups: tuple[Group, ...], path: str) -> Iterator[str]:
    for group, inner in places_in(place, groups):
        if not group.is_link and site.types.get(group.type) == (page, inner):
            yield from _paths(site, page, inner, group.fields, f"{path}{inner[len(place) :]}.")
