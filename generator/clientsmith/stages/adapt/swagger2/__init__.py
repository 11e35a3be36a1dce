"""Swagger 2.0 goes in, OpenAPI 3.0 comes out: every part knows the place in the file that it comes from.

The root is written anew. Parts of other files stay where they are, so that references to them stay right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....data.document import Documents, Json, Pointer
from ....data.issues import Found
from ....data.stack import deep_stack
from .reach import parts_elsewhere
from .references import with_references
from .root import PARTS, root
from .upgrade import Upgrade

__all__ = ["is_swagger2", "upgrade"]


def is_swagger2(value: Json) -> bool:
    """Report whether a root is one of Swagger 2.0, which YAML may have read as a number."""
    return isinstance(value, dict) and "openapi" not in value and str(value.get("swagger")) == "2.0"


def upgrade(documents: Documents) -> Found[Documents]:
    """Upgrade a document with all its files; one of another version stays as it is."""
    value = documents.root.value
    if not (is_swagger2(value) and isinstance(value, dict)):
        return Found(documents)
    with deep_stack():
        upgrades = {"": Upgrade(documents, "")}
        values: dict[str, Json] = {"": root(upgrades[""], value)}
        for file, parts in parts_elsewhere(documents).items():
            made = upgrades.setdefault(file, Upgrade(documents, file))
            values[file] = with_parts(values.get(file, documents.files[file].value), parts, made, Pointer(file=file))
        issues = dict.fromkeys(issue for each in upgrades.values() for issue in each.issues)
        return Found(linked(documents, values, upgrades), tuple(issues))


def with_parts(value: Json, parts: Mapping[Pointer, str], upgrade: Upgrade, place: Pointer) -> Json:
    """Upgrade some parts of a file where they stand."""
    if place in parts:
        return PARTS[parts[place]](upgrade, value, place, place)
    if isinstance(value, list):
        return [with_parts(inner, parts, upgrade, place.child(n)) for n, inner in enumerate(value)]
    if isinstance(value, dict):
        return {key: with_parts(inner, parts, upgrade, place.child(key)) for key, inner in value.items()}
    return value


def linked(documents: Documents, values: Mapping[str, Json], upgrades: Mapping[str, Upgrade]) -> Documents:
    """Put the new values into the documents, with references to where their targets are now."""
    after = {file: each.targets for file, each in upgrades.items()}
    files = dict(documents.files)
    for file, value in values.items():
        files[file] = replace(files[file], value=with_references(value, file, documents, after))
    moves = {new: old for each in upgrades.values() for new, old in each.origins.items()}
    return replace(documents, root=files[""], files=files, origins=(*documents.origins, moves))
