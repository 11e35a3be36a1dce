"""Which pages a site has, and where on them each type is described."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from ...data.document import Pointer
from ...data.event_types import EventType
from ...data.reserved import is_device
from ...data.surface import Call, Declared, Model, Resource, Surface, TypeModule
from ...data.types import TypeId, references
from .events import callbacks_of, event_place, receiving
from .trees import Field, Group, Trees
from .uses import TypeUses, Use, find_uses

LONGEST_PAGE = 2500
"""A page of a resource has so many fields at most, if moving shared types to pages of their own helps."""


class Place(NamedTuple):
    """A place in the site."""

    page: str
    """The file's name without its ending."""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The pages of a surface, by what they are about."""

    surface: Surface
    trees: Trees
    resources: Mapping[tuple[str, ...], str]
    calls: Mapping[tuple[tuple[str, ...], str], str]
    models: Mapping[str, tuple[TypeId, ...]]
    """The types that each page of a resource describes."""
    own_pages: Mapping[TypeId, str]
    """The shared types with pages of their own."""
    types: Mapping[TypeId, Place]
    """Where each declared type is described."""
    uses: TypeUses
    """What uses each shared type."""
    callbacks: Mapping[Pointer, tuple[EventType, ...]]
    """The callbacks of operations, by their places."""
    receiving: Resource | None
    """The resource that reads events."""

    def call_page(self, resource: Resource, call: Call) -> str:
        """Give the page of a method."""
        return self.calls[resource.path, call.name]

    def event_place(self, event: EventType) -> Place:
        """Give where an event is listed: on the page of the resource that reads it."""
        path = self.receiving.path if self.receiving is not None else ()
        return Place(self.resources[path], event_place(event))

    def user(self, use: Use) -> tuple[str, Place]:
        """Give the name of what uses a type, and where it is described."""
        if isinstance(use.user, EventType):
            return use.user.event.name, self.event_place(use.user)
        return ".".join((*use.resource.path, use.user.name)), Place(self.call_page(use.resource, use.user))

    def event_type(self, event: EventType) -> TypeId | None:
        """Give the type of an event under the name of the event."""
        receiver = self.receiving.receiver if self.receiving is not None else None
        modules = receiver.types if receiver is not None else ()
        for module in modules:
            both: tuple[Declared, ...] = (*module.aliases, *module.models)
            if event.name in module.exports:
                return next((each.id for each in both if each.name == event.name), None)
        return None


def make_site(surface: Surface) -> Site:
    """Choose the pages, and the place of each type."""
    declared = surface.declared()
    shared = tuple(_main_types(surface.components))
    reader = receiving(surface)
    trees = Trees(declared, frozenset((*shared, *_read_types(reader))))
    names = _PageNames()
    resources = {resource.path: names.take(resource.path or (resource.title,)) for resource in surface.all_resources()}
    calls = {
        (resource.path, call.name): names.take((*resource.path, call.name))
        for resource in surface.all_resources()
        for call in resource.calls
    }
    uses = find_uses(surface, declared, shared)
    homes = _homes(shared, uses.of, resources, trees)
    own_pages = {each: names.take(("types", declared[each].name)) for each in shared if each not in homes}
    models = {page: tuple(_models(resource, homes, page)) for resource, page in _pages(surface, resources)}
    types = _Places(trees)
    for page, found in models.items():
        types.add_all(page, found)
    for type_id, page in own_pages.items():
        types.add_all(page, (type_id,))
    for resource in surface.all_resources():
        for call in resource.calls:
            types.add_arguments(calls[resource.path, call.name], call)
    return Site(
        surface=surface,
        trees=trees,
        resources=resources,
        calls=calls,
        models=models,
        own_pages=own_pages,
        types=types.found,
        uses=uses,
        callbacks=callbacks_of(surface),
        receiving=reader,
    )


def _pages(surface: Surface, resources: Mapping[tuple[str, ...], str]) -> Iterator[tuple[Resource, str]]:
    for resource in surface.all_resources():
        yield resource, resources[resource.path]


# --- names of pages --------------------------------------------------------------------------------------------------

_LONGEST_NAME = 120


class _PageNames:
    """Chooses file names that are distinct on every file system."""

    def __init__(self) -> None:
        self._occupied = {"index", "types"}

    def take(self, steps: Iterable[str]) -> str:
        """Choose a name for what a dotted path leads to."""
        wanted = name = _file_name(".".join(steps))
        number = 1
        while name.casefold() in self._occupied:
            number += 1
            name = f"{wanted}-{number}"
        self._occupied.add(name.casefold())
        return name


def _file_name(path: str) -> str:
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._") else f"-{ord(c):x}" for c in path)
    if is_device(name):
        name = f"-{name}"
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    return name


# --- where types are described ---------------------------------------------------------------------------------------


