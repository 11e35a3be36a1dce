"""What the rules of one file's upgrade share: the documents as they were, the moves, the issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ....data.document import Documents, Json, Pointer, followed
from ....data.issues import Issue
from ....data.references import named_place

Keys = dict[str, Json]
Rule = Callable[["Upgrade", Json, Pointer, Pointer], Json]
"""Makes the value for OpenAPI 3.0 of a value at an old place, for a new place."""

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place in the document as it was."""

    value: Json
    place: Pointer


class Upgrade:
    """The upgrade of one file."""

    def __init__(self, documents: Documents, file: str) -> None:
        self.documents = documents
        self.file = file
        self.issues: list[Issue] = []
        self.origins: dict[Pointer, Pointer] = {}
        """For places after the upgrade: where they come from."""
        self.targets: dict[Pointer, Pointer] = {}
        """For places before it that references may name: where they are now, the first one where that is several."""
        own = documents.files[file].value
        # A file of parts says nothing of media types: those of the root count.
        self.root = own if isinstance(own, dict) and "swagger" in own else documents.root.value
        self.consumes = texts(self.root, "consumes")
        self.produces = texts(self.root, "produces")

    def move(self, new: Pointer, old: Pointer) -> Pointer:
        """Note that a value has moved, outer places before inner ones; give its new place."""
        if followed(old, self.targets) != new:
            self.targets.setdefault(old, new)
        return self.derive(new, old)

    def derive(self, new: Pointer, old: Pointer) -> Pointer:
        """Note which place a new value is made from. References to that place do not lead here."""
        if followed(new, self.origins) != old:
            self.origins[new] = old
        return new

    def warn(self, code: str, message: str, place: Pointer, hint: str) -> None:
        """Report something about a place as it was."""
        document, position = self.documents.locate(place)
        issue = Issue(code=code, severity="warning", message=message, hint=hint, file=document.name, position=position)
        self.issues.append(issue)

    def end(self, node: Node) -> Node:
        """Follow the references of an object to their end; to null where they lead nowhere."""
        seen = set()
        while isinstance(node.value, dict) and isinstance(text := node.value.get("$ref"), str):
            place = named_place(text, node.place.file, self.documents.root_name)
            if place is None or place in seen or place.file not in self.documents.files:
                return Node(None, node.place)
            seen.add(place)
            node = Node(self.documents.value_at(place) if self.documents.has(place) else None, place)
        return node


# --- containers ------------------------------------------------------------------------------------------------------


def upgraded_members(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer, rule: Rule) -> Json:
    """Upgrade what a map holds; what is no map is left for `validate` to report."""
    if not isinstance(value, dict):
        return value
    return {
        name: inner
        if name.startswith("x-") and not isinstance(inner, dict)
        else rule(upgrade, inner, old.child(name), new.child(name))
        for name, inner in value.items()
    }


def upgraded_items(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer, rule: Rule) -> Json:
    """Upgrade what a list holds."""
    if not isinstance(value, list):
        return value
    return [rule(upgrade, inner, old.child(n), new.child(n)) for n, inner in enumerate(value)]


def items_of(value: Json, key: str, place: Pointer) -> list[Node]:
    """Give the items of a member that is a list, with their places."""
    listed = value.get(key) if isinstance(value, dict) else None
    here = place.child(key)
    return [Node(item, here.child(n)) for n, item in enumerate(listed)] if isinstance(listed, list) else []


def texts(value: Json, key: str) -> tuple[str, ...]:
    """Give the texts of a member that is a list, each once."""
    listed = value.get(key) if isinstance(value, dict) else None
    if not isinstance(listed, list):
        return ()
    return tuple(dict.fromkeys(item for item in listed if isinstance(item, str) and item))


def without(keys: Keys, names: Sequence[str] | frozenset[str]) -> Keys:
    """Leave some members out."""
    return {name: value for name, value in keys.items() if name not in names}
