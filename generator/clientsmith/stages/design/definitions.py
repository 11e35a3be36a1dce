"""Definitions: what a reference stands for, and what the parts of a schema are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...data.document import Pointer
from ...data.schemas import (
    Definition,
    LiteralShape,
    NeverShape,
    ObjectShape,
    Property,
    ReferenceShape,
    Schema,
    UnionShape,
    parts_of,
)
from ...data.types import Side
from .naming import snake, words


@dataclass(frozen=True, slots=True)
class Definitions:
    """The definitions of an API, and which of them have no type of their own."""

    by_pointer: Mapping[Pointer, Definition]
    inlined: frozenset[Pointer]
    is_sorted: bool = False
    """Members are in the order of their names, required ones first."""
    is_compatible: bool = False
    """Variants of unions are named as those of SDKs."""
    _with_models: dict[Pointer, bool] = field(default_factory=dict, compare=False, repr=False)
    """Which of those inlined make a model, as far as it has been asked."""

    def resolved(self, schema: Schema) -> Schema:
        """Replace a reference to an inlined definition by what it stands for.

        What stands beside the reference takes precedence over what its target has.
        """
        while isinstance(schema.shape, ReferenceShape) and schema.shape.target in self.inlined:
            schema = merged(schema, self.by_pointer[schema.shape.target].schema)
        return schema

    def makes_model(self, schema: Schema) -> bool:
        """Report whether a schema is, or holds, an object that gets a model of its own at this place."""
        match schema.shape:
            case ObjectShape():
                return True
            case ReferenceShape(target) if target in self.inlined:
                if target not in self._with_models:
                    self._with_models[target] = self.makes_model(self.by_pointer[target].schema)
                return self._with_models[target]
        return any(map(self.makes_model, parts_of(schema)))

    def uses(self, schema: Schema) -> Iterator[Schema]:
        """Give the schema, then the target of each reference in turn, up to one that is no reference."""
        seen = set()
        yield schema
        while isinstance(schema.shape, ReferenceShape) and schema.shape.target not in seen:
            seen.add(schema.shape.target)
            schema = self.by_pointer[schema.shape.target].schema
            yield schema

    def target(self, schema: Schema) -> Schema:
        """Follow references to the end, through definitions with a type of their own, too."""
        return list(self.uses(schema))[-1]

    def nullable(self, schema: Schema) -> bool:
        """Report whether null is allowed, by the schema or by what it refers to."""
        if not isinstance(schema.shape, ReferenceShape):
            return schema.nullable
        return any(use.nullable for use in self.uses(schema))

    def secret(self, schema: Schema) -> bool:
        """Report whether a value is secret, by the schema or by what it refers to."""
        return any(use.secret for use in self.uses(schema))

    def properties(self, shape: ObjectShape, side: Side) -> tuple[Property, ...]:
        """Give the members of an object that one side has, required ones first.

        Read-only members are not sent, and members without any valid value are left out. Write-only ones stay in
        responses, optional, because servers do send some.
        """
        members = [
            replace(member, required=False)
            if side == "response" and member.required and any(use.write_only for use in uses)
            else member
            for member in shape.properties
            for uses in (tuple(self.uses(member.schema)),)
            if not (side == "request" and any(use.read_only for use in uses))
            and not isinstance(uses[-1].shape, NeverShape)
        ]
        return tuple(sorted(members, key=lambda member: (not member.required, self.rank(member.wire_name))))

    def rank(self, wire_name: str) -> str:
        """Give what members and arguments are sorted by, `id` first: nothing, where they stand as in the document."""
        name = snake(wire_name).strip("_")
        return name if self.is_sorted and name != "id" else ""


def merged(site: Schema, target: Schema) -> Schema:
    """Give the target of a reference with what stands beside the reference."""
    own, theirs = site.documentation, target.documentation
    documentation = replace(
        theirs,
        title=own.title or theirs.title,
        description=own.description or theirs.description,
        default=own.default if own.has_default else theirs.default,
        has_default=own.has_default or theirs.has_default,
        examples=own.examples or theirs.examples,
        notes=own.notes + theirs.notes,
    )
    return replace(
        target,
        documentation=documentation,
        nullable=site.nullable or target.nullable,
        read_only=site.read_only or target.read_only,
        write_only=site.write_only or target.write_only,
        deprecated=site.deprecated or target.deprecated,
        secret=site.secret or target.secret,
    )


# --- unions ----------------------------------------------------------------------------------------------------------

_SHORT_TITLE = re.compile(r"[\w .-]{1,40}$")


def variant_words(union: UnionShape, definitions: Definitions) -> Iterator[tuple[str, ...]]:
    """Name variants by title, else by the value of their tag, else by number; a lone model needs no name."""
    resolved = [definitions.resolved(variant) for variant in union.variants]
    if definitions.is_compatible:
        yield from _names_of_sdks(union, resolved, definitions)
        return
    lone = sum(definitions.makes_model(variant) for variant in resolved) <= 1
    for number, variant in enumerate(resolved, 1):
        title = variant.documentation.title or ""
        if lone:
            yield ()
        elif _SHORT_TITLE.match(title) and words(title):
            yield words(title)
        else:
            yield _tag_words(variant) or ("variant", str(number))


def _names_of_sdks(
    union: UnionShape, resolved: Sequence[Schema], definitions: Definitions
) -> Iterator[tuple[str, ...]]:
    """Name variants by the component that they refer to, else by title, else by a text that only they have."""
    for number, (variant, schema) in enumerate(zip(union.variants, resolved, strict=True)):
        title = schema.documentation.title or ""
        if len(resolved) == 1:
            yield ()
        elif (name := _component_name(variant, definitions)) and words(name):
            yield words(name)
        elif _SHORT_TITLE.match(title) and words(title):
            yield words(title)
        else:
            yield _tag_words(schema) or ("union", "member", str(number))


def _component_name(schema: Schema, definitions: Definitions) -> str | None:
    """Give the name of the component that a variant refers to."""
    definition = definitions.by_pointer.get(schema.shape.target) if isinstance(schema.shape, ReferenceShape) else None
    return definition.name if definition is not None and definition.is_component else None


def _tag_words(schema: Schema) -> tuple[str, ...]:
    """Find the words of a member that can have one text value only."""
    if isinstance(schema.shape, ObjectShape):
        for member in schema.shape.properties:
            match member.schema.shape:
                case LiteralShape(values=(str(value),)) if member.required and words(value):
                    return words(value)
                case _:
                    continue
    return ()
