"""Validation: what is wrong with a document, and how bad that is. Also run with the other openapi-spec-validator."""

from __future__ import annotations

import contextlib
import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientsmith.data.document import Document, Documents, Pointer
from clientsmith.data.issues import Issue, Rejected
from clientsmith.stages.link import link
from clientsmith.stages.load import load
from clientsmith.stages.resolve import resolve
from clientsmith.stages.validate import validate

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
OPERATION: dict[str, Any] = {
    "operationId": "getPet",
    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
    "responses": {
        "200": {
            "description": "A pet.",
            "headers": {"X-Rate": {"schema": {"type": "integer"}}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
        },
        "404": {"$ref": "#/components/responses/Missing"},
    },
}
SPEC: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://{region}.pets.example", "variables": {"region": {"default": "eu"}}}],
    "paths": {"/pets/{id}": {"get": OPERATION}},
    "components": {
        "schemas": {"Pet": PET, "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object"}]}},
        "responses": {"Missing": {"description": "No such pet."}},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
}


def documents(value: Any, folder: Path | None = None) -> Documents:
    """Give a document as `load` does."""
    if folder is None:
        document = Document(name="spec", file="", text="", value=value, scan=lambda text: {})
        return Documents(root=document, files={"": document}, references=())
    path = folder / "spec.json"
    path.write_text(json.dumps(value))
    return link(load(path).value)


def issues(value: Any, folder: Path) -> list[tuple[str, str, str]]:
    return [(issue.severity, issue.code, str(issue.pointer)) for issue in validate(documents(value, folder)).issues]


def changed(path: str, value: Any, version: str = "3.0.3") -> dict[str, Any]:
    """Give the document with another value at one place; without it where the value is `...`."""
    spec = copy.deepcopy(SPEC)
    spec["openapi"] = version
    place = Pointer(path)
    parent: Any = spec
    for token in place.parent.tokens:
        parent = parent[int(token)] if isinstance(parent, list) else parent[token]
    key = int(place.tokens[-1]) if isinstance(parent, list) else place.tokens[-1]
    if value is ...:
        del parent[key]
    else:
        parent[key] = value
    return spec


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.2.0"])
def test_a_right_document_has_no_issues(tmp_path: Path, version: str) -> None:
    assert issues(changed("/openapi", version), tmp_path) == []


# --- the root --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([], "not-openapi"),
        ("text", "not-openapi"),
        ({}, "not-openapi"),
        ({"asyncapi": "3.0.0"}, "not-openapi"),
        ({"swagger": "1.2"}, "unsupported-version"),
        ({"swagger": {}}, "unsupported-version"),
        ({"openapi": "2.0"}, "unsupported-version"),
        ({"openapi": "3"}, "unsupported-version"),
        ({"openapi": "3.3.0"}, "unsupported-version"),
        ({"openapi": "\x1b[31m"}, "unsupported-version"),
        ({"openapi": None}, "unsupported-version"),
        ({"openapi": {"a": []}}, "unsupported-version"),
    ],
)
def test_what_is_no_openapi_3_is_rejected(value: Any, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        validate(documents(value))
    (issue,) = caught.value.issues
    assert (issue.code, issue.severity) == (code, "error")
    assert issue.hint


def test_a_version_without_quotes_is_a_warning(tmp_path: Path) -> None:
    assert ("warning", "invalid-document", "#/openapi") in issues(changed("/openapi", 3.1), tmp_path)


# --- references ------------------------------------------------------------------------------------------------------

SCHEMA = "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema"


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("#/components/schemas/Pets", "dangling-ref", "'#/components/schemas/Pet'"),
        ("#/definitions/Cat", "dangling-ref", "'#/components/schemas/Cat'"),
        ("#/components/schemas/Pet/properties/nam", "dangling-ref", "'#/components/schemas/Pet/properties/name'"),
        ("#/component/schemas/Cat", "dangling-ref", "'#/components/schemas/Cat'"),
        ("#/components/schemas/Nope", "dangling-ref", "add what is missing"),
        ("#Pet", "dangling-ref", "'#/'"),
        ("Pet", "dangling-ref", "beside the file"),
        ("https://example.com/pet.json", "remote-ref", "download"),
        ("../pet.json", "external-ref-outside", "allow_external"),
        (None, "bad-ref", "#/components/schemas/Pet"),
        (["a"], "bad-ref", "#/components/schemas/Pet"),
    ],
)
def test_a_broken_reference_is_an_error_with_a_hint(tmp_path: Path, text: Any, code: str, hint: str) -> None:
    found = validate(documents(changed(SCHEMA, {"$ref": text}), tmp_path)).issues
    errors = [issue for issue in found if issue.severity == "error"]
    assert [(issue.code, str(issue.pointer)) for issue in errors] == [(code, f"#{SCHEMA}/$ref")]
    assert hint in str(errors[0].hint)


