"""The same pages in Markdown: a surface goes in, the lines of each page come out."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.media import is_stream
from ...data.statuses import is_error, status_error
from ...data.surface import Call, Resource
from ...data.text import (
    Markdown,
    Url,
    local_url,
    markdown,
    markdown_block,
    markdown_code,
    markdown_lines,
    markdown_link,
)
from ...data.types import TypeId, references
from ..markdown_prose import one_line
from .access import ways_in
from .client_code import credentials, install
from .events import events_of
from .examples import Examples
from .markdown_events import DEPRECATED, MarkdownEvents, deprecated, in_short, ways
from .markdown_fields import BLANK, Lines, MarkdownFields, heading_line, item, texts
from .readings import readings
from .signatures import Signatures, signatures_of
from .site import Place, Site, named_places
from .spelling import Speller
from .words import heading, summary


class MarkdownPages:
    """Makes the pages of one site."""

    def __init__(self, site: Site, examples: Examples) -> None:
        self._site = site
        self._surface = site.surface
        self._trees = site.trees
        spellers = site.trees.spellers
        self._signatures = Signatures(spellers["request"], spellers["response"], site.surface)
        self._examples = examples
        self._fields = MarkdownFields(site, self._link_to)
        self._events = MarkdownEvents(site, self._fields, self._link_to)

    def _link_to(self, place: Place) -> Url:
        return local_url(f"{place.page}.md", place.anchor)

    def _page_link(self, name: str, page: str) -> Markdown:
        return markdown_link(markdown_code(name), self._link_to(Place(page)))

    # --- pages -------------------------------------------------------------------------------------------------------

    def all(self) -> Iterator[tuple[str, Lines]]:
        """Give every page by the name of its file."""
        site = self._site
        yield "index.md", self.index()
        yield "llms.txt", self.llms()
        for resource in self._surface.all_resources():
            yield f"{site.resources[resource.path]}.md", self.resource(resource)
            for call in resource.calls:
                yield f"{site.call_page(resource, call)}.md", self.method(resource, call)
        if site.own_pages:
            yield "types.md", self.types()
        for type_id, page in site.own_pages.items():
            yield f"{page}.md", self.type(type_id)

    def llms(self) -> Lines:
        """Write the list of pages for language models: https://llmstxt.org."""
        surface = self._surface
        yield heading_line(1, markdown(surface.title or surface.package))
        yield markdown_lines("> Reference of the Python client ", markdown_code(surface.package), ".")
        yield BLANK
        yield item(self._page_link("index", "index"))
        yield BLANK
        yield from self.contents(with_all=True)

    def types(self) -> Lines:
        """Write the list of shared types."""
        yield heading_line(1, markdown_lines("Shared types"))
        yield from self._shared()

    def _shared(self) -> Lines:
        for type_id, page in self._site.own_pages.items():
            yield item(self._page_link(self._trees.declared[type_id].name, page))

    def index(self) -> Lines:
        """Write the first page."""
        surface = self._surface
        yield heading_line(1, markdown(surface.title or surface.package))
        yield from texts(surface.summary, surface.description, surface.more)
        yield from self._client()
        yield from self.contents()

    def _client(self) -> Lines:
        """Write how the client is made, and with which credentials."""
        yield heading_line(2, markdown_lines("Client"))
        yield markdown_block(install(self._surface), "python")
        yield BLANK
        found = tuple(credentials(self._surface.client))
        for name, env in found:
            yield item(markdown_code(name), *((": ", markdown_code(env)) if env else ()))
        if found:
            yield BLANK
        if self._surface.client.server.url:
            yield markdown_lines("Requests go to ", markdown_code(self._surface.client.server.url), ".")
            yield BLANK

    def contents(self, *, with_all: bool = False) -> Lines:
        """List the resources with their methods, then the shared types; `with_all` also resources without methods."""
        for resource in self._surface.all_resources():
            if resource.calls or resource.receiver or with_all:
                page = self._site.resources[resource.path]
                yield heading_line(2, self._page_link(resource.title, page))
                for call in resource.calls:
                    target = self._site.call_page(resource, call)
                    mark = DEPRECATED if call.is_deprecated else ""
                    yield item(self._page_link(call.name, target), ": ", markdown(summary(call)), mark)
                for method in readings(resource, self._trees.spellers["response"]):
                    yield item(markdown_code(method.name), ": ", method.summary)
                yield from (in_short(markdown_code(event.event.name), event) for event in events_of(resource))
                yield BLANK
        if self._site.own_pages:
            title = markdown_lines("Shared types")
            yield heading_line(2, markdown_link(title, self._link_to(Place("types"))) if with_all else title)
            yield from self._shared()
            yield BLANK

    def resource(self, resource: Resource) -> Lines:
        """Write the page of a resource."""
        page = self._site.resources[resource.path]
        yield heading_line(1, markdown(heading(resource)))
        yield markdown_code(resource.code)
        yield BLANK
        yield from texts(resource.description)
        if resource.children:
            yield heading_line(2, markdown_lines("Resources"))
            yield from (
                item(self._page_link(".".join(c.path), self._site.resources[c.path])) for c in resource.children
            )
            yield BLANK
        if resource.calls:
            yield heading_line(2, markdown_lines("Methods"))
            yield from self._methods(resource)
        if resource.receiver is not None:
            yield heading_line(2, markdown_lines("Webhooks"))
            yield from self._readings(resource)
            yield heading_line(2, markdown_lines("Events"))
            yield from self._events.listed(events_of(resource))
        if self._site.models[page]:
            yield heading_line(2, markdown_lines("Models"))
            for type_id, place in named_places(self._trees, self._site.models[page]):
                yield from self._fields.model(self._trees.group(type_id), place)
                yield from self._used_by(type_id)

    def _used_by(self, type_id: TypeId) -> Lines:
        uses = tuple(self._events.used_by(type_id))
        if uses:
            yield from (markdown_lines("Used by:"), BLANK, *uses, BLANK)

    def _readings(self, resource: Resource) -> Lines:
        for method in readings(resource, self._trees.spellers["response"]):
            returned = (" gives ", self._fields.type(method.returns)) if method.returns else ()
            path = ".".join((*resource.path, method.name))
            yield item(markdown_code(f"{path}({method.arguments})"), *returned, ": ", method.summary)
        yield BLANK

    def _methods(self, resource: Resource) -> Lines:
        for call in resource.calls:
            yield heading_line(
                3, markdown_link(markdown(summary(call)), local_url(f"{self._site.call_page(resource, call)}.md"))
            )
            yield from self._head(resource, call)

    def _head(self, resource: Resource, call: Call) -> Lines:
        for signature in signatures_of(self._signatures, resource, call):
            yield markdown_code(signature.text())
            yield BLANK
        yield markdown_code(f"{call.operation.verb} {call.operation.path}")
        yield BLANK
        yield from deprecated(call)

    def method(self, resource: Resource, call: Call) -> Lines:
        """Write the page of a method."""
        yield heading_line(1, markdown(summary(call)))
        yield from self._head(resource, call)
        if (call.operation.description or "").strip() != summary(call):
            yield from texts(call.operation.description, call.operation.more)
        fields = tuple(self._trees.parameters(call))
        if fields:
            yield heading_line(2, markdown_lines("Parameters"))
            for field in fields:
                yield from self._fields.field(field, 0)
            yield BLANK
        yield from self._returns(call)
        yield from self._errors(call)
        yield from titled("Callbacks", self._events.callbacks(call))
        yield from titled("Credentials", ways(ways_in(self._surface.client, call)))
        yield from self._written_examples(resource, call)

    def _returns(self, call: Call) -> Lines:
        found = dict.fromkeys((*call.responses, *((call.stream,) if call.stream else ())))
        yield heading_line(2, markdown_lines("Returns"))
        if call.pages is not None or not found:
            yield from (self._fields.type(self._signatures.returned(call)), BLANK)
        words = {response.status: response.description or "" for response in call.operation.responses}
        for response in found:
            spelled = self._fields.type(self._signatures.given(response))
            media = (" (", markdown_code(response.content_type or ""), ")") if is_stream(response.kind) else ()
            text = words.get(response.status, "")
            described_as = (" — ", one_line(text)) if text.strip() else ()
            yield item(markdown_code(response.status), ": ", spelled, *media, *described_as)
            yield from self._events.of_stream(response, 1)
            named = dict.fromkeys(references(response.type) if response.type is not None else ())
            yield from self._fields.quoted(tuple(map(self._trees.group, named)), 1)
        yield BLANK

    def _errors(self, call: Call) -> Lines:
        yield from titled("Errors", errors_of(call, self._trees.spellers["response"], self._fields))

    def _written_examples(self, resource: Resource, call: Call) -> Lines:
        yield heading_line(2, markdown_lines("Examples"))
        response = self._examples.response(resource, call)
        for example in (*self._examples.requests(resource, call), *((response,) if response else ())):
            yield heading_line(3, markdown(example.title))
            yield markdown_block(example.code, example.language)
            yield BLANK

    def type(self, type_id: TypeId) -> Lines:
        """Write the page of a shared type."""
        ((_, place),) = named_places(self._trees, (type_id,))
        yield heading_line(1, markdown(self._trees.declared[type_id].name))
        yield from self._fields.model(self._trees.group(type_id), place)
        yield from titled("Used by", self._events.used_by(type_id))


def titled(title: str, lines: Lines) -> Lines:
    """Write a section, if there is anything in it."""
    found = tuple(lines)
    if found:
        yield from (heading_line(2, markdown(title)), *found, BLANK)


def errors_of(call: Call, speller: Speller, fields: MarkdownFields) -> Lines:
    """List the declared errors of a method with the exceptions that they raise."""
    types = {response.status: response for response in call.errors}
    for response in call.operation.responses:
        if is_error(response.status):
            exception = markdown_code(status_error(response.status))
            parts: list[Markdown | str] = [markdown_code(response.status), ": ", exception]
            if response.status in types:
                parts += [", body ", fields.type(speller.response(types[response.status]))]
            if response.description:
                parts += [" — ", one_line(response.description)]
            yield item(*parts)
