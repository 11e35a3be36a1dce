"""Schemas that hold at once: `allOf` and siblings of `$ref`, `oneOf`, `anyOf` go in, one merged
schema comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from ...data.document import Json, Pointer
from ...data.schemas import (
    AnyShape,
    Documentation,
    LiteralShape,
    MapShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    Shape,
    UnionShape,
)
from .conjuncts import conjuncts_of, constrains_type, has_structure, is_choice, is_conjunction
from .context import Lowering
from .documentation import documentation, overridden
from .hierarchy import is_variant, subtypes
from .intersection import base_of, intersection
from .notes import unknown_required
from .nulls import is_null, names_null, subschemas
from .objects import Conjunct, is_object
from .reading import UNION_KEYWORDS, UNIONS, Keys, as_keys, child_keys, flag, items, texts, types
from .unions import Variant, union_of
from .values import reached


def build_conjunction(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema:
    """Merge everything that a schema says, and the schemas it names, into one."""
    sole = sole_reference(lowering, keys, pointer)
    if sole is not None:
        return sole
    return merged(lowering, conjuncts_of(lowering, keys, pointer), pointer, keys)


def sole_reference(lowering: Lowering, keys: Keys, pointer: Pointer) -> Schema | None:
    """Read `allOf` around one `$ref` as that reference: so 3.0 gives a reference its own words."""
    if "$ref" in keys or has_structure(keys) or keys.get("required"):
        return None
    if any(is_choice(keys, keyword) for keyword in UNIONS):
        return None
    parts = list(subschemas(keys, "allOf", pointer))
    constraining = [part for part in parts if not isinstance(part[0], dict) or constrains_type(part[0])]
    if len(constraining) != 1 or not is_plain_reference(lowering, *constraining[0]):
        return None
    if lowering.component(pointer) is not None and is_variant(lowering, pointer):
        return None
    inner = lowering.schema(*constraining[0])
    if isinstance(inner.shape, ReferenceShape) and lowering.end(inner.shape.target).pointer == pointer:
        return None  # It names itself.
    return annotated(inner, pointer, [as_keys(value) for value, _ in parts if value is not constraining[0][0]])


def annotated(inner: Schema, pointer: Pointer, beside: Sequence[Keys]) -> Schema:
    """Give a reference the documentation, and the null, of the conjuncts beside it."""
    described = inner.documentation
    for keys in beside:
        described = overridden(described, documentation(keys))
    nullable = inner.nullable or any(map(names_null, beside))
    return replace(inner, pointer=pointer, documentation=described, nullable=nullable)


def is_plain_reference(lowering: Lowering, value: Json, place: Pointer) -> bool:
    """Report whether a conjunct of `allOf` is a reference that adds nothing to its target."""
    keys = as_keys(value)
    return lowering.target(keys, place) is not None and not is_conjunction(keys)


# --- merging ---


class Merging:
    """The places that are being merged, and the schemas that were made of others."""

    def __init__(self, _lowering: Lowering) -> None:
        self.merged: dict[tuple[Pointer, ...], Schema] = {}
        """By the places that describe the same member."""
        self.under_way: set[tuple[Pointer, ...]] = set()
        self.distributing: set[tuple[Pointer, str]] = set()
        """Unions whose variants are being merged with what holds beside them."""


def merged(lowering: Lowering, conjuncts: Sequence[Conjunct], pointer: Pointer, keys: Keys | None = None) -> Schema:
    """Make one schema of several that hold at once."""
    unions = unions_of(lowering, conjuncts)
    if unions and not are_too_many(lowering, unions, pointer):
        chosen, keyword = unions[0]
        rest = [without(conjunct, keyword) if conjunct is chosen else conjunct for conjunct in conjuncts]
        return distributed(lowering, chosen, keyword, rest, pointer)
    schema = base_of(lowering, conjuncts, pointer, merged_member)
    return with_annotations(lowering, schema, conjuncts, keys)


def unions_of(lowering: Lowering, conjuncts: Sequence[Conjunct]) -> list[tuple[Conjunct, str]]:
    """Find the unions among conjuncts, each with its keyword.

    A union whose variants are being merged at this moment is left out: a variant that refers back to it holds it, too.
    """
    distributing = lowering.state(Merging).distributing
    return [
        (conjunct, keyword)
        for conjunct in conjuncts
        if not UNION_KEYWORDS.isdisjoint(conjunct.keys)
        for keyword in UNIONS
        if is_choice(conjunct.keys, keyword) and (conjunct.pointer, keyword) not in distributing
    ]


def are_too_many(lowering: Lowering, unions: Sequence[tuple[Conjunct, str]], pointer: Pointer) -> bool:
    """Report whether several unions have more combinations than the limit allows, and report it."""
    combinations = prod(len(items(conjunct.keys, keyword)) for conjunct, keyword in unions)
    if len(unions) < 2 or combinations <= lowering.budget.variants:
        return False
    message = f"the unions that hold together here have {combinations:,} combinations of variants"
    limit = lowering.budget.variants
    hint = f"write the variants out; 'variants' under [limits] in the settings allows more than {limit}"
    lowering.error("too-many-variants", message, pointer, hint=hint)
    return True


def without(conjunct: Conjunct, keyword: str) -> Conjunct:
    """Leave one keyword out of a conjunct."""
    return replace(conjunct, keys={name: v for name, v in conjunct.keys.items() if name != keyword})


def with_annotations(lowering: Lowering, schema: Schema, conjuncts: Sequence[Conjunct], keys: Keys | None) -> Schema:
    """Add the annotations of the conjuncts that were written in place, and null where they allow it."""
    described, inline = schema.documentation, [conjunct for conjunct in conjuncts if conjunct.inline]
    for conjunct in inline:
        if conjunct.pointer != schema.pointer:
            described = overridden(described, documentation(conjunct.keys))
    required = [name for conjunct in inline for name in texts(conjunct.keys, "required")]
    described = overridden(described, Documentation(notes=unknown_required(required, schema.shape)))
    constraining = [conjunct for conjunct in conjuncts if constrains_type(conjunct.keys) or types(conjunct.keys)]
    return replace(
        schema,
        documentation=described,
        nullable=any(names_null(conjunct.keys) for conjunct in inline)
        or (bool(constraining) and all(names_null(conjunct.keys) for conjunct in constraining)),
        read_only=any(flag(conjunct.keys, "readOnly") for conjunct in inline),
        write_only=any(flag(conjunct.keys, "writeOnly") for conjunct in inline),
        deprecated=any(flag(conjunct.keys, "deprecated") for conjunct in inline),
    )


def merged_member(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> Schema:
    """Make one schema of all that say something about the same member."""
    if len(places) == 1:
        return lowering.schema(*places[0])
    single = representative(lowering, places)
    if single is not None:
        made = lowering.schema(*single)
        first, last = lowering.schema(*places[0]), lowering.schema(*places[-1])
        described = overridden(overridden(first.documentation, made.documentation), last.documentation)
        return replace(made, documentation=described)
    key = tuple([place for _, place in places])
    state = lowering.state(Merging)
    if key in state.merged:
        return state.merged[key]
    if key in state.under_way:
        message = "a member has several recursive types that cannot hold at once; the first counts"
        lowering.warn("conflicting-all-of", message, key[-1])
        return lowering.schema(*places[0])
    state.under_way.add(key)
    schema = state.merged[key] = merged_places(lowering, places)
    state.under_way.discard(key)
    return schema


def representative(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> tuple[Json, Pointer] | None:
    """Find the one place that is enough: the others repeat it, only annotate, or name a schema that it extends."""
    last = places[-1]
    if all(without_annotations(value) == without_annotations(last[0]) for value, _ in places):
        return last
    constraining = [each for each in places if constrains_type(as_keys(each[0]))]
    if len(constraining) == 1 and ("$ref" in as_keys(constraining[0][0]) or is_object(as_keys(constraining[0][0]))):
        return constraining[0]
    targets = [lowering.target(as_keys(value), place) for value, place in constraining]
    for target, each in zip(targets, constraining, strict=True):
        if target is not None and all(
            other == target or (other is not None and target in subtypes(lowering, other)) for other in targets
        ):
            return each
    return None


def merged_places(lowering: Lowering, places: Sequence[tuple[Json, Pointer]]) -> Schema:
    """Merge schemas at several places as if `allOf` listed them; the last one's words win."""
    pointer = places[-1][1]
    conjuncts = [conjunct for value, place in places for conjunct in conjuncts_of(lowering, as_keys(value), place)]
    schema = merged(lowering, conjuncts, pointer)
    return lowering.describe(lowering, schema, as_keys(places[-1][0]))


