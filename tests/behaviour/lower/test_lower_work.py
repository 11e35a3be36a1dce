"""Work in proportion to the document: what a few lines may stand for, and where that ends.

Most documents here stand for 2^40 schemas: without the limits and the memory that are tested, no test would end.
"""

from __future__ import annotations

from typing import Any

import pytest

from clientsmith.data.issues import Issue, Rejected
from clientsmith.data.limits import Limits
from clientsmith.stages.lower import lower

from .notation import definitions, issues, lowered, schema, spec_of, written

LEVELS = 40


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def diamond(keyword: str, end: Any, **beside: Any) -> dict[str, Any]:
    """Let each schema name the one below twice."""
    levels = {f"S{n}": {keyword: [ref(f"S{n - 1}")] * 2, **beside} for n in range(1, LEVELS + 1)}
    return {"S0": end, **levels}


def rejection(document: dict[str, Any], limits: Limits | None = None) -> Issue:
    """Lower a document that is too large; give the last issue."""
    with pytest.raises(Rejected) as rejected:
        lower(spec_of({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, **document}), limits)
    return rejected.value.issues[-1]


# --- once for each schema ---


def test_all_of_twice_the_same() -> None:
    others = diamond("allOf", {"type": "object", "properties": {"z": {"type": "string"}}}, required=["z"])
    assert written(definitions(others)[f"S{LEVELS}"].schema) == "{z!: str}"


def test_null_in_one_of_twice_the_same() -> None:
    others = diamond("anyOf", {"type": ["string", "integer"]})
    assert not definitions(others)[f"S{LEVELS}"].schema.nullable


def test_null_at_the_end_of_a_long_chain() -> None:
    others = {f"S{n}": ref(f"S{n + 1}") for n in range(60)}
    assert schema(ref("S0"), S60={"type": ["string", "null"]}, **others).nullable


def test_default_of_a_union_of_unions() -> None:
    others = diamond("oneOf", {"type": "integer"}, type=["integer", "boolean"])
    others = {name: {k: v for k, v in value.items() if k != "type" or name == "S0"} for name, value in others.items()}
    found = issues({"properties": {"a": {**ref(f"S{LEVELS}"), "default": "text"}}}, **others)
    assert ("bad-default", "It/properties/a/default") in found


def test_discriminator_of_deep_variants() -> None:
    base = {"type": "object", "properties": {"kind": {"type": "string"}}}
    value = {"oneOf": [ref(f"S{LEVELS}"), ref("Other")], "discriminator": {"propertyName": "kind"}}
    others = diamond("allOf", base, properties={"z": {}})
    made = schema(value, Other={"type": "object", "properties": {"kind": {"const": "o"}}}, **others)
    assert written(made) == f"(<S{LEVELS}> | <Other> @kind S{LEVELS}=S{LEVELS}, o=Other)"


def test_a_chain_of_references() -> None:
    others = {f"S{n}": ref(f"S{n + 1}") for n in range(5000)}
    assert written(schema(ref("S0"), S5000={"type": "string", "default": "a"}, **others)) == "<S0>"


def test_a_chain_of_all_of_around_one_reference() -> None:
    others = {f"S{n}": {"allOf": [ref(f"S{n + 1}")], "default": "a"} for n in range(5000)}
    assert written(schema(ref("S0"), S5000={"type": "string"}, **others)) == "<S0>"


# --- unions that hold together ---


def choices(count: int) -> dict[str, Any]:
    both = [[{"properties": {f"{letter}{n}": {"type": "string"}}} for letter in "ab"] for n in range(count)]
    return {"allOf": [{"oneOf": one} for one in both]}


def test_combinations_up_to_the_limit() -> None:
    assert issues(choices(4)) == []


def test_too_many_combinations() -> None:
    assert issues(choices(10)) == [("too-many-variants", "It")]


def test_more_combinations_on_request() -> None:
    spec = spec_of({"openapi": "3.1.0", "components": {"schemas": {"It": choices(4)}}})
    assert [issue.code for issue in lower(spec, Limits(variants=15)).issues] == ["too-many-variants"]
    assert lower(spec, Limits(variants=16)).issues == ()


