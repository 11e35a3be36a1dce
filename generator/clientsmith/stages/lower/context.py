"""What the lowering of one spec shares: its references, the schemas made so far, the issues met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...data.api import AnyShape, NeverShape, ObjectShape, ReferenceShape, Schema
from ...data.document import Json, Pointer
from ...data.issues import Issue
from ...data.pointer import walk
from ...data.spec import Node, Spec
from .reading import Keys, as_keys, members

MAX_DEPTH = 500
"""Schemas inside schemas; no document that a person wrote comes near it."""

BESIDE_REFERENCE = frozenset(
    (
        "$ref", "title", "description", "nullable", "readOnly", "writeOnly", "deprecated",
        "default", "example", "x-clientsmith-name",
    )
)  # fmt: skip
"""What people write beside a `$ref` in 3.0 and mean, though the specification ignores it."""

COMPONENTS = ("components", "schemas")


def is_inside(pointer: Pointer) -> bool:
    """Tell whether a place is that of a member, an item or a value inside another schema."""
    return pointer.tokens[-2:-1] == ("properties",) or pointer.tokens[-1:] in (("items",), ("additionalProperties",))


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of schema kinds: the first row that applies builds the schema."""

    kind: str
    applies: Callable[[Keys], bool]
    build: Callable[[Lowering, Keys, Pointer], Schema]


Describe: TypeAlias = "Callable[[Lowering, Schema, Keys], Schema]"
"""Adds what a schema object says beside its type."""


class Lowering:
    """The state of one run. Schemas are made once for each place, so an issue is reported once."""

    def __init__(self, spec: Spec, rules: tuple[Rule, ...], describe: Describe) -> None:
        self.spec = spec
        self.rules = rules
        self.describe = describe
        self.issues: list[Issue] = []
        self.referenced: dict[Pointer, None] = {}
        """Targets of schema references, in the order they were met."""
        self.members: dict[tuple[Pointer, ...], Schema] = {}
        """Members that several schemas describe: see `all_of`."""
        self.merging: set[tuple[Pointer, ...]] = set()
        """Those of them that are being made."""
        self.spreading: set[tuple[Pointer, str]] = set()
        """Unions whose variants are being merged with what holds beside them."""
        self.heirs: dict[Pointer, tuple[Pointer, ...]] | None = None
        """Schemas that take another one over: see `inheritance`."""
        self._reported: set[tuple[str, Pointer | None, str]] = set()
        self._schemas: dict[Pointer, Schema] = {}
        self._under_way: set[Pointer] = set()
        self._shared = {target for target in spec.references.values() if is_inside(target)}
        self._components = {
            Pointer().below(*COMPONENTS, name): name
            for name in members(members(as_keys(spec.value()), "components"), "schemas")
        }

    def schema(self, value: Json, pointer: Pointer) -> Schema:
        """Lower the schema at a place; an object that others refer to is one class, so it is a reference here too."""
        made = self.definition(value, pointer)
        if pointer in self._shared and isinstance(made.shape, ObjectShape):
            self.referenced.setdefault(pointer)
            return replace(made, shape=ReferenceShape(pointer), name_hint=None)
        return made

    def definition(self, value: Json, pointer: Pointer) -> Schema:
        """Lower the schema at a place that references lead to."""
        made = self._schemas.get(pointer)
        if made is None:
            made = self._schemas[pointer] = self._made(value, pointer)
        return made

    def _made(self, value: Json, pointer: Pointer) -> Schema:
        if not isinstance(value, dict):
            return Schema(shape=NeverShape() if value is False else AnyShape(), pointer=pointer)
        if len(self._under_way) >= MAX_DEPTH:
            message = f"schemas are nested more than {MAX_DEPTH} deep"
            self.error("too-deep", message, pointer, hint="move inner schemas to components")
            return Schema(shape=AnyShape(), pointer=pointer)
        if "$ref" in value and self.spec.version == "3.0":
            value = {name: inner for name, inner in value.items() if name in BESIDE_REFERENCE}
        self._under_way.add(pointer)
        try:
            return self.describe(self, self.bare(value, pointer), value)
        finally:
            self._under_way.discard(pointer)

    def bare(self, keys: Keys, pointer: Pointer) -> Schema:
        """Lower what a schema object says about the type alone."""
        for rule in self.rules:
            if rule.applies(keys):
                return rule.build(self, keys, pointer)
        return Schema(shape=AnyShape(), pointer=pointer)

    def made(self, pointer: Pointer) -> Schema | None:
        """Lower the schema at a place if that is not under way already."""
        if pointer in self._schemas:
            return self._schemas[pointer]
        if pointer in self._under_way:
            return None
        return self.definition(self.node(pointer).value, pointer)

    # --- references ---

    def target(self, keys: Keys, pointer: Pointer) -> Pointer | None:
        """Give the place that the `$ref` of an object names; None where it has none."""
        if "$ref" in keys or "$dynamicRef" in keys:
            return self.spec.references.get(pointer)
        return None

    def node(self, pointer: Pointer) -> Node:
        """Give the value at any place; null where there is none."""
        known = self.spec.nodes.get(pointer)
        return known if known is not None else Node(self._value(pointer), pointer)

    def _value(self, pointer: Pointer) -> Json:
        document = self.spec.documents.get(pointer.file)
        try:
            return walk(document.value, pointer.tokens) if document is not None else None
        except LookupError:
            return None

    def follow(self, value: Json | Keys, pointer: Pointer) -> Node:
        """Go to the end of a chain of references."""
        if not isinstance(value, dict):
            return Node(None, pointer)
        seen = {pointer}
        while (target := self.target(value, pointer)) is not None and target not in seen:
            seen.add(target)
            found = self.node(target)
            if not isinstance(found.value, dict):
                return found
            value, pointer = found.value, target
        return Node(value, pointer)

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

        `subject` tells several issues of one kind at one place apart.
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
