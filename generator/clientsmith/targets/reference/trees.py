"""The members of types as people read them: declared types go in, trees of fields come out, in no markup.

What is declared inside another type is part of its tree. A type with a place of its own is part of the tree too if it
is small; else, and where types go in a circle, the tree ends in its name. Types of one circle are declared in one
module: in the tree of one of them each other one is a tree of one step, which ends at all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...data.schemas import Documentation
from ...data.surface import Alias, Argument, Call, Declared, Flags, Member, Model
from ...data.types import AnyOf, ListOf, Literals, MapOf, TypeExpr, TypeId, references
from .spelling import Pieces, Speller, literal_text

SMALL = 24
"""A type of so many fields at most, all levels counted, is described wherever it is used."""
VALUES_OF_A_FIELD = 10
"""Values of a closed list that count for a field."""

CONTENT_TYPE = "content_type"
"""The argument that chooses between several media types of a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A member of a type, or an argument."""

    name: str
    wire_name: str
    type: Pieces
    required: bool | None = None
    """None where the type says it: in responses."""
    location: str = ""
    """For arguments: `path`, `query` ..."""
    description: str = ""
    """What stands before the description of the schema."""
    documentation: Documentation = field(default_factory=Documentation)
    flags: Flags = field(default_factory=Flags)
    notes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """Those of a closed list, as Python writes them."""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A declared type where it is used."""

    type: TypeId
    name: str
    is_model: bool
    spelled: Pieces = ()
    """For an alias: what it stands for."""
    documentation: Documentation
    values: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    groups: tuple[Group, ...] = ()
    """For an alias: the types in it."""
    is_link: bool = False
    """True where the members are at another place."""
    size: int = 1
    """The number of fields, all levels counted."""
    steps: int = 0
    """Of how many types of its own circle it is a part. The tree of a type differs with that, and with nothing else."""


class Trees:
    """Makes trees; each declared type has one."""

    def __init__(self, declared: Mapping[TypeId, Declared], roots: frozenset[TypeId]) -> None:
        self.declared = declared
        self.roots = roots
        self._made: dict[tuple[TypeId, int], Group] = {}
        self._open: list[TypeId] = []
        self.spellers = {side: Speller(declared, side) for side in ("response", "request")}

    def group(self, type_id: TypeId) -> Group:
        """Give the whole tree of a type."""
        return self._group(type_id, 0)

    def _group(self, type_id: TypeId, steps: int) -> Group:
        key = (type_id, steps)
        if key not in self._made:
            self._open.append(type_id)
            self._made[key] = replace(self._make(type_id, self.declared[type_id]), steps=steps)
            self._open.pop()
        return self._made[key]

    def _make(self, type_id: TypeId, declared: Declared) -> Group:
        if isinstance(declared, Alias):
            return self._alias(type_id, declared)
        fields = tuple(self._members(declared))
        return Group(
            type=type_id,
            name=declared.name,
            is_model=True,
            documentation=declared.documentation,
            fields=fields,
            size=sum(1 + _size(each.groups) for each in fields),
        )

    def _alias(self, type_id: TypeId, alias: Alias) -> Group:
        groups = self.groups(alias.type)
        return Group(
            type=type_id,
            name=alias.name,
            is_model=False,
            spelled=self.speller(type_id).spell(alias.type),
            documentation=alias.documentation,
            values=tuple(closed_values(alias.type)),
            groups=groups,
            size=1 + _size(groups) + sum(1 for _ in closed_values(alias.type)) // VALUES_OF_A_FIELD,
        )

    def speller(self, type_id: TypeId) -> Speller:
        """Give what spells the types of a side."""
        return self.spellers[type_id.side]

    def _members(self, model: Model) -> Iterator[Field]:
        for member in model.members:
            yield self._member(member, model.id)
        if model.additional is not None:
            yield Field(
                name=model.additional_name,
                wire_name=model.additional_name,
                type=self.speller(model.id).spell(MapOf(model.additional)),
                notes=("Holds the members that have no name in the document.",),
                groups=self.groups(model.additional),
            )

    def _member(self, member: Member, owner: TypeId) -> Field:
        return Field(
            name=member.name,
            wire_name=member.wire_name,
            type=self.speller(owner).member(member),
            required=member.required if owner.side == "request" else None,
            documentation=member.documentation,
            flags=member.flags,
            values=tuple(closed_values(member.type)),
            groups=self.groups(member.type),
        )

    def parameters(self, call: Call) -> Iterator[Field]:
        """Describe what the method of a call takes."""
        yield from map(self.argument, call.arguments)
        if call.takes_content_type:
            values = tuple(body.media.content_type for body in call.bodies)
            yield Field(
                name=CONTENT_TYPE,
                wire_name=CONTENT_TYPE,
                type=self.spellers["request"].spell(Literals(values)),
                required=False,
                location="header",
                notes=("The media type of the body; that of its file's name by default.",)
                if call.named_types
                else ("The media type of the body.",),
                values=tuple(map(literal_text, values)),
                documentation=Documentation(default=values[0], has_default=True),
            )

    def argument(self, argument: Argument) -> Field:
        """Describe what a method takes."""
        return Field(
            name=argument.name,
            wire_name=argument.wire_name,
            type=self.spellers["request"].argument(argument),
            required=argument.required,
            location=argument.location,
            description=argument.description or "",
            documentation=argument.documentation,
            flags=argument.flags,
            notes=argument.notes,
            values=tuple(closed_values(argument.type)),
            groups=self.groups(argument.type),
        )

    def groups(self, expression: TypeExpr | None) -> tuple[Group, ...]:
        """Describe the types that an expression names."""
        found = dict.fromkeys(references(expression)) if expression is not None else ()
        return tuple(self._used(type_id) for type_id in found)

    def _used(self, type_id: TypeId) -> Group:
        steps = self._steps(type_id)
        if type_id in self._open or (type_id in self.roots and steps > 1):
            return _link(type_id, self.declared[type_id])
        group = self._group(type_id, steps)
        is_elsewhere = type_id in self.roots and group.size > SMALL
        return replace(group, fields=(), groups=(), is_link=True, size=0) if is_elsewhere else group

    def _steps(self, type_id: TypeId) -> int:
        """Count the types of its circle that the tree is made in now."""
        module = self.declared[type_id].module
        return sum(each in self.roots and self.declared[each].module == module for each in self._open)


def _size(groups: Iterable[Group]) -> int:
    return sum(group.size for group in groups)


def _link(type_id: TypeId, declared: Declared) -> Group:
    return Group(
        type=type_id,
        name=declared.name,
        is_model=isinstance(declared, Model),
        documentation=declared.documentation,
        is_link=True,
        size=0,
    )


def closed_values(expression: TypeExpr) -> Iterator[str]:
    """Give the values of the closed lists in an expression, as Python writes them."""
    match expression:
        case Literals(values):
            yield from map(literal_text, values)
        case ListOf(inner) | MapOf(inner):
            yield from closed_values(inner)
        case AnyOf(members):
            for member in members:
                yield from closed_values(member)


def shallow(group: Group) -> Group:
    """Give a tree of one level: what is in its fields stands elsewhere."""
    return replace(group, fields=tuple(replace(each, groups=tuple(map(_ended, each.groups))) for each in group.fields))


def _ended(group: Group) -> Group:
    return replace(group, fields=(), groups=(), is_link=True, size=0)
