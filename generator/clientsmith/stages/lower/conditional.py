"""Members under a condition: `then`, `else` and `dependentSchemas` go in, optional members of an object come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...data.document import Json, Pointer
from ...data.schemas import AnyShape, Property, Schema
from .context import Lowering
from .reading import Keys, as_keys, child_keys, items
from .same_type import alternative

CONDITIONAL = ("then", "else")
BY_MEMBER = ("dependentSchemas", "dependencies")
LISTS = ("allOf", "anyOf", "oneOf")
KEYWORDS = frozenset((*CONDITIONAL, *BY_MEMBER))


def has_conditional_members(keys: Keys) -> bool:
    """Report whether a schema describes members under a condition."""
    if KEYWORDS.isdisjoint(keys):
        return False
    return any(may_have_members(as_keys(value)) for value, _ in conditional(keys, Pointer()))


def may_have_members(keys: Keys) -> bool:
    """Report whether a schema describes members, or another one that may."""
    return bool(child_keys(keys, "properties")) or "$ref" in keys or any(items(keys, name) for name in LISTS)


def conditional_members(
    lowering: Lowering, parts: Iterable[tuple[Keys, Pointer]], known: Iterable[str]
) -> Iterator[Property]:
    """Give the members that some condition adds, each with all types that it has under any."""
    found: dict[str, list[Schema]] = {}
    for keys, pointer in parts:
        for value, place in conditional(keys, pointer):
            for name, schema, inner in described(lowering, value, place, set()):
                found.setdefault(name, []).append(lowering.schema(schema, inner))
    for name, schemas in found.items():
        if name not in known:
            yield Property(wire_name=name, schema=any_of(schemas), required=False)


def conditional(keys: Keys, pointer: Pointer) -> Iterator[tuple[Json, Pointer]]:
    """List the schemas that hold under a condition."""
    for keyword in CONDITIONAL:
        if isinstance(keys.get(keyword), dict):
            yield keys[keyword], pointer.child(keyword)
    for keyword in BY_MEMBER:
        for name, value in child_keys(keys, keyword).items():
            if isinstance(value, dict):
                yield value, pointer.below(keyword, name)


def described(
    lowering: Lowering, value: Json, place: Pointer, seen: set[Pointer]
) -> Iterator[tuple[str, Json, Pointer]]:
    """List the members that a schema describes, whatever else it needs to hold, with their schemas."""
    node = lowering.follow(value, place)
    keys = as_keys(node.value)
    if node.pointer in seen:
        return
    seen.add(node.pointer)
    for name, schema in child_keys(keys, "properties").items():
        yield name, schema, node.pointer.below("properties", name)
    for keyword in LISTS:
        for index, inner in enumerate(items(keys, keyword)):
            yield from described(lowering, inner, node.pointer.below(keyword, index), seen)
    for inner, inner_place in conditional(keys, node.pointer):
        yield from described(lowering, inner, inner_place, seen)


def any_of(schemas: list[Schema]) -> Schema:
    """Make one schema whose values are those of any of several."""
    if any(isinstance(schema.shape, AnyShape) for schema in schemas):
        return next(schema for schema in schemas if isinstance(schema.shape, AnyShape))
    return alternative(schemas, schemas[0].pointer.child("anyOf"))
