"""The pages in the package: `api.md` has each method once, and its links lead to pages that have the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from tests import case_packages

SIGNATURE = re.compile(r"^- \[`(\w+)`\]\((\S+)\) `\((.*?)\) -> ([^`]*)` — ", re.MULTILINE)


def signatures(package: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Read the methods of each resource in `api.md`: name and arguments as they are written."""
    page = (package / "api.md").read_text("utf-8")
    sections = re.split(r"^## \[`client\.([\w.]+)`\].*$", page, flags=re.MULTILINE)[1:]
    return {
        path: [(name, arguments.split(", ") if arguments else []) for name, _, arguments, _ in SIGNATURE.findall(text)]
        for path, text in zip(sections[::2], sections[1::2], strict=True)
    }


def methods(package: Path) -> Iterator[tuple[str, list[str]]]:
    """Read the public methods of the resources' code, with their arguments but the options of every method."""
    for module in sorted((package / "resources").rglob("*.py")):
        for node in ast.parse(module.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and "APIResource" in map(ast.unparse, node.bases):
                yield from ((f.name, list(written(f.args))) for f in node.body if is_method(f))


def is_method(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and not node.decorator_list


def written(arguments: ast.arguments) -> Iterator[str]:
    named = [
        argument.arg if default is None else f"{argument.arg}=..."
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if argument.arg not in ("extra_headers", "extra_query", "extra_body", "timeout")
    ]
    yield from (argument.arg for argument in arguments.args[1:])
    yield from ["*", *named] if named else []


@pytest.mark.parametrize("case", case_packages.names())
def test_each_method_has_a_line_with_its_signature(case: str) -> None:
    package = case_packages.package(case)
    listed = sorted((name, sorted(arguments)) for found in signatures(package).values() for name, arguments in found)
    assert listed == sorted((name, sorted(arguments)) for name, arguments in methods(package))


@pytest.mark.parametrize("case", case_packages.names())
def test_no_link_is_dead(case: str) -> None:
    package = case_packages.package(case)
    for page in (package / "api.md", *(package / "reference").glob("*.md")):
        for href in links(page):
            if not re.match(r"https?:|mailto:", href):
                path, _, place = unquote(href).partition("#")
                target = page.parent / path if path else page
                assert target.is_file(), (page.name, href)
                assert not place or f'<a id="{place}"></a>' in target.read_text("utf-8"), (page.name, href)


def links(page: Path) -> Iterator[str]:
    for block in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        yield from (str(token.attrs["href"]) for token in block.children or () if token.type == "link_open")


@pytest.mark.parametrize("case", case_packages.names())
def test_types_are_spelled_without_aliases_and_marks(case: str) -> None:
    package = case_packages.package(case)
    modules = [path.read_text("utf-8") for path in package.rglob("*.py") if "_core" not in path.parts]
    aliases = {alias for text in modules for alias in re.findall(r"\bas (\w+)$", text, re.MULTILINE)}
    returned = [found[3] for found in SIGNATURE.findall((package / "api.md").read_text("utf-8"))]
    shown = {word for text in returned for word in re.findall(r"\w+", re.sub(r'"[^"]*"', "", text))}
    assert not shown & (aliases | {"Annotated", "Discriminator", "WireName"})
