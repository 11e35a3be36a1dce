"""Discriminators: a union's keywords go in, the values that select each variant come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...data.api import (
    AnyShape,
    Discriminator,
    MapShape,
    ObjectShape,
    ReferenceShape,
    Schema,
)
from ...data.document import Pointer
from ...data.likeness import did_you_mean
from .context import COMPONENTS, Lowering
from .nulls import subschemas
from .reading import Keys, as_keys, items, members, text

Variants = Sequence[tuple[Pointer, Schema]]
"""The definition that each variant comes from (or its own place), and the variant."""


def discriminator_of(
    lowering: Lowering, keys: Keys, pointer: Pointer, variants: Variants
) -> tuple[Discriminator | None, list[Schema]]:
    """Read a discriminator; give also the variants that only its mapping names."""
    name = text(members(keys, "discriminator"), "propertyName")
    if name is None or not all(is_object(schema) for _, schema in variants):
        return None, []
    places = {origin: place_of(schema) for origin, schema in variants}
    mapping, further = explicit(lowering, keys, pointer, places)
    for value, place in implied(lowering, name, places, set(mapping.values())).items():
        mapping.setdefault(value, place)
    if not mapping:
        return None, []
    return Discriminator(wire_name=name, mapping=tuple(mapping.items())), further


def is_object(schema: Schema) -> bool:
    """Tell whether a variant may be an object, as far as it is known."""
    return isinstance(schema.shape, ObjectShape | MapShape | ReferenceShape | AnyShape)


def place_of(schema: Schema) -> Pointer:
    """Give the definition that a variant uses, else the place of the variant itself."""
    return schema.shape.target if isinstance(schema.shape, ReferenceShape) else schema.pointer


def explicit(
    lowering: Lowering, keys: Keys, pointer: Pointer, places: dict[Pointer, Pointer]
) -> tuple[dict[str, Pointer], list[Schema]]:
    """Read `mapping`; a schema that is no variant yet becomes one."""
    mapping: dict[str, Pointer] = {}
    further: list[Schema] = []
    place = pointer.child("discriminator").child("mapping")
    for value, name in members(members(keys, "discriminator"), "mapping").items():
        target = mapped(lowering, name, place.child(value)) if isinstance(name, str) else None
        if target is None:
            report_unknown(lowering, value, str(name), place.child(value))
            continue
        if target not in places:
            lowering.referenced.setdefault(target)
            places[target] = target
            further.append(Schema(shape=ReferenceShape(target), pointer=place.child(value)))
        mapping[value] = places[target]
    return mapping, further


def report_unknown(lowering: Lowering, value: str, name: str, place: Pointer) -> None:
    """Report an entry of a mapping that names no schema."""
    known = [lowering.component(component) or "" for component in lowering.components]
    lowering.warn(
        "unknown-discriminator-target",
        f"the discriminator value '{value}' names '{name}', which does not exist; it is ignored",
        place,
        hint=did_you_mean(name, known),
    )


def mapped(lowering: Lowering, name: str, place: Pointer) -> Pointer | None:
    """Find the schema that an entry of a mapping names by a component's key or by a reference."""
    component = Pointer().below(*COMPONENTS, name)
    return component if lowering.component(component) is not None else lowering.spec.references.get(place)


# --- values that no mapping lists ---


def implied(
    lowering: Lowering, name: str, places: dict[Pointer, Pointer], mapped_places: set[Pointer]
) -> dict[str, Pointer]:
    """Take values from the variants: an enum of the property, else the name of the component."""
    said = {origin: property_values(lowering, origin, name) for origin in places}
    found: dict[str, Pointer] = {}
    for origin, place in places.items():
        own = [value for value in said[origin] if selects(value, origin, said)]
        key = None if place in mapped_places else lowering.component(origin)
        for value in own or ([key] if key is not None else []):
            found.setdefault(value, place)
    return found


def selects(value: str, origin: Pointer, said: Mapping[Pointer, Mapping[str, int]]) -> bool:
    """Tell whether a value stands for one variant alone.

    Others may have it, too, if they only take it over from this one: their way to it is longer.
    """
    rivals = [each for other, each in said.items() if other != origin and value in each]
    if not rivals:
        return True
    distance = said[origin][value]
    return len(said[origin]) == 1 and all(each[value] > distance for each in rivals)


def property_values(
    lowering: Lowering, pointer: Pointer, name: str, trail: tuple[Pointer, ...] = ()
) -> Mapping[str, int]:
    """List the texts that a variant allows for the property, with the steps to where that is said.

    The outermost schema that says it counts.
    """
    end = lowering.follow(lowering.node(pointer).value, pointer)
    keys = as_keys(end.value)
    own = members(keys, "properties").get(name)
    if own is not None:
        place = end.pointer.child("properties").child(name)
        values = listed_texts(as_keys(lowering.follow(own, place).value))
        return dict.fromkeys(values, len(trail))
    if end.pointer in trail:
        return {}
    for value, place in reversed(subschemas(keys, "allOf", end.pointer)):
        further = (*trail, end.pointer) if "$ref" in as_keys(value) else trail
        found = property_values(lowering, place, name, further)
        if found:
            return found
    return {}


def listed_texts(keys: Keys) -> tuple[str, ...]:
    """Give the texts among the values of `const` or `enum`."""
    values = [keys["const"]] if "const" in keys else items(keys, "enum")
    return tuple([value for value in values if isinstance(value, str)])