def test_a_hint_names_the_file_as_the_reference_would(tmp_path: Path) -> None:
    spec = changed(SCHEMA, {"$ref": "schemas/pets.json#/components/schemas/Pat"})
    broken = {"Owner": {}, "A": {"$ref": "#/components/schemas/Pet"}, "B": {"$ref": "#/components/schemas/Ownr"}}
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/pets.json").write_text(json.dumps({"components": {"schemas": broken}}))
    found = [issue.hint for issue in validate(documents(spec, tmp_path)).issues if issue.code == "dangling-ref"]
    assert found == [
        "did you mean '#/components/schemas/Pet'?",
        "did you mean '../spec.json#/components/schemas/Pet'?; --strict makes this an error",
        "did you mean '#/components/schemas/Owner'?; --strict makes this an error",
    ]


def test_a_circle_is_reported_once(tmp_path: Path) -> None:
    ring = {name: {"$ref": f"#/components/schemas/{after}"} for name, after in ("AB", "BC", "CA")}
    ring["D"] = {"$ref": "#/components/schemas/A"}
    found = issues(changed("/components/schemas", {"Pet": PET, **ring}), tmp_path)
    assert found == [("error", "circular-ref", "#/components/schemas/A/$ref")]


def test_recursive_schemas_are_right(tmp_path: Path) -> None:
    tree = {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Pet"}}}
    assert issues(changed("/components/schemas/Pet", tree), tmp_path) == []


def test_what_a_reference_leads_to_is_checked_as_what_it_is(tmp_path: Path) -> None:
    spec = changed(SCHEMA, {"$ref": "#/x-schemas/Pet"})
    spec["x-schemas"] = {"Pet": {"type": "object", "properties": ["a"]}}
    assert issues(spec, tmp_path) == [("error", "bad-structure", "#/x-schemas/Pet/properties")]


# --- structure -------------------------------------------------------------------------------------------------------

GET = "/paths/~1pets~1{id}/get"


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/paths", ["/pets"]),
        ("/paths/~1pets~1{id}", "pets"),
        (GET, [1]),
        (f"{GET}/parameters", {"id": {}}),
        (f"{GET}/parameters/0", "id"),
        (f"{GET}/parameters/0/schema", "string"),
        (f"{GET}/requestBody", ["a"]),
        (f"{GET}/responses", [{"a": 1}]),
        (f"{GET}/responses/200", 200),
        (f"{GET}/responses/200/content", ["application/json"]),
        (f"{GET}/responses/200/content/application~1json", "schema"),
        ("/components", ["a"]),
        ("/components/schemas", ["a"]),
        ("/components/schemas/Pet", 7),
        ("/components/schemas/Pet/properties", ["name"]),
        ("/components/schemas/Pet/properties/name", "string"),
        ("/components/schemas/Cat/allOf", {"type": "object"}),
        ("/components/schemas/Cat/allOf/1", "Pet"),
    ],
)
def test_a_client_would_lose_this(tmp_path: Path, path: str, value: Any, version: str) -> None:
    found = issues(changed(path, value, version), tmp_path)
    assert ("error", "bad-structure", f"#{path}") in found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/info", ...),
        ("/info/title", ...),
        ("/info/contact", "me"),
        ("/tags", "pets"),
        ("/servers", {"url": "/"}),
        (f"{GET}/parameters", None),
        (f"{GET}/parameters/0/required", "yes"),
        (f"{GET}/responses", ...),
        (f"{GET}/responses/404", {}),
        (f"{GET}/operationId", 7),
        ("/components/schemas/Pet/required", True),
        ("/components/schemas/Pet/properties", []),
        ("/components/schemas/Pet/properties/name/type", "text"),
        ("/components/schemas/Pet/properties/name/minLength", -1),
    ],
)
def test_a_client_is_right_without_this(tmp_path: Path, path: str, value: Any) -> None:
    found = issues(changed(path, value), tmp_path)
    assert found
    assert {severity for severity, _, _ in found} == {"warning"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/x-anything", 7),
        ("/anything", 7),
        (f"{GET}/anything", 7),
        ("/components/schemas/Pet/anything", 7),
        ("/components/schemas/Pet/example", {"$ref": 7, "type": 7}),
        ("/components/schemas/Pet/properties/properties", {"type": "string"}),
        (f"{GET}/responses/200/content/application~1json/example", {"properties": 7}),
    ],
)
def test_further_keys_do_no_harm(tmp_path: Path, path: str, value: Any) -> None:
    assert issues(changed(path, value), tmp_path) == []


