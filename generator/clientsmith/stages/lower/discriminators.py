"""Discriminators: a union's keywords go in, the values that select each variant come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ...data.document import Pointer
from ...data.schemas import AnyShape, Discriminator, MapShape, ObjectShape, ReferenceShape, Schema, place_of
from ...data.spec import Node
from ...data.suggestions import did_you_mean
from .context import COMPONENTS, Lowering
from .nulls import subschemas
from .reading import UNIONS, Keys, as_keys, child_keys, listed_values, text

Distances: TypeAlias = Mapping[str, int]
"""Values, each with the number of references on the way to where it is written."""
Variants: TypeAlias = Sequence[tuple[Pointer, Schema]]
"""The definition that each variant comes from (or its own place), and the variant."""


def discriminator_of(
    lowering: Lowering, keys: Keys, pointer: Pointer, variants: Variants
) -> tuple[Discriminator | None, list[Schema]]:
    """Read a discriminator; give also the variants that only its mapping names."""
    name = text(child_keys(keys, "discriminator"), "propertyName")
    if name is None or not all(is_object(schema) for _, schema in variants):
        return None, []
    places = {origin: place_of(schema) for origin, schema in variants}
    mapping, further = explicit(lowering, keys, pointer, places)
    for value, place in implied(lowering, name, places, set(mapping.values())).items():
        mapping.setdefault(value, place)
    default = default_of(lowering, keys, pointer, places, further)
    if not mapping and default is None:
        return None, []
    return Discriminator(wire_name=name, mapping=tuple(mapping.items()), default=default), further


def default_of(
    lowering: Lowering, keys: Keys, pointer: Pointer, places: dict[Pointer, Pointer], further: list[Schema]
) -> Pointer | None:
    """Read `defaultMapping` (3.2); a schema that is no variant yet becomes one."""
    place = pointer.below("discriminator", "defaultMapping")
    name = text(child_keys(keys, "discriminator"), "defaultMapping")
    if name is None:
        return None
    target = mapped(lowering, name, place)
    if target is None:
        report_unknown(lowering, "defaultMapping", name, place)
        return None
    return variant_place(lowering, target, place, places, further)


def is_object(schema: Schema) -> bool:
    """Report whether a variant may be an object, as far as it is known."""
    return isinstance(schema.shape, ObjectShape | MapShape | ReferenceShape | AnyShape)


def explicit(
    lowering: Lowering, keys: Keys, pointer: Pointer, places: dict[Pointer, Pointer]
) -> tuple[dict[str, Pointer], list[Schema]]:
    """Read `mapping`; a schema that is no variant yet becomes one."""
    mapping: dict[str, Pointer] = {}
    further: list[Schema] = []
    place = pointer.below("discriminator", "mapping")
    for value, name in child_keys(child_keys(keys, "discriminator"), "mapping").items():
        target = mapped(lowering, name, place.child(value)) if isinstance(name, str) else None
        if target is None:
            report_unknown(lowering, value, str(name), place.child(value))
            continue
        mapping[value] = variant_place(lowering, target, place.child(value), places, further)
    return mapping, further


def variant_place(
    lowering: Lowering, target: Pointer, place: Pointer, places: dict[Pointer, Pointer], further: list[Schema]
) -> Pointer:
    """Give the place of a variant that a discriminator selects; a schema that is no variant yet becomes one."""
    if target not in places:
        lowering.referenced.setdefault(target)
        places[target] = target
        further.append(Schema(shape=ReferenceShape(target), pointer=place))
    return places[target]


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
    found: dict[str, Pointer] = {}
    selected = selected_values({origin: property_values(lowering, origin, name) for origin in places})
    for origin, place in places.items():
        component = None if place in mapped_places else lowering.component(origin)
        for value in selected[origin] or ([component] if component is not None else []):
            found.setdefault(value, place)
    return found


def selected_values(values: Mapping[Pointer, Distances]) -> dict[Pointer, list[str]]:
    """List for each variant the values that stand for it alone.

    Others may have them, too, if they only inherit them from this one: their way to them is longer.
    """
    having: dict[str, list[int]] = {}
    for distances in values.values():
        for value, distance in distances.items():
            having.setdefault(value, []).append(distance)
    return {
        origin: [value for value, distance in own.items() if selects(distance, having[value], len(own))]
        for origin, own in values.items()
    }


def selects(distance: int, distances: Sequence[int], values: int) -> bool:
    """Report whether a value stands for a variant that has `values` values, of all variants that have it."""
    if len(distances) == 1:
        return True
    return values == 1 and distance == min(distances) and distances.count(distance) == 1


class PropertyValues:
    """The values of properties by which variants are selected; None while they are being looked for."""

    def __init__(self, _lowering: Lowering) -> None:
        self.known: dict[tuple[Pointer, str], Distances | None] = {}


def property_values(lowering: Lowering, pointer: Pointer, name: str) -> Distances:
    """List the texts that a schema allows for a property, with the references on the way to where that is written.

    The outermost schema that says it counts.
    """
    target = lowering.follow(lowering.node(pointer).value, pointer)
    known = lowering.state(PropertyValues).known
    key = target.pointer, name
    if key not in known:
        known[key] = None
        known[key] = find_values(lowering, target, name)
    return known[key] or {}


def find_values(lowering: Lowering, node: Node, name: str) -> Distances:
    """Look for the values in a schema, then in those that its `allOf` lists, the last one first."""
    keys = as_keys(node.value)
    local = child_keys(keys, "properties").get(name)
    if local is not None:
        place = node.pointer.child("properties").child(name)
        return dict.fromkeys(listed_texts(as_keys(lowering.follow(local, place).value)), 0)
    for value, place in reversed(subschemas(keys, "allOf", node.pointer)):
        found = property_values(lowering, place, name)
        if found:
            further = 1 if "$ref" in as_keys(value) else 0
            return {text: distance + further for text, distance in found.items()}
    return dict.fromkeys(values_of_union(lowering, keys, node.pointer, name), 0)


def values_of_union(lowering: Lowering, keys: Keys, pointer: Pointer, name: str) -> Iterator[str]:
    """List the values that select a variant of a union: those of its own mapping, and of each variant."""
    is_own = text(child_keys(keys, "discriminator"), "propertyName") == name
    if is_own:
        yield from child_keys(child_keys(keys, "discriminator"), "mapping")
    for keyword in UNIONS:
        for value, place in subschemas(keys, keyword, pointer):
            component = lowering.component(lowering.target(as_keys(value), place) or place)
            values = property_values(lowering, place, name)
            yield from values or ([component] if is_own and component is not None else [])


def listed_texts(keys: Keys) -> tuple[str, ...]:
    """Give the values of `const` or `enum` that may be tags, as the keys of a mapping are written."""
    values = (value for value in listed_values(keys) if isinstance(value, str | int | float))
    return tuple(dict.fromkeys(map(tag_text, values)))


def tag_text(value: str | float) -> str:
    """Write a value as the key of a mapping, which is always text: `1.0` is the number 1."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