ANNOTATIONS = frozenset(("description", "title", "example", "examples", "default", "deprecated"))


def without_annotations(value: Json) -> Json:
    """Leave the annotations of a schema out, to compare what it allows."""
    if not isinstance(value, dict):
        return value
    return {name: value[name] for name in sorted(value) if name not in ANNOTATIONS}


# --- unions beside other keywords ---


def distributed(
    lowering: Lowering, conjunct: Conjunct, keyword: str, rest: Sequence[Conjunct], pointer: Pointer
) -> Schema:
    """Give each variant of a union what holds beside it."""
    distributing = lowering.state(Merging).distributing
    distributing.add((conjunct.pointer, keyword))
    variants = [
        variant_with(lowering, value, place, conjunct, rest)
        for value, place in possible_variants(lowering, conjunct, keyword, rest)
    ]
    distributing.discard((conjunct.pointer, keyword))
    schema = union_of(lowering, variants, conjunct.keys, conjunct.pointer)
    return with_annotations(lowering, replace(schema, pointer=pointer), rest, None)


def possible_variants(
    lowering: Lowering, conjunct: Conjunct, keyword: str, rest: Sequence[Conjunct]
) -> Sequence[tuple[Json, Pointer]]:
    """List the variants of a union but for null, and for those that an `enum` or `const` beside it rules out.

    Where it rules out all of them, the document contradicts itself: they stay, and are reported one by one.
    """
    variants = [
        (value, place)
        for value, place in subschemas(conjunct.keys, keyword, conjunct.pointer)
        if not is_null(lowering, value, place)
    ]
    if all(LITERAL_KEYWORDS.isdisjoint(other.keys) for other in rest):
        return variants
    beside = base_of(lowering, rest, conjunct.pointer, merged_member).shape
    if not isinstance(beside, LiteralShape):
        return variants
    return [
        (value, place)
        for value, place in variants
        if intersection(beside, reached(lowering, lowering.schema(value, place).shape))
    ] or variants