# --- openapi-spec-validator ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "place", "said"),
    [
        ("/info/title", ..., "/info", "'title' is a required property"),
        (f"{GET}/parameters/0/required", "yes", f"{GET}/parameters/0/required", "'yes' is not"),
        ("/components/schemas/Pet/type", "pet", "/components/schemas/Pet/type", "'pet' is not one of"),
        (f"{GET}/responses/200/description", 7, f"{GET}/responses/200/description", "7 is not of type 'string'"),
    ],
)
def test_its_complaints_are_about_the_alternative_that_was_meant(
    tmp_path: Path, path: str, value: Any, place: str, said: str
) -> None:
    (issue,) = validate(documents(changed(path, value), tmp_path)).issues
    assert (issue.severity, issue.code, str(issue.pointer)) == ("warning", "invalid-document", f"#{place}")
    assert issue.message.startswith(said)


def test_every_kind_of_mistake_is_found_though_shapes_are_checked_once(tmp_path: Path) -> None:
    good = {f"Good{n}": {"type": "string", "minLength": n} for n in range(100)}
    bad = {"Bad": {"type": "string", "minLength": -1}, "Worse": {"type": "strin"}, "Worst": {"items": {"type": 7}}}
    found = issues(changed("/components/schemas", {"Pet": PET, **good, **bad}), tmp_path)
    assert [pointer for _, _, pointer in found] == [
        "#/components/schemas/Bad/minLength",
        "#/components/schemas/Worse/type",
        "#/components/schemas/Worst/items/type",
    ]


# --- hostile documents -----------------------------------------------------------------------------------------------

JUNK = [None, True, 0, -1, 1.5, "", "a", "#/paths", "https://x.example", [], {}, [[]], [None], {"": {}}, {"$ref": "#"}]
JUNK += [{"$ref": "#/components/schemas/Pet"}, {"type": []}, {"type": "array"}, {"properties": None}]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += places(inner, (*path, number))
    return found


def mutated(seed: int, times: int) -> Any:
    """Put junk at random places of the document."""
    chance = random.Random(seed)
    spec = copy.deepcopy(SPEC)
    spec["openapi"] = chance.choice(["3.0.3", "3.1.0", "3.2.0"])
    for _ in range(times):
        path = chance.choice(places(spec)[1:])
        parent: Any = spec
        for step in path[:-1]:
            parent = parent[step]
        parent[path[-1]] = copy.deepcopy(chance.choice(JUNK))
    return spec


@settings(max_examples=400)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 4))
def test_no_document_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, seed: int, times: int) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with contextlib.suppress(Rejected):
        found = validate(documents(mutated(seed, times), folder))
        assert all(isinstance(issue, Issue) for issue in found.issues)
        resolve(found.value)
