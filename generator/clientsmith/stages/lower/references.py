"""Definitions: components and other targets of references go in, schemas with names come out."""

from __future__ import annotations

import re
from dataclasses import replace

from ...data.document import Pointer
from ...data.openapi import NAME_MAPS
from ...data.schemas import Definition, Documentation, ReferenceShape, Schema, UnionShape
from .conjuncts import is_conjunction
from .context import Lowering
from .discriminators import discriminator_of, mapped
from .hierarchy import subtypes
from .reading import UNIONS, Keys, as_keys, child_keys, items, text
from .shared_bodies import SharedNames, stem_of
from .stream_events import EventDefinitions


def definitions(lowering: Lowering) -> tuple[Definition, ...]:
    """Lower every component, then all that references lead to, until nothing new is met."""
    made: dict[Pointer, Definition] = {}
    for pointer in lowering.components:
        define(lowering, pointer, made)
    while missing := [pointer for pointer in lowering.referenced if pointer not in made]:
        for pointer in missing:
            define(lowering, pointer, made)
    components = [made[pointer] for pointer in lowering.components]
    return (*components, *[made[p] for p in made if lowering.component(p) is None])


def define(lowering: Lowering, pointer: Pointer, made: dict[Pointer, Definition]) -> None:
    """Lower one definition; a parent with a discriminator becomes a union of its children."""
    event = lowering.state(EventDefinitions).made.get(pointer)
    if event is not None:
        place = pointer.parent
        name = component_name(lowering, place) or name_for_place(place)
        made[pointer] = Definition(pointer=pointer, name=name, is_component=False, is_entry=True, schema=event)
        return
    component = component_name(lowering, pointer)
    suggested = lowering.state(SharedNames).made.get(pointer) or instance_name(lowering, pointer)
    name = component or suggested or name_for_place(pointer)
    value = lowering.node(pointer).value
    plain = lowering.local(value, pointer)
    schema = hierarchy_of(lowering, as_keys(value), plain)
    if schema is not None:
        base = base_place(pointer)
        made[base] = Definition(pointer=base, name=f"{name} base", is_component=False, schema=plain)
    made[pointer] = Definition(
        pointer=pointer,
        name=name,
        is_component=component is not None,
        is_entry=suggested is not None,
        is_too_deep=pointer in lowering.too_deep,
        schema=schema or plain,
    )


def component_name(lowering: Lowering, pointer: Pointer) -> str | None:
    """Give the key of the component that is at a place, or refers to that place of another file."""
    return lowering.component(pointer) or lowering.state(FileComponents).names.get(pointer)


def instance_name(lowering: Lowering, pointer: Pointer) -> str | None:
    """Name an instance of a generic type by its arguments and the type; None for any other place."""
    copy = lowering.spec.copies.get(pointer)
    if copy is None:
        return None
    ends = [(name, lowering.end(anchor)) for name, anchor in copy.arguments]
    words = [component_name(lowering, end.pointer) or text(as_keys(end.value), "type") or name for name, end in ends]
    return " ".join([*words, component_name(lowering, copy.origin) or name_for_place(copy.origin)])


class FileComponents:
    """The schemas in other files, and the instances, that components are: they have the names of the components."""

    def __init__(self, lowering: Lowering) -> None:
        self.names: dict[Pointer, str] = {}
        for component in lowering.components:
            node, keys = lowering.end(component), as_keys(lowering.node(component).value)
            is_elsewhere = node.pointer.file or node.pointer in lowering.spec.copies
            if is_elsewhere and "$ref" in keys and not is_conjunction(keys):
                self.names.setdefault(node.pointer, lowering.component(component) or "")


# --- parents with a discriminator ---


def base_place(pointer: Pointer) -> Pointer:
    """Give the place of the definition that holds a parent's own members."""
    return pointer.child("discriminator")


def hierarchy_of(lowering: Lowering, keys: Keys, plain: Schema) -> Schema | None:
    """Make the union of a base schema and its subtypes; None where it is not the base of a hierarchy."""
    parent = plain.pointer
    if not is_base(lowering, keys, parent):
        return None
    own = variant(lowering, parent)
    children = [variant(lowering, child) for child in subtypes(lowering, parent)]
    discriminator, further = discriminator_of(lowering, keys, parent, [*children, own])
    if discriminator is None or not (children or further):
        return None
    schemas = [*[schema for _, schema in children], *further, own[1]]
    return replace(
        plain,
        shape=UnionShape(variants=tuple(schemas), discriminator=discriminator),
        documentation=words(plain.documentation),
    )


def words(documentation: Documentation) -> Documentation:
    """Keep title and description, which hold for all subtypes: the rest is the parent's own."""
    return Documentation(title=documentation.title, description=documentation.description)


def is_base(lowering: Lowering, keys: Keys, pointer: Pointer) -> bool:
    """Report whether a schema has a discriminator for its subtypes, and no variants of its own."""
    if text(child_keys(keys, "discriminator"), "propertyName") is None:
        return False
    if any(items(keys, keyword) for keyword in UNIONS):
        return False
    if subtypes(lowering, pointer):
        return True
    place = pointer.below("discriminator", "mapping")
    targets = [
        mapped(lowering, name, place.child(value))
        for value, name in child_keys(child_keys(keys, "discriminator"), "mapping").items()
        if isinstance(name, str)
    ]
    return any(target is not None and target != pointer for target in targets)


def variant(lowering: Lowering, pointer: Pointer) -> tuple[Pointer, Schema]:
    """Refer to one schema of a hierarchy: to its own members, if it is a base itself."""
    keys = as_keys(lowering.node(pointer).value)
    target = base_place(pointer) if is_base(lowering, keys, pointer) else pointer
    return pointer, Schema(shape=ReferenceShape(target), pointer=target)


# --- names ---

SILENT = NAME_MAPS | {"components", "schema", "allOf", "anyOf", "oneOf"}
"""Steps without meaning for the reader."""
SPOKEN = {
    "items": "item",
    "additionalProperties": "value",
    "requestBody": "request",
    "prefixItems": "item",
}
STEPS = 4
"""Steps of a place that a name is made from, at most."""


def name_for_place(pointer: Pointer) -> str:
    """Make a name from the last significant steps of a place, or from the name of its file."""
    tokens = pointer.tokens
    stem = stem_of(pointer.file)
    words = [word for word in map(word_for, tokens, (*tokens[1:], "")) if word]
    if pointer.file and len(words) < 2:
        return words[-1] if words else stem
    if tokens[:2] == ("components", "schemas"):
        return " ".join(words[:1] + words[1:][-STEPS:])
    return " ".join(words[-STEPS:]) or stem or "schema"


def word_for(token: str, following: str) -> str:
    """Write one step of a place in words; empty for a step without meaning."""
    if token in SILENT or following == "schema" or token.isdecimal():
        return ""
    if token.startswith("/"):
        return " ".join(re.findall(r"[^/{}]+", token))
    return SPOKEN.get(token, token)
