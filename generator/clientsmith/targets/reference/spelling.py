"""How pages spell types: a type expression goes in, pieces of text come out, each with the type that it names.

The spelling is that of the client's dataclasses, `Optional[List[Data]]`, for responses and for what methods take.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from ...data.formats import FORMATS
from ...data.surface import Argument, Declared, Member, Response
from ...data.types import NULL, AnyOf, ListOf, Literals, MapOf, Ref, Scalar, ScalarKind, Side, TupleOf, TypeExpr, TypeId
from ..python_types import SCALARS, collapsed, item_types, literal_values


class Piece(NamedTuple):
    """A part of a spelled type."""

    text: str
    type: TypeId | None = None
    """The declared type that this is the name of."""


Pieces = tuple[Piece, ...]

_STR, _BYTES = (Piece("str"),), (Piece("bytes"),)
_SCALARS: Mapping[ScalarKind, Pieces] = {
    **{kind: (Piece(name),) for kind, name in SCALARS.items()},
    "bytes": _BYTES,
    "file": _BYTES,
}
NONE, OBJECT = _SCALARS["null"], _SCALARS["any"]
_FORMATS: Mapping[str, Pieces] = {name: (Piece(row.native or "bytes"),) for name, row in FORMATS.items()}
SHORT = 3
"""So many values of a closed list are spelled; the others are counted."""


@dataclass(frozen=True, slots=True)
class Speller:
    """Spells types with the names that a surface declares."""

    declared: Mapping[TypeId, Declared]
    side: Side

    def member(self, member: Member) -> Pieces:
        """Spell the type of a member: one that a response may lack is None then."""
        if self.side == "response" and not member.required:
            return self.union((*self.alternatives(member.type), NONE))
        return self.spell(member.type)

    def argument(self, argument: Argument) -> Pieces:
        """Spell what an argument takes."""
        return self.spell(argument.type)

    def spell(self, expression: TypeExpr) -> Pieces:
        """Spell a whole type."""
        return self.union(self.alternatives(expression))

    def union(self, members: Iterable[Pieces]) -> Pieces:
        """Join types, each once, None last."""
        solid, nullable = collapsed(members, _SCALARS)
        if not solid:
            return NONE
        if len(solid) == 1:
            return _subscript("Optional", solid) if nullable else solid[0]
        return _subscript("Union", [*solid, NONE] if nullable else solid)

    def alternatives(self, expression: TypeExpr) -> tuple[Pieces, ...]:
        """Spell the types that a value may have."""
        match expression:
            case Scalar():
                return self._scalar(expression)
            case Ref(type_id):
                return ((Piece(self.declared[type_id].name, type_id),),)
            case ListOf(items):
                return (_subscript("List", [self.spell(items)]),)
            case MapOf(values):
                return (_subscript("Dict", [_STR, self.spell(values)]),)
            case TupleOf(items, None):
                return (_subscript("Tuple", [self.spell(item) for item in items]),)
            case TupleOf():
                spelled = map(self.alternatives, item_types(expression))
                return (_subscript("List", [self.union(chain.from_iterable(spelled))]),)
            case Literals(values):
                return _literals(values)
            case AnyOf(members, nullable):
                found = tuple(chain.from_iterable(map(self.alternatives, members)))
                return (*found, NONE) if nullable else found

    def _scalar(self, scalar: Scalar) -> tuple[Pieces, ...]:
        if scalar.kind in _SCALARS:
            return (_SCALARS[scalar.kind],)
        native = _FORMATS.get(scalar.format)
        if native is None:
            return (_STR,)
        return (native,) if self.side == "response" else (_STR, native)

    def response(self, response: Response) -> Pieces:
        """Spell what a call gives for one status."""
        match response:
            case Response(kind=None):
                return NONE
            case Response(kind="text"):
                return _STR
            case Response(kind="binary"):
                return _BYTES
            case Response(type=None):
                return OBJECT
            case Response(type=expression):
                return self.spell(expression if expression is not None else NULL)


def _subscript(head: str, arguments: Iterable[Pieces]) -> Pieces:
    pieces = [Piece(f"{head}[")]
    for number, argument in enumerate(arguments):
        pieces += [Piece(", "), *argument] if number else argument
    return _merged((*pieces, Piece("]")))


def _merged(pieces: Iterable[Piece]) -> Pieces:
    """Join neighbours that name no type: equal types have equal pieces then."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].type is None and piece.type is None:
            merged[-1] = Piece(merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)


def _literals(values: tuple[object, ...]) -> tuple[Pieces, ...]:
    """Spell a closed list as the client does: with floats in it, it is any float."""
    kept, has_floats = literal_values(values)
    text = ", ".join(map(literal_text, kept[:SHORT] if len(kept) > SHORT + 1 else kept))
    more = f", {len(kept) - SHORT} more" if len(kept) > SHORT + 1 else ""
    literals = ((Piece(f"Literal[{text}{more}]"),),) if kept else ()
    return (*literals, _SCALARS["number"]) if has_floats else literals


def literal_text(value: object) -> str:
    """Write a value of a closed list as Python does, with double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def plain(pieces: Iterable[Piece]) -> str:
    """Give a spelled type as text."""
    return "".join(piece.text for piece in pieces)
