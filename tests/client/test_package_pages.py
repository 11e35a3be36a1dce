"""The pages of the reference in the package have the facts of the seed pages, method by method and field by field."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.client.specification import OPERATIONS, SURFACE, Operation
from tests.seeds.extract import NESTING, nested

PACKAGE = Path(importlib.import_module("cloudflare_realtimekit").__path__[0])
API = (PACKAGE / "api.md").read_text("utf-8")
METHODS = [pytest.param(operation, id=operation.name) for operation in OPERATIONS]
ITEM = re.compile(r"(?P<margin> *)- `(?P<name>\w+)`: (?P<type>`[^`]*`)(?: \((?P<marks>[^)]*)\))?(?: — (?P<facts>.*))?")


def section(operation: Operation) -> str:
    """Give what the page of a resource has of one method."""
    page = (PACKAGE / "reference" / f"{operation.resource}.md").read_text("utf-8")
    start = page.index(f'<a id="{operation.name}"></a>')
    end = re.search(r"\n## ", page[page.index("\n## ", start) + 1 :])
    return page[start : page.index("\n## ", start) + 1 + (end.start() if end else len(page))]


def folded(text: str, title: str) -> list[re.Match[str]]:
    """Give the items of a list that a reader opens."""
    start = re.search(rf"<summary>\d+ {title}</summary>\n", text)
    assert start is not None, title
    lines = text[start.end() : text.index("</details>", start.end())].splitlines()
    return [item for line in lines if (item := ITEM.fullmatch(line))]


@pytest.mark.parametrize("operation", METHODS)
def test_api_md_lists_the_method(operation: Operation) -> None:
    returned = operation.response_class or "None"
    link = f"- [`{operation.name}`](reference/{operation.resource}.md#{operation.name}) "
    (line,) = (line for line in API.splitlines() if line.startswith(link))
    assert line.removeprefix(link).startswith(f"`({operation.positional}, *, ")
    assert f") -> {returned}` — " in line


def test_api_md_has_each_method_once() -> None:
    listed = re.findall(r"^- \[`\w+`\]\(reference/([\w.]+)\.md#(\w+)\) .*?— (?!Every item)", API, re.MULTILINE)
    assert sorted(listed) == sorted((operation.resource, operation.name) for operation in OPERATIONS)


@pytest.mark.parametrize("operation", METHODS)
def test_a_page_has_the_signature_and_the_route(operation: Operation) -> None:
    returned = f" -> {operation.response_class}" if operation.response_class else ""
    name = f"{operation.resource}.{operation.name}"
    text = section(operation)
    assert f"`{name}(str {operation.positional}, {operation.params_class} **kwargs){returned}`\n" in text
    assert f"\n`{operation.verb} {operation.path}`\n" in text


@pytest.mark.parametrize("operation", METHODS)
def test_a_page_has_the_parameters(operation: Operation) -> None:
    items = [item for item in folded(section(operation), "parameters?") if not item["margin"]]
    everything = {*operation.path_parameters, *operation.query, *operation.arguments(everything=True)}
    assert {item["name"] for item in items} == everything
    required = {item["name"] for item in items if "required" in (item["marks"] or "").split(", ")}
    assert required == {*operation.path_parameters, *operation.arguments(everything=False)}


@pytest.mark.parametrize("operation", [each for each in METHODS if each.values[0].response_class])
def test_a_page_has_the_fields_of_the_response(operation: Operation) -> None:
    response = operation.response_class
    items = folded(section(operation), f"fields? of {response}")
    nesting = json.loads(NESTING.read_text("utf-8"))
    assert nested(response, [field_of(item) for item in items], nesting) == SURFACE["responses"][response]


def field_of(item: re.Match[str]) -> dict[str, Any]:
    """Read the facts of one field."""
    facts = item["facts"] or ""
    field: dict[str, Any] = {"name": item["name"], "annotation": item["type"].strip("`")}
    if found := re.search(r"\bformat: `([^`]*)`", facts):
        field["format"] = found[1]
    for limit in ("maximum", "minimum"):
        if found := re.search(rf"\b{limit}: `(\d+)`", facts):
            field[limit] = int(found[1])
    if found := re.search(r"\bone of: (.*)", facts):
        field["enum"] = [json.loads(value) for value in re.findall(r"`([^`]*)`", found[1])]
        complete = ", ".join(json.dumps(value) for value in field["enum"])
        field["annotation"] = re.sub(r"Literal\[.*?\]", lambda _: f"Literal[{complete}]", field["annotation"])
    return field
