"""Design: an API and the user's settings go in, the surface of a client comes out. Every name is chosen here."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.api import Api
from ...data.base_classes import Bases
from ...data.issues import Found, Rejected
from ...data.modules import OWN_METHODS, TYPES, resource_module
from ...data.settings import Settings
from ...data.surface import Call, PageIterator, Resource, Surface
from .calls import CallDesigner
from .client import design_client
from .components import component_types, name_components
from .credentials import credential_names
from .events import EventDesigner
from .examples import design_examples
from .folders import Folders
from .naming import Names, casing_of, module_name, pascal, types_of, words
from .other_names import other_names
from .paging.pages import PagedOperations, paged_operations
from .paging.types import design_iterator
from .placement import WEBHOOKS, PlacedResource, Placement, operations_by_name, place
from .report import make_report
from .types import Types


def design(api: Api, settings: Settings) -> Found[Surface]:
    """Choose what a client offers.

    Raises:
        Rejected: the settings name a method to iterate over that is not there, or two methods alike, or a scheme of
            paging that does not fit; or there are more types than they allow.
    """
    placement, paged = _places(api, settings)
    client = design_client(api, settings, placement.members)
    modules = _folders(placement, settings)
    components = name_components(api, settings, modules)
    types = Types(components.definitions, settings, api.size, paged.responses)
    shared = (*component_types(components, types), *other_names(settings, components, types, modules))
    folders = Folders(types, components, modules)
    events = EventDesigner(api, types, folders, settings)
    calls = CallDesigner(types, folders, paged.by_operation, settings)
    designer = _ResourceDesigner(calls, types, events, placement.receiver, settings)
    resources = tuple(designer.designed(placement, client.name))
    examples, issues = design_examples(settings, resources)
    if calls.issues or issues:
        raise Rejected([*calls.issues, *issues])
    surface = Surface(
        package=settings.output.name,
        version=settings.package_version,
        project=settings.project or settings.output.name.replace("_", "-"),
        file_header=settings.file_header,
        title=" ".join(api.title.split()),
        summary=api.summary,
        description=api.description,
        more=api.more,
        client=client,
        page_names=_page_names(settings),
        examples=examples,
        own=next((resource for resource in resources if not resource.path), None),
        resources=tuple(resource for resource in resources if resource.path),
        components=shared,
        report=make_report(api, resources, components, [*components.renamed, *placement.renamed]),
    )
    return Found(surface)


def _places(api: Api, settings: Settings) -> tuple[Placement, PagedOperations]:
    """Choose where each operation goes, and which operations give pages.

    Raises:
        Rejected: the settings name what is not there, or what does not fit.
    """
    found = place(api, settings, credential_names(settings))
    paged = paged_operations(api, settings, operations_by_name(api))
    if found.issues or paged.issues:
        raise Rejected([*found.issues, *paged.issues])
    return found.value, paged


def _folders(placement: Placement, settings: Settings) -> dict[str, Names]:
    """Give the folders below `types/`, with the names in each that are folders themselves."""
    above = [WEBHOOKS] if placement.receiver else []
    above += ["shared", "shared_params"] if settings.shared_models else []
    below: dict[str, list[str]] = {TYPES: above}
    for resource in placement.resources():
        if resource.children or resource.types_path == resource.path:
            below.setdefault(types_of(resource.path), [])
            below.setdefault(types_of(resource.path[:-1]), []).append(module_name(resource.path[-1]))
    return {folder: Names(names) for folder, names in below.items()}


def _page_names(settings: Settings) -> tuple[str, ...]:
    """Name the pages of each scheme where users of another SDK know them."""
    schemes = settings.paging if settings.compatibility else ()
    return tuple([pascal(words(scheme.name), casing_of(settings)) for scheme in schemes])


class _ResourceDesigner:
    """Designs resources; types are shared by all."""

    def __init__(
        self,
        calls: CallDesigner,
        types: Types,
        events: EventDesigner,
        receiver: tuple[str, ...] | None,
        settings: Settings,
    ) -> None:
        self._calls = calls
        self._types = types
        self._events = events
        self._receiver = receiver
        self._bases = {resource.path: resource.bases for resource in settings.resources}

    def designed(self, placement: Placement, client: str) -> Iterator[Resource]:
        """Design the methods of the client itself, if it has some, and all resources."""
        if placement.own is not None:
            yield self.design_own(placement.own, client)
        yield from map(self.design, placement.roots)

    def design(self, resource: PlacedResource) -> Resource:
        """Design the calls of a resource, then those of the resources below it."""
        calls, iterators = self._methods(resource)
        steps = tuple(map(module_name, resource.path))
        return Resource(
            path=resource.path,
            name=pascal([word for word in resource.path[-1].split("_") if word], self._types.casing),
            module=resource_module(steps, has_children=bool(resource.children)),
            singular=resource.singular,
            description=resource.description,
            calls=calls,
            iterators=iterators,
            receiver=self._events.design(resource) if resource.path == self._receiver else None,
            children=tuple(map(self.design, resource.children)),
            bases=self._bases.get(resource.path, Bases()),
        )

    def design_own(self, resource: PlacedResource, client: str) -> Resource:
        """Design the methods of the client itself."""
        calls, iterators = self._methods(resource)
        return Resource(
            path=(),
            name=f"{client}Methods",
            module=OWN_METHODS,
            singular=resource.singular,
            calls=calls,
            iterators=iterators,
        )

    def _methods(self, resource: PlacedResource) -> tuple[tuple[Call, ...], tuple[PageIterator, ...]]:
        calls = {method.name: self._calls.design(resource, method) for method in resource.methods}
        declared = self._types.declared
        iterators = (design_iterator(each, calls[each.method.name], declared) for each in resource.iterators)
        return tuple(calls.values()), tuple(iterators)
