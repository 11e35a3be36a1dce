"""What kind of schema is this: the table. A schema's keywords go in, its shape comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ...data.document import Pointer
from ...data.formats import FORMATS, SPELLINGS
from ...data.schemas import (
    ArrayShape,
    BooleanShape,
    IntegerShape,
    LiteralShape,
    NullShape,
    NumberShape,
    ReferenceShape,
    Scalar,
    Schema,
    Shape,
    StringShape,
    TupleShape,
)
from .all_of import build_conjunction
from .conditional import KEYWORDS as CONDITIONAL_KEYWORDS
from .conjuncts import is_conjunction
from .context import Lowering, Rule
from .media import listed_kind
from .objects import OBJECT_KEYWORDS, build_object, is_object
from .reading import UNIONS, Keys, items, listed_values, text, types, whole
from .unions import build_type_union, build_union, is_union

Build: TypeAlias = Callable[[Lowering, Keys, Pointer], Schema]

OTHER_TEXT_FORMATS = frozenset(("time", "email", "uri", "url", "hostname", "ipv4", "ipv6", "password"))
SCALARS: dict[str, Shape] = {
    "integer": IntegerShape(),
    "number": NumberShape(),
    "boolean": BooleanShape(),
    "null": NullShape(),
}
VALUES_OF_A_SCHEMA = 10
"""So many values of an enum are as much work as one schema."""
TYPES = frozenset(("object", "array", "string", "file", *SCALARS))


# --- literals ---


def is_literal(keys: Keys) -> bool:
    """Report whether scalar values are listed, and the type does not contradict that as a whole."""
    values = listed_values(keys)
    if not values or any(isinstance(value, list | dict) for value in values):
        return False
    return all(value is None for value in values) or not {"array", "object"} & set(types(keys))


def build_literal(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make the closed list of values; null is the schema's `nullable`."""
    seen: dict[tuple[type, Scalar], Scalar] = {}
    listed = listed_values(keys)
    lowering.budget.spend(len(listed) // VALUES_OF_A_SCHEMA, pointer)
    lowering.budget.spend_text(pointer, *(value for value in listed if isinstance(value, str)))
    for value in listed:
        if value is not None and not isinstance(value, list | dict):
            seen.setdefault((type(value), value), value)
    shape = LiteralShape(tuple(seen.values())) if seen else NullShape()
    return Schema(shape=shape, pointer=pointer)


# --- lists ---


def is_array(keys: Keys) -> bool:
    """Report whether values are lists."""
    stated = types(keys)
    return "array" in stated if stated else "items" in keys or "prefixItems" in keys


def build_array(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make a list, or a tuple where its places have types of their own."""
    report_enum_of_items(lowering, keys, pointer)
    for keyword, rest in (("prefixItems", "items"), ("items", "additionalItems")):
        if isinstance(keys.get(keyword), list) and keys[keyword]:
            return Schema(shape=tuple_of(lowering, keys, pointer, keyword, rest), pointer=pointer)
    inner = lowering.schema(keys.get("items", True), pointer.child("items"))
    return Schema(shape=ArrayShape(inner), pointer=pointer)


def tuple_of(lowering: Lowering, keys: Keys, pointer: Pointer, keyword: str, rest: str) -> TupleShape:
    """Make a tuple. Further items may come unless `items: false` or `maxItems` say no."""
    place = pointer.child(keyword)
    first = [lowering.schema(item, place.child(i)) for i, item in enumerate(items(keys, keyword))]
    longest = whole(keys, "maxItems")
    if keys.get(rest) is False or (longest is not None and longest <= len(first)):
        return TupleShape(tuple(first))
    return TupleShape(tuple(first), lowering.schema(keys.get(rest, True), pointer.child(rest)))


def report_enum_of_items(lowering: Lowering, keys: Keys, pointer: Pointer) -> None:
    """Report an enum of scalars on a list: its author meant the items."""
    values = [value for value in listed_values(keys) if value is not None]
    if values and not any(isinstance(value, list) for value in values):
        message = "the enum of a list holds no lists; it is ignored"
        place = pointer.child("const" if "const" in keys else "enum")
        lowering.warn("enum-of-list", message, place, hint="move the enum into 'items'")


# --- scalars ---


def is_scalar(keys: Keys) -> bool:
    """Report whether `type` is one of those without parts."""
    stated = types(keys)
    return len(stated) == 1 and stated[0] in SCALARS


def build_scalar(_lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make a number, a boolean or null."""
    return Schema(shape=SCALARS[types(keys)[0]], pointer=pointer)


def is_string(keys: Keys) -> bool:
    """Report whether values are text: by type, else by a format or an encoding that only text has."""
    stated = types(keys)
    if stated:
        return stated[0] in ("string", "file")
    text_format = text(keys, "format")
    known = FORMATS.get(SPELLINGS.get(text_format or "", ""))
    implied = known.implies_text if known else text_format in OTHER_TEXT_FORMATS
    return implied or "contentEncoding" in keys or has_json(keys) or is_raw(keys)


def build_string(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make text; a format may give it another type."""
    content = lowering.schema(keys["contentSchema"], pointer.child("contentSchema")) if has_json(keys) else None
    return Schema(shape=StringShape(text_format(keys), content), pointer=pointer)


def content_media_type(keys: Keys) -> str:
    """Give the media type of what is in a text, without parameters; empty where a schema has none."""
    return (text(keys, "contentMediaType") or "").partition(";")[0].strip().lower()


def has_json(keys: Keys) -> bool:
    """Report whether text is JSON of a type that the document describes."""
    name = content_media_type(keys)
    return "contentSchema" in keys and (name == "application/json" or name.endswith("+json"))


def is_raw(keys: Keys) -> bool:
    """Report whether text is raw bytes: of a media type that is neither text nor JSON, without an encoding."""
    name = content_media_type(keys)
    return bool(name) and "contentEncoding" not in keys and listed_kind(name) in (None, "binary")


def text_format(keys: Keys) -> str:
    """Read what text holds: `format` in 3.0, `contentEncoding` and `contentMediaType` in 3.1."""
    encoding = text(keys, "contentEncoding")
    if encoding is not None:
        name = SPELLINGS.get(encoding.lower())
        return name if name is not None and (name == "base64" or FORMATS[name].is_encoding) else "text"
    if types(keys)[:1] == ("file",) or is_raw(keys):
        return "binary"
    return SPELLINGS.get(text(keys, "format") or "", "text")


# --- the rest ---


def has_several_types(keys: Keys) -> bool:
    """Report whether `type` lists more than one."""
    if isinstance(keys["type"], str):
        return False
    return len(types(keys)) > 1


def has_unknown_type(keys: Keys) -> bool:
    """Report whether `type` names none that JSON Schema knows."""
    only = keys["type"]
    if isinstance(only, str):
        return only not in TYPES
    return any(name not in TYPES for name in types(keys))


def build_unknown(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Report the type; read the schema as if it had the types that are known, or none."""
    unknown = ", ".join(f"'{name}'" for name in types(keys) if name not in TYPES)
    known = [name for name in types(keys) if name in TYPES]
    hint = f"the types are {', '.join(sorted(TYPES - {'file'}))}"
    lowering.warn("unknown-type", f"there is no type {unknown}; it is ignored", pointer.child("type"), hint=hint)
    rest = {name: value for name, value in keys.items() if name != "type"}
    return lowering.raw({**rest, "type": list(known)} if known else rest, pointer)


def is_reference(keys: Keys) -> bool:
    """Report whether a schema only points to another one, but for words about it."""
    return ("$ref" in keys or "$dynamicRef" in keys) and not is_conjunction(keys)


def build_reference(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Make a use of the definition that the reference names."""
    target = lowering.target(keys, pointer)
    if target is None:
        return lowering.raw(
            {name: value for name, value in keys.items() if name not in ("$ref", "$dynamicRef")},
            pointer,
        )
    lowering.referenced.setdefault(target)
    return Schema(shape=ReferenceShape(target), pointer=pointer)


def rule(kind: str, keywords: Sequence[str], applies: Callable[[Keys], bool], build: Build) -> Rule:
    """Make a row of the table."""
    return Rule(kind, frozenset(keywords), applies, build)


CHOICES = ("allOf", *UNIONS)
RULES = (
    rule("unknown type", ("type",), has_unknown_type, build_unknown),
    rule("all of several schemas", ("$ref", *CHOICES), is_conjunction, build_conjunction),
    rule("reference", ("$ref", "$dynamicRef"), is_reference, build_reference),
    rule("one of several schemas", UNIONS, is_union, build_union),
    rule("listed values", ("enum", "const"), is_literal, build_literal),
    rule("several types", ("type",), has_several_types, build_type_union),
    rule("list", ("type", "items", "prefixItems"), is_array, build_array),
    rule("object", ("type", *OBJECT_KEYWORDS, *CONDITIONAL_KEYWORDS), is_object, build_object),
    rule("number, boolean, null", ("type",), is_scalar, build_scalar),
    rule("text", ("type", "format", "contentEncoding", "contentSchema", "contentMediaType"), is_string, build_string),
)
"""Ordered; a schema that no row knows is any value."""
