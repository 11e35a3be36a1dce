"""Path items and operations: parameters of bodies become a request body, media types go to where they count."""

from __future__ import annotations

from collections.abc import Sequence

from ....data.document import Json, Pointer
from ....data.openapi import VERBS
from .bodies import body, form, name_of
from .parameters import parameter
from .responses import response
from .servers import servers
from .upgrade import Keys, Node, Upgrade, items_of, texts, without

DROPPED = frozenset(("consumes", "produces", "schemes", "parameters", "responses"))


def path_item(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a path item. Its own body parameters belong to each of its operations."""
    if not isinstance(value, dict):
        return value
    inherited = items_of(value, "parameters", old)
    made: Keys = {}
    for key, inner in value.items():
        if key in VERBS and isinstance(inner, dict):
            made[key] = operation(upgrade, inner, old.child(key), new.child(key), inherited)
        elif key == "parameters" and isinstance(inner, list):
            made[key] = outside_bodies(upgrade, inherited, new.child(key))
        else:
            made[key] = inner
    return made


def operation(upgrade: Upgrade, keys: Keys, old: Pointer, new: Pointer, inherited: Sequence[Node]) -> Json:
    """Upgrade an operation."""
    made = without(keys, DROPPED)
    own = items_of(keys, "parameters", old)
    if own or isinstance(keys.get("parameters"), list):
        made["parameters"] = outside_bodies(upgrade, own, new.child("parameters"))
    elif "parameters" in keys:
        made["parameters"] = keys["parameters"]
    consumes = texts(keys, "consumes") if "consumes" in keys else upgrade.consumes
    request_body = body_of(upgrade, [*inherited, *own], new.child("requestBody"), consumes)
    if request_body is not None:
        made["requestBody"] = request_body
    if "responses" in keys:
        produces = texts(keys, "produces") if "produces" in keys else upgrade.produces
        made["responses"] = responses(upgrade, Node(keys["responses"], old.child("responses")), new, produces)
    if texts(keys, "schemes") and texts(keys, "schemes") != texts(upgrade.root, "schemes"):
        upgrade.derive(new.child("servers"), old.child("schemes"))
        made["servers"] = [*servers(upgrade.root, texts(keys, "schemes"))]
    return made


# --- parameters ------------------------------------------------------------------------------------------------------


def location(upgrade: Upgrade, node: Node) -> Json:
    """Give where a parameter is sent, references followed."""
    end = upgrade.end(node).value
    return end.get("in") if isinstance(end, dict) else None


def outside_bodies(upgrade: Upgrade, nodes: Sequence[Node], new: Pointer) -> list[Json]:
    """Upgrade the parameters that are no part of a body."""
    kept = [node for node in nodes if location(upgrade, node) not in ("body", "formData")]
    places = [upgrade.move(new.child(n), node.place) for n, node in enumerate(kept)]
    return [parameter(upgrade, node.value, node.place, place) for node, place in zip(kept, places, strict=True)]


def body_of(upgrade: Upgrade, nodes: Sequence[Node], new: Pointer, consumes: Sequence[str]) -> Json:
    """Make the request body of the parameters of a path item and an operation; the operation's win."""
    bodies = [node for node in nodes if location(upgrade, node) == "body"]
    ends = [upgrade.end(node) for node in nodes if location(upgrade, node) == "formData"]
    fields = {name_of(end): end for end in ends}
    if bodies and fields:
        upgrade.warn(
            "bad-parameter",
            "an operation has a body or a form; the form is ignored",
            next(iter(fields.values())).place,
            "leave out the 'body' parameter, or those in 'formData'",
        )
    if bodies:
        return single_body(upgrade, bodies[-1], new, consumes)
    return form(upgrade, list(fields.values()), new, consumes) if fields else None


def single_body(upgrade: Upgrade, node: Node, new: Pointer, consumes: Sequence[str]) -> Json:
    """Refer to a shared body as before, unless this operation takes other media types."""
    if not is_reference(node.value):
        return body(upgrade, node, new, consumes)
    end = upgrade.end(node)
    if tuple(consumes) == Upgrade(upgrade.documents, end.place.file).consumes:
        upgrade.derive(new, node.place)
        return node.value
    return body(upgrade, end, new, consumes, shared_schema(node, end))


def is_reference(value: Json) -> bool:
    """Report whether a value is a reference."""
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def shared_schema(node: Node, end: Node) -> Json:
    """Refer to the schema of a shared parameter or response: its text may be relative to another file."""
    inner = end.value.get("schema") if isinstance(end.value, dict) else None
    if is_reference(inner) and end.place.file == node.place.file:
        return inner
    text = str(node.value["$ref"]) if isinstance(node.value, dict) else ""
    return {"$ref": f"{text if '#' in text else text + '#'}/schema"}


# --- responses -------------------------------------------------------------------------------------------------------


def responses(upgrade: Upgrade, listed: Node, new: Pointer, produces: Sequence[str]) -> Json:
    """Upgrade the responses of an operation."""
    if not isinstance(listed.value, dict):
        return listed.value
    made: Keys = {}
    for status, inner in listed.value.items():
        node, place = Node(inner, listed.place.child(status)), new.below("responses", status)
        made[status] = inner if status.startswith("x-") else one_response(upgrade, node, place, produces)
    return made


def one_response(upgrade: Upgrade, node: Node, new: Pointer, produces: Sequence[str]) -> Json:
    """Refer to a shared response as before, unless this operation gives other media types."""
    if not is_reference(node.value):
        return response(upgrade, node, new, produces)
    end = upgrade.end(node)
    has_schema = isinstance(end.value, dict) and "schema" in end.value
    if not has_schema or tuple(produces) == Upgrade(upgrade.documents, end.place.file).produces:
        return node.value
    upgrade.derive(new, end.place)
    return response(upgrade, end, new, produces, shared_schema(node, end))
