"""The files of a spec go in. Out come places where something else stands than OpenAPI wants, and a digest.

The digest is the root document with one object of each shape: the same keywords with values of the same types. All
others are left out, so that a slow validator says the same about it as about the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...data.document import Documents, Json, Pointer
from ...data.issues import Issue
from ...data.openapi import OBJECTS, Child, Version, is_extension
from ...data.references import ALSO_NAMES
from .leniency import BOOLEANS, LOOSE, STUBS

CLOSED = frozenset(
    {
        "type", "in", "style", "required", "explode", "nullable", "readOnly", "writeOnly", "deprecated", "scheme",
        "openapi",
    }
)  # fmt: skip
"""Keywords whose value, not only its type, is part of the shape: few values are right."""
OPAQUE = frozenset({"example", "examples", "externalDocs", "links", "callbacks"})
"""Keywords whose value is left out of the digest: it may be large, and no client is made from it."""

TYPE_NAMES = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
HELD = {
    "one": "one '{}' object",
    "map": "names with '{}' objects",
    "maps": "names with maps of '{}' objects",
    "list": "a list of '{}' objects",
}
WANTED = {"one": "an object", "map": "an object", "maps": "an object", "list": "a list"}


@dataclass(frozen=True, slots=True)
class Structure:
    """What the walk over a spec found."""

    digest: Json
    issues: list[Issue] = field(default_factory=list)


def check_structure(documents: Documents, version: Version) -> Structure:
    """Walk over everything that a client is made from, references followed."""
    walk = Walk(documents, version)
    digest = walk.visit(documents.root.value, "OpenAPI", Pointer())
    walk.finish()
    return Structure(digest, walk.issues)


class Walk:
    """The state of one walk: shapes and places that it has seen."""

    def __init__(self, documents: Documents, version: Version) -> None:
        self.issues: list[Issue] = []
        self._documents = documents
        self._targets = {r.place: r.target for r in documents.references if r.keyword not in ALSO_NAMES}
        self._shapes: set[tuple[object, ...]] = set()
        self._visited: set[tuple[int, str]] = set()
        self._waiting: list[tuple[Pointer, str]] = []
        # From 3.1 on the official schema leaves schema objects to JSON Schema, and lets them be anything.
        self._without_schemas = version != "3.0"

    def finish(self) -> None:
        """Visit what references lead to and the walk over the root has not met."""
        for target, kind in self._waiting:
            try:
                value = self._documents.value_at(target)
            except LookupError:
                continue
            self._check_kind(value, kind, target, target.tokens[-1:] or ("the file",))

    def visit(self, value: dict[str, Json] | Json, kind: str, place: Pointer) -> Json:
        """Visit one object; give what of it belongs into the digest, or None where all of it is known."""
        if not isinstance(value, dict) or (id(value), kind) in self._visited:
            return None
        self._visited.add((id(value), kind))
        if "$ref" in value:
            target = self._targets.get(place)
            if target is not None:
                self._waiting.append((target, kind))
        children = OBJECTS[kind]
        shape: list[object] = [kind]
        kept: dict[str, Json] = {}
        is_new = False
        for key, inner in value.items():
            child = children.get(key)
            if child is not None:
                shape.append((key, type(inner)))
                found = self._child(key, inner, child, place)
                is_new = is_new or found is not None
                kept[key] = stub_child(child, inner) if found is None else found
            elif not is_opaque(key, kind):
                shape.append((key, scalar_shape(key, inner)))
                kept[key] = inner
        signature = tuple(shape)
        if signature not in self._shapes:
            self._shapes.add(signature)
            is_new = True
        return kept if is_new and not (self._without_schemas and kind == "Schema") else None

    # --- containers --------------------------------------------------------------------------------------------------

    def _child(self, key: str, value: Json, child: Child, place: Pointer) -> Json:
        """Visit what a keyword holds; give its share of the digest, or None."""
        if child.container == "one":
            here = place.child(key)
            return self._check_kind(value, child.kind, here, (key,))
        if not isinstance(value, dict | list) or isinstance(value, list) != (child.container == "list"):
            self._complain(key, value, child, place.child(key))
            return value
        if isinstance(value, list):
            return self._list(key, value, child.kind, place.child(key))
        return self._map(key, value, child, place.child(key))

    def _list(self, key: str, values: list[Json], kind: str, here: Pointer) -> Json:
        """Visit items; known ones become stubs, so that the others keep their index."""
        found = [self._check_kind(item, kind, here.child(n), (key, str(n))) for n, item in enumerate(values)]
        if not any(item is not None for item in found):
            return None
        return [stub(kind, n) if item is None else item for n, item in enumerate(found)]

    def _map(self, key: str, values: dict[str, Json], child: Child, here: Pointer) -> Json:
        """Visit members; known ones are left out."""
        kept: dict[str, Json] = {}
        for name, member in values.items():
            if name.startswith("x-") and child.kind != "Schema" and child.kind != "Header":
                continue
            if child.container == "maps":
                self._callback(member, here.child(name))
                continue
            found = self._check_kind(member, child.kind, here.child(name), (name,))
            if found is not None:
                kept[name] = found
        return kept or None

    def _callback(self, value: Json, here: Pointer) -> None:
        """Visit one callback: it may be a reference, so what it holds is checked there."""
        if isinstance(value, dict) and "$ref" not in value:
            for name, member in value.items():
                if isinstance(member, dict):
                    self.visit(member, "PathItem", here.child(name))

    def _check_kind(self, value: Json, kind: str, here: Pointer, name: tuple[str, ...]) -> Json:
        """Visit an object; report anything else in its place."""
        if isinstance(value, dict):
            return self.visit(value, kind, here)
        if isinstance(value, bool) and kind in BOOLEANS:
            return None
        self._complain(name[0], value, Child("one", kind), here)
        return value

    def _complain(self, name: str, value: Json, child: Child, here: Pointer) -> None:
        """Report something else than what OpenAPI wants: an error if a client would lose it."""
        harmless = not value or name in LOOSE or (name == "items" and isinstance(value, list))
        self.issues.append(
            Issue(
                code="bad-structure",
                severity="warning" if harmless else "error",
                message=f"'{name}' must be {WANTED[child.container]}, not {TYPE_NAMES.get(type(value), 'a number')}"
                + ("; it is ignored" if harmless else ""),
                pointer=here,
                hint=f"OpenAPI has {HELD[child.container].format(child.kind)} here",
            )
        )


# --- shapes ----------------------------------------------------------------------------------------------------------


def is_opaque(key: str, kind: str) -> bool:
    """Report whether a keyword is left out of the digest."""
    return key in OPAQUE or is_extension(key) or (key == "default" and kind == "Schema")


def scalar_shape(key: str, value: Json) -> object:
    """Give what a validator may look at in a value that holds no further objects."""
    if key in CLOSED and isinstance(value, str | bool):
        return value
    if isinstance(value, list):
        kinds = frozenset(type(item) for item in value)
        repeats = len({str(item) for item in value}) != len(value)
        return (kinds, repeats, *(value if key == "type" and kinds == {str} else ()))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (type(value), value < 0, value == 0)
    return type(value)


def stub(kind: str, number: int = 0) -> Json:
    """Give the smallest right object of a kind, another one for each number where it has a name."""
    made = dict(STUBS.get(kind, {}))
    if "name" in made:
        made["name"] = f"known {number}"
    return made


def stub_child(child: Child, value: Json) -> Json:
    """Give what stands in the digest for a keyword whose objects are all known."""
    if isinstance(value, bool):
        return value
    if child.container == "one":
        return stub(child.kind)
    if child.container == "list":
        return [stub(child.kind)] if value else []
    return {name: stub(child.kind) for name in list(value)[:1]} if isinstance(value, dict) else {}
