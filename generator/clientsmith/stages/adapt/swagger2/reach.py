"""Which parts outside its usual places a Swagger 2.0 document refers to, mostly of other files, and of what kind."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.document import Documents, Json, Pointer
from ....data.openapi import VERBS, Child, listing, mapping, one
from ....data.references import named_place

OBJECTS: dict[str, dict[str, Child]] = {
    "Swagger": {
        "paths": mapping("PathItem"),
        "definitions": mapping("Schema"),
        "parameters": mapping("Parameter"),
        "responses": mapping("Response"),
    },
    "PathItem": {"parameters": listing("Parameter"), **{verb: one("Operation") for verb in VERBS}},
    "Operation": {"parameters": listing("Parameter"), "responses": mapping("Response")},
    "Parameter": {"schema": one("Schema")},
    "Response": {"schema": one("Schema")},
    "Schema": {
        "properties": mapping("Schema"),
        "patternProperties": mapping("Schema"),
        "additionalProperties": one("Schema"),
        "items": one("Schema"),
        "allOf": listing("Schema"),
        "anyOf": listing("Schema"),
        "oneOf": listing("Schema"),
        "not": one("Schema"),
    },
}


def parts_elsewhere(documents: Documents) -> dict[str, dict[Pointer, str]]:
    """List the parts that references lead to, by file: each outermost place with its kind.

    What the keywords of the root hold is left out: it is upgraded with the root.
    """
    found: dict[Pointer, str] = {}
    seen: set[tuple[str, Pointer]] = set()
    waiting = [("Swagger", Pointer())]
    while waiting:
        kind, place = waiting.pop()
        if (kind, place) in seen or place.file not in documents.files or not documents.has(place):
            continue
        seen.add((kind, place))
        if place.file or (place.path and place.tokens[0] not in OBJECTS["Swagger"]):
            found.setdefault(place, kind)
        waiting += targets(documents, documents.value_at(place), kind, place)
    by_file: dict[str, dict[Pointer, str]] = {}
    for place, kind in found.items():
        if not any(around in found for around in above(place)):
            by_file.setdefault(place.file, {})[place] = kind
    return by_file


def above(place: Pointer) -> Iterator[Pointer]:
    """List the places around a place."""
    while place.path:
        place = place.parent
        yield place


def targets(documents: Documents, value: Json, kind: str, place: Pointer) -> Iterator[tuple[str, Pointer]]:
    """List what the references in an object name, with the kind of each."""
    stack = [(value, kind, place)]
    while stack:
        here, what, at = stack.pop()
        if not isinstance(here, dict):
            continue
        text = here.get("$ref")
        target = named_place(text, at.file, documents.root_name) if isinstance(text, str) else None
        if target is not None:
            yield what, target
        for keyword, child in OBJECTS[what].items():
            stack += [
                (inner, child.kind, at.below(keyword, *steps)) for inner, *steps in held(here.get(keyword), child)
            ]


def held(value: Json, child: Child) -> list[tuple[Json, *tuple[str | int, ...]]]:
    """List the objects that a keyword holds, each with the steps to it."""
    if child.container == "list" or isinstance(value, list):
        return [(item, n) for n, item in enumerate(value)] if isinstance(value, list) else []
    if child.container == "map":
        return [(item, name) for name, item in value.items()] if isinstance(value, dict) else []
    return [(value,)]
