"""The pages of a site: a surface goes in, what the templates print comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ...data.media import is_stream
from ...data.modules import folder_of
from ...data.statuses import is_error, status_error
from ...data.surface import Call, Resource, Response
from ...data.text import Html, Url, anchor, attribute, html, html_text, local_url
from ...data.types import TypeId, references
from .access import way_text, ways_in
from .client_code import credentials, install
from .events import events_of
from .examples import Example, Examples
from .frames import Frames, TreeMacro, breakable, method_items
from .highlight import highlighted
from .html_events import HtmlEvents
from .pages import (
    CodeBlock,
    ErrorRow,
    IndexPage,
    Link,
    MethodEntry,
    MethodPage,
    ModelSection,
    OtherForm,
    ReadingEntry,
    ResourceCard,
    ResourcePage,
    ResponseSection,
    TypePage,
    TypesPage,
    Uses,
)
from .prose import description
from .readings import readings
from .rows import Rows, link
from .signatures import Signature, Signatures, form_place, signatures_of
from .site import PARAMETERS, Place, Site, named_places
from .uses import call_types
from .words import counted, deprecation, heading, summary


class HtmlPages:
    """Makes the pages of one site."""

    def __init__(self, site: Site, rows: Rows, examples: Examples, tree_macro: TreeMacro) -> None:
        self._site = site
        self._surface = site.surface
        self._rows = rows
        self._trees = site.trees
        spellers = site.trees.spellers
        self._signatures = Signatures(spellers["request"], spellers["response"], site.surface)
        self._examples = examples
        self._title = html_text(site.surface.title or site.surface.package)
        self._frames = Frames(site, self._title, tree_macro)
        self._events = HtmlEvents(site, rows)

    # --- the first page ----------------------------------------------------------------------------------------------

    def index(self) -> IndexPage:
        """Make the first page."""
        surface = self._surface
        text = "\n\n".join(filter(None, (surface.summary, surface.description, surface.more)))
        resources = [resource for resource in surface.all_resources() if resource.calls or resource.receiver]
        return IndexPage(
            frame=self._frames.make("index", (), self._title, surface.summary or surface.title),
            heading=self._title,
            description=description(text),
            install=highlighted(install(surface), "python"),
            credentials=tuple(
                (_code(name), _code(env) if env else html()) for name, env in credentials(surface.client)
            ),
            server=html_text(surface.client.server.url) if surface.client.server.url else None,
            resources=tuple(map(self._card, resources)),
            types=Link(url=local_url("types.html"), text=html_text("Shared types")) if self._site.own_pages else None,
        )

    def _card(self, resource: Resource) -> ResourceCard:
        page = self._site.resources[resource.path]
        return ResourceCard(
            url=link(Place(page)),
            name=html_text(resource.title),
            description=description(resource.description),
            methods=tuple(method_items(self._site, resource)),
        )

    # --- resources ---------------------------------------------------------------------------------------------------

    def resource(self, resource: Resource) -> ResourcePage:
        """Make the page of a resource."""
        page = self._site.resources[resource.path]
        models = self._site.models[page]
        return ResourcePage(
            frame=self._frames.make(page, resource.path, html_text(resource.title), resource.description),
            heading=html_text(heading(resource)),
            path=breakable(resource.code),
            description=description(resource.description),
            methods=tuple(self._entries(resource)),
            readings=tuple(self._readings(resource)),
            events=tuple(map(self._events.entry, events_of(resource))),
            children=tuple(self._child(child) for child in resource.children),
            models=tuple(self._models(page, models)),
            shared=tuple(self._shared(resource)),
        )

    def _entries(self, resource: Resource) -> Iterator[MethodEntry]:
        for call in resource.calls:
            yield MethodEntry(
                anchor=anchor(call.name),
                url=link(Place(self._site.call_page(resource, call))),
                summary=html_text(summary(call)),
                signature=self._signature(self._signatures.call(resource, call), self._parameters_url(resource, call)),
                verb=html_text(call.operation.verb),
                path=html_text(call.operation.path),
                is_deprecated=call.is_deprecated,
                also=tuple(self._other_forms(resource, call, _form_anchor)),
            )

    def _readings(self, resource: Resource) -> Iterator[ReadingEntry]:
        for method in readings(resource, self._trees.spellers["response"]):
            returned = html(" -&gt; ", self._rows.type(method.returns)) if method.returns else html()
            path = html('<span class="pa">', breakable(f"{'.'.join(resource.path)}."), "</span>")
            named = html("<b>", breakable(method.name), "</b>(", html_text(method.arguments), ")")
            yield ReadingEntry(
                anchor=anchor(method.name), summary=html_text(method.summary), signature=html(path, named, returned)
            )

    def _other_forms(self, resource: Resource, call: Call, place: Callable[[str], str]) -> Iterator[OtherForm]:
        """Write the other methods of a call, each with an anchor; one of the same name has another anchor."""
        url = self._parameters_url(resource, call)
        _, *others = signatures_of(self._signatures, resource, call)
        for each in others:
            name = each.name if each.name != call.name else f"{call.name}-stream"
            signature = self._signature(each, url)
            yield OtherForm(anchor=anchor(place(name)), name=html_text(each.name), signature=signature)

    def _parameters_url(self, resource: Resource, call: Call) -> Url:
        return link(Place(self._site.call_page(resource, call), PARAMETERS))

    def _signature(self, signature: Signature, parameters: Url) -> Html:
        """Write a signature. What stands between a type and a name is a matter of the style sheet."""
        arguments: list[Html] = []
        if signature.positional:
            pieces, name = signature.positional
            arguments.append(html('<span class="ty">', self._rows.type(pieces), "</span>", html_text(name)))
        if signature.params:
            params = html('<a href="', parameters, '">', html_text(signature.params), "</a>")
            arguments.append(html('<span class="ty">', params, "</span>**kwargs"))
        head, dot, last = signature.path.rpartition(".")
        returned = html(" -&gt; ", self._rows.type(signature.returns)) if signature.returns else html()
        path = html('<span class="pa">', breakable(f"{head}{dot}"), "</span><b>", breakable(last), "</b>")
        return html(path, "(", ", ".join(arguments), ")", returned)

    def _child(self, child: Resource) -> Link:
        count = sum(len(each.calls) for each in child.tree())
        note = html_text(counted(count, "method"))
        return Link(url=link(Place(self._site.resources[child.path])), text=html_text(".".join(child.path)), note=note)

    def _models(self, page: str, models: Iterable[TypeId]) -> Iterator[ModelSection]:
        for type_id, place in named_places(self._trees, models):
            yield self._model(type_id, page, place)

    def _model(self, type_id: TypeId, page: str, place: str) -> ModelSection:
        """Describe a type, with what uses it if it is a shared one."""
        made = self._rows.model(self._trees.group(type_id), page, place)
        links = tuple(self._uses(type_id))
        label = html_text(f"Used in {counted(len(links), 'place')}")
        return replace(made, uses=Uses(label=label, links=links)) if links else made

    def _uses(self, type_id: TypeId) -> Iterator[Link]:
        """Link to what uses a type."""
        for use in self._site.uses.everywhere(type_id):
            name, place = self._site.user(use)
            yield Link(url=link(place), text=html_text(name), note=html_text(", ".join(use.parts)))

    def _shared(self, resource: Resource) -> Iterator[Link]:
        """List the types that the methods name and other pages describe."""
        here = self._site.resources[resource.path]
        for type_id in dict.fromkeys(type_id for call in resource.calls for type_id in call_types(call)):
            place = self._site.types.get(type_id)
            if place is not None and place.page != here and type_id in self._site.uses.of:
                yield Link(url=link(place), text=html_text(self._trees.declared[type_id].name))

    # --- methods -----------------------------------------------------------------------------------------------------

    def method(self, resource: Resource, call: Call) -> MethodPage:
        """Make the page of a method."""
        page = self._site.call_page(resource, call)
        path = ".".join((*resource.path, call.name))
        operation = call.operation
        text = "\n\n".join(filter(None, (operation.description, operation.more)))
        signature = self._signatures.call(resource, call)
        response = self._examples.response(resource, call)
        return MethodPage(
            frame=self._frames.make(page, (*resource.path, call.name), html_text(path), summary(call)),
            heading=html_text(summary(call)),
            signature=self._signature(signature, self._parameters_url(resource, call)),
            verb=html_text(operation.verb),
            path=html_text(operation.path),
            warning=description(deprecation(call)) if call.is_deprecated else None,
            description=description(text if text.strip() != summary(call) else ""),
            also=tuple(self._other_forms(resource, call, form_place)),
            parameters=self._parameters(page, call),
            params_import=self._import(call),
            returns=self._returns(call, signature),
            responses=tuple(self._responses(call)),
            errors=tuple(self._errors(call)),
            callbacks=tuple(map(self._events.entry, self._site.callbacks.get(operation.pointer, ()))),
            access=tuple(html(*way_text(way, _code)) for way in ways_in(self._surface.client, call)),
            examples=tuple(map(_block, self._examples.requests(resource, call))),
            response=_block(response) if response is not None else None,
        )

    def _returns(self, call: Call, signature: Signature) -> Html | None:
        """Spell what a method returns, where that is more than its only response."""
        if len(call.responses) + (call.stream is not None) == 1 and call.pages is None:
            return None
        return self._rows.type(signature.returns) if signature.returns else html_text("None")

    def _parameters(self, page: str, call: Call) -> Html | None:
        fields = tuple(self._trees.parameters(call))
        return html(*self._rows.fields(fields, page, PARAMETERS)) if fields else None

    def _import(self, call: Call) -> Html | None:
        if call.params is None:
            return None
        folder = folder_of(call.params.module)
        return highlighted(f"from {self._surface.package}.{folder} import {call.params.name}", "python")

    def _responses(self, call: Call) -> Iterator[ResponseSection]:
        texts = {response.status: response.description or "" for response in call.operation.responses}
        stream = (call.stream,) if call.stream else ()
        for response in dict.fromkeys((*call.responses, *stream)):
            found = dict.fromkeys(references(response.type)) if response.type is not None else ()
            text = texts.get(response.status, "")
            spelled = self._trees.spellers["response"].response(response)
            yield ResponseSection(
                status=html_text(response.status),
                type=self._rows.type(self._signatures.given(response)),
                media_type=html_text(response.content_type or "") if is_stream(response.kind) else None,
                description=description(text),
                events=tuple(self._events.of_stream(response)),
                models=tuple(
                    self._rows.quoted_model(self._trees.group(type_id), is_named=spelled[0].type == type_id)
                    for type_id in found
                ),
            )

    def _errors(self, call: Call) -> Iterator[ErrorRow]:
        types = {response.status: response for response in call.errors}
        for response in call.operation.responses:
            if is_error(response.status):
                yield ErrorRow(
                    status=html_text(response.status),
                    exception=html_text(status_error(response.status)),
                    type=self._error_type(types.get(response.status)),
                    description=description(response.description or ""),
                )

    def _error_type(self, response: Response | None) -> Html | None:
        if response is None or response.type is None:
            return None
        return self._rows.type(self._trees.spellers["response"].response(response))

    # --- shared types ------------------------------------------------------------------------------------------------

    def type(self, type_id: TypeId) -> TypePage:
        """Make the page of a shared type."""
        page = self._site.own_pages[type_id]
        name = self._trees.declared[type_id].name
        ((_, place),) = named_places(self._trees, (type_id,))
        return TypePage(
            frame=self._frames.make(page, ("types", name), html_text(name), f"The type {name}."),
            model=self._rows.model(self._trees.group(type_id), page, place),
            uses=tuple(self._uses(type_id)),
        )

    def types(self) -> TypesPage:
        """Make the list of shared types."""
        pages = self._site.own_pages
        names = sorted(pages, key=lambda type_id: (self._trees.declared[type_id].name.casefold(), pages[type_id]))
        title = html_text("Shared types")
        return TypesPage(
            frame=self._frames.make("types", ("types",), title, "The types that resources share."),
            heading=title,
            types=tuple(
                Link(url=link(self._site.types[type_id]), text=html_text(self._trees.declared[type_id].name))
                for type_id in names
            ),
        )


def _form_anchor(name: str) -> str:
    """Give the anchor of another form on the page of a resource, where methods have their names."""
    return name


def _block(example: Example) -> CodeBlock:
    return CodeBlock(
        title=html_text(example.title),
        name=attribute(example.title),
        code=highlighted(example.code, example.language),
    )


def _code(name: str) -> Html:
    return html("<code>", html_text(name), "</code>") if name else html()