def test_one_union_may_have_any_number_of_variants() -> None:
    many = [{"properties": {f"a{n}": {"type": "string"}}} for n in range(1100)]
    assert issues({"oneOf": many, "properties": {"z": {}}}) == []


# --- what a document becomes ---


def tree(levels: int) -> dict[str, Any]:
    """Nest one object in nine members of the next: as YAML aliases do, without a text of that size."""
    value: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        value = {"type": "object", "properties": {f"p{n}": value for n in range(9)}}
    return value


def test_more_schemas_than_the_document_is_worth() -> None:
    chain = {f"S{n}": {"allOf": [ref(f"S{n + 1}")], "properties": {f"p{n}": {}}} for n in range(1000)}
    issue = rejection({"components": {"schemas": {**chain, "S1000": {"type": "object"}}}})
    assert (issue.code, issue.severity) == ("too-large", "error")
    assert str(issue.pointer).startswith("#/components/schemas/S")


def test_limit_of_schemas() -> None:
    document = {"components": {"schemas": {"It": tree(2)}}}
    issue = rejection(document, Limits(schemas=50))
    assert "more than 50 schemas" in issue.message
    assert "'schemas' under [limits]" in (issue.hint or "")
    assert lower(spec_of({"openapi": "3.1.0", **document}), Limits(schemas=500)).issues == ()


def test_operations_count() -> None:
    paths = {f"/{n}": {"get": {"responses": {}}} for n in range(3)}
    issue = rejection({"paths": paths}, Limits(schemas=50))
    assert str(issue.pointer) == "#/paths/~12/get"


PLACES = {
    "an operation": lambda text: {"paths": {"/a": {"get": {"description": text}}}},
    "a path": lambda text: {"paths": {"/a": {"summary": text, "get": {}}}},
    "a parameter": lambda text: {
        "paths": {"/a": {"get": {"parameters": [{"name": "a", "in": "query", "description": text}]}}}
    },
    "a body": lambda text: {
        "paths": {"/a": {"put": {"requestBody": {"content": {"a/b": {}}, "description": text}}}}
    },
    "a response": lambda text: {"paths": {"/a": {"get": {"responses": {"200": {"description": text}}}}}},
    "a schema": lambda text: {"components": {"schemas": {"It": {"description": text}}}},
    "a pattern": lambda text: {"components": {"schemas": {"It": {"type": "string", "pattern": text}}}},
    "the name of a member": lambda text: {"components": {"schemas": {"It": {"properties": {text: {}}}}}},
    "a value": lambda text: {"components": {"schemas": {"It": {"enum": [text, "b"]}}}},
    "the name of a parameter": lambda text: {"paths": {"/a": {"get": {"parameters": [{"name": text, "in": "query"}]}}}},
    "the name of a header": lambda text: {
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "headers": {text: {}}}}}}}
    },
    "the path": lambda text: {"paths": {f"/{text}": {"get": {}}}},
    "a tag": lambda text: {"paths": {"/a": {"get": {"tags": [text]}}}},
    "the URL of a server": lambda text: {"paths": {"/a": {"get": {"servers": [{"url": text}]}}}},
    "a variable of a server": lambda text: {
        "paths": {"/a": {"servers": [{"url": "/{v}", "variables": {"v": {"enum": [text]}}}], "get": {}}}
    },
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_text_counts(place: str) -> None:
    document = PLACES[place]("a" * 200)
    issue = rejection(document, Limits(text=199))
    assert (issue.code, "199 characters" in issue.message) == ("too-large", True)
    assert lower(spec_of({"openapi": "3.1.0", **document}), Limits(text=420)).issues == ()


# --- nesting ---


def test_lists_in_lists_end_as_any_value() -> None:
    value: dict[str, Any] = {"type": "string"}
    for _ in range(150):
        value = {"type": "array", "items": value}
    found = issues(value)
    assert found == [("too-deep", "It" + "/items" * 101)]


def test_deep_objects_become_definitions() -> None:
    value: dict[str, Any] = {"type": "string"}
    for _ in range(60):
        value = {"type": "object", "properties": {"a": value}}
    made = lowered({"components": {"schemas": {"It": value}}}).value.definitions
    assert [definition.is_too_deep for definition in made] == [False, True, True]
