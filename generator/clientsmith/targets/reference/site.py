"""Which pages a site has, and where on them each type is described."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from ...data.reserved import is_device
from ...data.surface import Call, Declared, Model, Resource, Surface, TypeModule
from ...data.types import TypeId
from .trees import Field, Group, Trees, refs

LONGEST_PAGE = 2500
"""A page of a resource has so many fields at most, if moving shared types to pages of their own helps."""


class Place(NamedTuple):
    """A place in the site."""

    page: str
    """The file's name without its ending."""
    anchor: str = ""


class Use(NamedTuple):
    """A method that takes or gives a type."""

    resource: Resource
    call: Call


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
    uses: Mapping[TypeId, tuple[Use, ...]]
    """The methods that take or give each shared type."""

    def call_page(self, resource: Resource, call: Call) -> str:
        """Give the page of a method."""
        return self.calls[resource.path, call.name]


def make_site(surface: Surface) -> Site:
    """Choose the pages, and the place of each type."""
    declared = surface.declared()
    shared = tuple(_main_types(surface.components))
    trees = Trees(declared, frozenset(shared))
    names = _PageNames()
    resources = {resource.path: names.take(resource.path or (resource.title,)) for resource in surface.all_resources()}
    calls = {
        (resource.path, call.name): names.take((*resource.path, call.name))
        for resource in surface.all_resources()
        for call in resource.calls
    }
    uses = _uses(surface, _Reach(declared, frozenset(shared)))
    homes = _homes(shared, uses, resources, trees)
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


def _is_main(declared: Declared, module: TypeModule) -> bool:
    return declared.name in module.exports and not (isinstance(declared, Model) and declared.path)


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
            yield from refs(member.type)
        if declared.additional is not None:
            yield from refs(declared.additional)
    else:
        yield from refs(declared.type)


def call_types(call: Call) -> Iterator[TypeId]:
    """Give the types that a method names."""
    for argument in call.arguments:
        yield from refs(argument.type)
    for response in (*call.responses, *call.errors, *((call.stream,) if call.stream else ())):
        if response.type is not None:
            yield from refs(response.type)


def _uses(surface: Surface, reach: _Reach) -> dict[TypeId, tuple[Use, ...]]:
    uses: dict[TypeId, list[Use]] = {}
    for resource in surface.all_resources():
        for call in resource.calls:
            for type_id in reach.of(call_types(call)):
                uses.setdefault(type_id, []).append(Use(resource, call))
    return {type_id: tuple(found) for type_id, found in uses.items()}


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
    if resource.receiver is not None:
        yield from _main_types(reversed(resource.receiver.types))
    yield from (type_id for type_id, home in homes.items() if home == page)


class _Places:
    """Notes where types are described: the first place of each one counts."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self.found: dict[TypeId, Place] = {}

    def add_all(self, page: str, types: Iterable[TypeId]) -> None:
        """Note the types that a page describes under their own names."""
        for type_id, anchor in named_places(self._trees, types):
            self._add(page, self._trees.group(type_id), anchor)

    def add_arguments(self, page: str, call: Call) -> None:
        """Note the types inside what a method takes."""
        for field in self._trees.parameters(call):
            self._add_field(page, field, PARAMETERS)

    def _add(self, page: str, group: Group, anchor: str) -> None:
        if group.type in self.found:
            return
        self.found[group.type] = Place(page, anchor)
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
