"""Markdown keeps the members of a union apart: each type has a line with its name, and its members below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reference.surfaces import surface_of

from clientsmith.targets.reference import package_pages, render_site

MEMBERS = {"Cat": "claws", "Dog": "tricks"}


def files(folder: Path, schema: dict[str, Any]) -> dict[str, str]:
    def of(name: str) -> dict[str, Any]:
        properties = {MEMBERS[name]: {"type": "integer"}, "name": {"type": "string"}}
        return {"type": "object", "required": [MEMBERS[name]], "properties": properties}

    pets = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in MEMBERS]}
    content = {"application/json": {"schema": schema}}
    operation = {
        "operationId": "createPet",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "it", "content": content}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Package", "version": "1"},
        "paths": {"/pets": {"post": operation}},
        "components": {"schemas": {"Pet": pets, **{name: of(name) for name in MEMBERS}}},
    }
    (folder / "spec.json").write_text(json.dumps(document), "utf-8")
    surface = surface_of(folder / "spec.json")
    site = {path: text for path, text in render_site(surface).items() if path.endswith(".md")}
    return {**site, **package_pages(surface, with_pages=True)}


def owners(text: str) -> list[tuple[str, str]]:
    """Give each member of the types with what the line one level above it begins with."""
    above: dict[int, str] = {}
    found = []
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip())
        if line.startswith("#"):
            above = {-2: line}
        if not line.lstrip().startswith("- "):
            continue
        above[depth] = line.strip()
        for name, member in MEMBERS.items():
            if line.strip().startswith(f"- `{member}`"):
                found.append((name, above.get(depth - 2, "")))
    return found


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Pet"},
        {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
        {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        {"type": "object", "properties": {"pet": {"$ref": "#/components/schemas/Pet"}}},
    ],
    ids=["component", "inline", "list", "member"],
)
def test_each_member_is_below_the_name_of_its_type(schema: dict[str, Any], tmp_path: Path) -> None:
    written = files(tmp_path, schema)
    found = [(path, *pair) for path, text in written.items() for pair in owners(text)]
    assert {path.partition("/")[0] for path, _, _ in found} >= {"reference"}
    assert len([path for path, _, _ in found if path.startswith("pets")]) >= 2
    for path, name, above in found:
        assert name in above, (path, above)
        assert above.startswith(("- As ", "#")), (path, above)
