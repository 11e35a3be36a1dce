"""Schemas that hold at once (`allOf`, siblings of `$ref`, `oneOf` or `anyOf`): they go in, one merged schema comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clientsmith.data.api import AnyShape, ReferenceShape, Schema
from clientsmith.data.document import Json, Pointer

from .context import Lowering
from .documentation import documentation, over
from .inheritance import descendants
from .intersection import base_of
from .notes import only_constrains
from .nulls import is_null, listed, says_null
from .objects import Part
from .reading import Keys, as_keys, flag, items, members, types
from .unions import Variant, union_of

UNIONS = ("oneOf", "anyOf")
STRUCTURE = (
    "properties", "enum", "const", "items", "prefixItems", "patternProperties",
)  # fmt: skip
MOST_VARIANTS = 100
"""Of the product of several unions that hold at once."""


def is_conjunction(keys: Keys) -> bool:
    """Tell whether several schemas hold at once, each with something to say about the type."""
    if items(keys, "allOf"):
        return True
    choices = sum(is_choice(keys, keyword) for keyword in UNIONS)
    if "$ref" in keys:
        return choices > 0 or has_structure(keys) or bool(keys.get("required"))
    return choices > 1 or (choices == 1 and (has_structure(keys) or has_plain_type(keys)))


def is_choice(keys: Keys, keyword: str) -> bool:
    """Tell whether a schema has variants that say something about the type."""
    return bool(items(keys, keyword)) and not only_constrains(keys, keyword)


def has_structure(keys: Keys) -> bool:
    """Tell whether a schema says what is inside its values."""
    return any(keys.get(name) for name in STRUCTURE) or "const" in keys or (
        bool(members(keys, "additionalProperties"))
    )  # fmt: skip


def has_plain_type(keys: Keys) -> bool:
    """Tell whether `type` names something else than an object."""
    return bool(set(types(keys)) - {"object", "null"})


def build_conjunction(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Merge everything that a schema says, and the schemas it names, into one."""
    sole = sole_reference(lowering, keys, pointer)
    if sole is not None:
        return sole
    return merged(lowering, parts_of(lowering, keys, pointer, (pointer,)), pointer, keys)


