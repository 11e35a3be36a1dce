"""Bodies and responses that operations share: their media types go in, and come out with schemas that have names.

An inline schema of such an entry is one definition of the document, and so one type, however many operations use it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...data.api import Media
from ...data.document import Pointer
from ...data.schemas import ArrayShape, MapShape, ObjectShape, ReferenceShape, Schema, UnionShape
from .context import Lowering, components_of

ENTRIES = {"responses": "response", "requestBodies": "body", "mediaTypes": "content"}
"""The components that hold such schemas, and what is added to a name that a schema has already."""


class SharedNames:
    """The names of schemas inside components that are no schemas, and of components that are in other files."""

    def __init__(self, lowering: Lowering) -> None:
        self.made: dict[Pointer, str] = {}
        self._known = {(lowering.component(place) or "").lower() for place in lowering.components}
        self._entries: dict[Pointer, tuple[str, str]] = {}
        for kind, word in ENTRIES.items():
            for key, value in components_of(lowering.spec, kind).items():
                place = Pointer().below("components", kind, key)
                self._entries.setdefault(place, (key, word))
                self._entries.setdefault(lowering.follow(value, place).pointer, (key, word))

    def of_entry(self, place: Pointer) -> str | None:
        """Name what an entry holds; None for any other place."""
        key, word = self._entries.get(place) or file_entry(place)
        return f"{key} {word}" if key.lower() in self._known else key or None


def file_entry(place: Pointer) -> tuple[str, str]:
    """Name an entry of another file by its last step, or by the file; a part of an operation is no entry."""
    name = place.tokens[-1] if place.tokens else stem_of(place.file)
    is_part = name == "requestBody" or STATUS.fullmatch(name) or "paths" in place.tokens[:1]
    return (name, "content") if place.file and not is_part else ("", "")


STATUS = re.compile(r"[1-5][0-9X]{2}|default", re.IGNORECASE)


def stem_of(file: str) -> str:
    """Give the name of a file without its folder and ending."""
    return re.sub(r"\.(ya?ml|json)$", "", file.rpartition("/")[2])


def with_shared_schemas(lowering: Lowering, content: tuple[Media, ...], place: Pointer) -> tuple[Media, ...]:
    """Make definitions of the inline schemas in an entry; equal ones of several media types are the same."""
    names = lowering.state(SharedNames)
    made: list[tuple[Schema, Schema]] = []
    found: list[Media] = []
    for media in content:
        is_shared = media.pointer.parent != place.child("content")
        name = names.of_entry(place) or (names.of_entry(media.pointer) if is_shared else None)
        if media.schema is None or name is None:
            found.append(media)
            continue
        schema = next((shared for plain, shared in made if plain == media.schema), None)
        schema = schema or named(lowering, media.schema, name)
        made.append((media.schema, schema))
        found.append(replace(media, schema=schema))
    return tuple(found)


def named(lowering: Lowering, schema: Schema, name: str) -> Schema:
    """Refer to a schema as a definition with a name; of a list or a map to what is in it."""
    match schema.shape:
        case ObjectShape() | UnionShape():
            lowering.referenced.setdefault(schema.pointer)
            lowering.state(SharedNames).made.setdefault(schema.pointer, name)
            return replace(schema, shape=ReferenceShape(schema.pointer), name_hint=None)
        case ArrayShape(items):
            return replace(schema, shape=ArrayShape(named(lowering, items, f"{name} item")))
        case MapShape(values):
            return replace(schema, shape=MapShape(named(lowering, values, f"{name} value")))
    return schema
