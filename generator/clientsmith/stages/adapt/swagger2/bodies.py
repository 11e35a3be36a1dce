"""Bodies: a `body` parameter, or all `formData` parameters of an operation, go in; a request body comes out."""

from __future__ import annotations

from collections.abc import Sequence

from ....data.document import Json, Pointer
from ....data.styles import SEPARATORS_KEY
from .parameters import array_in, is_extension
from .schemas import schema
from .upgrade import JSON_TYPE, Keys, Node, Upgrade

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


def body(upgrade: Upgrade, node: Node, new: Pointer, consumes: Sequence[str], shared: Json = None) -> Json:
    """Make a request body of a `body` parameter.

    `shared` is the schema where the parameter itself stands somewhere else, and is used by other operations, too.
    """
    keys = node.value if isinstance(node.value, dict) else {}
    note = upgrade.move if shared is None else upgrade.derive
    note(new, node.place)
    made: Keys = {name: value for name, value in keys.items() if name == "description" or is_extension(name)}
    if keys.get("required") is True:
        made["required"] = True
    content: Keys = {}
    for media_type in consumes or (JSON_TYPE,):
        content[media_type] = {}
        if "schema" in keys:
            place = note(new.below("content", media_type, "schema"), node.place.child("schema"))
            own = schema(upgrade, keys["schema"], node.place.child("schema"), place)
            content[media_type] = {"schema": own if shared is None else shared}
    return {**made, "content": content}


def form(upgrade: Upgrade, fields: Sequence[Node], new: Pointer, consumes: Sequence[str]) -> Json:
    """Make a request body of `formData` parameters."""
    upgrade.derive(new, fields[0].place)
    media_types = form_types(fields, consumes)
    content: Keys = {name: form_content(upgrade, fields, new.below("content", name), name) for name in media_types}
    is_required = any(is_field_required(field) for field in fields)
    return {"content": content, **({"required": True} if is_required else {})}


def form_types(fields: Sequence[Node], consumes: Sequence[str]) -> list[str]:
    """Choose the media types: a file needs a multipart body."""
    has_files = any(is_file(field) for field in fields)
    wanted = [name for name in consumes if name.partition(";")[0].strip().lower() in (FORM, MULTIPART)]
    if has_files:
        return [name for name in wanted if name.lower().startswith("multipart/")] or [MULTIPART]
    return wanted or [FORM]


def is_file(field: Node) -> bool:
    """Report whether a field is a file, or a list of files."""
    keys = field.value if isinstance(field.value, dict) else {}
    items = keys.get("items")
    return keys.get("type") == "file" or (isinstance(items, dict) and items.get("type") == "file")


def name_of(field: Node) -> str:
    """Give the name of a field, which is empty where it has none."""
    name = field.value.get("name") if isinstance(field.value, dict) else None
    return name if isinstance(name, str) else ""


def is_field_required(field: Node) -> bool:
    """Report whether a field must be sent."""
    return isinstance(field.value, dict) and field.value.get("required") is True


def form_content(upgrade: Upgrade, fields: Sequence[Node], new: Pointer, media_type: str) -> Json:
    """Make the media type object of a form."""
    is_multipart = media_type.lower().startswith("multipart/")
    place = upgrade.derive(new.child("schema"), fields[0].place)
    properties: Keys = {}
    encoding: Keys = {}
    for field in fields:
        keys = field.value if isinstance(field.value, dict) else {}
        name = name_of(field)
        here = upgrade.derive(place.below("properties", name), field.place)
        style, properties[name] = form_field(upgrade, field, keys, here, is_multipart=is_multipart)
        if style:
            encoding[name] = style
    made: Keys = {"type": "object", "properties": properties}
    required: list[Json] = [name_of(field) for field in fields if is_field_required(field)]
    if required:
        made["required"] = required
    return {"schema": made, **({"encoding": encoding} if encoding else {})}


def form_field(upgrade: Upgrade, field: Node, keys: Keys, new: Pointer, *, is_multipart: bool) -> tuple[Keys, Json]:
    """Make the encoding and the schema of one field. Parts of a multipart body have no style: they are repeated."""
    style, made = array_in(upgrade, keys, field.place, new, "multipart" if is_multipart else "form")
    if is_multipart and (is_file(field) or style.get(SEPARATORS_KEY) == ["&"]):
        style = {}
    extensions = {name: inner for name, inner in keys.items() if is_extension(name) or name == "description"}
    return style, {**made, **extensions} if isinstance(made, dict) else made
