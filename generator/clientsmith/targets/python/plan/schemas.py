"""Walks over schemas: their parts, what they refer to, and what an inlined reference stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ....data.api import (
    ArrayShape,
    Definition,
    LiteralShape,
    MapShape,
    NeverShape,
    ObjectShape,
    Property,
    ReferenceShape,
    Schema,
    TupleShape,
    UnionShape,
)
from ....data.document import Pointer
from .naming import words

Side = Literal["response", "request"]
"""Models are read, TypedDicts are sent; read-only members are not sent."""


@dataclass(frozen=True, slots=True)
class Part:
    """A schema inside another one."""

    step: str
    """Tells the parts of one schema apart; never shown."""
    words: tuple[str, ...]
    """What the part adds to the name of a class made for it."""
    schema: Schema


@dataclass(frozen=True)
class Definitions:
    """The definitions of an API, and which of them have no type of their own."""

    by_pointer: Mapping[Pointer, Definition]
    inlined: frozenset[Pointer]

    def resolved(self, schema: Schema) -> Schema:
        """Replace a reference to an inlined definition by what it stands for.

        What is said beside the reference wins over what is said at its target.
        """
        while isinstance(schema.shape, ReferenceShape) and schema.shape.target in self.inlined:
            schema = _merged(schema, self.by_pointer[schema.shape.target].schema)
        return schema

    def target(self, schema: Schema) -> Schema:
        """Follow references to the end, through definitions with a type of their own, too."""
        seen = set()
        while isinstance(schema.shape, ReferenceShape) and schema.shape.target not in seen:
            seen.add(schema.shape.target)
            schema = _merged(schema, self.by_pointer[schema.shape.target].schema)
        return schema

    def nullable(self, schema: Schema) -> bool:
        """Tell whether null is allowed, by the schema or by what it refers to."""
        return self.target(schema).nullable

    def properties(self, shape: ObjectShape, side: Side) -> tuple[Property, ...]:
        """Give the members of an object that one side has, required ones first.

        Read-only members are not sent, and members that no value fits are none. Write-only ones stay in answers,
        optional, because servers do send some.
        """
        members = [
            replace(member, required=member.required and not (side == "response" and target.write_only))
            for member in shape.properties
            for target in (self.target(member.schema),)
            if not (side == "request" and target.read_only) and not isinstance(target.shape, NeverShape)
        ]
        return tuple(sorted(members, key=lambda member: not member.required))


def _merged(site: Schema, target: Schema) -> Schema:
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


def parts(schema: Schema, definitions: Definitions, side: Side) -> Iterator[Part]:
    """Give the schemas directly inside a resolved schema."""
    match schema.shape:
        case ObjectShape() as shape:
            for member in definitions.properties(shape, side):
                yield Part(f".{member.wire_name}", words(member.wire_name) or ("value",), member.schema)
            if shape.additional is not None:
                yield Part("{}", ("additional", "property"), shape.additional)
        case ArrayShape(items):
            yield Part("[]", (), items)
        case MapShape(values):
            yield Part("{}", (), values)
        case TupleShape(items, rest):
            for index, item in enumerate(items):
                yield Part(f"[{index}]", ("item", str(index + 1)), item)
            if rest is not None:
                yield Part("[]", ("rest",), rest)
        case UnionShape(variants=variants):
            names = _variant_words(variants, schema, definitions)
            for index, (variant, name) in enumerate(zip(variants, names, strict=True)):
                yield Part(f"|{index}", name, variant)
        case _:
            return


_SHORT_TITLE = re.compile(r"[\w .-]{1,40}$")


def _variant_words(variants: tuple[Schema, ...], union: Schema, definitions: Definitions) -> Iterator[tuple[str, ...]]:
    """Name variants by title, else by the value of their tag, else by number; a lone class needs no name."""
    resolved = [definitions.resolved(variant) for variant in variants]
    lone = sum(_makes_class(variant, definitions) for variant in resolved) <= 1
    for number, variant in enumerate(resolved, 1):
        title = variant.documentation.title or ""
        if lone:
            yield ()
        elif _SHORT_TITLE.match(title) and words(title):
            yield words(title)
        else:
            yield _tag_words(variant) or ("variant", str(number))


def _makes_class(schema: Schema, definitions: Definitions) -> bool:
    schema = definitions.resolved(schema)
    match schema.shape:
        case ObjectShape():
            return True
        case ArrayShape(inner) | MapShape(inner):
            return _makes_class(inner, definitions)
        case TupleShape() | UnionShape():
            return any(_makes_class(part.schema, definitions) for part in parts(schema, definitions, "response"))
        case _:
            return False


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
