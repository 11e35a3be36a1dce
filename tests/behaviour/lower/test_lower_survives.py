"""Whatever a document holds, lowering gives an API and issues, or rejects it: never another exception."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientsmith.data.document import Document, Json, Pointer
from clientsmith.data.issues import Rejected
from clientsmith.data.spec import Spec, Version
from clientsmith.stages.lower import lower

NAMES = ["A", "B", "C"]
TYPES = ["object", "array", "string", "integer", "number", "boolean", "null", "file", "strnig"]
SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "A", "date", "binary", *TYPES])
KEYWORDS = [
    "type", "enum", "const", "format", "properties", "required", "additionalProperties", "patternProperties", "items",
    "prefixItems", "allOf", "oneOf", "anyOf", "not", "if", "default", "nullable", "readOnly", "writeOnly", "examples",
    "description", "discriminator", "minimum", "exclusiveMinimum", "maxItems", "contentEncoding", "deprecated",
]  # fmt: skip
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner)
)


def extend(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    listed = st.lists(inner, max_size=3)
    named = st.dictionaries(st.sampled_from(["a", "b", "kind", "$ref"]), inner, max_size=3)
    values: dict[str, st.SearchStrategy[Any]] = {
        "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), max_size=3),
        "enum": st.lists(SCALARS | ANYTHING, max_size=3),
        "required": st.lists(st.sampled_from(["a", "b", "z"]), max_size=2),
        "properties": named,
        "patternProperties": named,
        "additionalProperties": inner,
        "items": inner | listed,
        "discriminator": st.just({"propertyName": "kind"})
        | st.dictionaries(st.just("mapping"), st.dictionaries(st.just("x"), st.sampled_from(NAMES))).map(
            lambda value: {"propertyName": "kind", **value}
        ),
        **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), listed),
    }
    one = st.sampled_from(KEYWORDS).flatmap(
        lambda name: st.tuples(st.just(name), values.get(name, SCALARS) if name in values else SCALARS | ANYTHING)
    )
    return st.lists(one, max_size=4).map(dict)


REFERENCES = st.sampled_from(NAMES).map(lambda name: {"$ref": f"#/components/schemas/{name}"})
SCHEMAS = st.recursive(REFERENCES | st.booleans() | st.just({}) | SCALARS, extend, max_leaves=12)


def spec_of(value: Json, version: Version) -> Spec:
    """Resolve the references of a document as the real stage would, without a file."""
    root = Document(name="spec", file="", text="", value=value, scan=lambda _: {})
    references: dict[Pointer, Pointer] = {}
    collect(value, Pointer(), references)
    return Spec(version=version, root=root, documents={"": root}, references=references, nodes={})


def collect(value: Json, pointer: Pointer, references: dict[Pointer, Pointer]) -> None:
    """Note each `$ref` to a component."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            collect(item, pointer.child(index), references)
    elif isinstance(value, dict):
        target = value.get("$ref")
        if isinstance(target, str) and target.startswith("#/"):
            references[pointer] = Pointer(target[1:])
        for name, member in value.items():
            collect(member, pointer.child(name), references)


@settings(max_examples=150)
@given(
    schemas=st.fixed_dictionaries(dict.fromkeys(NAMES, SCHEMAS)),
    version=st.sampled_from(["3.0", "3.1", "3.2"]),
)
def test_any_schema(schemas: Any, version: Version) -> None:
    spec = spec_of({"components": {"schemas": schemas}}, version)
    with contextlib.suppress(Rejected):
        assert lower(spec) == lower(spec)


@settings(max_examples=150)
@given(noise=ANYTHING, keys=st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_any_value_in_any_place(noise: Any, keys: list[int]) -> None:
    document: Any = {
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "/", "variables": {"a": {"default": "b"}}}],
        "security": [{"k": []}],
        "tags": [{"name": "a"}],
        "paths": {
            "/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
                "get": {
                    "operationId": "x",
                    "tags": ["a"],
                    "requestBody": {"content": {"multipart/form-data": {"schema": {}, "encoding": {"a": {}}}}},
                    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}},
                },
            }
        },
        "components": {"schemas": {"A": {"type": "object"}}, "securitySchemes": {"k": {"type": "http"}}},
    }
    place: Any = document
    for key in keys[:-1]:
        inner = [value for value in (place.values() if isinstance(place, dict) else place) if value]
        inner = [value for value in inner if isinstance(value, dict | list)]
        if not inner:
            break
        place = inner[key % len(inner)]
    if isinstance(place, dict):
        place[list(place)[keys[-1] % len(place)]] = noise
    elif place:
        place[0] = noise
    with contextlib.suppress(Rejected):
        lower(spec_of(document, "3.1"))


def test_a_document_of_no_use() -> None:
    assert lower(spec_of([], "3.1")).value.operations == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_to_nothing(name: str) -> None:
    value: Any = {"components": {"schemas": {"It": {"allOf": [{"$ref": f"#/components/schemas/{name}"}, {}]}}}}
    assert lower(spec_of(value, "3.1")).value.definitions[0].name == "It"
