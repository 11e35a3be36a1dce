"""Parameters in path, query and header: their type is a schema of its own from OpenAPI 3 on."""

from __future__ import annotations

from ....data.document import Json, Pointer
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
SEPARATORS = {"csv": "commas", "ssv": "blanks", "tsv": "tabs", "pipes": "'|'"}


def parameter(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a parameter that is no part of a body. References stay."""
    if not isinstance(value, dict) or "$ref" in value or "schema" in value:
        return value
    made = {name: inner for name, inner in value.items() if name in OUTSIDE or is_extension(name)}
    place = upgrade.derive(new.child("schema"), old)
    upgrade.move(place.child("items"), old.child("items"))
    style, made["schema"], note = array_in(upgrade, value, old, place, str(value.get("in")))
    return {**made, **style, **described(value, note)}


def is_extension(name: str) -> bool:
    """Report whether a member of a parameter is an extension that is about the parameter."""
    return name.startswith("x-") and name != "x-nullable"


def described(keys: Keys, note: str) -> Keys:
    """Add a sentence to the description."""
    words = keys.get("description")
    sentences = [words] if isinstance(words, str) and words else []
    return {"description": " ".join([*sentences, note])} if note else {}


def array_in(upgrade: Upgrade, keys: Keys, old: Pointer, new: Pointer, location: str) -> tuple[Keys, Json, str]:
    """Give style, schema and a note for the value of a parameter.

    A list whose separator OpenAPI 3 does not have is one text, and the caller joins it.
    """
    value = {name: inner for name, inner in keys.items() if name not in OUTSIDE and not is_extension(name)}
    if keys.get("type") != "array":
        return {}, schema(upgrade, value, old, new), ""
    separator = separator_of(upgrade, keys, old, location)
    items = keys.get("items")
    is_nested = isinstance(items, dict) and items.get("type") == "array"
    style = STYLES.get(("query" if location == "form" else location, separator))
    if style is not None and not is_nested:
        return style, schema(upgrade, value, old, new), ""
    return {}, *as_text(upgrade, keys, old, separator, is_nested)


def separator_of(upgrade: Upgrade, keys: Keys, old: Pointer, location: str) -> str:
    """Read `collectionFormat`, which is `csv` by default."""
    separator = keys.get("collectionFormat", "csv")
    if isinstance(separator, str) and separator in SEPARATORS:
        return separator
    if separator == "multi" and location in ("query", "form", "multipart"):
        return "multi"
    upgrade.warn(
        "bad-collection-format",
        f"there is no collectionFormat '{separator}' here; 'csv' is used",
        old.child("collectionFormat"),
        f"possible here: {', '.join(SEPARATORS)}; 'multi' is for queries and forms",
    )
    return "csv"


def as_text(upgrade: Upgrade, keys: Keys, old: Pointer, separator: str, is_nested: bool) -> tuple[Json, str]:
    """Make a text of a list."""
    words = "lists of lists" if is_nested else f"lists separated by {SEPARATORS[separator]}"
    place = old.child("collectionFormat") if "collectionFormat" in keys else old
    upgrade.warn(
        "collection-format",
        f"OpenAPI 3 has no {words} here; '{keys.get('name')}' is one text",
        place,
        "the caller joins the values; 'csv', 'multi', 'ssv' and 'pipes' are lists in queries and forms",
    )
    kept = {"nullable": keys["x-nullable"]} if "x-nullable" in keys else {}
    return {"type": "string", **kept}, "One text: " + (
        "a list of lists." if is_nested else f"values separated by {SEPARATORS[separator]}."
    )


def header(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a header of a response."""
    if not isinstance(value, dict) or "schema" in value or "$ref" in value:
        return value
    outer = {name: inner for name, inner in value.items() if name == "description" or is_extension(name)}
    inner = without(value, frozenset(outer))
    return {**outer, "schema": schema(upgrade, inner, old, upgrade.derive(new.child("schema"), old))}
