"""Upgrading Swagger 2.0: where parts come from, what references name, and documents that are wrong."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from clientsmith.data.document import Documents, Pointer
from clientsmith.data.issues import Found
from clientsmith.data.settings import Settings
from clientsmith.pipeline import generate
from clientsmith.stages.adapt import adapt
from clientsmith.stages.link import link
from clientsmith.stages.load import load, load_mentioned

SPEC: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Pets", "version": "1"},
    "host": "pets.example",
    "basePath": "/v1",
    "schemes": ["http", "https"],
    "consumes": ["application/json"],
    "produces": ["application/json", "application/xml"],
    "security": [{"token": ["read"]}],
    "paths": {
        "/pets/{id}": {
            "parameters": [
                {"name": "note", "in": "formData", "type": "string"},
                {"name": "id", "in": "path", "required": True, "type": "string"},
            ],
            "get": {
                "parameters": [
                    {"$ref": "#/parameters/Body"},
                    {"$ref": "#/parameters/Limit"},
                    {"name": "ids", "in": "query", "type": "array", "items": {"type": "integer"}},
                ],
                "responses": {
                    "200": {
                        "description": "One.",
                        "schema": {"properties": {"pet": {"$ref": "#/definitions/Pet"}}},
                        "examples": {"application/json": {"pet": {}}},
                        "headers": {"X-Rate": {"type": "integer"}},
                    },
                    "404": {"$ref": "#/responses/Missing"},
                },
            },
            "post": {
                "consumes": ["multipart/form-data"],
                "parameters": [{"name": "file", "in": "formData", "type": "file"}],
                "responses": {"200": {"description": "Done.", "schema": {"$ref": "#/parameters/Body/schema"}}},
            },
            "put": {
                "produces": ["application/json"],
                "responses": {
                    "200": {
                        "description": "The same.",
                        "schema": {"$ref": "#/paths/~1pets~1{id}/get/responses/200/schema/properties/pet"},
                    },
                    "404": {"$ref": "#/responses/Missing"},
                },
            },
        }
    },
    "parameters": {
        "Body": {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Pet"}},
        "Limit": {"name": "limit", "in": "query", "type": "integer"},
    },
    "responses": {"Missing": {"description": "Gone.", "schema": {"properties": {"why": {"type": "string"}}}}},
    "definitions": {"Pet": {"discriminator": "kind", "properties": {"kind": {"type": "string", "x-nullable": True}}}},
    "securityDefinitions": {"token": {"type": "oauth2", "flow": "accessCode", "scopes": {"read": "Read."}}},
}


def upgraded(value: Any, folder: Path) -> Documents:
    """Upgrade a document as the pipeline does."""
    path = folder / "spec.json"
    path.write_text(json.dumps(value, indent=1))
    return link(adapt(load(path).value, load_mentioned).value)


GET = "/paths/~1pets~1{id}/get"


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("/openapi", "/swagger"),
        ("/servers/0/url", "/host/0/url"),
        ("/components/schemas/Pet/properties/kind", "/definitions/Pet/properties/kind"),
        ("/components/schemas/Pet/properties/kind/nullable", "/definitions/Pet/properties/kind/x-nullable"),
        ("/components/schemas/Pet/discriminator", "/definitions/Pet/discriminator"),
        ("/components/parameters/Limit/name", "/parameters/Limit/name"),
        ("/components/parameters/Limit/schema/type", "/parameters/Limit/type"),
        ("/components/requestBodies/Body/content/application~1json/schema", "/parameters/Body/schema"),
        ("/components/responses/Missing/content/application~1xml/schema", "/responses/Missing/schema"),
        ("/components/securitySchemes/token/flows", "/securityDefinitions/token/flow"),
        (
            "/components/securitySchemes/token/flows/authorizationCode/scopes/read",
            "/securityDefinitions/token/scopes/read",
        ),
        (f"{GET}/parameters/0/$ref", f"{GET}/parameters/1/$ref"),
        (f"{GET}/parameters/1/schema/items/type", f"{GET}/parameters/2/items/type"),
        (f"{GET}/requestBody", f"{GET}/parameters/0"),
        (f"{GET}/responses/200/content/application~1xml/schema/properties", f"{GET}/responses/200/schema/properties"),
        (
            f"{GET}/responses/200/content/application~1json/example",
            f"{GET}/responses/200/examples/application~1json",
        ),
        (f"{GET}/responses/200/headers/X-Rate/schema/type", f"{GET}/responses/200/headers/X-Rate/type"),
        (
            "/paths/~1pets~1{id}/post/requestBody/content/multipart~1form-data/schema/properties/note",
            "/paths/~1pets~1{id}/parameters/0",
        ),
        ("/paths/~1pets~1{id}/parameters/0", "/paths/~1pets~1{id}/parameters/1"),
        ("/paths/~1pets~1{id}/put/responses/404/content/application~1json/schema", "/responses/Missing/schema"),
        ("/info/title", "/info/title"),
    ],
)
def test_each_part_knows_where_it_comes_from(tmp_path: Path, now: str, before: str) -> None:
    assert upgraded(SPEC, tmp_path).origin(Pointer(now)) == Pointer(before)


def test_references_name_what_they_named(tmp_path: Path) -> None:
    documents = upgraded(SPEC, tmp_path)
    dangling = [each.text for each in documents.references if each.target is None or not documents.has(each.target)]
    assert dangling == []
    targets = {str(documents.origin(each.target)) for each in documents.references if each.target}
    assert targets == {
        "#/definitions/Pet",
        "#/parameters/Body",
        "#/parameters/Limit",
        "#/parameters/Body/schema",
        "#/responses/Missing",
        "#/responses/Missing/schema",
        f"#{GET}/responses/200/schema/properties/pet",
    }


@pytest.mark.parametrize(
    ("said", "urls"),
    [
        ({}, ["https://pets.example/v1", "http://pets.example/v1"]),
        ({"schemes": ["wss", "http"]}, ["http://pets.example/v1"]),
        ({"schemes": ["wss"]}, ["wss://pets.example/v1"]),
        ({"schemes": None}, ["https://pets.example/v1"]),
        ({"schemes": [], "basePath": None}, ["https://pets.example"]),
        ({"basePath": "/"}, ["https://pets.example", "http://pets.example"]),
        ({"basePath": "v2/"}, ["https://pets.example/v2", "http://pets.example/v2"]),
        ({"host": None}, ["/v1"]),
        ({"host": None, "basePath": None}, ["/"]),
    ],
)
def test_servers(tmp_path: Path, said: dict[str, Any], urls: list[str]) -> None:
    spec = {key: value for key, value in {**SPEC, **said}.items() if value is not None}
    root: Any = upgraded(spec, tmp_path).root.value
    assert [server["url"] for server in root["servers"]] == urls


def test_a_file_of_its_own_kind_keeps_its_media_types(tmp_path: Path) -> None:
    shared = {"swagger": "2.0", "produces": ["text/csv"], "responses": {"Rows": {"schema": {"type": "string"}}}}
    (tmp_path / "shared.json").write_text(json.dumps(shared))
    spec = copy.deepcopy(SPEC)
    spec["paths"]["/rows"] = {"get": {"responses": {"200": {"$ref": "shared.json#/responses/Rows"}}}}
    documents = upgraded(spec, tmp_path)
    rows: Any = documents.value_at(Pointer("/responses/Rows", "shared.json"))
    assert rows == {"content": {"text/csv": {"schema": {"type": "string"}}}}
    copied: Any = documents.value_at(Pointer("/paths/~1rows/get/responses/200"))
    assert set(copied["content"]) == {"application/json", "application/xml"}
    assert copied["content"]["application/json"]["schema"] == {
        "$ref": "shared.json#/responses/Rows/content/text~1csv/schema"
    }


def test_the_upgrade_changes_nothing_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(SPEC))
    read = load(path).value
    adapt(read, load_mentioned)
    assert read.root.value == SPEC


@pytest.mark.parametrize("seed", range(60))
def test_no_mutation_raises(tmp_path: Path, seed: int) -> None:
    """Mistakes of the user are issues, whatever they are."""
    generator = random.Random(seed)
    spec = copy.deepcopy(SPEC)
    for _ in range(generator.randint(1, 4)):
        mutate(spec, generator)
    spec.setdefault("swagger", "2.0")
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(spec))
    found = Found(Settings(spec=path, output=tmp_path / "pets", formatter="none"))
    outcome = generate(found, check=True)
    assert (outcome.changes is None) == any(issue.severity == "error" for issue in outcome.issues)


VALUES: list[Any] = [None, True, 5, -1.5, "", "x", "#/definitions/Pet", [], [1], ["body"], {}, {"a": []}]
VALUES += [{"$ref": "#/parameters/Body"}, {"$ref": "#"}, {"$ref": 5}, {"in": "body"}, {"in": []}, {"type": ["file"]}]


def mutate(value: Any, generator: random.Random) -> None:
    """Replace, remove or add something somewhere."""
    while True:
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = generator.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and generator.random() < 0.85:
            value = inner
        elif generator.random() < 0.2:
            del value[key]
            return
        else:
            value[key] = copy.deepcopy(generator.choice(VALUES))
            return
