"""What a schema says beside its type: its keywords go in, documentation and flags come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import chain
from typing import Any

from ...data.document import Json, Pointer
from ...data.formats import FORMATS
from ...data.references import decoded
from ...data.schemas import NO_DOCUMENTATION, Documentation, Schema, Shape, StringShape
from .context import Lowering
from .notes import notes, unknown_required
from .nulls import allows_null
from .reading import Keys, as_keys, child_keys, flag, items, number, text, texts, whole
from .values import contradiction

CONJUNCTION_KEYWORDS = frozenset(("allOf", "oneOf", "anyOf", "$ref"))
SHAPE_KEYWORDS = frozenset(("type", "properties", "required", "items", "$ref", "nullable", "readOnly", "writeOnly"))
"""Keywords that leave nothing to document."""


def describe(lowering: Lowering, raw: Schema, keys: Keys) -> Schema:
    """Add documentation, flags and nullability to what the table made of a schema."""
    read_only, write_only, secret = inherited_flags(lowering, keys, raw.pointer)
    write_only = write_only or raw.write_only
    described = Schema(
        shape=raw.shape,
        pointer=raw.pointer,
        nullable=raw.nullable or allows_null(lowering, keys, raw.pointer),
        documentation=described_by(lowering, raw, keys),
        read_only=read_only or raw.read_only,
        write_only=write_only,
        deprecated=raw.deprecated or keys.get("deprecated") is True,
        secret=secret or raw.secret or (write_only and may_be_secret(raw.shape)),
        name_hint=text(keys, "x-clientsmith-name") or raw.name_hint,
    )
    return with_good_default(lowering, described, keys) if "default" in keys else described


def may_be_secret(shape: Shape) -> bool:
    """Report whether values that are only ever sent may be secrets: text of most formats is."""
    return isinstance(shape, StringShape) and (shape.format not in FORMATS or FORMATS[shape.format].is_secret)


def described_by(lowering: Lowering, raw: Schema, keys: Keys) -> Documentation:
    """Read what a schema says to people, over what the schemas inside say; its text is counted."""
    if SHAPE_KEYWORDS.issuperset(keys):
        local = NO_DOCUMENTATION
    else:
        local = documentation(keys)
        lowering.budget.spend_text(raw.pointer, local.title, local.description, local.pattern, *local.notes)
    made = overridden(raw.documentation, local)
    return overridden(made, unknown_required_note(keys, raw)) if "required" in keys else made


def unknown_required_note(keys: Keys, schema: Schema) -> Documentation:
    """Say what else is required; a schema of several conjuncts has that from all of them."""
    if not CONJUNCTION_KEYWORDS.isdisjoint(keys):
        return NO_DOCUMENTATION
    notes = unknown_required(texts(keys, "required"), schema.shape)
    return Documentation(notes=notes) if notes else NO_DOCUMENTATION


def inherited_flags(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[bool, bool, bool]:
    """Read the flags read-only, write-only and secret; a use of a definition has those of the definition."""
    read_only, write_only = keys.get("readOnly") is True, keys.get("writeOnly") is True
    secret = keys.get("format") == "password"
    if "$ref" in keys:
        target = as_keys(lowering.follow(keys, pointer).value)
        read_only = read_only or flag(target, "readOnly")
        write_only = write_only or flag(target, "writeOnly")
        written_text = target.get("type") == "string" and write_only
        secret = secret or target.get("format") == "password" or written_text
    return read_only, write_only, secret


READERS: Mapping[str, tuple[str, Callable[[Keys, str], Any]]] = {
    "title": ("title", text),
    "description": ("description", text),
    "format": ("format", text),
    "pattern": ("pattern", text),
    "multipleOf": ("multiple_of", number),
    "minLength": ("min_length", whole),
    "maxLength": ("max_length", whole),
    "minItems": ("min_items", whole),
    "maxItems": ("max_items", whole),
    "minProperties": ("min_properties", whole),
    "maxProperties": ("max_properties", whole),
    "uniqueItems": ("unique_items", flag),
}
"""The field of `Documentation` for each keyword that has one of its own, and how it is read."""
BOUNDS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))
EXAMPLES = frozenset(("example", "examples"))


def documentation(keys: Keys) -> Documentation:
    """Read the keywords that people need, and no type shows."""
    if SHAPE_KEYWORDS.issuperset(keys):
        return NO_DOCUMENTATION
    fields: dict[str, Any] = {}
    for keyword in keys:
        reader = READERS.get(keyword)
        if reader is not None:
            fields[reader[0]] = reader[1](keys, keyword)
    if not BOUNDS.isdisjoint(keys):
        fields["minimum"], fields["exclusive_minimum"] = bound(keys, "minimum", "exclusiveMinimum")
        fields["maximum"], fields["exclusive_maximum"] = bound(keys, "maximum", "exclusiveMaximum")
    if "default" in keys:
        fields["default"], fields["has_default"] = keys["default"], True
    if not EXAMPLES.isdisjoint(keys):
        fields["examples"] = examples(keys)
    return Documentation(**fields, notes=notes(keys))


def bound(keys: Keys, name: str, exclusive: str) -> tuple[int | float | None, int | float | None]:
    """Give the inclusive and the exclusive limit: a flag in 3.0, a number of its own in 3.1."""
    limit = number(keys, name)
    if flag(keys, exclusive):
        return None, limit
    return limit, number(keys, exclusive)


def examples(keys: Keys) -> tuple[Json, ...]:
    """Give `example` and all `examples`, which some documents write as Example Objects."""
    single = (keys["example"],) if "example" in keys else ()
    named = [as_keys(value).get("value", value) for value in child_keys(keys, "examples").values()]
    return (*single, *items(keys, "examples"), *named)


def given_examples(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[Json, ...]:
    """Give the examples of a parameter or a media type, whose Example Objects may be references."""
    single = (keys["example"],) if "example" in keys else ()
    written = keys.get("examples")
    named = (referenced(lowering, value, pointer) for value in written.values()) if isinstance(written, dict) else ()
    return (*single, *items(keys, "examples"), *chain.from_iterable(map(example_values, named)))


def referenced(lowering: Lowering, value: Json, pointer: Pointer) -> Json:
    """Follow the reference of an Example Object within its file: no other is read for an example."""
    reference = text(as_keys(value), "$ref") or ""
    return lowering.node(Pointer(decoded(reference[1:]), pointer.file)).value if reference.startswith("#/") else value


def example_values(value: Json) -> Iterator[Json]:
    """Give the value of an Example Object, unless it is elsewhere; anything else is a value itself."""
    if not isinstance(value, dict):
        yield value
    elif "dataValue" in value or "value" in value:
        yield value.get("dataValue", value.get("value"))
    elif not EXAMPLE_KEYWORDS.issuperset(value):
        yield value


EXAMPLE_KEYWORDS = frozenset(("summary", "description", "externalValue", "serializedValue", "$ref"))


def overridden(inner: Documentation, outer: Documentation) -> Documentation:
    """Let what an outer schema says win over what an inner one says; notes add up."""
    if inner is NO_DOCUMENTATION or inner == NO_DOCUMENTATION:
        return outer
    if outer is NO_DOCUMENTATION or outer == NO_DOCUMENTATION:
        return inner
    stated = {
        field.name: getattr(outer, field.name)
        for field in fields(outer)
        if getattr(outer, field.name) != getattr(NO_DOCUMENTATION, field.name)
    }
    added = tuple([note for note in outer.notes if note not in inner.notes])
    return replace(inner, **{**stated, "notes": inner.notes + added})


def with_good_default(lowering: Lowering, schema: Schema, keys: Keys) -> Schema:
    """Drop a default that the schema itself does not allow, and report it."""
    if keys["default"] is None and not schema.nullable:  # How many tools write "no default".
        return without_default(schema)
    reason = contradiction(lowering, keys["default"], schema)
    if reason is None:
        return schema
    lowering.warn(
        "bad-default",
        f"the default {reason}; it is ignored",
        schema.pointer.child("default"),
        hint="correct the default, or the type",
    )
    return without_default(schema)


def without_default(schema: Schema) -> Schema:
    """Leave the default out of the documentation."""
    documented = replace(schema.documentation, default=None, has_default=False)
    return replace(schema, documentation=documented)
