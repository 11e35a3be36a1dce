"""What the lowering of one spec shares: its references, the schemas made so far, the issues met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from ...data.document import Json, Pointer
from ...data.issues import Issue
from ...data.pointer import walk
from ...data.schemas import AnyShape, NeverShape, ObjectShape, ReferenceShape, Schema
from ...data.spec import Node, Spec
from .budget import Budget
from .nesting import MOST_LISTS, NESTING, Depth
from .reading import Keys, as_keys, child_keys

BESIDE_REFERENCE = frozenset(
    (
        "$ref", "title", "description", "nullable", "readOnly", "writeOnly", "deprecated",
        "default", "example", "x-clientsmith-name",
    )
)  # fmt: skip
"""What people write beside a `$ref` in 3.0 and mean, though the specification ignores it."""

COMPONENTS = ("components", "schemas")


def components_of(spec: Spec, kind: str) -> Keys:
    """Give the components of one kind in the root document."""
    return child_keys(child_keys(as_keys(spec.value()), "components"), kind)


def is_part_of_schema(pointer: Pointer) -> bool:
    """Report whether a place is that of a member, an item or a value inside another schema."""
    return pointer.tokens[-2:-1] == ("properties",) or pointer.tokens[-1:] in (("items",), ("additionalProperties",))


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of schema kinds: the first row that applies builds the schema."""

    kind: str
    keywords: frozenset[str]
    """A schema that has none of them need not be looked at."""
    applies: Callable[[Keys], bool]
    build: Callable[[Lowering, Keys, Pointer], Schema]


Describe: TypeAlias = "Callable[[Lowering, Schema, Keys], Schema]"
"""Adds documentation and flags of a schema object to its type."""
S = TypeVar("S")


