"""The spelling of types: a type expression goes in, a Python expression comes out. Only this module knows how.

Responses have exact types: `List`, `Dict`, dataclasses; as on the reference pages it is `Optional[X]`, `Union[X, Y]`.
Requests take what can be encoded: any collection (sets, too) or mapping, a TypedDict or a model, a timestamp as text or
as `datetime`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal as OneOf

from ....data.formats import FORMATS as ROWS
from ....data.modules import TYPES, below_top, exported_name, split
from ....data.surface import Model, Surface
from ....data.text import code
from ....data.types import (
    AnyOf,
    ListOf,
    Literals,
    MapOf,
    Ref,
    Scalar,
    ScalarKind,
    Side,
    Tag,
    TupleOf,
    TypeExpr,
    TypeId,
)
from ...python_types import SCALARS, collapsed, item_types, literal_values
from .expressions import (
    NONE,
    Call,
    Either,
    Entries,
    Expression,
    Literal,
    Name,
    Quoted,
    Subscript,
    Symbol,
    builtin,
    core,
    typing,
    value,
)
from .formats import BINARY, FORMATS

Access = OneOf["direct", "qualified", "package"]
"""How a module names types of the package: imported one by one; those inside another type behind the module's name
(many modules have a `Data`); or all through the lazily importing package `types`."""

_SCALARS: dict[ScalarKind, Expression] = {
    kind: NONE if name == "None" else Name(builtin(name)) for kind, name in SCALARS.items()
}
OBJECT, _FLOAT, _STR = _SCALARS["any"], _SCALARS["number"], Name(builtin("str"))
_LITERAL = Name(typing("Literal"))
_MODULE = Literal(code("__name__"))
ANY_MODEL = Name(core("models", "Model"))
_LISTS = {"response": Name(typing("List")), "request": Name(Symbol("collections.abc", "Collection"))}
_MAPS = {"response": Name(typing("Dict")), "request": Name(Symbol("collections.abc", "Mapping"))}
_TUPLES = {"response": Name(typing("Tuple")), "request": Name(builtin("tuple"))}


class TypeNames:
    """Where the declared types of a surface are, and what their uses are spelled as."""

    def __init__(self, surface: Surface) -> None:
        self.declared = surface.declared()
        is_compatible = surface.client.compatibility is not None
        self.base = Name(core("compatible_models", "BaseModel")) if is_compatible else ANY_MODEL
        """The base of all models."""
        self.exported = {(module.name, name) for module in surface.type_modules() for name in module.exports}
        """Module and name of those that packages export; others are known by the names of their modules only."""
        self._spellers: dict[tuple[Side, Access], Speller] = {}

    def speller(self, side: Side, access: Access = "direct") -> Speller:
        """Give the speller of all modules: it spells equal types once."""
        key = (side, access)
        if key not in self._spellers:
            self._spellers[key] = Speller(self, side, access)
        return self._spellers[key]


class Speller:
    """Spells types for one side, and for one way of naming declared types.

    `lazy` are types of the module that do not exist yet where the text is evaluated: they are quoted.
    """

    def __init__(
        self,
        names: TypeNames,
        side: Side,
        access: Access = "direct",
        *,
        lazy: frozenset[TypeId] = frozenset(),
    ) -> None:
        self._names = names
        self._side = side
        self._access = access
        self._lazy = lazy
        self._spelled: dict[TypeExpr, Expression] = {}
        self._optional: dict[TypeExpr, Expression] = {}

    def spell(self, expression: TypeExpr) -> Expression:
        """Spell a whole type."""
        spelled = self._spelled.get(expression)
        if spelled is None:
            spelled = self._spelled[expression] = self.union(self.variants(expression))
        return spelled

    def optional(self, expression: TypeExpr) -> Expression:
        """Spell a type with None beside it."""
        spelled = self._optional.get(expression)
        if spelled is None:
            spelled = self._optional[expression] = self.union((*self.variants(expression), NONE))
        return spelled

    def union(self, members: Iterable[Expression]) -> Expression:
        """Join types, each once; the model that stands for any of them comes last, then None."""
        distinct, nullable = collapsed(members, _SCALARS)
        solid = list(_with_one_literal(distinct))
        solid.sort(key=lambda member: member == ANY_MODEL)
        if not solid:
            return NONE
        # Names in quotes can stand in `Union` only.
        if self._side == "request" and not self._lazy and self._access != "package":
            found = (*solid, NONE) if nullable else tuple(solid)
            return found[0] if len(found) == 1 else Either(found)
        if len(solid) == 1:
            return Subscript(Name(typing("Optional")), (solid[0],)) if nullable else solid[0]
        return Subscript(Name(typing("Union")), (*solid, NONE) if nullable else tuple(solid))

    def variants(self, expression: TypeExpr) -> tuple[Expression, ...]:
        """Give the types that a value may have."""
        match expression:
            case Scalar():
                return self._scalar(expression)
            case Ref(type_id):
                return self._declared(type_id)
            case ListOf(items):
                return (Subscript(_LISTS[self._side], (self.spell(items),)),)
            case MapOf(values):
                return (Subscript(_MAPS[self._side], (_STR, self.spell(values))),)
            case TupleOf(items, None):
                return (Subscript(_TUPLES[self._side], tuple(map(self.spell, items))),)
            case TupleOf():
                return (Subscript(_LISTS[self._side], (self.union(map(self.spell, item_types(expression))),)),)
            case Literals(values):
                return self._literals(values)
            case AnyOf(nullable=nullable):
                found = self._alternatives(expression)
                return (*found, NONE) if nullable else found

    def _scalar(self, scalar: Scalar) -> tuple[Expression, ...]:
        if scalar.kind in _SCALARS:
            return (_SCALARS[scalar.kind],)
        if scalar.kind in BINARY:
            return (BINARY[scalar.kind][self._side],)
        native = FORMATS[scalar.format].symbol if scalar.format else None
        if native is None:
            return (_STR,)
        if self._side == "request" and ROWS[scalar.format].is_encoding:
            mark = Call(Name(core("content_encodings", "ContentEncoding")), (value(scalar.format),))
            return _STR, Subscript(Name(typing("Annotated")), (Name(native), mark))
        return (Name(native),) if self._side == "response" else (_STR, Name(native))

    def _literals(self, values: tuple[object, ...]) -> tuple[Expression, ...]:
        kept, has_floats = literal_values(values)
        spelled: list[Expression] = [Subscript(_LITERAL, tuple(map(value, kept)))] if kept else []
        return (*spelled, _FLOAT) if has_floats else tuple(spelled)

    def _declared(self, type_id: TypeId) -> tuple[Expression, ...]:
        declared = self._names.declared[type_id]
        name = self._quoted(declared.name) if type_id in self._lazy else self.name(declared.module, declared.name)
        takes_models = self._side == "request" and isinstance(declared, Model)
        return (name, ANY_MODEL) if takes_models else (name,)

    def _quoted(self, name: str) -> Expression:
        """Name a type that does not exist yet; a mark says which module will have it."""
        mark = Call(Name(core("references", "LazyReference")), (_MODULE,))
        return Subscript(Name(typing("Annotated")), (Quoted(name), mark))

    def name(self, module: str, name: str) -> Name:
        """Name a declared type."""
        folder, last = split(module)
        if self._access == "package":
            return Name(Symbol(".", TYPES), below_top(exported_name(module, name)))
        if self._access == "qualified" and (module, name) not in self._names.exported:
            return Name(Symbol(f".{folder}", last), name)
        return Name(Symbol(f".{module}", name))

    def _alternatives(self, union: AnyOf) -> tuple[Expression, ...]:
        found = tuple(dict.fromkeys(member for each in union.members for member in self.variants(each)))
        if self._side == "request" or union.tag is None or NONE in found:
            return found
        joined = self.union(found)
        return (self._tagged(union.tag, joined) if joined != OBJECT else joined,)

    def _tagged(self, tag: Tag, joined: Expression) -> Expression:
        """Mark a union with the classes that its tag selects."""
        classes = ((wire_value, self.variants(selected)) for wire_value, selected in tag.mapping)
        entries = tuple((wire_value, found[0]) for wire_value, found in classes if len(found) == 1)
        defaults = self.variants(tag.default) if tag.default is not None else ()
        options = tuple(("default", default) for default in defaults if len(defaults) == 1)
        if not entries and not options:
            return joined
        mark = Call(Name(core("discriminators", "Discriminator")), (value(tag.wire_name), Entries(entries)), options)
        return Subscript(Name(typing("Annotated")), (joined, mark))


def _with_one_literal(members: Iterable[Expression]) -> Iterable[Expression]:
    """Join the members `Literal[...]` of a union, as linters want it: the first one lists the values of all."""
    members = tuple(members)
    lists = [member for member in members if isinstance(member, Subscript) and member.head == _LITERAL]
    joined = Subscript(_LITERAL, tuple(dict.fromkeys(value for each in lists for value in each.arguments)))
    return dict.fromkeys(joined if member in lists else member for member in members)
