"""Types: a schema and the place of its use go in, a type expression comes out, and a model for each object within.

This is the only walk over schemas that makes types, so the steps of a `TypeId` are written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

from ...data.document import Pointer
from ...data.formats import native_sides
from ...data.reserved import MODEL_MEMBERS, PAGE_MEMBERS
from ...data.schemas import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Discriminator,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NullShape,
    NumberShape,
    ObjectShape,
    Property,
    ReferenceShape,
    Schema,
    Shape,
    StringShape,
    TupleShape,
    UnionShape,
)
from ...data.settings import Settings
from ...data.surface import Alias, Declared, Flags, Member, Model
from ...data.types import (
    ANY,
    NULL,
    AnyOf,
    ListOf,
    Literals,
    MapOf,
    Ref,
    Scalar,
    Side,
    Tag,
    TupleOf,
    TypeExpr,
    TypeId,
    or_null,
    references,
    without_null,
)
from .budget import Budget
from .definitions import Definitions, variant_words
from .naming import Names, casing_of, pascal, singular, snake, words


@dataclass(frozen=True, slots=True)
class Use:
    """Where a schema is used, and what a model that is made for it is called."""

    root: Pointer
    words: tuple[str, ...] = ()
    """The words of its class."""
    path: tuple[str, ...] = ()
    """Wire names from the main type of the module."""
    variant: int | None = None
    """The number of the variant in the union at that path."""
    files: bool = False
    """Binary strings are files, as in a multipart body."""
    steps: tuple[str | int, ...] = ()
    """From the root to here."""

    @property
    def place(self) -> Pointer:
        """The place of the use: that of the root, and the steps below it."""
        return self.root.below(*self.steps)

    def member(self, wire_name: str) -> Use:
        """Give the use of a member of this object."""
        name = words(wire_name) or ("value",)
        steps = (*self.steps, "properties", wire_name)
        return Use(self.root, self.words + name, (*self.path, wire_name), None, self.files, steps)

    def singular(self) -> Use:
        """Give the use of one of several things."""
        *before, last = self.words or ("",)
        return replace(self, words=(*before, singular(last)) if last else ())

    def step(self, *tokens: str | int, words: tuple[str, ...] = ()) -> Use:
        """Give the use of another part: items, further members."""
        steps = self.steps + tokens
        return Use(self.root, self.words + words, self.path, self.variant, self.files, steps)

    def alternative(self, index: int, words: tuple[str, ...]) -> Use:
        """Give the use of a variant of this union; a lone model among the variants has no words of its own."""
        variant = index + 1 if words else self.variant
        steps = (*self.steps, "anyOf", index)
        return Use(self.root, self.words + words, self.path, variant, self.files, steps)


class Types:
    """All declared types of one surface, while it is made."""

    def __init__(
        self, definitions: Definitions, settings: Settings, size: int, pages: frozenset[Pointer] = frozenset()
    ) -> None:
        """Begin with none. `size` is that of the document, in characters; `pages` are the schemas of pages."""
        self.definitions = definitions
        self.budget = Budget(settings.limits, size)
        self.casing = casing_of(settings)
        self.alias_responses = settings.alias_responses
        self.names_inside = settings.compatibility is None
        """Names inside a component begin with its own; otherwise they are without that, and singular for items."""
        self.native = native_sides(settings.formats)
        """The sides on which each format of strings is more than text."""
        self.declared: dict[TypeId, Declared] = {}
        self.shared: dict[tuple[Pointer, Side], TypeId] = {}
        """The type of each definition that has one."""
        self._variants: dict[tuple[Pointer, Side], int] = {}
        self._pages = pages

    def identify(self, place: Pointer, side: Side) -> TypeId:
        """Make an identity that no other type has."""
        variant = self._variants.get((place, side), -1) + 1
        self._variants[place, side] = variant
        return TypeId(place, side, variant)

    def reserved(self, schema: Schema, side: Side) -> frozenset[str]:
        """Give the names that members of a model make way for."""
        if side == "request":
            return frozenset()
        return MODEL_MEMBERS | PAGE_MEMBERS if schema.pointer in self._pages else MODEL_MEMBERS

    def has_models(self, expression: TypeExpr, seen: frozenset[TypeId] = frozenset()) -> bool:
        """Report whether values have objects with known members somewhere within."""
        found = [type_id for type_id in references(expression) if type_id not in seen]
        made = [self.declared[type_id] for type_id in found]
        return any(isinstance(each, Model) or self.has_models(each.type, seen.union(found)) for each in made)

    def share(self, place: Pointer, side: Side) -> TypeId:
        """Make the identity of a definition, which references to it find."""
        self.shared[place, side] = made = self.identify(place, side)
        return made


class ModuleTypes:
    """The types of one module, for one side."""

    def __init__(self, types: Types, module: str, side: Side, names: Names) -> None:
        self._types = types
        self._definitions = types.definitions
        self._module = module
        self._side: Side = side
        self._names = names
        self._models: list[Model | None] = []
        """Outer ones first: a model has its place before those inside it are made."""

    @property
    def models(self) -> tuple[Model, ...]:
        """Every model that was made, outer ones first."""
        return tuple(model for model in self._models if model is not None)

    def expression(self, schema: Schema, use: Use) -> TypeExpr:
        """Give the type of a schema, and make the models inside it."""
        schema = self._definitions.resolved(schema)
        with self._types.budget.inside(schema):
            made = _EXPRESSIONS[type(schema.shape)](self, schema, cast(Any, schema.shape), use)
        return or_null(made) if self._definitions.nullable(schema) else made

    def alias(self, schema: Schema, type_id: TypeId, name: str, use: Use) -> Alias:
        """Declare a type that is no object."""
        alias = Alias(
            id=type_id,
            name=name,
            module=self._module,
            type=without_null(self.expression(schema, use)),
            documentation=schema.documentation,
        )
        self._types.declared[type_id] = alias
        return alias

    def model(self, schema: Schema, shape: ObjectShape, type_id: TypeId, name: str, use: Use) -> None:
        """Declare a type for an object."""
        index = len(self._models)
        self._models.append(None)
        self._types.budget.spend_text(schema.documentation, schema.pointer)
        members = self._definitions.properties(shape, self._side)
        reserved = self._types.reserved(schema, self._side)
        names = member_names(members, reserved)
        made = [self._member(member, names[member.wire_name], use) for member in members]
        additional = None
        if shape.additional is not None:
            below = use.step("additionalProperties", words=("additional", "property"))
            additional = self.expression(shape.additional, below)
        model = Model(
            id=type_id,
            name=name,
            module=self._module,
            members=tuple(made),
            additional=additional,
            additional_name=_additional_name({*names.values(), *reserved}),
            documentation=schema.documentation,
            path=use.path,
            variant=use.variant,
        )
        self._models[index] = self._types.declared[type_id] = model

    def _member(self, member: Property, name: str, use: Use) -> Member:
        schema = self._definitions.resolved(member.schema)
        self._types.budget.spend_text(schema.documentation, schema.pointer)
        return Member(
            name=name,
            wire_name=member.wire_name,
            type=self.expression(schema, use.member(member.wire_name)),
            required=member.required,
            documentation=schema.documentation,
            flags=flags_of(schema, self._definitions),
        )

    # --- one method a shape ------------------------------------------------------------------------------------------

    def _string(self, schema: Schema, shape: StringShape, use: Use) -> TypeExpr:
        if shape.format == "binary" and use.files:
            return Scalar("file")
        native = self._side in self._types.native.get(shape.format, ())
        return Scalar("string", shape.format if native else "")

    def _literal(self, schema: Schema, shape: LiteralShape, use: Use) -> TypeExpr:
        return Literals(shape.values)

    def _array(self, schema: Schema, shape: ArrayShape, use: Use) -> TypeExpr:
        inner = use.step("items")
        return ListOf(self.expression(shape.items, inner if self._types.names_inside else inner.singular()))

    def _tuple(self, schema: Schema, shape: TupleShape, use: Use) -> TypeExpr:
        items = [
            self.expression(item, use.step("prefixItems", index, words=("item", str(index + 1))))
            for index, item in enumerate(shape.items)
        ]
        rest = None if shape.rest is None else self.expression(shape.rest, use.step("items", words=("rest",)))
        return TupleOf(tuple(items), rest)

    def _map(self, schema: Schema, shape: MapShape, use: Use) -> TypeExpr:
        return MapOf(self.expression(shape.values, use.step("additionalProperties")))

    def _object(self, schema: Schema, shape: ObjectShape, use: Use) -> TypeExpr:
        type_id = self._types.identify(use.place, self._side)
        wanted = schema.name_hint or pascal(use.words, self._types.casing)
        self.model(schema, shape, type_id, self._names.claim(wanted, separator=""), use)
        return Ref(type_id)

    def _reference(self, schema: Schema, shape: ReferenceShape, use: Use) -> TypeExpr:
        if use.files and is_file_list(schema, self._definitions):
            return self.expression(self._definitions.target(schema), use)
        return Ref(self._types.shared[shape.target, self._side])

    def _union(self, schema: Schema, shape: UnionShape, use: Use) -> TypeExpr:
        names = variant_words(shape, self._definitions)
        members = tuple(
            self.expression(variant, use.alternative(index, name))
            for index, (variant, name) in enumerate(zip(shape.variants, names, strict=True))
        )
        tag = _tag(shape.discriminator, shape.variants, members) if shape.discriminator else None
        return AnyOf(members, tag=tag)


_EXPRESSIONS: dict[type[Shape], Callable[[ModuleTypes, Schema, Any, Use], TypeExpr]] = {
    AnyShape: lambda types, schema, shape, use: ANY,
    NeverShape: lambda types, schema, shape, use: NULL,
    NullShape: lambda types, schema, shape, use: NULL,
    BooleanShape: lambda types, schema, shape, use: Scalar("boolean"),
    IntegerShape: lambda types, schema, shape, use: Scalar("integer"),
    NumberShape: lambda types, schema, shape, use: Scalar("number"),
    StringShape: ModuleTypes._string,
    LiteralShape: ModuleTypes._literal,
    ArrayShape: ModuleTypes._array,
    TupleShape: ModuleTypes._tuple,
    MapShape: ModuleTypes._map,
    ObjectShape: ModuleTypes._object,
    ReferenceShape: ModuleTypes._reference,
    UnionShape: ModuleTypes._union,
}
"""The table is complete: a shape without an entry fails at once."""


def _tag(discriminator: Discriminator, variants: Iterable[Schema], types: Iterable[TypeExpr]) -> Tag:
    """Give the types that the values of a discriminator select."""
    targets: dict[Pointer, TypeExpr] = {}
    for variant, made in zip(variants, types, strict=True):
        targets[variant.pointer] = made
        if isinstance(variant.shape, ReferenceShape):
            targets[variant.shape.target] = made
    found = ((value, targets[target]) for value, target in discriminator.mapping if target in targets)
    default = targets.get(discriminator.default) if discriminator.default is not None else None
    return Tag(discriminator.wire_name, tuple(found), default)


def flags_of(schema: Schema, definitions: Definitions) -> Flags:
    """Give what holds for the values of a schema beside their type."""
    return Flags(
        read_only=schema.read_only,
        write_only=schema.write_only,
        deprecated=schema.deprecated,
        secret=definitions.secret(schema),
    )


def member_names(members: Iterable[Property], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Choose the names of the members of an object, by wire name.

    A member whose wire name is good as it is keeps it; the others take what is left.
    """
    wire_names = [member.wire_name for member in members]
    names = Names(reserved)
    chosen = {wire: names.claim(wire) for wire in wire_names if snake(wire) == wire and wire not in names}
    for wire in wire_names:
        if wire not in chosen:
            chosen[wire] = names.claim(snake(wire))
    return {wire: chosen[wire] for wire in wire_names}