def _main_types(modules: Iterable[TypeModule]) -> Iterator[TypeId]:
    """Give the types that are not inside another one."""
    for module in modules:
        both: tuple[Declared, ...] = (*module.models, *module.aliases)
        yield from (declared.id for declared in both if _is_main(declared, module))


def _read_types(resource: Resource | None) -> Iterator[TypeId]:
    """Give the types of the events that a resource reads; that of any event is the first one."""
    if resource is not None and resource.receiver is not None:
        found = tuple(_main_types(reversed(resource.receiver.types)))
        of_any = references(resource.receiver.type)
        yield from dict.fromkeys((*of_any, *found))


def _is_main(declared: Declared, module: TypeModule) -> bool:
    return declared.name in module.exports and not (isinstance(declared, Model) and declared.path)


def _homes(
    shared: Iterable[TypeId],
    uses: Mapping[TypeId, tuple[Use, ...]],
    resources: Mapping[tuple[str, ...], str],
    trees: Trees,
) -> dict[TypeId, str]:
    """Choose the page of the resource for types that only one resource uses, or those below it.

    Types of a page that would be too long have pages of their own instead.
    """
    homes: dict[TypeId, str] = {}
    sizes: dict[str, int] = {}
    for type_id in shared:
        found = [use.resource.path for use in uses.get(type_id, ())]
        home = reduce(_common, found) if found else ()
        page = resources.get(home) if home or not any(found) else None
        if page is not None:
            homes[type_id] = page
            sizes[page] = sizes.get(page, 0) + trees.group(type_id).size
    return {type_id: page for type_id, page in homes.items() if sizes[page] <= LONGEST_PAGE}


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def _models(resource: Resource, homes: Mapping[TypeId, str], page: str) -> Iterator[TypeId]:
    """Give the types of a page: those of the responses of its methods, then those that they share."""
    for call in resource.calls:
        responses = (module for module in call.types if module.side == "response" and module.params is None)
        yield from _main_types(responses)
    yield from _read_types(resource)
    yield from (type_id for type_id, home in homes.items() if home == page)


class _Places:
    """Notes where types are described: the first place of each one counts."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self.found: dict[TypeId, Place] = {}

    def add_all(self, page: str, types: Iterable[TypeId]) -> None:
        """Note the types that a page describes under their own names."""
        named = [(self._trees.group(type_id), anchor) for type_id, anchor in named_places(self._trees, types)]
        new = [(group, anchor) for group, anchor in named if group.type not in self.found]
        # First under their own names: one may be part of another, too.
        self.found.update({group.type: Place(page, anchor) for group, anchor in new})
        for group, anchor in new:
            self._add_inside(page, group, anchor)

    def add_arguments(self, page: str, call: Call) -> None:
        """Note the types inside what a method takes."""
        for field in self._trees.parameters(call):
            self._add_field(page, field, PARAMETERS)

    def _add(self, page: str, group: Group, anchor: str) -> None:
        if group.type in self.found:
            return
        self.found[group.type] = Place(page, anchor)
        self._add_inside(page, group, anchor)

    def _add_inside(self, page: str, group: Group, anchor: str) -> None:
        for field in group.fields:
            self._add_field(page, field, anchor)
        self._add_inner(page, group.groups, anchor)

    def _add_field(self, page: str, field: Field, anchor: str) -> None:
        self._add_inner(page, field.groups, f"{anchor}.{field.name}")

    def _add_inner(self, page: str, groups: tuple[Group, ...], anchor: str) -> None:
        """Note types inside others. A shared one has a place of its own."""
        for inner, place in places_in(anchor, groups):
            if not inner.is_link and inner.type not in self._trees.roots:
                self._add(page, inner, place)


PARAMETERS = "parameters"
"""The anchor of what a method takes."""
RETURNS = "returns"
"""The anchor of what a method gives."""


def named_places(trees: Trees, types: Iterable[TypeId]) -> Iterator[tuple[TypeId, str]]:
    """Give the anchors of types that one page describes: their names, with a number where two have the same one."""
    counts: dict[str, int] = {}
    for type_id in types:
        name = trees.declared[type_id].name
        counts[name] = counts.get(name, 0) + 1
        yield type_id, name if counts[name] == 1 else f"{name}-{counts[name]}"


def places_in(anchor: str, groups: tuple[Group, ...]) -> Iterator[tuple[Group, str]]:
    """Give the anchors of the types below a place: the place itself, or their names where there are several."""
    if len(groups) == 1:
        yield groups[0], anchor
        return
    counts: dict[str, int] = {}
    for group in groups:
        counts[group.name] = counts.get(group.name, 0) + 1
        number = f"-{counts[group.name]}" if counts[group.name] > 1 else ""
        yield group, f"{anchor}.{group.name}{number}"
