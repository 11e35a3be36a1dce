"""Schemas: one of Swagger 2.0 goes in, one of OpenAPI 3.0 comes out. References are rewritten later."""

from __future__ import annotations

from ....data.document import Json, Pointer
from .upgrade import Keys, Upgrade, upgraded_items, upgraded_members

MAPS = ("properties", "patternProperties", "definitions")
LISTS = ("allOf", "anyOf", "oneOf")
SINGLE = ("items", "additionalProperties", "not")


def schema(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a schema and all within it."""
    if not isinstance(value, dict):
        return value
    made: Keys = {}
    for key, inner in value.items():
        made |= keyword(upgrade, key, inner, old, new)
    return made


def keyword(upgrade: Upgrade, key: str, value: Json, old: Pointer, new: Pointer) -> Keys:
    """Upgrade one keyword."""
    if key in MAPS:
        return {key: upgraded_members(upgrade, value, old.child(key), new.child(key), schema)}
    if key in LISTS or (key == "items" and isinstance(value, list)):
        return {key: upgraded_items(upgrade, value, old.child(key), new.child(key), schema)}
    if key in SINGLE:
        return {key: schema(upgrade, value, old.child(key), new.child(key))}
    if key == "discriminator" and isinstance(value, str):
        # Its values are the names of definitions, which OpenAPI 3 has as the implicit mapping.
        return {key: {"propertyName": value}}
    if key == "x-nullable":
        upgrade.derive(new.child("nullable"), old.child(key))
        return {"nullable": value}
    if key == "type" and value == "file":
        upgrade.derive(new.child("format"), old.child(key))
        return {"type": "string", "format": "binary"}
    return {} if key == "collectionFormat" else {key: value}
