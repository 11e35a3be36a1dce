"""Renders the package: a plan goes in, the text of every file comes out, by its path in the package.

Templates print typed text only (see `data.text`); what they produce is parsed and held against the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ....data.text import Comment, literal
from ....disk.cache import NO_CACHE, Cache
from ..package import Package
from .conformance import check_conformance
from .own_templates import NO_TEMPLATES, OwnTemplates, conforming, located, read_templates
from .runtime import all_runtime_files, runtime_files, runtime_version

__all__ = ["NO_TEMPLATES", "OwnTemplates", "read_templates", "render", "render_core", "runtime_version"]


def render(package: Package, cache: Cache = NO_CACHE, own: OwnTemplates = NO_TEMPLATES) -> Mapping[str, str]:
    """Render every file except the manifest, unformatted. The cache knows modules that were held against their plan.

    Raises:
        Rejected: a template of the user's does not print what the plan says.
        NonconformingOutput: a template of ours does not: that is a mistake of ours.
    """
    environment = own.environment()
    files: dict[str, str] = {}

    def add(path: str, template: str, **values: object) -> None:
        with located(own, template):
            text = environment.get_template(template).render(package=package, **values)
        own.check_header(template, text)
        text = _without_blank_runs(text, most=2) if path.endswith(".py") else _without_blanks_between_blocks(text)
        files[path] = _with_header(text, package.file_header) if path.endswith(".py") else text

    add("__init__.py", "__init__.py.jinja", runtime=literal(runtime_version()))
    add("_client.py", "_client.py.jinja", client=package.client)
    for types_package in package.types_packages:
        add(types_package.path, "types/__init__.py.jinja", module=types_package)
    for types_module in package.types:
        add(types_module.path, "types/module.py.jinja", module=types_module)
    for resources_package in package.resources_packages:
        add(resources_package.path, "resources/__init__.py.jinja", module=resources_package)
    for resource in package.resources:
        add(resource.path, "resources/resource.py.jinja", resource=resource)
    for alias_module in package.aliases:
        add(alias_module.path, "alias.py.jinja", module=alias_module)
    with conforming(own):
        check_conformance(package, files, cache)
    add("README.md", "README.md.jinja", readme=package.readme)
    files["py.typed"] = ""
    if package.distribution is not None:
        add("pyproject.toml", "pyproject.toml.jinja", distribution=package.distribution)
    if not package.is_sharing:
        files.update(runtime_files(package))
    return dict(sorted(files.items()))


def render_core() -> Mapping[str, str]:
    """Render a runtime that several clients share: all of its modules, and the one that says which it is."""
    template = NO_TEMPLATES.environment().get_template("core/version.py.jinja")
    version = template.render(runtime=literal(runtime_version()))
    return dict(sorted({**all_runtime_files(), "version.py": version, "py.typed": ""}.items()))


def _with_header(text: str, lines: Iterable[Comment]) -> str:
    """Put comments behind the first line of a module."""
    first, rest = text.split("\n", 1)
    return "\n".join([first, *lines, rest])


_FENCED_OR_BLANK = re.compile(r"^( *`{3,})[^`\n]*\n.*?^\1`*$|\n{3,}", re.MULTILINE | re.DOTALL)


def _without_blanks_between_blocks(text: str) -> str:
    """Leave one blank line at most outside blocks of code, which stay as they are."""
    return _FENCED_OR_BLANK.sub(lambda found: found[0] if found[1] else "\n\n", text).rstrip("\n") + "\n"


def _without_blank_runs(text: str, *, most: int) -> str:
    """Leave so many blank lines at most, and none at the end: templates leave some where nothing is printed.

    String literals hold no such runs; docstrings come without them.
    """
    return re.sub(rf"\n{{{most + 2},}}", "\n" * (most + 1), text).rstrip("\n") + "\n"
