"""Types in circles: trees end in links, whichever type comes first, and examples end where a type comes again."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.reference.rich import JSON, content, gives, ref
from tests.reference.surfaces import surface_of

from clientsmith.data.surface import Call, Resource, Surface
from clientsmith.targets.reference import render_site
from clientsmith.targets.reference.examples import Examples
from clientsmith.targets.reference.python_code import PythonExamples
from clientsmith.targets.reference.site import make_site
from clientsmith.targets.reference.trees import Group


def surface(folder: Path, schemas: dict[str, Any], operations: dict[str, Any]) -> Surface:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Package", "version": "1"},
        "paths": {f"/{name}": {"post": {"operationId": name, **value}} for name, value in operations.items()},
        "components": {"schemas": schemas},
    }
    (folder / "spec.json").write_text(json.dumps(document), "utf-8")
    return surface_of(folder / "spec.json")


def thing(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


NODE = ref("Node")
NUMBER = {"type": "integer"}
STORED: dict[str, tuple[dict[str, Any], Any]] = {
    "list": ({"Node": thing(id=NUMBER, children={"type": "array", "items": NODE})}, {"id": 1, "children": []}),
    "map": (
        {"Node": thing(id=NUMBER, named={"type": "object", "additionalProperties": NODE})},
        {"id": 1, "named": {}},
    ),
    "null": ({"Node": thing(id=NUMBER, parent={"anyOf": [NODE, {"type": "null"}]})}, {"id": 1, "parent": None}),
    "required": ({"Node": thing(("id",), id=NUMBER, more=NUMBER, next=NODE)}, {"id": 1, "more": 1, "next": {"id": 1}}),
    "optional": ({"Node": thing(id=NUMBER, next=NODE)}, {"id": 1, "next": {}}),
    "endless": ({"Node": thing(("next",), next=NODE)}, {"next": {"next": {}}}),
    "two": (
        {"Node": thing(id=NUMBER, leaf=ref("Leaf")), "Leaf": thing(node=NODE, size=NUMBER)},
        {"id": 1, "leaf": {"node": {}, "size": 1}},
    ),
    "union": (
        {"Node": {"oneOf": [ref("Both"), {"type": "integer"}]}, "Both": thing(("a", "b"), a=NODE, b=NODE)},
        {"a": 1, "b": 1},
    ),
    "lists of lists": ({"Node": {"type": "array", "items": NODE}}, []),
    "twice": (
        {"Node": thing(first=ref("Leaf"), second=ref("Leaf")), "Leaf": thing(size=NUMBER)},
        {"first": {"size": 1}, "second": {"size": 1}},
    ),
}


@pytest.mark.parametrize("kind", STORED)
def test_an_example_ends_where_a_type_comes_again(kind: str, tmp_path: Path) -> None:
    schemas, expected = STORED[kind]
    made = surface(tmp_path, schemas, {"getNode": {"responses": gives(NODE)}})
    example = Examples(made).response(*made_for(made))
    assert example is not None
    assert json.loads(example.code) == expected


def made_for(made: Surface) -> tuple[Resource, Call]:
    """Give the only method."""
    (found,) = ((resource, call) for resource in made.all_resources() for call in resource.calls)
    return found


def test_an_example_of_a_request_ends_too(tmp_path: Path) -> None:
    schemas = {"Node": thing(("id", "next"), id=NUMBER, next=NODE)}
    body = {"requestBody": {"required": True, "content": {JSON: {"schema": NODE}}}}
    made = surface(tmp_path, schemas, {"addNode": {**body, "responses": {"204": {"description": "Done."}}}})
    python = dict(PythonExamples(made).of(*made_for(made)))["Python"]
    assert python.count('"id"') <= 2


def test_an_example_of_a_response_has_nothing_that_only_requests_send(tmp_path: Path) -> None:
    schemas = {"Node": thing(id=NUMBER, secret={"type": "string", "writeOnly": True})}
    made = surface(tmp_path, schemas, {"getNode": {"responses": gives(NODE)}})
    example = Examples(made).response(*made_for(made))
    assert example is not None
    assert json.loads(example.code) == {"id": 1}


# --- trees -----------------------------------------------------------------------------------------------------------

CIRCLE = {
    "Expression": {"oneOf": [ref("Sum"), ref("Product"), {"type": "integer"}]},
    "Sum": thing(left=ref("Expression"), right=ref("Expression")),
    "Product": thing(factors={"type": "array", "items": ref("Expression")}, first=ref("Sum")),
}


def outline(group: Group) -> Any:
    """Give the names in a tree, with those below them."""
    inner = {field.name: list(map(outline, field.groups)) for field in group.fields}
    return group.name, group.is_link, inner, list(map(outline, group.groups))


@pytest.mark.parametrize("order", list(itertools.permutations(CIRCLE)))
def test_the_tree_of_a_type_is_the_same_whichever_is_asked_for_first(order: tuple[str, ...], tmp_path: Path) -> None:
    body = {"requestBody": content(ref("Product"))}
    operations = {f"get{name}": {**body, "responses": gives(ref(name))} for name in order}
    site = make_site(surface(tmp_path, CIRCLE, operations))
    types = (each for each in site.trees.roots if each.side == "response")
    trees = {site.trees.declared[each].name: outline(site.trees.group(each)) for each in types}
    end, ended_sum = ("Expression", True, {}, []), ("Sum", True, {}, [])
    assert trees["Expression"][3] == [
        ("Sum", False, {"left": [end], "right": [end]}, []),
        ("Product", False, {"factors": [end], "first": [ended_sum]}, []),
    ]
    step = ("Expression", False, {}, [ended_sum, ("Product", True, {}, [])])
    assert trees["Sum"] == ("Sum", False, {"left": [step], "right": [step]}, [])
    assert trees["Product"][2] == {"factors": [step], "first": [("Sum", False, {"left": [end], "right": [end]}, [])]}


def test_pages_name_each_type_of_a_union_and_what_stands_beside_them(tmp_path: Path) -> None:
    made = surface(tmp_path, CIRCLE, {"getIt": {"responses": gives(ref("Expression"))}})
    files = render_site(made)
    (page,) = (path for path in files if re.search(r"\.get\w*\.md$", path))
    returned = files[page].partition("## Returns")[2].partition("## Examples")[0]
    assert re.search(r"Expression.* = .*Union.*Sum.*Product.*int", returned)
    assert len(re.findall(r"As .*`(Sum|Product)`", returned)) == 2
    text = files[page.replace(".md", ".html")].partition("Returns</h2>")[2]
    assert re.search(r"<b><a[^>]*>Expression</a></b> = Union\[", text)
