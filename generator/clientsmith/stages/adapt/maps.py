"""Maps of the root that are references: `schemas: {$ref: schemas.yaml}` becomes one reference for each entry.

OpenAPI has references in place of objects only, but bundlers follow them anywhere, so documents have them.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from ...data.document import Documents, Json, Moves, Pointer
from ...data.openapi import OBJECTS
from ...data.references import PLAIN_IN_FRAGMENT, named_place


def expand_maps(documents: Documents) -> Documents:
    """Write references to maps out."""
    root = documents.root.value
    if not isinstance(root, dict):
        return documents
    moves: dict[Pointer, Pointer] = {}
    value = expanded_members(documents, root, "OpenAPI", Pointer(), moves)
    components = expanded(documents, value.get("components"), Pointer().child("components"), moves)
    if isinstance(components, dict):
        members = expanded_members(documents, components, "Components", Pointer().child("components"), moves)
        value = {**value, "components": members}
    return with_root(documents, value, moves) if moves else documents


def with_root(documents: Documents, value: Json, moves: Moves) -> Documents:
    """Give the root another value."""
    root = replace(documents.root, value=value)
    return replace(documents, root=root, files={**documents.files, "": root}, origins=(*documents.origins, moves))


def expanded_members(
    documents: Documents, keys: dict[str, Json], kind: str, place: Pointer, moves: dict[Pointer, Pointer]
) -> dict[str, Json]:
    """Write out the maps that an object holds."""
    maps = {name for name, child in OBJECTS[kind].items() if child.container == "map"}
    return {
        key: expanded(documents, value, place.child(key), moves) if key in maps else value
        for key, value in keys.items()
    }


def expanded(documents: Documents, value: Json, place: Pointer, moves: dict[Pointer, Pointer]) -> Json:
    """Write one map out; what is no reference, or leads to no map, stays."""
    if not is_reference(value):
        return value
    target = end_of(documents, value, "")
    found = documents.value_at(target) if target is not None else None
    if target is None or not isinstance(found, dict):
        return value
    moves[place] = place.child("$ref")
    names = [name for name, inner in found.items() if isinstance(inner, dict) or not name.startswith("x-")]
    return {name: {"$ref": written(target.child(name))} for name in names}


def end_of(documents: Documents, value: Json, file: str) -> Pointer | None:
    """Follow a reference in a file to its end; None where it leads nowhere, or in a circle."""
    seen: set[Pointer] = set()
    target: Pointer | None = None
    while isinstance(value, dict) and isinstance(text := value.get("$ref"), str):
        target = named_place(text, file, documents.root_name)
        if target is None or target in seen or target.file not in documents.files or not documents.has(target):
            return None
        seen.add(target)
        value, file = documents.value_at(target), target.file
    return target


def is_reference(value: Json) -> bool:
    """Report whether a map is a reference: an entry of the name `$ref` is no text."""
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def written(place: Pointer) -> str:
    """Write a reference from the root to a place."""
    return f"{quote(place.file)}#{quote(place.path, safe=PLAIN_IN_FRAGMENT)}"
