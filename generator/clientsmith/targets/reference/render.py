"""The files of a site: a surface goes in, the text of every file comes out, by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from jinja2 import Environment

from ...data.output_budget import OutputBudget
from ...data.surface import Surface
from ...data.text import Html
from ..templates import make_environment, templates_folder
from .examples import Examples
from .html_pages import HtmlPages
from .markdown_pages import MarkdownPages
from .rows import Rows
from .search import search_index
from .site import Site, make_site

STATIC = ("reference.css", "reference.js", "icon.svg")


def render_site(surface: Surface, budget: OutputBudget | None = None) -> Mapping[str, str]:
    """Render the pages with what they need.

    Raises:
        Rejected: they are more than the budget allows.
    """
    budget = budget or OutputBudget()
    environment = make_environment(templates_folder())
    site = make_site(surface)
    files = dict(_static())
    examples = Examples(surface)
    files.update((path, budget.spend(text)) for path, text in _html(site, examples, environment, budget))
    files.update(_markdown(site, examples, environment, budget))
    files["static/search-index.js"] = _render(environment, "search-index.js", index=search_index(site))
    return dict(sorted(files.items()))


def _static() -> Iterator[tuple[str, str]]:
    folder = templates_folder() / "reference" / "static"
    for name in STATIC:
        yield f"static/{name}", (folder / name).read_bytes().decode("utf-8")


def _html(site: Site, examples: Examples, environment: Environment, budget: OutputBudget) -> Iterator[tuple[str, str]]:
    field, variant = _macro(environment, "fields", "field"), _macro(environment, "fields", "variant")
    # A row is counted again in the rows and pages around it, but it must not be too large by itself.
    rows = Rows(site, lambda row: budget.spend(field(row)), lambda row: budget.spend(variant(row)))
    pages = HtmlPages(site, rows, examples, _macro(environment, "layout", "tree"))
    yield "index.html", _render(environment, "index.html", page=pages.index())
    for resource in site.surface.all_resources():
        path = f"{site.resources[resource.path]}.html"
        yield path, _render(environment, "resource.html", page=pages.resource(resource))
        for call in resource.calls:
            path = f"{site.call_page(resource, call)}.html"
            yield path, _render(environment, "method.html", page=pages.method(resource, call))
    for type_id, page in site.own_pages.items():
        yield f"{page}.html", _render(environment, "type.html", page=pages.type(type_id))
    if site.own_pages:
        yield "types.html", _render(environment, "types.html", page=pages.types())


def _macro(environment: Environment, template: str, name: str) -> Callable[..., Html]:
    """Give a macro as a function: it prints typed text, so what it gives is typed text."""
    module = environment.get_template(f"reference/{template}.jinja").module
    return cast("Callable[..., Html]", getattr(module, name))


def _markdown(
    site: Site, examples: Examples, environment: Environment, budget: OutputBudget
) -> Iterator[tuple[str, str]]:
    pages = MarkdownPages(site, examples)
    template = environment.get_template("reference/page.md.jinja")
    for page, lines in pages.all():
        yield page, template.render(lines=budget.spend_all(lines)).rstrip("\n") + "\n"


def _render(environment: Environment, template: str, **values: object) -> str:
    return environment.get_template(f"reference/{template}.jinja").render(**values)
