"""Responses: what `produces` lists is the content of each response."""

from __future__ import annotations

from collections.abc import Sequence

from ....data.document import Json, Pointer
from .parameters import header
from .schemas import schema
from .upgrade import JSON_TYPE, Keys, Node, Upgrade, upgraded_members, without

BINARY = "application/octet-stream"


def response(upgrade: Upgrade, node: Node, new: Pointer, produces: Sequence[str], shared: Json = None) -> Json:
    """Upgrade a response object.

    `shared` is the schema where the response itself stands somewhere else, and is used by other operations, too.
    """
    keys, old = node.value, node.place
    if not isinstance(keys, dict) or "$ref" in keys:
        return keys
    made: Keys = without(keys, ("schema", "examples", "headers"))
    if "headers" in keys:
        made["headers"] = upgraded_members(upgrade, keys["headers"], old.child("headers"), new.child("headers"), header)
    if "schema" not in keys:
        return made
    note = upgrade.move if shared is None else upgrade.derive
    content: Keys = {}
    for media_type in produces or default_types(keys["schema"]):
        place = note(new.below("content", media_type, "schema"), old.child("schema"))
        own = schema(upgrade, keys["schema"], old.child("schema"), place)
        used = own if shared is None else shared
        content[media_type] = {"schema": used, **example(upgrade, keys, media_type, old, new)}
    return {**made, "content": content}


def default_types(value: Json) -> tuple[str, ...]:
    """Choose the media type of a response where the document names none."""
    return (BINARY,) if isinstance(value, dict) and value.get("type") == "file" else (JSON_TYPE,)


def example(upgrade: Upgrade, keys: Keys, media_type: str, old: Pointer, new: Pointer) -> Keys:
    """Give the example for a media type."""
    examples = keys.get("examples")
    if not isinstance(examples, dict) or media_type not in examples:
        return {}
    upgrade.derive(new.below("content", media_type, "example"), old.below("examples", media_type))
    return {"example": examples[media_type]}
