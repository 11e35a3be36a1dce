"""Sentences for constraints that types cannot express: a schema's keywords go in, text for people comes out."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.display import shortened_json
from ...data.document import Json
from ...data.schemas import AnyShape, MapShape, ObjectShape, Shape
from .reading import Keys, as_keys, child_keys, items, listed_values, text, texts

LONGEST = 300

CONSTRAINTS = {
    "not": "Must not match",
    "if": "Depends on a condition: if",
    "then": "Then",
    "else": "Else",
    "dependentRequired": "Keys that need other keys",
    "dependentSchemas": "Rules that depend on keys",
    "dependencies": "Rules that depend on keys",
    "propertyNames": "Names of keys match",
    "patternProperties": "Keys that match a pattern",
    "contains": "Contains an item that matches",
    "minContains": "Least number of such items",
    "maxContains": "Greatest number of such items",
    "unevaluatedItems": "Items that no other rule covers",
    "contentMediaType": "Media type of the content",
    "contentEncoding": "Encoding of the text",
    "contentSchema": "Schema of the decoded text",
}
"""Keywords that limit values further than a type does."""


def notes(keys: Keys) -> tuple[str, ...]:
    """Say what a schema asks for beyond its type."""
    if NOTED.isdisjoint(keys):
        return ()
    limits = [f"{label}: {shortened(keys[name])}." for name, label in CONSTRAINTS.items() if name in keys]
    page = more(keys)
    return (*limits, *choices(keys), *first_items(keys), *odd_enum(keys), *([page] if page else []))


NOTED = frozenset((*CONSTRAINTS, "externalDocs", "oneOf", "anyOf", "prefixItems", "enum", "const"))


def shortened(value: Json) -> str:
    """Write a value as JSON in a sentence."""
    return shortened_json(value, LONGEST)


def choices(keys: Keys) -> list[str]:
    """Name the keys that `oneOf` or `anyOf` requires together, where it describes nothing else."""
    return [
        f"{label}: " + "; or ".join(named(as_keys(variant)) for variant in items(keys, keyword)) + "."
        for keyword, label in (("oneOf", "Exactly one of"), ("anyOf", "At least one of"))
        if only_constrains(keys, keyword)
    ]


def named(variant: Keys) -> str:
    """Name the keys that one variant asks for."""
    if set(variant) <= {"required", "title", "description", "type"}:
        return " and ".join(texts(variant, "required")) or "none"
    return shortened(dict(variant))


ONLY_CONSTRAINTS = frozenset(
    ("required", "not", "minProperties", "maxProperties", "dependentRequired", "if", "then", "else")
)
WORDS = frozenset(("title", "description", "type", "properties"))


def only_constrains(keys: Keys, keyword: str) -> bool:
    """Report whether each variant of a union asks for keys and gives no type."""
    variants = items(keys, keyword)
    return bool(variants) and all(is_constraint(variant) for variant in variants)


def is_constraint(value: Json) -> bool:
    """Report whether a schema asks for keys and gives no type."""
    if not isinstance(value, dict) or ONLY_CONSTRAINTS.isdisjoint(value):
        return False
    if not set(value) <= ONLY_CONSTRAINTS | WORDS or value.get("type", "object") != "object":
        return False
    return all(inner is True or inner == {} for inner in child_keys(value, "properties").values())


def unknown_required(required: Iterable[str], shape: Shape) -> tuple[str, ...]:
    """Name the keys that are required, and no member of what they are required of."""
    if not isinstance(shape, ObjectShape | MapShape | AnyShape):
        return ()
    known = {member.wire_name for member in shape.properties} if isinstance(shape, ObjectShape) else ()
    unknown = [name for name in dict.fromkeys(required) if name not in known]
    return (f"Required, but not described: {', '.join(unknown)}.",) if unknown else ()


def first_items(keys: Keys) -> list[str]:
    """Show what is at the places of a list that may go on: its type can only mix it with the rest."""
    first = items(keys, "prefixItems")
    longest = keys.get("maxItems")
    closed = keys.get("items") is False or (isinstance(longest, int) and longest <= len(first))
    return [] if closed or not first else [f"First items: {shortened(list(first))}."]


def odd_enum(keys: Keys) -> list[str]:
    """Name the values of an enum that holds lists or objects."""
    values = listed_values(keys)
    if any(isinstance(value, list | dict) for value in values):
        return [f"One of: {shortened(list(values))}."]
    return []


def more(keys: Keys) -> str | None:
    """Name the page with further documentation."""
    page = child_keys(keys, "externalDocs")
    url, about = text(page, "url"), text(page, "description")
    if url is None:
        return None
    return f"See {url} ({about.strip().rstrip('.')})" if about else f"See {url}"