LITERAL_KEYWORDS = frozenset(("enum", "const"))


def variant_with(
    lowering: Lowering, value: Json, place: Pointer, conjunct: Conjunct, rest: Sequence[Conjunct]
) -> Variant:
    """Lower one variant together with what holds beside the union."""
    target = lowering.target(as_keys(value), place)
    inner = conjuncts_of(lowering, as_keys(value), place)
    extending = subtypes(lowering, conjunct.pointer)
    is_whole = not any(constrains_type(other.keys) for other in rest) or (
        target is not None and (target in extending or has_members_of(rest, inner))
    )
    if is_whole or conflicts(lowering, rest, value, place):
        return Variant(lowering.schema(value, place), target or place)
    beside = [replace(other, inline=False) for other in rest]
    schema = merged(lowering, [*beside, *inner], place)
    if schema.shape == AnyShape():
        return Variant(lowering.schema(value, place), target or place)
    return Variant(
        with_component_title(lowering, lowering.describe(lowering, schema, as_keys(value)), target), target or place
    )


def with_component_title(lowering: Lowering, schema: Schema, target: Pointer | None) -> Schema:
    """Keep the name of the component that a variant was made of: it distinguishes the variants."""
    component = lowering.component(target) if target is not None else None
    if component is None or schema.documentation.title is not None:
        return schema
    return replace(schema, documentation=replace(schema.documentation, title=component))


def conflicts(lowering: Lowering, rest: Sequence[Conjunct], value: Json, place: Pointer) -> bool:
    """Report whether a variant has another type than what is written beside the union, and report it.

    The variant counts then: keywords without `type` (`items`, say) ask nothing of other types.
    """
    beside = base_of(lowering, rest, place, merged_member)
    if can_hold_beside(lowering, beside.shape, value, place):
        return False
    if any(types(conjunct.keys) for conjunct in rest):
        message = "the variant contradicts the type beside the union, which is ignored for it"
        lowering.warn("conflicting-all-of", message, place)
    return True


def can_hold_beside(lowering: Lowering, beside: Shape, value: Json, place: Pointer) -> bool:
    """Report whether a value can have a type and that of a variant; of a union written in place, one of its variants.

    Such a union is not lowered for this: each of those inside it would be merged again for each one around it.
    """
    keys = as_keys(value)
    unions = [keyword for keyword in UNIONS if is_choice(keys, keyword)]
    if not unions or "allOf" in keys or lowering.target(keys, place) is not None:
        return can_hold_together(beside, lowering.schema(value, place).shape)
    own = Conjunct({name: v for name, v in keys.items() if name not in UNIONS}, place)
    return can_hold_together(beside, base_of(lowering, [own], place, merged_member).shape) and all(
        any(can_hold_beside(lowering, beside, *variant) for variant in shallow_first(keys, keyword, place))
        for keyword in unions
    )


def shallow_first(keys: Keys, keyword: str, place: Pointer) -> Sequence[tuple[Json, Pointer]]:
    """List the variants of a union, those last that hold further unions: mostly one of the others is enough."""
    return sorted(subschemas(keys, keyword, place), key=lambda each: not UNION_KEYWORDS.isdisjoint(as_keys(each[0])))


def can_hold_together(beside: Shape, variant: Shape) -> bool:
    """Report whether a value can have the types of both; of a union, one of its variants."""
    if isinstance(variant, UnionShape):
        return any(can_hold_together(beside, inner.shape) for inner in variant.variants)
    if isinstance(variant, ReferenceShape) or intersection(beside, variant):
        return True
    return isinstance(beside, ObjectShape) and isinstance(variant, ObjectShape | MapShape)


def has_members_of(rest: Sequence[Conjunct], inner: Sequence[Conjunct]) -> bool:
    """Report whether a variant has all members that are written beside the union."""
    beside = {name for conjunct in rest for name in child_keys(conjunct.keys, "properties")}
    known = {name for conjunct in inner for name in child_keys(conjunct.keys, "properties")}
    return bool(beside) and beside <= known
