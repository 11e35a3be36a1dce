"""The files of a spec go in; the operations that they have come out, as far as a broken document lets one tell.

`lower` reads operations too, but only those of a document without errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...data.document import Documents, Json, Pointer
from ...data.issues import Issue
from .kinds import VERBS

Identity = tuple[str, str]
"""Verb, and path as the document has it: several may be the same when they are sent."""
Targets = dict[Pointer, Pointer | None]
"""What the reference at each place names, if anything."""


@dataclass(slots=True)
class Operations:
    """What a settings file may name."""

    by_name: dict[str, Identity] = field(default_factory=dict)
    """By `VERB /path` and by operationId; of a doubled operationId the first counts."""
    unreadable: set[str] = field(default_factory=set)
    """Paths that may have more operations than can be read."""
    is_lost: bool = False
    """True where any path may."""

    def has(self, name: str) -> bool:
        """Tell whether an operation is there. What a query says beside a path is for later stages to judge."""
        return name in self.by_name or without_query(name) in {without_query(n) for n in self.by_name if "?" in n}

    def may_have(self, name: str) -> bool:
        """Tell whether an operation may be in a part that cannot be read."""
        path = name.partition(" ")[2]
        return self.is_lost or (path in self.unreadable if path.startswith("/") else bool(self.unreadable))


def without_query(name: str) -> str:
    """Take the query off a path."""
    return name.partition("?")[0]


def operations_of(documents: Documents, issues: Iterable[Issue]) -> Operations:
    """Read verbs, paths and operationIds; `issues` tell which keys are doubled, so that all but one value are lost."""
    root = documents.root.value
    paths = root.get("paths") if isinstance(root, dict) else None
    found = Operations()
    for issue in issues:
        if issue.code == "duplicate-key" and issue.pointer is not None:
            note_loss(issue.pointer, found)
    if isinstance(paths, dict):
        targets = {r.place: r.target for r in documents.references if r.keyword == "$ref"}
        for path, value in paths.items():
            if not path.startswith("x-"):
                take_path(path, value, documents, targets, found)
    elif paths:
        found.is_lost = True
    return found


def note_loss(place: Pointer, found: Operations) -> None:
    """Note what a doubled key hides: operations, if it stands around one or is its name."""
    tokens = place.tokens
    if place.file or tokens in (("paths",), ("components",)) or tokens[:2] == ("components", "pathItems"):
        found.is_lost = True
    elif tokens[:1] == ("paths",) and len(tokens) <= len(("paths", "/pets", "get", "operationId")):
        found.unreadable.add(template(tokens[1]))


def take_path(key: str, value: Json, documents: Documents, targets: Targets, found: Operations) -> None:
    """Read the operations of one path: what stands beside a reference wins over what is behind it."""
    path = template(key)
    made: dict[str, dict[str, Json]] = {}
    for item in (value, behind(value, Pointer().below("paths", key), documents, targets)):
        for verb, operation in verbs(item) if isinstance(item, dict) else ():
            if isinstance(operation, dict):
                made.setdefault(verb, operation)
            elif operation:
                found.unreadable.add(path)
        if item and not isinstance(item, dict):
            found.unreadable.add(path)
    for verb, operation in made.items():
        found.by_name[f"{verb} {path}"] = (verb, key)
        name = operation.get("operationId")
        if isinstance(name, str) and name:
            found.by_name.setdefault(name, (verb, key))


def behind(value: Json, place: Pointer, documents: Documents, targets: Targets) -> Json:
    """Follow the references of a path item to their end: null without one, true where they lead nowhere."""
    if not isinstance(value, dict) or "$ref" not in value:
        return None
    seen: set[Pointer] = set()
    while isinstance(value, dict) and "$ref" in value:
        target = targets.get(place)
        if target is None or target in seen or not documents.has(target):
            return True
        seen.add(target)
        value, place = documents.value_at(target), target
    return value


def verbs(item: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """List the operations of a path item."""
    yield from ((name.upper(), value) for name, value in item.items() if name in VERBS)
    others = item.get("additionalOperations")
    if isinstance(others, dict):
        yield from others.items()


def template(path: str) -> str:
    """Write a path as operations are named: with a slash in front, without a fragment."""
    path = path.partition("#")[0]
    return path if path.startswith("/") else f"/{path}"
