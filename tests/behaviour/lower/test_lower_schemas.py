"""Every kind of schema gives the shape that the notation shows, in each version that can spell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.behaviour.lower.notation import definitions, issues, schema, unread_spec, written

from clientsmith.data.issues import Rejected
from clientsmith.data.schemas import UnionShape
from clientsmith.stages.lower import lower

REF = {"$ref": "#/components/schemas/Pet"}
PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}

BOTH: dict[str, tuple[Any, str]] = {
    "empty": ({}, "any"),
    "description only": ({"description": "Anything"}, "any"),
    "string": ({"type": "string"}, "str"),
    "integer": ({"type": "integer", "format": "int64"}, "int"),
    "number": ({"type": "number"}, "number"),
    "boolean": ({"type": "boolean"}, "bool"),
    "date-time": ({"type": "string", "format": "date-time"}, "date-time"),
    "date": ({"type": "string", "format": "date"}, "date"),
    "uuid": ({"type": "string", "format": "uuid"}, "uuid"),
    "decimal": ({"type": "string", "format": "decimal"}, "decimal"),
    "duration": ({"type": "string", "format": "duration"}, "duration"),
    "other formats are text": ({"type": "string", "format": "email"}, "str"),
    "a decimal without type may be a number": ({"format": "decimal"}, "any"),
    "uuid without type": ({"format": "uuid"}, "uuid"),
    "a secret uuid": ({"type": "string", "format": "uuid", "writeOnly": True}, "uuid ~WS"),
    "format without type": ({"format": "date-time"}, "date-time"),
    "number format without type": ({"format": "int32"}, "any"),
    "password": ({"type": "string", "format": "password"}, "str ~S"),
    "write-only text": ({"type": "string", "writeOnly": True}, "str ~WS"),
    "write-only number": ({"type": "integer", "writeOnly": True}, "int ~W"),
    "read-only": ({"type": "string", "readOnly": True}, "str ~R"),
    "deprecated": ({"type": "string", "deprecated": True}, "str ~D"),
    "file of Swagger 2.0": ({"type": "file"}, "binary"),
    "enum": ({"type": "string", "enum": ["a", "b", "a"]}, '"a" / "b"'),
    "enum without type": ({"enum": ["a", 1, True]}, '"a" / 1 / true'),
    "enum of both 1 and true": ({"enum": [1, True, 1.0]}, "1 / true / 1.0"),
    "enum against its type": ({"type": "integer", "enum": ["1", "2"]}, '"1" / "2"'),
    "enum of lists": ({"type": "array", "items": {"type": "string"}, "enum": [["a"]]}, "[str]"),
    "empty enum": ({"type": "string", "enum": []}, "str"),
    "list": ({"type": "array", "items": {"type": "string"}}, "[str]"),
    "list without items": ({"type": "array"}, "[any]"),
    "list without type": ({"items": {"type": "string"}}, "[str]"),
    "object": (PET, "{name!: str}"),
    "object without type": ({"properties": {"a": {}}}, "{a: any}"),
    "object without members": ({"type": "object"}, "{*: any}"),
    "object that allows anything": ({"type": "object", "additionalProperties": True}, "{*: any}"),
    "object that allows nothing": ({"type": "object", "additionalProperties": False}, "{} closed"),
    "map": ({"type": "object", "additionalProperties": {"type": "integer"}}, "{*: int}"),
    "map without type": ({"additionalProperties": {"type": "integer"}}, "{*: int}"),
    "members and others": (
        {"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
        "{a: str, *: int}",
    ),
    "members and anything": ({"properties": {"a": {}}, "additionalProperties": {}}, "{a: any}"),
    "closed": ({"properties": {"a": {}}, "additionalProperties": False}, "{a: any} closed"),
    "required, but not described": ({"properties": {"a": {}}, "required": ["a", "b"]}, "{a!: any}"),
    "reference": (REF, "<Pet>"),
    "list of references": ({"type": "array", "items": REF}, "[<Pet>]"),
    "oneOf": ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "(str | int)"),
    "anyOf": ({"anyOf": [{"type": "string"}, REF]}, "(str | <Pet>)"),
    "union of one": ({"oneOf": [REF]}, "<Pet>"),
    "union with repetition": ({"anyOf": [{"type": "string"}, {"type": "string", "maxLength": 3}]}, "str"),
    "nested union": ({"anyOf": [{"oneOf": [{"type": "string"}, REF]}, {"type": "string"}]}, "(str | <Pet>)"),
    "union of lists": (
        {"oneOf": [{"type": "array", "items": REF}, {"type": "array", "items": {"type": "string"}}]},
        "([<Pet>] | [str])",
    ),
    "union of enums": ({"anyOf": [{"enum": ["a"]}, {"enum": ["b"]}, {"type": "integer"}]}, '("a" / "b" | int)'),
    "members beside a union": (
        {"properties": {"id": {"type": "string"}}, "required": ["id"], "oneOf": [{"properties": {"x": {}}}, REF]},
        "({id!: str, x: any} | {id!: str, name!: str})",
    ),
    "members that the variants repeat": (
        {"type": "object", "properties": {"name": {}}, "oneOf": [REF, {"$ref": "#/components/schemas/Dog"}]},
        "(<Pet> | <Dog>)",
    ),
    "type: object beside a union": ({"type": "object", "anyOf": [REF, {"type": "string"}]}, "(<Pet> | str)"),
    "type beside a union of formats": (
        {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
        "(date | date-time)",
    ),
    "type beside a union of patterns": ({"type": "string", "oneOf": [{"pattern": "a"}, {"pattern": "b"}]}, "str"),
    "items beside a union": (
        {"items": {"type": "string"}, "oneOf": [{"type": "array"}, {"type": "string"}]},
        "([str] | str)",
    ),
    "union that only asks for keys": (
        {"type": "object", "properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "{a: any, b: any}",
    ),
    "allOf": ({"allOf": [REF, {"properties": {"age": {"type": "integer"}}}]}, "{name!: str, age: int}"),
    "allOf with members beside": ({"allOf": [REF], "properties": {"age": {}}}, "{name!: str, age: any}"),
    "allOf after its members": ({"properties": {"age": {}}, "allOf": [REF]}, "{age: any, name!: str}"),
    "allOf of one reference": ({"allOf": [REF]}, "<Pet>"),
    "allOf of a reference and words": ({"allOf": [REF, {"description": "Mine"}]}, "<Pet>"),
    "allOf that requires": ({"allOf": [{"properties": {"a": {}}}, {"required": ["a"]}]}, "{a!: any}"),
    "allOf that narrows": (
        {"allOf": [REF, {"properties": {"name": {"type": "string", "enum": ["x"]}}}]},
        '{name!: "x"}',
    ),
    "allOf of integer and number": ({"allOf": [{"type": "number"}, {"type": "integer"}]}, "int"),
    "allOf of type and enum": ({"allOf": [{"type": "string"}, {"enum": ["a", 1]}]}, '"a"'),
    "allOf of lists": (
        {"allOf": [{"type": "array", "items": {"type": "object"}}, {"type": "array", "items": REF}]},
        "[<Pet>]",
    ),
    "allOf with a union": (
        {"allOf": [{"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, {"properties": {"c": {}}}]},
        "({c: any, a: any} | {c: any, b: any})",
    ),
    "allOf of allOf": ({"allOf": [{"allOf": [REF, {"properties": {"a": {}}}]}]}, "{name!: str, a: any}"),
    "allOf of an heir and its parent": (
        {"allOf": [{"properties": {"pet": REF}}, {"properties": {"pet": {"$ref": "#/components/schemas/Dog"}}}]},
        "{pet: <Dog>}",
    ),
    "wrong types of keywords": ({"type": 3, "properties": [], "items": 4, "enum": "x", "allOf": {}}, "[any]"),
    "null for a schema": ({"properties": {"a": None}}, "{a: any}"),
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("name", BOTH)
def test_schema(name: str, version: str) -> None:
    value, expected = BOTH[name]
    dog = {"allOf": [REF, {"type": "object", "properties": {"bark": {"type": "boolean"}}}]}
    assert written(schema(value, version, Pet=PET, Dog=dog)) == expected


SPELLINGS: dict[str, tuple[Any, Any, str]] = {
    "null": (
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
        "str?",
    ),
    "null beside a reference": (
        {"$ref": "#/components/schemas/Pet", "nullable": True},
        {"oneOf": [REF, {"type": "null"}]},
        "<Pet>?",
    ),
    "null around a reference": (
        {"allOf": [REF], "nullable": True},
        {"anyOf": [{"type": "null"}, REF]},
        "<Pet>?",
    ),
    "null as an enum": (
        {"anyOf": [REF, {"enum": [None]}]},
        {"anyOf": [REF, {"const": None}]},
        "<Pet>?",
    ),
    "null in an enum": (
        {"type": "string", "enum": ["a"], "nullable": True},
        {"type": ["string", "null"], "enum": ["a", None]},
        '"a"?',
    ),
    "null of all values": ({"enum": [None]}, {"type": "null"}, "null"),
    "nullable object": (
        {"type": "object", "nullable": True, "properties": {"a": {}}},
        {"type": ["object", "null"], "properties": {"a": {}}},
        "{a: any}?",
    ),
    "nullable list": (
        {"type": "array", "nullable": True, "items": {"type": "string"}},
        {"type": ["null", "array"], "items": {"type": "string"}},
        "[str]?",
    ),
    "nullable union": (
        {"nullable": True, "oneOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": ["string", "integer", "null"]},
        "(str | int)?",
    ),
    "one value": ({"enum": ["a"]}, {"const": "a"}, '"a"'),
    "base64": ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}, "base64"),
    "bytes": (
        {"type": "string", "format": "binary"},
        {"type": "string", "contentMediaType": "application/octet-stream"},
        "binary",
    ),
    "anything": ({}, True, "any"),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_both_versions_spell_the_same(name: str) -> None:
    old, new, expected = SPELLINGS[name]
    assert written(schema(old, "3.0.3", Pet=PET)) == expected
    assert written(schema(new, "3.1.0", Pet=PET)) == expected


SINCE_3_1: dict[str, tuple[Any, str]] = {
    "true": (True, "any"),
    "false": (False, "never"),
    "several types": ({"type": ["string", "array"], "items": {"type": "string"}}, "(str | [str])"),
    "types with members": ({"type": ["object", "string"], "properties": {"a": {}}}, "({a: any} | str)"),
    "tuple": (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
        "(str, int)",
    ),
    "tuple by length": ({"prefixItems": [{"type": "string"}], "maxItems": 1}, "(str)"),
    "tuple with a rest": ({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, "(str, *int)"),
    "tuple that goes on": ({"prefixItems": [{"type": "string"}]}, "(str, *any)"),
    "tuple of draft 4": ({"type": "array", "items": [{"type": "string"}], "additionalItems": False}, "(str)"),
    "patternProperties": ({"patternProperties": {"^x-": {"type": "string"}}}, "{*: str}"),
    "patternProperties and nothing else": (
        {"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False},
        "{*: str}",
    ),
    "several patterns": (
        {"type": "object", "patternProperties": {"^s": {"type": "string"}, "^i": {"type": "integer"}}},
        "{*: (str | int)}",
    ),
    "patterns beside members": (
        {"properties": {"a": {}}, "patternProperties": {"^x-": {"type": "string"}}},
        "{a: any, *: str}",
    ),
    "unevaluatedProperties": ({"properties": {"a": {}}, "unevaluatedProperties": False}, "{a: any} closed"),
    "words beside a reference": ({"$ref": "#/components/schemas/Pet", "deprecated": True}, "<Pet> ~D"),
    "members beside a reference": (
        {"$ref": "#/components/schemas/Pet", "properties": {"age": {"type": "integer"}}},
        "{name!: str, age: int}",
    ),
    "use of a nullable definition": ({"items": {"$ref": "#/components/schemas/Maybe"}}, "[<Maybe>?]"),
    "oneOf of constants": ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}, '"a" / "b"'),
    "null that another definition is": ({"anyOf": [REF, {"$ref": "#/components/schemas/Nil"}]}, "<Pet>?"),
}


@pytest.mark.parametrize("name", SINCE_3_1)
def test_schema_since_3_1(name: str) -> None:
    value, expected = SINCE_3_1[name]
    others = {"Pet": PET, "Maybe": {"type": ["string", "null"]}, "Nil": {"type": "null"}}
    assert written(schema(value, "3.1.0", **others)) == expected


def test_3_0_ignores_structure_beside_a_reference() -> None:
    value = {"properties": {"pet": {**REF, "description": "Mine", "properties": {"age": {}}, "nullable": True}}}
    made = schema(value, "3.0.3", Pet=PET)
    assert written(made) == "{pet: <Pet>?}"
    assert made.shape.properties[0].schema.documentation.description == "Mine"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "conflicting allOf",
            {"allOf": [{"type": "string"}, {"type": "integer"}]},
            ("conflicting-all-of", "It/allOf/1"),
        ),
        (
            "conflicting members",
            {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "boolean"}}}]},
            ("conflicting-all-of", "It/allOf/1/properties/a"),
        ),
        (
            "type against the variants",
            {"type": "array", "items": {}, "oneOf": [{"type": "string"}, {"type": "array"}]},
            ("conflicting-all-of", "It/oneOf/0"),
        ),
        ("recursive allOf", {"allOf": [{"$ref": "#/components/schemas/It"}]}, ("recursive-all-of", "It/allOf/0")),
        ("enum of a list", {"type": "array", "enum": ["a"]}, ("enum-of-list", "It/enum")),
        ("unknown type", {"type": "strnig"}, ("unknown-type", "It/type")),
        ("default of another type", {"type": "integer", "default": "1"}, ("bad-default", "It/default")),
        ("default outside the enum", {"enum": ["a"], "default": "b"}, ("bad-default", "It/default")),
        ("boolean as a number", {"type": "number", "default": True}, ("bad-default", "It/default")),
        (
            "default outside a referenced enum",
            {"allOf": [{"$ref": "#/components/schemas/Kind"}], "default": "b"},
            ("bad-default", "It/default"),
        ),
    ],
)
def test_issue(name: str, value: Any, expected: tuple[str, str]) -> None:
    assert issues(value, Kind={"enum": ["a"]}) == [expected], name


@pytest.mark.parametrize(
    "value",
    [
        {"type": "number", "default": 1},
        {"type": "integer", "default": 1.0},
        {"type": "string", "format": "date", "default": "today"},
        {"type": "array", "items": {"enum": ["a"]}, "default": ["a"]},
        {"type": ["string", "null"], "default": None},
        {"type": "string", "default": None},
        {"oneOf": [{"type": "string"}, {"type": "integer"}], "default": 3},
        {"type": "object", "default": {"a": 1}},
    ],
)
def test_good_default(value: Any) -> None:
    assert issues(value) == []


def test_bad_default_is_not_documented() -> None:
    assert not schema({"type": "integer", "default": "1"}).documentation.has_default
    assert schema({"type": "integer", "default": 1}).documentation.default == 1
    assert schema({"type": ["integer", "null"], "default": None}).documentation.has_default


def test_exclusive_limits_of_both_versions() -> None:
    old = schema({"type": "number", "minimum": 1, "exclusiveMinimum": True, "maximum": 3}, "3.0.0").documentation
    new = schema({"type": "number", "exclusiveMinimum": 1, "maximum": 3}).documentation
    assert old == new
    assert (new.minimum, new.exclusive_minimum, new.maximum) == (None, 1, 3)


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ({"not": {"type": "string"}}, 'Must not match: {"type": "string"}.'),
        ({"propertyNames": {"pattern": "^a"}}, 'Names of keys match: {"pattern": "^a"}.'),
        ({"if": {}, "then": {"required": ["a"]}}, "Depends on a condition: if: {}."),
        ({"type": "array", "contains": {"const": 1}}, 'Contains an item that matches: {"const": 1}.'),
        ({"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"not": {}}]}, "Exactly one of: a; or"),
        ({"anyOf": [{"required": ["a", "b"]}, {"required": ["c"]}]}, "At least one of: a and b; or c."),
        ({"type": "object", "required": ["x"]}, "Required, but not described: x."),
        ({"prefixItems": [{"type": "string"}]}, 'First items: [{"type": "string"}].'),
        ({"enum": [{"a": 1}]}, 'One of: [{"a": 1}].'),
        ({"oneOf": [{"const": 1, "description": "First"}, {"const": 2}]}, "1: First"),
        ({"externalDocs": {"url": "https://a.example"}}, "See https://a.example"),
        ({"externalDocs": {"url": "https://a.example", "description": "All."}}, "See https://a.example (All)"),
    ],
)
def test_note(value: Any, note: str) -> None:
    assert any(said.startswith(note) for said in schema(value).documentation.notes)


@pytest.mark.parametrize(
    "value",
    [
        {"allOf": [REF, {"required": ["name"]}]},
        {"allOf": [REF], "required": ["name"]},
        {"properties": {"a": {}}, "allOf": [{"required": ["a"]}]},
        {"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"properties": {"b": {}}}]},
    ],
)
def test_what_another_part_describes_is_described(value: Any) -> None:
    made = schema(value, Pet=PET)
    parts = [made, *(made.shape.variants if isinstance(made.shape, UnionShape) else ())]
    assert [part.documentation.notes for part in parts] == [()] * len(parts)


def test_what_no_part_describes_is_said_once() -> None:
    made = schema({"allOf": [REF, {"required": ["x", "name"]}, {"required": ["x"]}]}, Pet=PET)
    assert made.documentation.notes == ("Required, but not described: x.",)


def test_words_of_the_outer_schema_win() -> None:
    made = schema({"allOf": [REF], "description": "Mine", "x-clientsmith-name": "Own"}, Pet={**PET, "title": "Pet"})
    assert (made.documentation.description, made.documentation.title, made.name_hint) == ("Mine", None, "Own")


def test_targets_of_references_are_definitions() -> None:
    owner = {"properties": {"owner": {"properties": {"name": {"type": "string"}}}}}
    uses = {"a": {"$ref": "#/components/schemas/Pet/properties/owner"}, "b": {"$ref": "#address"}}
    made = definitions(
        {"Pet": owner, "It": {"properties": uses, "$defs": {"Address": {"$anchor": "address", "type": "string"}}}}
    )
    assert list(made) == ["Pet", "It", "Pet owner", "It Address"]
    assert [definition.is_component for definition in made.values()] == [True, True, False, False]


def test_an_object_that_others_refer_to_is_a_reference_in_its_own_place_too() -> None:
    owner = {"type": "object", "properties": {"name": {"type": "string"}}, "description": "Who."}
    uses = {"of": {"$ref": "#/components/schemas/Pet/properties/owner"}, "plain": {"type": "object", "properties": {}}}
    made = definitions({"Pet": {"properties": {"owner": owner}}, "It": {"properties": uses}})
    reference = "<Pet/properties/owner>"
    assert written(made["Pet"].schema) == f"{{owner: {reference}}}"
    assert written(made["It"].schema) == f"{{of: {reference}, plain: {{*: any}}}}"
    assert written(made["Pet owner"].schema) == "{name: str}"


def test_variants_that_were_merged_keep_the_names_of_their_components() -> None:
    made = schema({"properties": {"id": {}}, "oneOf": [REF, {"$ref": "#/components/schemas/Cat"}]}, Pet=PET, Cat=PET)
    assert isinstance(made.shape, UnionShape)
    assert [variant.documentation.title for variant in made.shape.variants] == ["Pet", "Cat"]


def test_recursive_schemas_are_references() -> None:
    made = schema({"properties": {"next": {"$ref": "#/components/schemas/It"}}})
    assert written(made) == "{next: <It>}"


def test_recursive_members_that_are_merged_end() -> None:
    parts = [{"properties": {"a": {"$ref": f"#/components/schemas/{name}"}}} for name in ("It", "Other")]
    made = schema({"allOf": parts}, Other={"allOf": [{"$ref": "#/components/schemas/It"}, {"properties": {"b": {}}}]})
    assert written(made).startswith("{a: ")


NESTS: list[Callable[[Any], Any]] = [
    lambda value: {"properties": {"a": value}},
    lambda value: {"items": value},
    lambda value: {"anyOf": [value, {"type": "integer"}]},
    lambda value: {"allOf": [value, {"properties": {"b": {}}}]},
    lambda value: {"allOf": [{"properties": {"a": value}}, {"properties": {"b": {}}}]},
    lambda value: {"properties": {"b": {}}, "oneOf": [{"properties": {"a": value}}, {}]},
]


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("deep", [240, 3000])
def test_deep_nesting(deep: int, nest: Callable[[Any], Any]) -> None:
    value: dict[str, Any] = {}
    for _ in range(deep):
        value = nest(value)
    try:
        found = lower(unread_spec({"components": {"schemas": {"It": value}}})).issues
    except Rejected as rejected:
        found = rejected.issues
    assert {issue.code for issue in found} <= {"too-deep"}
    assert deep > 500 or all(issue.severity == "warning" for issue in found)
