"""The root object of Swagger 2.0 goes in, that of OpenAPI 3.0 comes out."""

from __future__ import annotations

from ....data.document import Json, Pointer
from .bodies import body
from .operations import path_item
from .parameters import parameter
from .responses import response
from .schemas import schema
from .security import security_scheme
from .servers import servers
from .upgrade import Keys, Node, Rule, Upgrade, texts, upgraded_members

VERSION = "3.0.4"
MOVED = frozenset(
    ("swagger", "host", "basePath", "schemes", "consumes", "produces", "definitions", "parameters", "responses")
) | {"securityDefinitions", "paths"}


def root(upgrade: Upgrade, value: Keys) -> Json:
    """Upgrade the whole document, but for parts in places of the user's own."""
    old = new = Pointer(file=upgrade.file)
    upgrade.derive(new.child("openapi"), old.child("swagger"))
    if not isinstance(value["swagger"], str):
        hint = "write it in quotes: '2.0'"
        upgrade.warn("invalid-document", "the version is a number, not text", old.child("swagger"), hint)
    made: Keys = {"openapi": VERSION, **{key: inner for key, inner in value.items() if key not in MOVED}}
    if any(key in value for key in ("host", "basePath", "schemes")):
        first = next(key for key in ("host", "basePath", "schemes") if key in value)
        upgrade.derive(new.child("servers"), old.child(first))
        made["servers"] = [*servers(value, texts(value, "schemes"))]
    made["paths"] = upgraded_members(upgrade, value.get("paths", {}), old.child("paths"), new.child("paths"), path_item)
    made["components"] = components(upgrade, value, old, new.child("components"))
    return made


def components(upgrade: Upgrade, value: Keys, old: Pointer, new: Pointer) -> Json:
    """Upgrade what is shared. Forms are no components: their fields are written out in each operation."""
    made: Keys = {}
    for old_name, new_name, rule in SHARED:
        if old_name in value:
            place = upgrade.move(new.child(new_name), old.child(old_name))
            made[new_name] = upgraded_members(upgrade, value[old_name], old.child(old_name), place, rule)
    parameters = value.get("parameters")
    if isinstance(parameters, dict):
        made |= shared_parameters(upgrade, parameters, old.child("parameters"), new)
    elif parameters is not None:
        made["parameters"] = parameters
    return made


def shared_parameters(upgrade: Upgrade, parameters: Keys, old: Pointer, new: Pointer) -> Keys:
    """Upgrade the shared parameters: those that are bodies are request bodies now."""
    made: Keys = {}
    bodies: Keys = {}
    upgrade.move(new.child("parameters"), old)
    for name, value in parameters.items():
        node = Node(value, old.child(name))
        end = upgrade.end(node).value
        place = end.get("in") if isinstance(end, dict) else None
        if place == "body":
            here = upgrade.move(new.below("requestBodies", name), node.place)
            bodies[name] = shared_part(upgrade, value, node.place, here)
        elif place != "formData":
            made[name] = parameter(upgrade, value, node.place, new.below("parameters", name))
    return {**({"parameters": made} if made else {}), **({"requestBodies": bodies} if bodies else {})}


def shared_part(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a parameter that is referred to: a body has the media types of the document."""
    if isinstance(value, dict) and value.get("in") == "body":
        return body(upgrade, Node(value, old), new, upgrade.consumes)
    return parameter(upgrade, value, old, new)


def shared_response(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a response that is referred to: it has the media types of the document."""
    return response(upgrade, Node(value, old), new, upgrade.produces)


SHARED: tuple[tuple[str, str, Rule], ...] = (
    ("definitions", "schemas", schema),
    ("responses", "responses", shared_response),
    ("securityDefinitions", "securitySchemes", security_scheme),
)
PARTS: dict[str, Rule] = {
    "PathItem": path_item,
    "Parameter": shared_part,
    "Response": shared_response,
    "Schema": schema,
}
"""How a part of another file is upgraded, by its kind: it stays where it is."""
