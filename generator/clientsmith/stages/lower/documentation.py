"""What a schema says beside its type: its keywords go in, documentation and flags come out."""

from __future__ import annotations

from dataclasses import fields, replace

from ...data.api import Documentation, Schema, StringShape
from ...data.document import Json, Pointer
from .context import Lowering
from .notes import notes, unknown_required
from .nulls import allows_null
from .reading import Keys, as_keys, flag, items, members, number, text, texts, whole
from .values import contradiction

NOTHING = Documentation()
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
        documentation=overridden(overridden(raw.documentation, documentation(keys)), told(keys, raw)),
        read_only=read_only or raw.read_only,
        write_only=write_only,
        deprecated=raw.deprecated or flag(keys, "deprecated"),
        secret=secret or raw.secret or (write_only and raw.shape == StringShape()),
        name_hint=text(keys, "x-clientsmith-name") or raw.name_hint,
    )
    words = described.documentation
    lowering.budget.spend_text(raw.pointer, words.title, words.description, words.pattern, *words.notes)
    return with_good_default(lowering, described, keys)


def told(keys: Keys, schema: Schema) -> Documentation:
    """Tell what else is required; a schema of several parts has been told so with all of them."""
    if "required" not in keys or not {"allOf", "oneOf", "anyOf", "$ref"}.isdisjoint(keys):
        return NOTHING
    notes = unknown_required(texts(keys, "required"), schema.shape)
    return Documentation(notes=notes) if notes else NOTHING


def inherited_flags(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[bool, bool, bool]:
    """Tell read-only, write-only and secret; a use of a definition has its definition's."""
    read_only, write_only = flag(keys, "readOnly"), flag(keys, "writeOnly")
    secret = keys.get("format") == "password"
    if "$ref" in keys:
        end = as_keys(lowering.follow(keys, pointer).value)
        read_only = read_only or flag(end, "readOnly")
        write_only = write_only or flag(end, "writeOnly")
        written_text = end.get("type") == "string" and write_only
        secret = secret or end.get("format") == "password" or written_text
    return read_only, write_only, secret


def documentation(keys: Keys) -> Documentation:
    """Read the keywords that people need, and no type shows."""
    if SHAPE_KEYWORDS.issuperset(keys):
        return NOTHING
    minimum, exclusive_minimum = bound(keys, "minimum", "exclusiveMinimum")
    maximum, exclusive_maximum = bound(keys, "maximum", "exclusiveMaximum")
    return Documentation(
        title=text(keys, "title"),
        description=text(keys, "description"),
        format=text(keys, "format"),
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=number(keys, "multipleOf"),
        min_length=whole(keys, "minLength"),
        max_length=whole(keys, "maxLength"),
        min_items=whole(keys, "minItems"),
        max_items=whole(keys, "maxItems"),
        unique_items=flag(keys, "uniqueItems"),
        min_properties=whole(keys, "minProperties"),
        max_properties=whole(keys, "maxProperties"),
        pattern=text(keys, "pattern"),
        default=keys.get("default"),
        has_default="default" in keys,
        examples=examples(keys),
        notes=notes(keys),
    )


def bound(keys: Keys, name: str, exclusive: str) -> tuple[int | float | None, int | float | None]:
    """Give the inclusive and the exclusive limit: a flag in 3.0, a number of its own in 3.1."""
    limit = number(keys, name)
    if flag(keys, exclusive):
        return None, limit
    return limit, number(keys, exclusive)


def examples(keys: Keys) -> tuple[Json, ...]:
    """Give `example` and all `examples`, which some documents write as Example Objects."""
    single = (keys["example"],) if "example" in keys else ()
    named = [as_keys(value).get("value", value) for value in members(keys, "examples").values()]
    return (*single, *items(keys, "examples"), *named)


def overridden(inner: Documentation, outer: Documentation) -> Documentation:
    """Let what an outer schema says win over what an inner one says; notes add up."""
    if inner == NOTHING:
        return outer
    if outer == NOTHING:
        return inner
    said = {
        field.name: getattr(outer, field.name)
        for field in fields(outer)
        if getattr(outer, field.name) != getattr(NOTHING, field.name)
    }
    added = tuple([note for note in outer.notes if note not in inner.notes])
    return replace(inner, **{**said, "notes": inner.notes + added})


def with_good_default(lowering: Lowering, schema: Schema, keys: Keys) -> Schema:
    """Drop a default that the schema itself does not allow, and report it."""
    if "default" not in keys:
        return schema
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
