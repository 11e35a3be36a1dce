"""Bodies whose members are arguments: an object, and where the settings want it, one of several or none."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.api import Media
from ...data.media import MEDIA_USES
from ...data.schemas import ObjectShape, Property, Schema, UnionShape
from .definitions import Definitions


def members_of(media: Media, definitions: Definitions, *, is_flat: bool = False) -> ObjectShape | None:
    """Find the members of a body that become arguments: those of an object, not of a map.

    `is_flat`: also of an object that may be null, and of each object that the body may be. A member is required if all
    of them have and require it.
    """
    if media.schema is None or not MEDIA_USES[media.kind].has_members:
        return None
    if definitions.nullable(media.schema) and not is_flat:
        return None
    shape = definitions.target(media.schema).shape
    if isinstance(shape, UnionShape) and is_flat:
        return _joined(shape, definitions)
    return shape if isinstance(shape, ObjectShape) and shape.properties else None


def _joined(union: UnionShape, definitions: Definitions) -> ObjectShape | None:
    """Join the members of all variants, if each is an object with known members only."""
    shapes = [shape for variant in union.variants for shape in _objects(variant, definitions)]
    if any(shape is None for shape in shapes):
        return None
    objects = [shape for shape in shapes if shape is not None]
    found: dict[str, list[Property]] = {}
    for shape in objects:
        for member in shape.properties:
            found.setdefault(member.wire_name, []).append(member)
    members = tuple([_member(members, len(objects)) for members in found.values()])
    return ObjectShape(properties=members) if members else None


def _objects(schema: Schema, definitions: Definitions) -> list[ObjectShape | None]:
    """Give the objects that a variant may be; None stands for anything else."""
    shape = definitions.target(schema).shape
    if isinstance(shape, UnionShape):
        return [found for variant in shape.variants for found in _objects(variant, definitions)]
    return [shape if isinstance(shape, ObjectShape) and shape.properties else None]


def _member(members: list[Property], count: int) -> Property:
    """Join the members of one name."""
    first = members[0]
    required = len(members) == count and all(member.required for member in members)
    schemas = _distinct(member.schema for member in members)
    if len(schemas) == 1:
        return Property(wire_name=first.wire_name, schema=schemas[0], required=required)
    union = Schema(
        shape=UnionShape(variants=tuple(schemas)),
        pointer=first.schema.pointer,
        documentation=first.schema.documentation,
        nullable=any(schema.nullable for schema in schemas),
    )
    return Property(wire_name=first.wire_name, schema=union, required=required)


def _distinct(schemas: Iterable[Schema]) -> list[Schema]:
    """Leave out schemas that take the same values as one before."""
    found: list[Schema] = []
    for schema in schemas:
        if not any(schema.shape == other.shape for other in found):
            found.append(schema)
    return found
