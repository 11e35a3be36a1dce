"""Instances of generic schemas: references and dynamic anchors go in, references without dynamic scope come out.

What a `$dynamicRef` names depends on the way to it: the outermost schema that declares an anchor of the name decides
(JSON Schema 2020-12, section 8.2.3.2). So a schema that is reached with other anchors in scope than its own is another
type there, and gets a place of its own, below the reference that leads to it. Scopes are those of schemas, not only of
resources with an `$id`, as documents declare anchors without one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...data.document import Documents, Pointer
from ...data.references import decoded, is_around, owner_of
from ...data.spec import Copy

Scope: TypeAlias = Mapping[str, Pointer]
"""What each dynamic anchor of a name is, on the way to a place."""
Arguments: TypeAlias = tuple[tuple[str, Pointer], ...]
"""The same, in the order of names."""
Meaning: TypeAlias = tuple[Pointer, Pointer]
"""A dynamic reference, and what it names."""
Anchors: TypeAlias = Mapping[Pointer, Mapping[str, Pointer]]
"""For each schema that brings anchors into scope: their names and places."""
MOST_INSTANCES = 1_000
"""Instances of a document; a schema that would need more is shared from there on."""


def anchors_of(documents: Documents) -> Anchors:
    """List the dynamic anchors that dynamic references name, by the schema that brings them into scope."""
    wanted = {name for _, name in dynamic_references(documents)}
    found: dict[Pointer, dict[str, Pointer]] = {}
    for document in documents.files.values() if wanted else ():
        for name, place in document.mentions.dynamic_anchors:
            if name in wanted:
                found.setdefault(owner_of(place), {}).setdefault(name, place)
    return found


NAME_OF_ANOTHER = frozenset(("$dynamicAnchor", "$ref"))
NAME_OF_INSTANCE = NAME_OF_ANOTHER | {"$defs", "$id", "$comment"}
"""What a schema has that is a name for another one, or for an instance of a generic type."""


class Instances:
    """The references of a document, each with what it names in its scope."""

    def __init__(self, documents: Documents, targets: Mapping[Pointer, Pointer], anchors: Anchors) -> None:
        self.references: dict[Pointer, Pointer] = {}
        self.copies: dict[Pointer, Copy] = {}
        self._documents = documents
        self._targets = targets
        self._anchors = {
            owner: {name: self._end(place, NAME_OF_ANOTHER, targets) for name, place in named.items()}
            for owner, named in anchors.items()
        }
        self._dynamic = dict(dynamic_references(documents))
        self._places = sorted((r.place.file, r.place.path) for r in documents.references)
        self._made: dict[tuple[Pointer, Arguments], Pointer] = {}
        self._meanings: dict[tuple[Pointer, Arguments], frozenset[Meaning]] = {}
        self._waiting: list[Pointer] = []
        for file, path in self._places:
            self._refer(Pointer(path, file), Pointer(path, file), {})
        while self._waiting:
            made = self._waiting.pop()
            origin, scope = self.copies[made].origin, dict(self.copies[made].arguments)
            for place in self._inside(origin):
                self._refer(place, Pointer(made.path + place.path[len(origin.path) :], made.file), scope)
        names = {place: made for place, made in self.references.items() if made in self.copies}
        self.references = {r: self._end(t, NAME_OF_INSTANCE, names) for r, t in self.references.items()}

    def _refer(self, place: Pointer, made: Pointer, scope: Scope) -> None:
        """Give the reference at a place, which is at `made` in a copy, what it names in a scope."""
        step = self._step(place, scope)
        if step is not None:
            self.references[made] = self._instance(*step, made)

    def _end(self, place: Pointer, keywords: frozenset[str], targets: Mapping[Pointer, Pointer]) -> Pointer:
        """Follow references from a schema that has nothing but some keywords."""
        trail: set[Pointer] = set()
        while place in targets and place not in trail:
            value = {} if place in self.copies else self._documents.value_at(place)
            if not isinstance(value, dict) or not keywords.issuperset(value):
                break
            trail.add(place)
            place = targets[place]
        return place

    def _instance(self, target: Pointer, scope: Scope, reference: Pointer) -> Pointer:
        """Give the place of a schema in a scope: its own, unless its dynamic references name something else there."""
        changed = self._meanings_of(target, scope) - self._meanings_of(target, {})
        pairs = {(self._dynamic[place], named) for place, named in changed}
        arguments = as_arguments(dict([pair for pair in pairs if pair in scope.items()]))
        if not arguments:
            return target
        made = self._made.get((target, arguments))
        if made is None:
            if len(self._made) >= MOST_INSTANCES:
                return target
            made = self._made[target, arguments] = reference.child("$ref")
            self.copies[made] = Copy(origin=target, arguments=arguments)
            self._waiting.append(made)
        return made

    def _meanings_of(self, target: Pointer, scope: Scope) -> frozenset[Meaning]:
        """List what the dynamic references mean in a schema, and in all that it refers to, in a scope."""
        start = (target, as_arguments(scope))
        known = self._meanings.get(start)
        if known is None:
            seen, stack = {start}, [start]
            found: set[Meaning] = set()
            while stack:
                here, within = stack.pop()
                for place in self._inside(here):
                    step = self._step(place, dict(within))
                    if step is None:
                        continue
                    if place in self._dynamic:
                        found.add((place, step[0]))
                    further = (step[0], as_arguments(step[1]))
                    if further not in seen:
                        seen.add(further)
                        stack.append(further)
            known = self._meanings[start] = frozenset(found)
        return known

    def _step(self, place: Pointer, scope: Scope) -> tuple[Pointer, Scope] | None:
        """Follow a reference in a scope; give what it names, and the scope there."""
        scope = self._entered(place, scope)
        name = self._dynamic.get(place)
        target = scope.get(name) if name is not None else None
        target = self._targets.get(place) if target is None else target
        if target is None:
            return None
        if is_member(place) and self._is_bound(target):
            scope = {name: anchor for name, anchor in scope.items() if name not in self._anchors[target]}
        return target, scope

    def _entered(self, place: Pointer, scope: Scope) -> Scope:
        """Add the anchors of the schemas around a place to a scope; what came first counts.

        Except for a member that gives a generic type its own arguments: those of the type around it are not meant.
        """
        for owner in sorted((o for o in self._anchors if is_around(o, place)), key=lambda owner: len(owner.path)):
            own = self._anchors[owner]
            is_own = owner == place and is_member(place) and self._is_bound(place)
            scope = {**scope, **own} if is_own else {**own, **scope}
        return scope

    def _is_bound(self, place: Pointer) -> bool:
        """Report whether a schema refers to a generic type, and gives it arguments."""
        return place in self._anchors and place in self._targets

    def _inside(self, place: Pointer) -> Iterator[Pointer]:
        """List the places of the references in a schema."""
        for index in range(bisect_left(self._places, (place.file, place.path)), len(self._places)):
            inner = Pointer(self._places[index][1], self._places[index][0])
            if inner.file != place.file or not inner.path.startswith(place.path):
                return
            if is_around(place, inner):
                yield inner


def as_arguments(scope: Scope) -> Arguments:
    """Write a scope so that equal ones are equal."""
    return tuple(sorted(scope.items()))


def is_member(place: Pointer) -> bool:
    """Report whether a schema is about a part of the value that the schema around it is about."""
    tokens = place.tokens
    while tokens[-2:-1] in (("allOf",), ("anyOf",), ("oneOf",)):
        tokens = tokens[:-2]
    return tokens[-1:] in ONE or tokens[-2:-1] in SEVERAL


ONE = (("items",), ("additionalProperties",), ("unevaluatedProperties",))
SEVERAL = (("properties",), ("patternProperties",), ("prefixItems",))


def dynamic_references(documents: Documents) -> Iterator[tuple[Pointer, str]]:
    """List the dynamic references that name an anchor, with its name; those that name a place are like `$ref`."""
    for reference in documents.references:
        fragment = reference.text.partition("#")[2]
        if reference.keyword == "$dynamicRef" and fragment and not fragment.startswith("/"):
            yield reference.place, decoded(fragment)