def _additional_name(occupied: set[str]) -> str:
    name = "additional_properties"
    while name in occupied:
        name += "_"
    return name


def is_file_list(schema: Schema, definitions: Definitions) -> bool:
    """Report whether a schema is raw bytes, a list of such, or a choice with one: a part that may be a file."""
    stack, seen = [schema], set()
    while stack:
        here = definitions.target(stack.pop())
        if here.pointer in seen:
            continue
        seen.add(here.pointer)
        match here.shape:
            case StringShape(format="binary"):
                return True
            case ArrayShape(inner):
                stack.append(inner)
            case UnionShape(variants=variants):
                stack += variants
            case _:
                continue
    return False


def as_files(expression: TypeExpr) -> TypeExpr:
    """Give the type of a part of a multipart body: binary strings are files, outside of declared types."""
    match expression:
        case Scalar(kind="string", format="binary"):
            return Scalar("file")
        case ListOf(items):
            return ListOf(as_files(items))
        case MapOf(values):
            return MapOf(as_files(values))
        case TupleOf(items, rest):
            return TupleOf(tuple(map(as_files, items)), None if rest is None else as_files(rest))
        case AnyOf(members, nullable, tag):
            return AnyOf(tuple(map(as_files, members)), nullable, tag)
        case _:
            return expression
