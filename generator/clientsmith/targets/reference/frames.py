"""What is around every page of a site: the tree of resources, the way back, and the pages before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ...data.surface import Resource
from ...data.text import Html, attribute, html, html_text, local_url
from .pages import Frame, Link, TreeItem
from .readings import readings
from .rows import link
from .site import Place, Site
from .words import cut

SMALL_TREE = 60
"""Of more resources, the tree shows those on the way to the page and beside it."""

TreeMacro = Callable[[tuple[TreeItem, ...]], Html]


class Frames:
    """Makes what is around pages: the tree, the way back, and the pages before and after."""

    def __init__(self, site: Site, title: Html, tree_macro: TreeMacro) -> None:
        self._site = site
        self._title = title
        self._tree_macro = tree_macro
        self._order = list(_reading_order(site))
        self._numbers = {page: number for number, (page, _) in enumerate(self._order)}
        self._trees: dict[tuple[str, ...], Html] = {}
        self._is_small = len(site.resources) <= SMALL_TREE

    def make(self, page: str, steps: tuple[str, ...], title: Html, text: str) -> Frame:
        """Make the frame of one page."""
        number = self._numbers.get(page)
        return Frame(
            site=self._title,
            title=title,
            url=link(Place(page)),
            description=attribute(cut(text)),
            tree=self._tree(page, steps),
            breadcrumbs=tuple(self._breadcrumbs(steps)),
            markdown=local_url(f"{page}.md"),
            previous=self._neighbour(number, -1),
            next=self._neighbour(number, 1),
        )

    def _neighbour(self, number: int | None, step: int) -> Link | None:
        if number is None or not 0 <= number + step < len(self._order):
            return None
        page, name = self._order[number + step]
        return Link(url=link(Place(page)), text=html_text(name))

    def _breadcrumbs(self, steps: tuple[str, ...]) -> Iterator[Link]:
        yield Link(url=local_url("index.html"), text=html_text("Reference"))
        for length in range(1, len(steps)):
            page = self._site.resources.get(steps[:length], "types" if steps[0] == "types" else None)
            if page is not None:
                yield Link(url=link(Place(page)), text=html_text(steps[length - 1]))

    def _tree(self, page: str, steps: tuple[str, ...]) -> Html:
        """Print the tree, which differs between the pages of one resource only in the entry that is marked."""
        path = steps if steps in self._site.resources else steps[:-1]
        if path not in self._trees:
            self._trees[path] = self._tree_macro(tuple(self._items(path)))
        own = f'href="{link(Place(page))}"'
        return html(str(self._trees[path]).replace(own, f'{own} aria-current="page"'))

    def _items(self, path: tuple[str, ...]) -> Iterator[TreeItem]:
        surface = self._site.surface
        for resource in (*((surface.own,) if surface.own else ()), *surface.resources):
            yield self._branch(resource, path)
        if self._site.own_pages:
            yield TreeItem(url=local_url("types.html"), text=html_text("Shared types"))

    def _branch(self, resource: Resource, path: tuple[str, ...]) -> TreeItem:
        """Make an entry; those below it are there on the way to the page and beside it."""
        is_open = path[: len(resource.path)] == resource.path
        methods = method_items(self._site, resource) if is_open else ()
        children = resource.children if is_open or self._is_small else ()
        return TreeItem(
            url=link(Place(self._site.resources[resource.path])),
            text=breakable((resource.path or (resource.title,))[-1]),
            items=(*methods, *(self._branch(child, path) for child in children)),
        )


def method_items(site: Site, resource: Resource) -> Iterator[TreeItem]:
    """Make the entries of the methods of a resource; those that read webhooks are on its own page."""
    for call in resource.calls:
        yield TreeItem(
            url=link(Place(site.call_page(resource, call))),
            text=breakable(call.name),
            verb=html_text(call.operation.verb),
            is_deprecated=call.is_deprecated,
        )
    for method in readings(resource, site.trees.spellers["response"]):
        yield TreeItem(url=link(Place(site.resources[resource.path], method.name)), text=breakable(method.name))


@lru_cache(maxsize=65536)
def breakable(name: str) -> Html:
    """Write a name that may be broken after its dots and underscores."""
    return html(str(html_text(name)).replace("_", "_<wbr>").replace(".", ".<wbr>"))


def _reading_order(site: Site) -> Iterator[tuple[str, str]]:
    """Give page and name of all pages that are read one after the other."""
    yield "index", "Reference"
    for resource in site.surface.all_resources():
        yield site.resources[resource.path], resource.title
        for call in resource.calls:
            yield site.call_page(resource, call), ".".join((*resource.path, call.name))
    if site.own_pages:
        yield "types", "Shared types"
    for type_id, page in site.own_pages.items():
        yield page, site.trees.declared[type_id].name