class Lowering:
    """The state of one run. Schemas are made once for each place, so an issue is reported once."""

    def __init__(self, spec: Spec, rules: tuple[Rule, ...], describe: Describe, budget: Budget) -> None:
        self.spec = spec
        self.rules = rules
        self.describe = describe
        self.budget = budget
        self.issues: list[Issue] = []
        self.referenced: dict[Pointer, None] = {}
        """Targets of schema references, in the order they were met."""
        self.too_deep: set[Pointer] = set()
        """Those of them that are definitions only because they are nested deep."""
        self._states: dict[object, Any] = {}
        self._reported: set[tuple[str, Pointer | None, str]] = set()
        self._keywords: frozenset[str] = frozenset().union(*[rule.keywords for rule in rules])
        self._rules: dict[frozenset[str], list[Rule]] = {}
        self._schemas: dict[Pointer, Schema] = {}
        self._under_way: set[Pointer] = set()
        self._depth = Depth()
        self._ends: dict[Pointer, Node] = {}
        self._shared = {target for target in spec.references.values() if is_part_of_schema(target)}
        self._components = {Pointer().below(*COMPONENTS, name): name for name in components_of(spec, "schemas")}

    def state(self, kind: Callable[[Lowering], S]) -> S:
        """Give what a module keeps for itself during this run; it is made on first use."""
        known: S | None = self._states.get(kind)
        if known is None:
            known = self._states[kind] = kind(self)
        return known

    # --- schemas ---

    def schema(self, value: Json, pointer: Pointer) -> Schema:
        """Lower the schema at a place inside another one, or of a parameter or a body.

        An object that others refer to is one class, so it is a reference here, too. So is what is nested deep.
        """
        outer = self._depth
        self._depth = outer.inside(value)
        if self._depth.lists > MOST_LISTS:
            self._depth = outer
            return self._any_instead(pointer)
        lowered = self.local(value, pointer)
        starts_definition = self._depth.schemas == 1 and isinstance(lowered.shape, NESTING) and outer.schemas > 0
        self._depth = outer
        if starts_definition:
            self.too_deep.add(pointer)
        if starts_definition or (isinstance(lowered.shape, ObjectShape) and pointer in self._shared):
            self.referenced.setdefault(pointer)
            return replace(lowered, shape=ReferenceShape(pointer), name_hint=None)
        return lowered

    def _any_instead(self, pointer: Pointer) -> Schema:
        message = f"lists and maps are nested more than {MOST_LISTS} deep; what is further inside may be any value"
        self.warn("too-deep", message, pointer, hint="give an object in between, which is a class")
        return Schema(shape=AnyShape(), pointer=pointer)

    def local(self, value: Json, pointer: Pointer) -> Schema:
        """Lower the schema that is written at a place."""
        lowered = self._schemas.get(pointer)
        if lowered is None:
            lowered = self._schemas[pointer] = self._lower(value, pointer)
        return lowered

    def _lower(self, value: Json, pointer: Pointer) -> Schema:
        self.budget.spend(1, pointer)
        if not isinstance(value, dict):
            return Schema(shape=NeverShape() if value is False else AnyShape(), pointer=pointer)
        if "$ref" in value and self.spec.version == "3.0":
            value = {name: inner for name, inner in value.items() if name in BESIDE_REFERENCE}
        self._under_way.add(pointer)
        try:
            return self.describe(self, self.raw(value, pointer), value)
        finally:
            self._under_way.discard(pointer)

    def raw(self, keys: Keys, pointer: Pointer) -> Schema:
        """Lower the type of a schema object, without documentation and flags."""
        for rule in self._rules_for(keys):
            if rule.applies(keys):
                return rule.build(self, keys, pointer)
        return Schema(shape=AnyShape(), pointer=pointer)

    def _rules_for(self, keys: Keys) -> list[Rule]:
        """List the rules that may apply. Few sets of keywords are in use, so each is looked at once."""
        keywords = self._keywords.intersection(keys)
        known = self._rules.get(keywords)
        if known is None:
            known = self._rules[keywords] = [rule for rule in self.rules if not rule.keywords.isdisjoint(keywords)]
        return known

    def target_schema(self, pointer: Pointer) -> Schema | None:
        """Lower the definition that references lead to, through further references; None while that is under way."""
        node = self.end(pointer)
        if node.pointer in self._schemas:
            return self._schemas[node.pointer]
        if node.pointer in self._under_way:
            return None
        depth, self._depth = self._depth, Depth()
        lowered = self.local(node.value, node.pointer)
        self._depth = depth
        return lowered

    # --- references ---

    def target(self, keys: Keys, pointer: Pointer) -> Pointer | None:
        """Give the place that the `$ref` of an object names; None where it has none."""
        if "$ref" in keys or "$dynamicRef" in keys:
            return self.spec.references.get(pointer)
        return None

    def node(self, pointer: Pointer) -> Node:
        """Give the value at any place; null if the place does not exist."""
        known = self.spec.nodes.get(pointer)
        return known if known is not None else Node(self._value(pointer), pointer)

    def _value(self, pointer: Pointer) -> Json:
        pointer = self._original(pointer)
        document = self.spec.documents.get(pointer.file)
        try:
            return walk(document.value, pointer.tokens) if document is not None else None
        except LookupError:
            return None

    def _original(self, pointer: Pointer) -> Pointer:
        """Give the place in a file whose value is that of a place in an instance of a generic type."""
        path = pointer.path
        while self.spec.copies and path:
            copy = self.spec.copies.get(Pointer(path, pointer.file))
            if copy is not None:
                return Pointer(copy.origin.path + pointer.path[len(path) :], copy.origin.file)
            path = path.rpartition("/")[0]
        return pointer

    def follow(self, value: Json | Keys, pointer: Pointer) -> Node:
        """Go to the end of a chain of references."""
        if not isinstance(value, dict):
            return Node(None, pointer)
        target = self.target(value, pointer)
        return Node(value, pointer) if target is None else self.end(target)

    def end(self, pointer: Pointer) -> Node:
        """Go on from the target of a reference to the end of the chain. Each step of all chains is taken once."""
        trail: dict[Pointer, None] = {}
        known = self._ends.get(pointer)
        while known is None:
            trail[pointer] = None
            node = self.node(pointer)
            target = self.target(node.value, pointer) if isinstance(node.value, dict) else None
            if target is None or target in trail:
                known = node
            else:
                known, pointer = self._ends.get(target), target
        self._ends.update(dict.fromkeys(trail, known))
        return known

    def component(self, pointer: Pointer) -> str | None:
        """Give the key of a component of the root document."""
        return self._components.get(pointer)

    @property
    def components(self) -> Iterable[Pointer]:
        """The places of all components of the root document, in its order."""
        return self._components

    # --- issues ---

    def warn(
        self,
        code: str,
        message: str,
        pointer: Pointer,
        *,
        hint: str | None = None,
        subject: str = "",
    ) -> None:
        """Report what is wrong, but leaves a client possible.

        `subject` distinguishes several issues of one kind at one place.
        """
        issue = Issue(code=code, severity="warning", message=message, pointer=pointer, hint=hint)
        self._report(issue, subject)

    def error(
        self,
        code: str,
        message: str,
        pointer: Pointer,
        *,
        hint: str | None = None,
        skips: bool = False,
    ) -> None:
        """Report what no client can be right about, or (`skips`) what is left out."""
        issue = Issue(code=code, severity="error", message=message, pointer=pointer, hint=hint)
        self._report(replace(issue, skips=skips))

    def _report(self, issue: Issue, subject: str = "") -> None:
        """Keep an issue unless its kind was met at this place before."""
        key = (issue.code, issue.pointer, subject)
        if key not in self._reported:
            self._reported.add(key)
            self.issues.append(issue)
