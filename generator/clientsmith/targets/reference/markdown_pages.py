"""The same pages in Markdown: a surface goes in, the lines of each page come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...data.statuses import is_error, status_error
from ...data.surface import Call, PageIterator, Resource
from ...data.text import (
    Markdown,
    anchor,
    local_url,
    markdown,
    markdown_block,
    markdown_code,
    markdown_lines,
    markdown_link,
)
from ...data.types import TypeId
from .examples import Examples
from .facts import described, facts, marks, place_in_request, prose
from .markdown_prose import blocks, one_line
from .rows import LARGE
from .signatures import Signature, Signatures
from .site import Site, named_places
from .spelling import Pieces
from .trees import Field, Group, refs, shallow
from .words import heading, summary

Lines = Iterator[Markdown]
BLANK = markdown_lines()


class MarkdownPages:
    """Makes the pages of one site."""

    def __init__(self, site: Site, examples: Examples) -> None:
        self._site = site
        self._surface = site.surface
        self._trees = site.trees
        spellers = site.trees.spellers
        self._signatures = Signatures(spellers["request"], spellers["response"])
        self._examples = examples
        self._embedded: dict[tuple[TypeId, int], list[Markdown]] = {}

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
        yield _heading(1, markdown(surface.title or surface.package))
        yield markdown_lines("> Reference of the Python client ", markdown_code(surface.package), ".")
        yield BLANK
        yield from self.contents()

    def types(self) -> Lines:
        """Write the list of shared types."""
        yield _heading(1, markdown_lines("Shared types"))
        yield from self._shared()

    def _shared(self) -> Lines:
        for type_id, page in self._site.own_pages.items():
            yield _item(_page_link(self._trees.declared[type_id].name, page))

    def index(self) -> Lines:
        """Write the first page."""
        surface = self._surface
        yield _heading(1, markdown(surface.title or surface.package))
        yield from _texts(surface.summary, surface.description, surface.more)
        if surface.client.server.url:
            yield markdown_lines("Requests go to ", markdown_code(surface.client.server.url), ".")
            yield BLANK
        yield from self.contents()

    def contents(self) -> Lines:
        """List the resources with their methods, then the shared types."""
        for resource in self._surface.all_resources():
            if resource.calls:
                page = self._site.resources[resource.path]
                yield _heading(2, _page_link(".".join(resource.path), page))
                for call in resource.calls:
                    target = self._site.call_page(resource, call)
                    yield _item(_page_link(call.name, target), ": ", markdown(summary(call)))
                yield BLANK
        if self._site.own_pages:
            yield _heading(2, markdown_lines("Shared types"))
            yield from self._shared()
            yield BLANK

    def resource(self, resource: Resource) -> Lines:
        """Write the page of a resource."""
        page = self._site.resources[resource.path]
        yield _heading(1, markdown(heading(resource)))
        yield markdown_code(f"client.{'.'.join(resource.path)}")
        yield BLANK
        yield from _texts(resource.description)
        if resource.children:
            yield _heading(2, markdown_lines("Resources"))
            yield from (_item(_page_link(".".join(c.path), self._site.resources[c.path])) for c in resource.children)
            yield BLANK
        if resource.calls:
            yield _heading(2, markdown_lines("Methods"))
            yield from self._methods(resource)
        if self._site.models[page]:
            yield _heading(2, markdown_lines("Models"))
            for type_id, place in named_places(self._trees, self._site.models[page]):
                yield from self.model(self._trees.group(type_id), place)

    def _methods(self, resource: Resource) -> Lines:
        iterators = {iterator.call: iterator for iterator in resource.iterators}
        for call in resource.calls:
            yield _heading(
                3, markdown_link(markdown(summary(call)), local_url(f"{self._site.call_page(resource, call)}.md"))
            )
            yield from self._head(resource, call, iterators)

    def _head(self, resource: Resource, call: Call, iterators: Mapping[str, PageIterator]) -> Lines:
        for signature in self._all_signatures(resource, call, iterators):
            yield markdown_code(signature.text())
            yield BLANK
        yield markdown_code(f"{call.operation.verb} {call.operation.path}")
        yield BLANK
        if call.operation.deprecated:
            yield markdown_lines("**Deprecated.**")
            yield BLANK

    def _all_signatures(
        self, resource: Resource, call: Call, iterators: Mapping[str, PageIterator]
    ) -> Iterator[Signature]:
        yield self._signatures.call(resource, call)
        if call.name in iterators:
            yield self._signatures.pages(resource, call, iterators[call.name])
        if call.stream and call.responses:
            yield self._signatures.stream(resource, call)

    def method(self, resource: Resource, call: Call) -> Lines:
        """Write the page of a method."""
        iterators = {iterator.call: iterator for iterator in resource.iterators}
        yield _heading(1, markdown(summary(call)))
        yield from self._head(resource, call, iterators)
        if (call.operation.description or "").strip() != summary(call):
            yield from _texts(call.operation.description, call.operation.more)
        if call.arguments:
            yield _heading(2, markdown_lines("Parameters"))
            for argument in call.arguments:
                yield from self._field(self._trees.argument(argument), 0)
            yield BLANK
        yield from self._returns(call)
        yield from self._errors(call)
        yield from self._written_examples(resource, call)

    def _returns(self, call: Call) -> Lines:
        yield _heading(2, markdown_lines("Returns"))
        texts = {response.status: response.description or "" for response in call.operation.responses}
        stream = (call.stream,) if call.stream else ()
        for response in dict.fromkeys((*call.responses, *stream)):
            spelled = self._trees.spellers["response"].response(response)
            text = texts.get(response.status, "")
            described_as = (" — ", one_line(text)) if text.strip() else ()
            yield _item(markdown_code(response.status), ": ", self._type(spelled), *described_as)
            for type_id in dict.fromkeys(refs(response.type) if response.type is not None else ()):
                yield from self._quoted(self._trees.group(type_id), 1)
        yield BLANK

    def _quoted(self, group: Group, depth: int) -> Lines:
        whole = group if group.size <= LARGE else shallow(group)
        yield from self._members(whole, depth)

    def _errors(self, call: Call) -> Lines:
        types = {response.status: response for response in call.errors}
        errors = [response for response in call.operation.responses if is_error(response.status)]
        if not errors:
            return
        yield _heading(2, markdown_lines("Errors"))
        for response in errors:
            parts: list[Markdown | str] = [
                markdown_code(response.status),
                ": ",
                markdown_code(status_error(response.status)),
            ]
            if response.status in types:
                spelled = self._trees.spellers["response"].response(types[response.status])
                parts += [", body ", self._type(spelled)]
            if response.description:
                parts += [" — ", one_line(response.description)]
            yield _item(*parts)
        yield BLANK

    def _written_examples(self, resource: Resource, call: Call) -> Lines:
        yield _heading(2, markdown_lines("Examples"))
        response = self._examples.response(call)
        for example in (*self._examples.requests(resource, call), *((response,) if response else ())):
            yield _heading(3, markdown(example.title))
            yield markdown_block(example.code, example.language)
            yield BLANK

    def type(self, type_id: TypeId) -> Lines:
        """Write the page of a shared type."""
        ((_, place),) = named_places(self._trees, (type_id,))
        yield _heading(1, markdown(self._trees.declared[type_id].name))
        yield from self.model(self._trees.group(type_id), place)
        uses = self._site.uses.get(type_id, ())
        if uses:
            yield _heading(2, markdown_lines("Used by"))
            for use in uses:
                name = ".".join((*use.resource.path, use.call.name))
                yield _item(_page_link(name, self._site.call_page(use.resource, use.call)))

    # --- models and fields -------------------------------------------------------------------------------------------

    def model(self, group: Group, place: str) -> Lines:
        """Write a type with its members."""
        yield markdown_lines('<a id="', anchor(place), '"></a>')
        yield BLANK
        if group.is_model:
            yield _heading(3, markdown_lines("class ", markdown_code(group.name)))
        else:
            yield _heading(3, markdown_lines(markdown_code(f"{group.name} ="), " ", self._type(group.spelled)))
        yield from _texts(described(group.documentation, group.name))
        yield from self._members(group, 0)
        yield BLANK

    def _members(self, group: Group, depth: int) -> Lines:
        if group.values:
            yield _item("One of: ", _codes(group.values), depth=depth)
        for field in group.fields:
            yield from self._field(field, depth)
        for inner in group.groups:
            if not inner.is_link:
                yield from self._members(inner, depth)

    def _field(self, field: Field, depth: int) -> Lines:
        yield _item(markdown_code(field.name), ": ", self._type(field.type), *self._facts(field), depth=depth)
        for group in field.groups:
            if group.is_link:
                continue
            if len(field.groups) > 1:
                yield _item("As ", self._name(group.type, group.name), ":", depth=depth + 1)
            yield from self._embed(group, depth + 1 + (len(field.groups) > 1))

    def _embed(self, group: Group, depth: int) -> list[Markdown]:
        """Write the members of a type below a field; they are the same wherever it is so far in."""
        if (group.type, depth) not in self._embedded:
            self._embedded[group.type, depth] = list(self._members(group, depth))
        return self._embedded[group.type, depth]

    def _facts(self, field: Field) -> Iterator[Markdown | str]:
        words = [*((place_in_request(field),) if field.location else ()), *marks(field)]
        if words:
            yield f" ({', '.join(words)})"
        parts: list[Markdown | str] = [text for part in prose(field) if (text := one_line(part))]
        parts += [_labelled(fact.label, fact.value) for fact in facts(field)]
        if field.values:
            parts.append(markdown_lines("one of: ", _codes(field.values)))
        if parts:
            yield " — "
            yield " · ".join(parts)

    def _type(self, pieces: Pieces) -> Markdown:
        """Write a spelled type; the names in it are links."""
        return markdown_lines(*(self._name(p.type, p.text) if p.type else markdown_code(p.text) for p in pieces))

    def _name(self, type_id: TypeId, name: str) -> Markdown:
        """Write the name of a type. The members of one that is declared inside another are below it already."""
        place = self._site.types.get(type_id)
        if place is None or "." in place.anchor:
            return markdown_code(name)
        return markdown_link(markdown_code(name), local_url(f"{place.page}.md", place.anchor))


def _texts(*texts: str | None) -> Lines:
    for text in texts:
        if text and text.strip():
            yield blocks(text)
            yield BLANK


def _heading(level: int, text: Markdown) -> Markdown:
    return markdown_lines("#" * level, " ", text, "\n")


def _item(*parts: Markdown | str, depth: int = 0) -> Markdown:
    return markdown_lines("  " * depth, "- ", *parts)


def _page_link(name: str, page: str) -> Markdown:
    return markdown_link(markdown_code(name), local_url(f"{page}.md"))


def _labelled(label: str, value: str) -> Markdown:
    return markdown_lines(markdown(label), ": ", markdown_code(value)) if value else markdown(label)


def _codes(values: Iterable[str]) -> str:
    return ", ".join(map(markdown_code, values))
