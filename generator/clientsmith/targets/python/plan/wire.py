"""Which request types hold keys that differ from their wire names, or bytes in an encoding: only those are looked up
when a body is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....data.formats import FORMATS
from ....data.surface import Declared, Model
from ....data.types import AnyOf, ListOf, MapOf, Scalar, TupleOf, TypeExpr, TypeId, references


class WireNames:
    """Reports for any type whether a key somewhere below is renamed, or bytes are encoded."""

    def __init__(self, declared: Mapping[TypeId, Declared]) -> None:
        users: dict[TypeId, list[TypeId]] = {}
        for type_id, made in declared.items():
            for inner in _types_of(made):
                for target in references(inner):
                    users.setdefault(target, []).append(type_id)
        stack = [type_id for type_id, made in declared.items() if _renames(made)]
        self._renaming = set(stack)
        while stack:
            for user in users.get(stack.pop(), ()):
                if user not in self._renaming:
                    self._renaming.add(user)
                    stack.append(user)

    def inside(self, expression: TypeExpr) -> bool:
        """Report whether keys are renamed. Methods pass those of the first level of a body by their wire names."""
        return _is_encoded(expression) or any(target in self._renaming for target in references(expression))


def _renames(made: Declared) -> bool:
    if isinstance(made, Model) and any(member.name != member.wire_name for member in made.members):
        return True
    return any(map(_is_encoded, _types_of(made)))


def _is_encoded(expression: TypeExpr) -> bool:
    """Report whether values hold bytes in an encoding that only their place says."""
    match expression:
        case Scalar(format=name):
            return name in FORMATS and FORMATS[name].is_encoding
        case ListOf(inner) | MapOf(inner):
            return _is_encoded(inner)
        case TupleOf(items, rest):
            return any(map(_is_encoded, (*items, *([] if rest is None else [rest]))))
        case AnyOf(members):
            return any(map(_is_encoded, members))
        case _:
            return False


def _types_of(made: Declared) -> Iterator[TypeExpr]:
    if isinstance(made, Model):
        yield from (member.type for member in made.members)
        if made.additional is not None:
            yield made.additional
    else:
        yield made.type
