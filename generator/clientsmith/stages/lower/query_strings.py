"""Query strings that are one value (`in: querystring`): a parameter object goes in, one parameter or many come out.

Source: OpenAPI 3.2, section 4.12.1. The members of a form are parameters, as callers know them from other documents.
"""

from __future__ import annotations

from ...data.api import Parameter, PartEncoding
from ...data.document import Pointer
from ...data.schemas import ArrayShape, MapShape, ObjectShape, Property, Schema
from ...data.styles import explodes
from .context import Lowering
from .media import encoding
from .reading import Keys, as_keys, child_keys, flag, text
from .values import reached

FORM = "application/x-www-form-urlencoded"


def query_string(lowering: Lowering, keys: Keys, pointer: Pointer, name: str) -> list[Parameter]:
    """Lower a parameter that is the whole query string: the members of a form, else the one value."""
    content = child_keys(keys, "content")
    if not content:
        lowering.warn("bad-parameter", f"the query string '{name}' has no 'content', which describes it", pointer)
        return []
    content_type = next(iter(content))
    media = lowering.follow(content.get(content_type), pointer.below("content", content_type))
    place = media.pointer.child("schema")
    schema = lowering.schema(as_keys(media.value).get("schema", True), place)
    shape = reached(lowering, schema.shape)
    is_required = flag(keys, "required")
    name_of_type = content_type.partition(";")[0].strip()
    if name_of_type == FORM and isinstance(shape, ObjectShape) and shape.properties:
        encodings = child_keys(as_keys(media.value), "encoding")
        return [
            member(lowering, each, encoding(each.wire_name, encodings.get(each.wire_name)), is_required=is_required)
            for each in shape.properties
        ]
    lowering.budget.spend(1, pointer)
    return [
        Parameter(
            wire_name=name,
            location="query",
            required=is_required,
            schema=schema,
            style="form",
            explode=True,
            content_type=name_of_type,
            is_whole=True,
            description=text(keys, "description"),
            pointer=pointer,
        )
    ]


def member(lowering: Lowering, each: Property, how: PartEncoding, *, is_required: bool) -> Parameter:
    """Make a parameter of a member of a form; objects are JSON, and so is each of a list: the default in forms."""
    lowering.budget.spend(1, each.schema.pointer)
    shape = reached(lowering, each.schema.shape)
    is_styled = how.style is not None or how.explode is not None or how.allow_reserved
    style = how.style or "form"
    items = shape.items if isinstance(shape, ArrayShape) else None
    is_json = is_object(lowering, each.schema) or (items is not None and is_object(lowering, items))
    content_type = how.content_type or ("application/json" if is_json else None)
    return Parameter(
        wire_name=each.wire_name,
        location="query",
        required=each.required and is_required,
        schema=each.schema,
        style=style,
        explode=how.explode if how.explode is not None else explodes(style),
        allow_reserved=how.allow_reserved,
        content_type=content_type if not is_styled and content_type == "application/json" else None,
        is_each=items is not None and how.content_type is None,
        pointer=each.schema.pointer,
    )


def is_object(lowering: Lowering, schema: Schema) -> bool:
    """Report whether values of a schema are objects."""
    return isinstance(reached(lowering, schema.shape), ObjectShape | MapShape)
