"""The files of a site: a surface goes in, the text of every file comes out, by its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import Environment

from ...data.surface import Surface
from ..templates import make_environment, templates_folder
from .html_pages import HtmlPages
from .markdown_pages import MarkdownPages
from .rows import Rows
from .search import search_index
from .site import Site, make_site

STATIC = ("reference.css", "reference.js", "icon.svg")


def render_site(surface: Surface) -> Mapping[str, str]:
    """Render the pages with what they need."""
    environment = make_environment(templates_folder())
    site = make_site(surface)
    files = dict(_static())
    files.update(_html(site, environment))
    files.update(_markdown(site, environment))
    files["static/search-index.js"] = _render(environment, "search-index.js", index=search_index(site))
    return dict(sorted(files.items()))


def _static() -> Iterator[tuple[str, str]]:
    folder = templates_folder() / "reference" / "static"
    for name in STATIC:
        yield f"static/{name}", (folder / name).read_bytes().decode("utf-8")


def _html(site: Site, environment: Environment) -> Iterator[tuple[str, str]]:
    macros = environment.get_template("reference/fields.jinja").module
    rows = Rows(site, macros.field, macros.variant)  # type: ignore[attr-defined]
    pages = HtmlPages(site, rows)
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


def _markdown(site: Site, environment: Environment) -> Iterator[tuple[str, str]]:
    pages = MarkdownPages(site)
    template = environment.get_template("reference/page.md.jinja")
    for page, lines in pages.all():
        yield page, template.render(lines=lines).rstrip("\n") + "\n"


def _render(environment: Environment, template: str, **values: object) -> str:
    return environment.get_template(f"reference/{template}.jinja").render(**values)
