"""Discriminators: which value selects which variant, on a union and on a parent that others take over."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.lower.notation import definitions, issues, schema, written


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


CAT = {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}
DOG = {"type": "object", "properties": {"kind": {"type": "string"}, "bark": {"type": "boolean"}}}
KINDS = {"Cat": CAT, "Dog": DOG}
BY_KIND = {"propertyName": "kind"}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (None, "Cat=Cat, Dog=Dog"),
        ({"c": "#/components/schemas/Cat", "d": "Dog"}, "c=Cat, d=Dog"),
        ({"c": "Cat", "k": "Cat"}, "c=Cat, k=Cat, Dog=Dog"),
    ],
)
def test_mapping(mapping: Any, expected: str, version: str) -> None:
    by_kind = BY_KIND if mapping is None else {**BY_KIND, "mapping": mapping}
    made = schema({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": by_kind}, version, **KINDS)
    assert written(made) == f"(<Cat> | <Dog> @kind {expected})"


def test_single_values_of_the_property_select_its_variant() -> None:
    variants = [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"enum": ["b", "c"]}}}]
    made = schema({"oneOf": variants, "discriminator": BY_KIND})
    assert written(made).endswith("@kind a=It/oneOf/0, b=It/oneOf/1, c=It/oneOf/1)")


def test_numbers_and_booleans_select_their_variants_as_the_keys_of_a_mapping_would() -> None:
    variants = [{"properties": {"kind": {"const": value}}} for value in (1, 2.0, 2.5, True)]
    made = schema({"oneOf": variants, "discriminator": BY_KIND})
    assert written(made).endswith("@kind 1=It/oneOf/0, 2=It/oneOf/1, 2.5=It/oneOf/2, true=It/oneOf/3)")


@pytest.mark.parametrize(
    ("pets", "expected"),
    [
        (
            {"oneOf": [{"properties": {"kind": {"const": "cat"}}}, {"properties": {"kind": {"enum": ["dog"]}}}]},
            "cat dog",
        ),
        ({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": BY_KIND}, "Cat Dog"),
        ({"oneOf": [ref("Cat")], "discriminator": {**BY_KIND, "mapping": {"c": "Cat", "d": "Dog"}}}, "c d Cat"),
        ({"anyOf": [{"allOf": [ref("Cat"), {"properties": {"kind": {"const": "cat"}}}]}, ref("Dog")]}, "cat"),
        ({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "other"}}, "Pets"),
    ],
)
def test_what_selects_a_variant_of_a_variant_selects_the_union_that_has_it(pets: Any, expected: str) -> None:
    rock = {"properties": {"kind": {"const": "rock"}}}
    made = schema({"oneOf": [ref("Pets"), ref("Rock")], "discriminator": BY_KIND}, Pets=pets, Rock=rock, **KINDS)
    values = ", ".join(f"{value}=Pets" for value in expected.split())
    assert written(made) == f"(<Pets> | <Rock> @kind {values}, rock=Rock)"


def test_a_nullable_union_keeps_its_discriminator() -> None:
    made = schema({"anyOf": [ref("Cat"), ref("Dog"), {"type": "null"}], "discriminator": BY_KIND}, **KINDS)
    assert written(made) == "(<Cat> | <Dog> @kind Cat=Cat, Dog=Dog)?"


def test_unknown_target() -> None:
    value = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {**BY_KIND, "mapping": {"x": "Cow"}}}
    assert issues(value, **KINDS) == [("unknown-discriminator-target", "It/discriminator/mapping/x")]


def test_variant_that_only_the_mapping_names() -> None:
    value = {"oneOf": [ref("Cat")], "discriminator": {**BY_KIND, "mapping": {"cat": "Cat", "dog": "Dog"}}}
    assert written(schema(value, **KINDS)) == "(<Cat> | <Dog> @kind cat=Cat, dog=Dog)"


PARENT = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string"}},
    "discriminator": BY_KIND,
}


def heir(parent: str, **members: Any) -> dict[str, Any]:
    return {"allOf": [ref(parent), {"type": "object", "properties": members}]}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_parent_becomes_the_union_of_its_heirs(version: str) -> None:
    made = definitions(
        {"Pet": PARENT, "Cat": heir("Pet", lives={}), "Dog": heir("Pet", kind={"enum": ["dog"]}), "Pup": heir("Dog")},
        version,
    )
    assert written(made["Pet"].schema) == (
        "(<Cat> | <Dog> | <Pup> | <Pet/discriminator> @kind Cat=Cat, dog=Dog, Pup=Pup, Pet=Pet/discriminator)"
    )
    assert written(made["Pet base"].schema) == "{kind!: str}"
    assert not made["Pet base"].is_component
    assert written(made["Cat"].schema) == "{kind!: str, lives: any}"
    assert written(made["Pup"].schema) == '{kind!: "dog"}'


def test_parent_with_a_parent() -> None:
    made = definitions({"Pet": PARENT, "Dog": {**heir("Pet"), "discriminator": BY_KIND}, "Pup": heir("Dog")})
    assert written(made["Pet"].schema) == (
        "(<Dog/discriminator> | <Pup> | <Pet/discriminator> "
        "@kind Dog=Dog/discriminator, Pup=Pup, Pet=Pet/discriminator)"
    )
    assert written(made["Dog"].schema) == "(<Pup> | <Dog/discriminator> @kind Pup=Pup, Dog=Dog/discriminator)"


def test_parent_without_heirs_stays_an_object() -> None:
    assert written(schema(PARENT)) == "{kind!: str}"


def test_parent_that_lists_its_heirs_and_has_members() -> None:
    made = definitions(
        {"Pet": {**PARENT, "oneOf": [ref("Cat"), ref("Dog")]}, "Cat": {"allOf": [ref("Pet")]}, "Dog": heir("Pet", b={})}
    )
    assert written(made["Pet"].schema) == "(<Cat> | <Dog> @kind Cat=Cat, Dog=Dog)"
    assert written(made["Cat"].schema) == "{kind!: str}"
    assert written(made["Dog"].schema) == "{kind!: str, b: any}"


def test_members_beside_a_union_with_a_discriminator() -> None:
    value = {"properties": {"id": {}}, "oneOf": [ref("Cat"), ref("Dog")], "discriminator": BY_KIND}
    assert written(schema(value, **KINDS)) == (
        "({id: any, kind: str, lives: int} | {id: any, kind: str, bark: bool} @kind Cat=It/oneOf/0, Dog=It/oneOf/1)"
    )
