"""A page of a method: the way back, an example response made of the document, and no words that only repeat names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.reference.surfaces import surface_of
from tests.reference.test_site import Page

from clientsmith.cli import main
from clientsmith.targets.reference import render_site

THING = {
    "type": "object",
    "title": "Thing",
    "required": ["id", "at"],
    "properties": {
        "id": {"type": "integer", "title": "Id", "minimum": 5},
        "at": {"type": "string", "format": "date-time", "title": "At"},
        "kind": {"enum": ["cat", "dog"]},
        "size": {"type": "integer", "example": 42, "title": "The size in inches"},
        "user_name": {"type": "string", "title": "User Name", "default": "nobody"},
        "camelCase": {"type": "string", "title": "Camelcase", "const": "fixed"},
        "parent": {"$ref": "#/components/schemas/Thing"},
    },
}
TITLE = "Body_create_things__post"
BODY = {"type": "object", "title": TITLE, "properties": {"name": {"type": "string"}}}
JSON = "application/json"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Package", "version": "1"},
    "paths": {
        "/shops/{shop_id}/things/": {
            "parameters": [{"name": "shop_id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string", "title": "Q"}}],
                "responses": {
                    "200": {"description": "it", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Thing"}}}}
                },
            },
            "post": {
                "requestBody": {"content": {JSON: {"schema": {"$ref": f"#/components/schemas/{TITLE}"}}}},
                "responses": {"204": {"description": "Done"}},
            },
        },
    },
    "components": {"schemas": {"Thing": THING, TITLE: BODY}},
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "spec.json").write_text(json.dumps(DOCUMENT))
    return dict(render_site(surface_of(tmp_path / "spec.json")))


def test_the_way_back_leads_over_each_resource(files: dict[str, str]) -> None:
    (crumbs,) = re.findall(r'<nav aria-label="Breadcrumbs">.*?</nav>', files["shops.things.get.html"], re.DOTALL)
    assert Page(crumbs).links == ["index.html", "shops.html", "shops.things.html"]


def test_an_example_response_has_what_the_document_says(files: dict[str, str]) -> None:
    text = files["shops.things.get.md"]
    example = json.loads(re.findall(r"### Response 200\n\n```json\n(.*?)```", text, re.DOTALL)[0])
    assert list(example) == ["id", "at", "kind", "size", "user_name", "camelCase", "parent"]
    assert example["id"] >= 5
    assert (example["kind"], example["size"], example["camelCase"]) == ("cat", 42, "fixed")
    assert example["parent"]["id"] >= 5
    assert "### Response" not in files["shops.things.create.md"]


def page_of_only_method(folder: Path) -> str:
    files = render_site(surface_of(folder / "spec.json"))
    (text,) = (text for path, text in files.items() if path.endswith(".md") and "## Examples" in text)
    return text


GIVEN = {"id": 7, "at": "2001-02-03T04:05:06Z", "kind": "dog"}
REFERENCED = {"$ref": "#/components/examples/given"}


@pytest.mark.parametrize(
    "media",
    [
        {"example": GIVEN},
        {"examples": {"usual": {"summary": "It", "value": GIVEN}}},
        {"examples": {"usual": REFERENCED}},
        {"examples": {"elsewhere": {"externalValue": "https://example.com/it.json"}, "usual": REFERENCED}},
        {"examples": {"long": {"value": {"id": 7, "kinds": ["x" * 100] * 100}}}},
    ],
    ids=["example", "value", "reference", "elsewhere", "long"],
)
def test_examples_are_those_that_the_document_gives(media: dict[str, Any], tmp_path: Path) -> None:
    schema = {"$ref": "#/components/schemas/Thing"}
    operation = {
        "operationId": "change",
        "requestBody": {"required": True, "content": {JSON: {"schema": schema, **media}}},
        "responses": {"200": {"description": "it", "content": {JSON: {"schema": schema, **media}}}},
    }
    examples = {"given": {"value": GIVEN}}
    components = {"schemas": {"Thing": THING}, "examples": examples}
    document = {**DOCUMENT, "paths": {"/things": {"put": operation}}, "components": components}
    (tmp_path / "spec.json").write_text(json.dumps(document))
    text = page_of_only_method(tmp_path)
    returned = json.loads(re.findall(r"### Response 200\n\n```json\n(.*?)```", text, re.DOTALL)[0])
    sent = re.findall(r"-d '(\{.*?\n\})'", text, re.DOTALL)[0]
    assert re.search(r"= client\..*\bid=7\b", text, re.DOTALL)
    if "long" in media.get("examples", {}):
        assert returned == {"id": 7, "kinds": ["x" * 100]}
        assert json.loads(sent)["id"] == 7
    else:
        assert (returned, json.loads(sent)) == (GIVEN, GIVEN)


def test_an_example_of_a_parameter_may_be_a_reference(tmp_path: Path) -> None:
    parameter = {"name": "q", "in": "query", "schema": {"type": "string"}, "examples": {"usual": REFERENCED}}
    responses = {"204": {"description": "Done"}}
    operation = {"operationId": "find", "parameters": [parameter], "responses": responses}
    components = {"examples": {"given": {"value": "words"}}}
    document = {**DOCUMENT, "paths": {"/things": {"get": operation}}, "components": components}
    (tmp_path / "spec.json").write_text(json.dumps(document))
    text = page_of_only_method(tmp_path)
    assert 'example: `"words"`' in text


DERIVED = re.compile(r"— (Id|Q|At|User Name|Camelcase)\b|<p>(Id|Q|At|User Name|Camelcase|Thing|Body.*)</p>")


def test_titles_that_repeat_a_name_are_no_documentation(files: dict[str, str], tmp_path: Path) -> None:
    assert [path for path, text in files.items() if path.endswith((".md", ".html")) and DERIVED.search(text)] == []
    assert "The size in inches" in files["shops.things.get.md"]
    done = CliRunner().invoke(main, ["generate", str(tmp_path / "spec.json"), "-o", str(tmp_path / "pets")])
    assert done.exit_code == 0, done.output
    code = "".join(path.read_text() for path in (tmp_path / "pets").rglob("*.py") if "_core" not in path.parts)
    assert re.findall(r'"""(?:Id|Q|At|User Name|Camelcase|Thing|Body_create_things__post)"""', code) == []
    assert code.count('"""The size in inches') == 1


def test_the_package_has_no_pages_where_the_settings_want_none(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(DOCUMENT))
    settings = 'spec = "spec.json"\noutput = "pets"\nformatter = "none"\n[reference]\nin_package = {}\n'
    for wanted in ("true", "false"):
        (tmp_path / "s.toml").write_text(settings.format(wanted))
        assert CliRunner().invoke(main, ["generate", str(tmp_path / "s.toml")]).exit_code == 0
        assert (tmp_path / "pets/reference").exists() == (wanted == "true")
        page = (tmp_path / "pets/api.md").read_text()
        assert ("](reference/" in page, "`get`" in page) == (wanted == "true", True)
