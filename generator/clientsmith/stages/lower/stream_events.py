"""Events of streams: the schema of an item goes in, whether it is one of events, and that of an event, come out.

Source: OpenAPI 3.2, "Special Considerations for Server-Sent Events": each event is an object with the fields that its
parsing gives. What documents of older versions describe is the data of an event.
"""

from __future__ import annotations

from dataclasses import replace

from ...data.document import Pointer
from ...data.schemas import Discriminator, ObjectShape, Property, ReferenceShape, Schema, StringShape, UnionShape
from .context import Lowering
from .documentation import overridden
from .values import reached

FIELDS = frozenset(("data", "event", "id", "retry"))


class EventDefinitions:
    """What definitions are as events, where their data is the value that a text holds."""

    def __init__(self, _lowering: Lowering) -> None:
        self.made: dict[Pointer, Schema] = {}
        """By a place of their own below that of the definition."""


def event_place(pointer: Pointer) -> Pointer:
    """Give the place of the definition that another one is as an event."""
    return pointer.child("itemSchema")


def describes_events(lowering: Lowering, item: Schema) -> bool:
    """Report whether the members of an item are fields of an event."""
    shape = reached(lowering, item.shape)
    if isinstance(shape, UnionShape):
        return any(describes_events(lowering, variant) for variant in shape.variants if variant is not item)
    if not isinstance(shape, ObjectShape):
        return False
    names = {member.wire_name for member in shape.properties}
    return bool(names & {"data", "event"}) or (bool(names) and names <= FIELDS)


def event_of(lowering: Lowering, item: Schema) -> Schema:
    """Give the schema of an event: its `data` is the JSON value that its text holds, where that has a schema."""
    match item.shape:
        case ReferenceShape(target):
            return referenced_event(lowering, item, target)
        case UnionShape():
            return replace(item, shape=event_union(lowering, item.shape))
        case ObjectShape(properties=properties):
            members = tuple([event_member(lowering, member) for member in properties])
            return replace(item, shape=replace(item.shape, properties=members))
    return item


def referenced_event(lowering: Lowering, item: Schema, target: Pointer) -> Schema:
    """Refer to the definition as an event, which is another one only where its data is."""
    definition, place = lowering.target_schema(target), event_place(target)
    made = lowering.state(EventDefinitions).made
    if definition is None:
        return item
    if place not in made:
        made[place] = definition  # Where it refers to itself.
        made[place] = event_of(lowering, definition)
    if made[place] == definition:
        del made[place]
        return item
    lowering.referenced.setdefault(place)
    return replace(item, shape=ReferenceShape(place))


def event_union(lowering: Lowering, union: UnionShape) -> UnionShape:
    """Make each variant an event; a discriminator selects those."""
    variants = tuple([event_of(lowering, variant) for variant in union.variants])
    moved = {
        old.shape.target: new.shape.target
        for old, new in zip(union.variants, variants, strict=True)
        if isinstance(old.shape, ReferenceShape) and isinstance(new.shape, ReferenceShape)
    }
    return UnionShape(variants=variants, discriminator=retargeted(union.discriminator, moved))


def retargeted(discriminator: Discriminator | None, moved: dict[Pointer, Pointer]) -> Discriminator | None:
    """Let a discriminator select other definitions."""
    if discriminator is None:
        return None
    mapping = tuple([(value, moved.get(place, place)) for value, place in discriminator.mapping])
    default = discriminator.default
    return replace(discriminator, mapping=mapping, default=default and moved.get(default, default))


def event_member(lowering: Lowering, member: Property) -> Property:
    """Give the data of an event the type of what its text holds; the other fields stay."""
    if member.wire_name != "data":
        return member
    return replace(member, schema=held_value(lowering, member.schema))


def held_value(lowering: Lowering, schema: Schema) -> Schema:
    """Give the schema of the JSON value that a text holds, with the words about the text."""
    shape = reached(lowering, schema.shape)
    if isinstance(shape, UnionShape):
        variants = tuple([held_value(lowering, variant) for variant in shape.variants])
        return schema if variants == shape.variants else replace(schema, shape=replace(shape, variants=variants))
    if not isinstance(shape, StringShape) or shape.content is None:
        return schema
    content = shape.content
    words = replace(schema.documentation, notes=(), format=None)
    return replace(
        content,
        nullable=schema.nullable or content.nullable,
        documentation=overridden(content.documentation, words),
        deprecated=schema.deprecated or content.deprecated,
    )
