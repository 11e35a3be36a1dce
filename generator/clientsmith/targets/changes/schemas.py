"""Two schemas: what changed between them, in one direction.

Pairs wait in a queue instead of on the stack, and a pair of definitions is compared once for each direction, so schemas
may refer to each other and nest as they like.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...data.document import Pointer
from ...data.schemas import (
    ArrayShape,
    LiteralShape,
    MapShape,
    ObjectShape,
    Property,
    ReferenceShape,
    Scalar,
    Schema,
    TupleShape,
    UnionShape,
)
from ...data.types import Side
from .collector import Collector, Finding, Owner
from .matching import pair_up
from .offers import Offers, public_name
from .places import At
from .renames import letters, pair_renamed
from .shapes import describe, listed, relation
from .tags import Tagged, compare_tags
from .texts import documentation_changes, flag_changes, sent_changes
from .variants import Variants, match_variants

Pair = tuple[Pointer, Pointer, Side]


class SchemaComparison:
    """Compares schemas that wait, and all that they refer to."""

    def __init__(self, old: Offers, new: Offers, found: Collector) -> None:
        self.old = old
        self.new = new
        self.found = found
        self.pairs: dict[Pair, None] = {}
        """The definitions that were compared with each other, in the order in which they were met."""
        self.bodies: set[Pair] = set()
        """The definitions that were compared as bodies."""
        self.models: dict[Pair, At] = {}
        """The places of objects that were compared with each other, with the place in the client."""
        self.replaced: dict[Pair, At] = {}
        """Where a definition took the place of an inline schema, or the reverse: the places that types are made for."""
        self.gone: list[Schema] = []
        self.fresh: list[Schema] = []
        """What only one side has: the types in it are no changes of their own."""
        self._switched: set[Pair] = set()
        """Definitions of which one took the place of the other, and that were compared by what they have."""
        self._waiting: deque[tuple[Schema, Schema, At]] = deque()

    def add(self, old: Schema, new: Schema, at: At) -> None:
        """Compare two schemas later."""
        self._waiting.append((old, new, at))

    def run(self) -> None:
        """Compare all that waits, and what is met on the way."""
        while self._waiting:
            self._compare(*self._waiting.popleft())

    def report(self, kind: str, at: At, old: Pointer, new: Pointer, message: str, detail: str = "") -> None:
        """Note a change."""
        self.found.add(
            Finding(
                kind=kind,
                place=str(at),
                message=message,
                old=old,
                new=new,
                owner=at.owner,
                direction=at.side,
                detail=detail,
            )
        )

    def gone_type(self, schema: Schema, old: Pointer, new: Pointer, owner: Owner) -> None:
        """Report that the name of a type is gone, where what it was made for is no change that code sees."""
        declared = self.old.declared_at(schema.pointer, "response")
        if isinstance(schema.shape, ReferenceShape) or declared is None:
            return
        name = public_name(declared)
        self.found.add(
            Finding(kind="type-removed", place=name, message="is gone", old=old, new=new, owner=owner, detail=name)
        )

    # --- one pair ----------------------------------------------------------------------------------------------------

    def _compare(self, old: Schema, new: Schema, at: At) -> None:
        if isinstance(old.shape, ReferenceShape) and isinstance(new.shape, ReferenceShape):
            self._references(old, new, old.shape.target, new.shape.target, at)
            return
        if isinstance(old.shape, ReferenceShape) != isinstance(new.shape, ReferenceShape):
            self._replaces(old, new, at)
        self._inside(old, new, at)

    def _replaces(self, old: Schema, new: Schema, at: At) -> None:
        """Note that an object has a definition of its own on one side only."""
        objects = all(isinstance(s.shape, ObjectShape) for s in (self.old.effective(old), self.new.effective(new)))
        if objects and at.subject != "body":
            places = self.old.place_of(old, at.old), self.new.place_of(new, at.new), at.side
            self.replaced.setdefault(places, at)

    def _inside(self, old: Schema, new: Schema, at: At) -> None:
        """Compare what two schemas are, with what they refer to."""
        old = self.old.typed(self.old.effective(old), at.side)
        new = self.new.typed(self.new.effective(new), at.side)
        self._beside(old, new, at)
        self._shapes(old, new, at)

    def _references(self, old: Schema, new: Schema, before: Pointer, after: Pointer, at: At) -> None:
        pair = before, after, at.side
        if at.subject == "body":  # Its members are arguments of the method, whatever else it is.
            self.bodies.add(pair)
            self._inside(old, new, replace(at, old=before, new=after))
        elif self._is_one_type(before, after):
            self._beside(old, new, at)
            self.definitions(before, after, at)
        elif _is_another_type(self.old.effective(old), self.new.effective(new), at.side):
            self._beside(old, new, at)
            self._replaced("type-changed", old, new, at)
        elif pair not in self._switched:
            self._switched.add(pair)
            self._inside(old, new, at)

    def _is_one_type(self, old: Pointer, new: Pointer) -> bool:
        """Report whether two definitions are versions of one: of the same name, or renamed."""
        before, after = self.old.by_pointer[old], self.new.by_pointer[new]
        return before.name == after.name or not (before.name in self.new.names or after.name in self.old.names)

    def _beside(self, old: Schema, new: Schema, at: At) -> None:
        """Compare what is beside the shape."""
        if old.nullable != new.nullable:
            kind = "null-allowed" if new.nullable else "null-refused"
            if new.nullable and at.may_be_missing:
                kind = "optional-null-allowed"
            message = "may be null" if new.nullable else "may not be null any more"
            self.report(kind, at, old.pointer, new.pointer, message)
        for kind, message in (*flag_changes(old, new, at), *documentation_changes(old, new, at)):
            self.report(kind, at, old.pointer, new.pointer, message)

    def definitions(self, old: Pointer, new: Pointer, at: At) -> None:
        """Compare two definitions, unless that was done or is going to be."""
        pair = (old, new, at.side)
        self.found.uses.link(at.owner, pair)
        if pair in self.pairs:
            return
        self.pairs[pair] = None
        declared = self.old.declared_at(old, at.side)
        prefix = public_name(declared) if declared else str(at)
        inside = At(side=at.side, owner=pair, subject="type", old=old, new=new, prefix=prefix)
        self.add(self.old.by_pointer[old].schema, self.new.by_pointer[new].schema, inside)

    def _shapes(self, old: Schema, new: Schema, at: At) -> None:
        match old.shape, new.shape:
            case (UnionShape(), _) | (_, UnionShape()):
                self._unions(old, new, at)
            case ObjectShape() as before, ObjectShape() as after:
                self._objects(old, new, before, after, at)
            case ArrayShape(before), ArrayShape(after):
                self.add(before, after, at.part("[]", "items"))
            case MapShape(before), MapShape(after):
                self.add(before, after, at.part("{}", "additionalProperties"))
            case TupleShape() as before, TupleShape() as after if self._same_places(before, after):
                self._tuples(before, after, at)
            case LiteralShape(before), LiteralShape(after):
                self._values(old, new, before, after, at)
            case before, after:
                kind = relation(before, after)
                if kind is not None:
                    self._replaced(kind, old, new, at)

    def _replaced(self, kind: str, old: Schema, new: Schema, at: At) -> None:
        self.report(kind, at, old.pointer, new.pointer, self._becomes(old, new))
        self.gone.append(old)
        self.fresh.append(new)

    def _becomes(self, old: Schema, new: Schema) -> str:
        before, after = describe(old, self.old.by_pointer), describe(new, self.new.by_pointer)
        return f"was {before}, is {after}" if before != after else f"is {after} of another kind"

    # --- parts -------------------------------------------------------------------------------------------------------

    def _same_places(self, old: TupleShape, new: TupleShape) -> bool:
        return len(old.items) == len(new.items) and (old.rest is None) == (new.rest is None)

    def _tuples(self, old: TupleShape, new: TupleShape, at: At) -> None:
        for index, (before, after) in enumerate(zip(old.items, new.items, strict=True)):
            self.add(before, after, at.part(f"[{index}]", "prefixItems", index))
        if old.rest is not None and new.rest is not None:
            self.add(old.rest, new.rest, at.part("[]", "items"))

    def _values(self, old: Schema, new: Schema, before: Iterable[Scalar], after: Iterable[Scalar], at: At) -> None:
        """Compare two closed lists; `True` is not 1 in them."""
        olds = {(type(value), value): value for value in before}
        news = {(type(value), value): value for value in after}
        removed = [value for key, value in olds.items() if key not in news]
        added = [value for key, value in news.items() if key not in olds]
        for value, other in pair_up(removed, added, letters):
            message = f"the value {listed([value])} is {listed([other])} now"
            self.report("value-renamed", at, old.pointer, new.pointer, message, str(value))
        if removed:
            self.report(
                "value-removed", at, old.pointer, new.pointer, f"{_values_are(removed)} not in the list any more"
            )
        if added:
            self.report("value-added", at, old.pointer, new.pointer, f"{_values_are(added)} new in the list")

    # --- unions ------------------------------------------------------------------------------------------------------

    def _unions(self, old: Schema, new: Schema, at: At) -> None:
        before = [self.old.typed(variant, at.side) for variant in _variants(old)]
        after = [self.new.typed(variant, at.side) for variant in _variants(new)]
        found = match_variants(Variants(before, self.old), Variants(after, self.new))
        if not found.pairs:
            self._replaced("type-changed", old, new, at)
            return
        for first, second in found.pairs:
            inside = at
            if len(before) > 1 and len(after) > 1:
                inside = at.part("", "anyOf", first, new_steps=("anyOf", second))
            self.add(before[first], after[second], inside)
        for variant in (before[index] for index in found.removed):
            if at.side == "request":
                self.gone.append(variant)
            else:  # Code does not see the change, but that the type is gone.
                self.gone_type(variant, old.pointer, new.pointer, at.owner)
        self.fresh += [after[index] for index in found.added]
        removed = [describe(before[index], self.old.by_pointer) for index in found.removed]
        added = [describe(after[index], self.new.by_pointer) for index in found.added]
        if removed:
            self.report("variant-removed", at, old.pointer, new.pointer, f"is not {' or '.join(removed)} any more")
        if added:
            self.report("variant-added", at, old.pointer, new.pointer, f"may be {' or '.join(added)}, too")
        variants = [(before[first], after[second]) for first, second in found.pairs]
        compare_tags(Tagged(old, self.old), Tagged(new, self.new), variants, at, self.report)

    # --- objects -----------------------------------------------------------------------------------------------------

    def _objects(self, old: Schema, new: Schema, before: ObjectShape, after: ObjectShape, at: At) -> None:
        olds = {p.wire_name: p for p in self.old.definitions.properties(before, at.side)}
        news = {p.wire_name: p for p in self.new.definitions.properties(after, at.side)}
        names = self._names(at)
        self.models.setdefault((at.old, at.new, at.side), at)
        gone = [member for name, member in olds.items() if name not in news]
        fresh = [member for name, member in news.items() if name not in olds]
        renamed = {one.wire_name: other.wire_name for one, other in pair_renamed(gone, fresh, self.old, self.new)}
        in_document = _names_of(after)
        noun = "argument" if at.subject == "body" else "field"
        for name, member in olds.items():
            other = news.get(renamed.get(name, name))
            inside = at.field(names[0].get(name, name), name, other.wire_name if other else name)
            if other is None:
                message = "is gone" if name not in in_document else "is not sent any more, as it is read-only"
                self.report(f"{noun}-removed", inside, member.schema.pointer, new.pointer, message, name)
                self.gone.append(member.schema)
            else:
                self._members(member, other, inside, noun)
        known = {*olds, *renamed.values()}
        for name, member in news.items():
            if name not in known:
                inside = at.field(names[1].get(name, name), name, name)
                kind = f"required-{noun}-added" if member.required else f"{noun}-added"
                self.report(kind, inside, old.pointer, member.schema.pointer, "is new", name)
                self.fresh.append(member.schema)
        self._further(old, new, before, after, at)

    def _members(self, old: Property, new: Property, at: At, noun: str) -> None:
        places = old.schema.pointer, new.schema.pointer
        if old.wire_name != new.wire_name:
            message = f"{old.wire_name} is called {new.wire_name} now"
            self.report(f"{noun}-wire-renamed", at, *places, message)
        if old.required != new.required:
            kind = f"{noun}-required" if new.required else f"{noun}-optional"
            if kind == "field-optional" and self.old.definitions.nullable(old.schema):
                kind = "nullable-field-optional"
            message = "is required now" if new.required else "is optional now"
            self.report(kind, at, *places, message)
        for kind, message in sent_changes(self.old.effective(old.schema), self.new.effective(new.schema), at):
            self.report(kind, at, *places, message)
        may_be_missing = at.side == "response" and not old.required
        self.add(old.schema, new.schema, replace(at, may_be_missing=True) if may_be_missing else at)

    def _names(self, at: At) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Give the names that both clients have for the members of the model at a place."""
        if at.subject == "body":
            return at.arguments
        return self.old.member_names(at.old, at.side), self.new.member_names(at.new, at.side)

    def _further(self, old: Schema, new: Schema, before: ObjectShape, after: ObjectShape, at: At) -> None:
        """Compare the types of further members."""
        if before.additional is not None and after.additional is not None:
            self.add(before.additional, after.additional, at.part("{}", "additionalProperties"))
        elif before.additional is not None:
            self.report(
                "further-fields-untyped",
                at,
                before.additional.pointer,
                new.pointer,
                "further fields have no type any more",
            )
        elif after.additional is not None:
            self.report(
                "further-fields-typed", at, old.pointer, after.additional.pointer, "further fields have a type now"
            )


def _is_another_type(old: Schema, new: Schema, side: Side) -> bool:
    """Report whether code sees that another named type is there now. What is passed may have any name."""
    if isinstance(old.shape, ObjectShape) and isinstance(new.shape, ObjectShape):
        return side == "response" or _names_of(old.shape).isdisjoint(_names_of(new.shape))
    return side == "response" and any(isinstance(each.shape, ObjectShape | UnionShape) for each in (old, new))


def _values_are(values: list[Scalar]) -> str:
    return f"{listed(values)} {'is' if len(values) == 1 else 'are'}"


def _variants(schema: Schema) -> tuple[Schema, ...]:
    return schema.shape.variants if isinstance(schema.shape, UnionShape) else (schema,)


def _names_of(shape: ObjectShape) -> set[str]:
    return {member.wire_name for member in shape.properties}
