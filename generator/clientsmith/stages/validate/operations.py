"""The files of a document go in; their operations come out, as far as a broken document shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...data.document import Documents, Json, Pointer
from ...data.issues import Issue
from ...data.operations import Follow, PathItem, operation_places, path_items, template, verbs
from ...data.selection import Described

Identity = tuple[str, str]
"""Verb, and path as the document has it: several may be the same when they are sent."""


@dataclass(slots=True)
class Operations:
    """What a settings file may name."""

    by_name: dict[str, Identity] = field(default_factory=dict)
    """By `VERB /path` and by operationId; of a doubled operationId the first counts."""
    described: dict[Identity, Described] = field(default_factory=dict)
    """What the patterns of `[select]` are held against."""
    unreadable: set[str] = field(default_factory=set)
    """Paths that may have more operations than can be read."""
    is_lost: bool = False
    """True where any path may."""

    @property
    def is_incomplete(self) -> bool:
        """Whether there may be further operations in parts that cannot be read."""
        return self.is_lost or bool(self.unreadable)

    def has(self, name: str) -> bool:
        """Report whether an operation is there. Later stages check the query behind a path."""
        return name in self.by_name or without_query(name) in {without_query(n) for n in self.by_name if "?" in n}

    def may_have(self, name: str) -> bool:
        """Report whether an operation may be in a part that cannot be read."""
        path = name.partition(" ")[2]
        return self.is_lost or (path in self.unreadable if path.startswith("/") else bool(self.unreadable))


def without_query(name: str) -> str:
    """Take the query off a path."""
    return name.partition("?")[0]


def operations_of(documents: Documents, issues: Iterable[Issue]) -> Operations:
    """Read verbs, paths and operationIds; `issues` name the doubled keys, of which all but one value are lost."""
    root = documents.root.value
    paths = root.get("paths") if isinstance(root, dict) else None
    found = Operations()
    for issue in issues:
        if issue.code == "duplicate-key" and issue.pointer is not None:
            note_loss(issue.pointer, found)
    for item in path_items(root, follower(documents)):
        take_path(item, found)
    found.is_lost = found.is_lost or bool(paths and not isinstance(paths, dict))
    return found


def note_loss(place: Pointer, found: Operations) -> None:
    """Note what a doubled key hides: operations, if it stands around one or is its name."""
    tokens = place.tokens
    if place.file or tokens in (("paths",), ("components",)) or tokens[:2] == ("components", "pathItems"):
        found.is_lost = True
    elif tokens[:1] == ("paths",) and len(tokens) <= len(("paths", "/pets", "get", "operationId")):
        found.unreadable.add(template(tokens[1]))


def take_path(item: PathItem, found: Operations) -> None:
    """Read the operations of one path."""
    if not all(is_readable(value, place) for value, place in item.values):
        found.unreadable.add(template(item.key))
    for place in operation_places(item):
        identity = (place.verb, item.key)
        name, tags = place.keys.get("operationId"), place.keys.get("tags")
        own_name = name if isinstance(name, str) and name else None
        own_tags = tuple([tag for tag in tags if isinstance(tag, str)]) if isinstance(tags, list) else ()
        found.by_name[f"{place.verb} {place.path}"] = identity
        found.described[identity] = Described(place.verb.upper(), place.path, own_name, own_tags)
        if own_name is not None:
            found.by_name.setdefault(own_name, identity)


def is_readable(item: Json, place: Pointer) -> bool:
    """Report whether a path item and its operations are objects; what is empty holds nothing that is lost."""
    if not isinstance(item, dict):
        return not item
    return all(isinstance(value, dict) or not value for _, value, _ in verbs(item, place))


def follower(documents: Documents) -> Follow:
    """Make the function that follows references to their end: to true where they lead nowhere."""
    targets = {r.place: r.target for r in documents.references if r.keyword == "$ref"}

    def follow(value: Json, place: Pointer) -> tuple[Json, Pointer]:
        seen: set[Pointer] = set()
        while isinstance(value, dict) and "$ref" in value:
            target = targets.get(place)
            if target is None or target in seen or not documents.has(target):
                return True, place.child("$ref")
            seen.add(target)
            value, place = documents.value_at(target), target
        return value, place

    return follow
