"""Parameters in path, query and header: their type is a schema of its own from OpenAPI 3 on."""

from __future__ import annotations

from ....data.document import Json, Pointer
from ....data.styles import SEPARATORS_KEY
from .schemas import schema
from .upgrade import Keys, Upgrade, without

OUTSIDE = frozenset(("name", "in", "description", "required", "allowEmptyValue"))
"""What a parameter says of itself, beside extensions; everything else is about its value."""
STYLES: dict[tuple[str, str], Keys] = {
    ("query", "csv"): {"style": "form", "explode": False},
    ("query", "ssv"): {"style": "spaceDelimited", "explode": False},
    ("query", "pipes"): {"style": "pipeDelimited", "explode": False},
    ("query", "multi"): {"style": "form", "explode": True},
    ("path", "csv"): {"style": "simple", "explode": False},
    ("header", "csv"): {"style": "simple", "explode": False},
}
SEPARATORS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|", "multi": "&"}


def parameter(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a parameter that is no part of a body. References stay."""
    if not isinstance(value, dict) or "$ref" in value or "schema" in value:
        return value
    made = {name: inner for name, inner in value.items() if name in OUTSIDE or is_extension(name)}
    place = upgrade.derive(new.child("schema"), old)
    upgrade.move(place.child("items"), old.child("items"))
    style, made["schema"] = array_in(upgrade, value, old, place, str(value.get("in")))
    return {**made, **style}


def is_extension(name: str) -> bool:
    """Report whether a member of a parameter is an extension that is about the parameter."""
    return name.startswith("x-") and name != "x-nullable"


def array_in(upgrade: Upgrade, keys: Keys, old: Pointer, new: Pointer, location: str) -> tuple[Keys, Json]:
    """Give style and schema for the value of a parameter."""
    value = {name: inner for name, inner in keys.items() if name not in OUTSIDE and not is_extension(name)}
    made = schema(upgrade, value, old, new)
    if keys.get("type") != "array":
        return {}, made
    separators = [separator_of(upgrade, keys, old, location), *inner_separators(upgrade, keys, old)]
    style = STYLES.get(("query" if location == "form" else location, separators[0]))
    if style is not None and len(separators) == 1:
        return style, made
    return {SEPARATORS_KEY: [SEPARATORS[name] for name in separators]}, made


def inner_separators(upgrade: Upgrade, keys: Keys, old: Pointer) -> list[str]:
    """Read the separators of lists of lists."""
    found: list[str] = []
    items, place = keys.get("items"), old.child("items")
    while isinstance(items, dict) and items.get("type") == "array":
        found.append(separator_of(upgrade, items, place, "items"))
        items, place = items.get("items"), place.child("items")
    return found


def separator_of(upgrade: Upgrade, keys: Keys, old: Pointer, location: str) -> str:
    """Read `collectionFormat`, which is `csv` by default."""
    separator = keys.get("collectionFormat", "csv")
    possible = [name for name in SEPARATORS if name != "multi" or location in ("query", "form", "multipart")]
    if isinstance(separator, str) and separator in possible:
        return separator
    upgrade.warn(
        "bad-collection-format",
        f"there is no collectionFormat '{separator}' here; 'csv' is used",
        old.child("collectionFormat"),
        f"possible here: {', '.join(possible)}" + ("" if "multi" in possible else "; 'multi' is for queries and forms"),
    )
    return "csv"


def header(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a header of a response."""
    if not isinstance(value, dict) or "schema" in value or "$ref" in value:
        return value
    outer = {name: inner for name, inner in value.items() if name == "description" or is_extension(name)}
    inner = without(value, frozenset(outer))
    return {**outer, "schema": schema(upgrade, inner, old, upgrade.derive(new.child("schema"), old))}