def sole_reference(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema | None:
    """Read `allOf` around one `$ref` as that reference: how 3.0 gives a reference words of its own."""
    if "$ref" in keys or has_structure(keys) or keys.get("required"):
        return None
    if any(is_choice(keys, keyword) for keyword in UNIONS):
        return None
    telling = [
        (value, place)
        for value, place in listed(keys, "allOf", pointer)
        if not isinstance(value, dict) or says_type(value)
    ]
    if len(telling) != 1 or not is_plain_reference(lowering, *telling[0]):
        return None
    inner = lowering.schema(*telling[0])
    if pointer in targets(lowering, inner):
        return None
    words = [v for v, _ in listed(keys, "allOf", pointer) if v is not telling[0][0]]
    said = inner.documentation
    for value in words:
        said = over(said, documentation(as_keys(value)))
    nullable = inner.nullable or any(says_null(as_keys(value)) for value in words)
    return replace(inner, pointer=pointer, documentation=said, nullable=nullable)


def targets(lowering: Lowering, schema: Schema) -> list[Pointer]:
    """List the places that a chain of references goes through."""
    found: list[Pointer] = []
    target = schema.shape.target if isinstance(schema.shape, ReferenceShape) else None
    while target is not None and target not in found:
        found.append(target)
        keys = as_keys(lowering.node(target).value)
        target = lowering.target(keys, target)
    return found


def says_type(keys: Keys) -> bool:
    """Tell whether a part of `allOf` says more than words, flags and `type: object`."""
    return (
        "$ref" in keys
        or bool(items(keys, "allOf"))
        or has_structure(keys)
        or has_plain_type(keys)
        or bool(keys.get("required"))
        or any(is_choice(keys, keyword) for keyword in UNIONS)
    )


def is_plain_reference(lowering: Lowering, value: Json, place: Pointer) -> bool:
    """Tell whether a part of `allOf` is a reference that adds nothing to its target."""
    keys = as_keys(value)
    return lowering.target(keys, place) is not None and not is_conjunction(keys)


# --- parts ---


def parts_of(
    lowering: Lowering, keys: Keys, pointer: Pointer, trail: tuple[Pointer, ...]
) -> list[Part]:
    """Take a schema apart into all that hold at once, in document order; `trail` is the way to it."""
    own = {name: value for name, value in keys.items() if name not in ("allOf", "$ref")}
    if len(trail) > 1 and variants_inherit(lowering, keys, pointer):
        own = {name: value for name, value in own.items() if name not in UNIONS}
    inner = referenced_parts(lowering, keys, pointer, trail)
    for value, place in listed(keys, "allOf", pointer):
        if isinstance(value, dict):
            inner += parts_of(lowering, value, place, trail)
    mine = Part(own, pointer, inline=len(trail) == 1)
    return [mine, *inner] if starts_with_own(keys) else [*inner, mine]


def starts_with_own(keys: Keys) -> bool:
    """Tell whether a schema writes its own members before those it takes over."""
    for name in keys:
        if name in ("allOf", "$ref"):
            return False
        if name == "properties":
            return True
    return True


def referenced_parts(
    lowering: Lowering, keys: Keys, pointer: Pointer, trail: tuple[Pointer, ...]
) -> list[Part]:
    """Take the target of a `$ref` apart, unless it is being taken apart already."""
    target = lowering.target(keys, pointer)
    if target is None:
        return []
    if target in trail:
        message = f"the schema is a part of itself: '{target}' takes over '{trail[-1]}'"
        hint = "take this reference out of 'allOf'"
        lowering.error("recursive-all-of", message, pointer, hint=hint)
        return []
    return parts_of(lowering, as_keys(lowering.node(target).value), target, (*trail, target))


def variants_inherit(lowering: Lowering, keys: Keys, pointer: Pointer) -> bool:
    """Tell whether the variants of a schema take it over in `allOf`: then they list its kinds, no more."""
    heirs = descendants(lowering, pointer)
    return any(
        lowering.target(as_keys(value), place) in heirs
        for keyword in UNIONS
        for value, place in listed(keys, keyword, pointer)
    )


# --- merging ---


def merged(
    lowering: Lowering, parts: Sequence[Part], pointer: Pointer, keys: Keys | None = None
) -> Schema:
    """Make one schema of several that hold at once."""
    for index, part in enumerate(parts):
        for keyword in UNIONS:
            if is_choice(part.keys, keyword) and not already(lowering, part, keyword):
                rest = [*parts]
                rest[index] = without(part, keyword)
                return distributed(lowering, part, keyword, rest, pointer)
    schema = base_of(lowering, parts, pointer, merged_member)
    return with_words(lowering, schema, parts, keys)


def already(lowering: Lowering, part: Part, keyword: str) -> bool:
    """Tell whether the variants of a part are being spread at this moment: they hold themselves again."""
    return (part.pointer, keyword) in lowering.spreading


def without(part: Part, keyword: str) -> Part:
    """Leave one keyword out of a part."""
    return replace(part, keys={name: v for name, v in part.keys.items() if name != keyword})


def with_words(
    lowering: Lowering, schema: Schema, parts: Sequence[Part], keys: Keys | None
) -> Schema:
    """Add what the parts say that were written in place, and null where they allow it."""
    said, inline = schema.documentation, [part for part in parts if part.inline]
    for part in inline:
        if part.pointer != schema.pointer:
            said = over(said, documentation(part.keys))
    telling = [part for part in parts if says_type(part.keys) or types(part.keys)]
    return replace(
        schema,
        documentation=said,
        nullable=any(says_null(part.keys) for part in inline)
        or (bool(telling) and all(says_null(part.keys) for part in telling)),
        read_only=any(flag(part.keys, "readOnly") for part in inline),
        write_only=any(flag(part.keys, "writeOnly") for part in inline),
        deprecated=any(flag(part.keys, "deprecated") for part in inline),
    )


def merged_member(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> Schema:
    """Make one schema of all that say something about the same member."""
    lowered = places[0]
    key = tuple([place for _, place in places])
    distinct = [*{repr(telling(value)): (value, place) for value, place in places}.values()]
    if len(distinct) == 1:
        first, last = lowering.schema(*lowered), lowering.schema(*places[-1])
        return replace(last, documentation=over(first.documentation, last.documentation))
    if key in lowering.members:
        return lowering.members[key]
    if key in lowering.merging:
        message = "a member has several recursive types that cannot hold at once; the first is kept"
        lowering.warn("conflicting-all-of", message, key[-1])
        return lowering.schema(*lowered)
    lowering.merging.add(key)
    made = lowering.members[key] = merged_places(lowering, distinct)
    lowering.merging.discard(key)
    return made


def merged_places(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> Schema:
    """Merge schemas at several places as if `allOf` listed them; the words of the last count most."""
    pointer = places[-1][1]
    parts = [
        part
        for value, place in places
        for part in parts_of(lowering, as_keys(value), place, (place,))
    ]
    # A part at the pointer itself has words like the others.
    schema = merged(lowering, parts, pointer)
    return lowering.describe(lowering, schema, as_keys(places[-1][0]))


WORDS = frozenset(("description", "title", "example", "examples", "default", "deprecated"))


def telling(value: Json) -> Json:
    """Leave the words out of a schema, to compare it."""
    if not isinstance(value, dict):
        return value
    return {name: value[name] for name in sorted(value) if name not in WORDS}


# --- unions beside other keywords ---


def distributed(
    lowering: Lowering, part: Part, keyword: str, rest: Sequence[Part], pointer: Pointer
) -> Schema:
    """Give each variant of a union what holds beside it."""
    spread = (part.pointer, keyword)
    lowering.spreading.add(spread)
    variants = [
        variant_with(lowering, value, place, part, rest)
        for value, place in listed(part.keys, keyword, part.pointer)
        if not is_null(lowering, value, place)
    ]
    lowering.spreading.discard(spread)
    schema = union_of(lowering, variants, part.keys, part.pointer)
    return with_words(lowering, replace(schema, pointer=pointer), rest, None)


def variant_with(
    lowering: Lowering, value: Json, place: Pointer, part: Part, rest: Sequence[Part]
) -> Variant:
    """Lower one variant together with what holds beside the union."""
    target = lowering.target(as_keys(value), place)
    inner = parts_of(lowering, as_keys(value), place, (place,))
    heirs = descendants(lowering, part.pointer)
    if not any(says_type(other.keys) for other in rest) or (
        target is not None and (target in heirs or adds_nothing(rest, inner))
    ):
        return Variant(lowering.schema(value, place), target or place)
    beside = [replace(other, inline=False) for other in rest]
    schema = merged(lowering, [*beside, *inner], place)
    if schema.shape == AnyShape():
        schema = lowering.schema(value, place)
    return Variant(lowering.describe(lowering, schema, as_keys(value)), target or place)


def adds_nothing(rest: Sequence[Part], inner: Sequence[Part]) -> bool:
    """Tell whether a variant has all members that are written beside the union."""
    beside = {name for part in rest for name in members(part.keys, "properties")}
    known = {name for part in inner for name in members(part.keys, "properties")}
    return bool(beside) and beside <= known
