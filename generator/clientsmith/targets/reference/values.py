"""Values for examples: a type and what the document says of it go in, a JSON value comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from ...data.display import is_longer
from ...data.document import Json
from ...data.formats import FORMATS, SPELLINGS
from ...data.schemas import Documentation
from ...data.surface import Alias, Argument, Call, Declared, Member, Model
from ...data.types import AnyOf, ListOf, Literals, MapOf, Ref, Scalar, TupleOf, TypeExpr, TypeId, without_null

DEEPEST = 6
CONTENT: Any = b"..."
"""What callers pass as a file. It is no JSON, and only in values with Python's names."""
LONGEST_TEXT = 200
FEW = 2
"""So many optional members are written where none is required."""

_TEXTS = {
    **{spelling: FORMATS[name].example for spelling, name in SPELLINGS.items() if FORMATS[name].example},
    "time": "12:00:00",
    "uri": "https://example.com",
    "url": "https://example.com",
    "email": "person@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
"""Examples of formats, where the document has none."""


class _Way(NamedTuple):
    """How far inside a value is, and in which types."""

    depth: int = 0
    types: tuple[TypeId, ...] = ()

    def inside(self, *types: TypeId) -> _Way:
        """Go one level in."""
        return _Way(self.depth + 1, (*self.types, *types))


_START = _Way()


@dataclass(frozen=True, slots=True)
class Values:
    """Makes example values.

    Where a type comes again inside itself, the value ends: lists are empty, an object has its required members only,
    and of several types the first is chosen that does not come again.
    """

    declared: Mapping[TypeId, Declared]
    is_whole: bool = True
    """False: an object has its required members only; the outermost has a few others if none is required."""
    deepest: int = DEEPEST
    """Objects further inside are empty."""
    python_names: bool = False
    """True: values are those that callers write: members have the names of arguments, files are bytes."""

    def of(self, expression: TypeExpr, documentation: Documentation, name: str, way: _Way = _START) -> Json:
        """Make a value: the document's own example if it has one that is short enough."""
        if self._takes_content(expression):
            return self._value(without_null(expression), documentation, name, way)
        if documentation.examples and _is_short(documentation.examples[0]):
            return documentation.examples[0]
        if documentation.has_default and documentation.default is not None and _is_short(documentation.default):
            return documentation.default
        if _is_nullable(expression) and self._repeats(expression, way):
            return None
        return self._value(without_null(expression), documentation, name, way)

    def _value(self, expression: TypeExpr, documentation: Documentation, name: str, way: _Way) -> Json:
        match expression:
            case Scalar():
                return self._scalar(expression, documentation, name)
            case Literals(values=(first, *_)):
                return first
            case Ref(type_id):
                return self._declared(self.declared[type_id], name, way)
            case ListOf(items):
                return [self._inside(items, name, way)] if self._goes_on(items, way) else []
            case MapOf(values):
                return {"key": self._inside(values, name, way)} if self._goes_on(values, way) else {}
            case TupleOf(items, rest):
                made = [self._inside(item, name, way) for item in items] if way.depth < self.deepest else []
                return _as_tuple(made) if self.python_names and rest is None else made
            case AnyOf(members=(first, *_) as members):
                chosen = next((member for member in members if not self._repeats(member, way)), first)
                return self._one_of(expression, chosen, name, way)
            case _:
                return None

    def _one_of(self, union: AnyOf, chosen: TypeExpr, name: str, way: _Way) -> Json:
        """Make a value of one member of a union, with the value that selects it."""
        made, tag = self._inside(chosen, name, way), union.tag
        value = next((value for value, each in tag.mapping if each == chosen), None) if tag else None
        if tag is None or value is None or not isinstance(made, dict):
            return made
        return {**made, self._key(chosen, tag.wire_name): value}

    def _goes_on(self, expression: TypeExpr, way: _Way) -> bool:
        """Report whether a list or a map has an item."""
        return way.depth < self.deepest and not self._repeats(expression, way)

    def _repeats(self, expression: TypeExpr, way: _Way) -> bool:
        """Report whether all that a value may be is a type that it is in already."""
        match expression:
            case Ref(type_id) if type_id in way.types:
                return True
            case Ref(type_id):
                declared = self.declared[type_id]
                return isinstance(declared, Alias) and self._repeats(declared.type, way.inside(type_id))
            case AnyOf(members):
                return all(self._repeats(member, way) for member in members)
        return False

    def _scalar(self, scalar: Scalar, documentation: Documentation, name: str) -> Json:
        return CONTENT if self._takes_content(scalar) else _scalar(scalar, documentation, name)

    def _takes_content(self, expression: TypeExpr) -> bool:
        """Report whether callers pass bytes, or a list of them: no example of a document is one."""
        match without_null(expression):
            case Scalar(kind=kind, format=name):
                return self.python_names and (kind in ("bytes", "file") or name in ("base64", "binary"))
            case ListOf(items):
                return self._takes_content(items)
            case _:
                return False

    def _key(self, expression: TypeExpr, wire_name: str) -> str:
        """Name a member of a model as the value does."""
        declared = self.declared[expression.id] if isinstance(expression, Ref) else None
        members = declared.members if self.python_names and isinstance(declared, Model) else ()
        return next((member.name for member in members if member.wire_name == wire_name), wire_name)

    def _inside(self, expression: TypeExpr, name: str, way: _Way) -> Json:
        return self._value(without_null(expression), _NOTHING, name, way.inside())

    def _declared(self, declared: Declared, name: str, way: _Way) -> Json:
        documentation = declared.documentation
        if isinstance(declared, Alias) and self._takes_content(declared.type):
            return self.of(declared.type, documentation, name, way.inside())
        if documentation.examples and _is_short(documentation.examples[0]):
            return documentation.examples[0]
        if isinstance(declared, Alias):
            inner = way.inside(declared.id)
            return self.of(declared.type, documentation, name, inner) if way.depth < self.deepest else None
        return self._object(declared, way) if way.depth < self.deepest else {}

    def _object(self, model: Model, way: _Way) -> Json:
        if way.types.count(model.id) > 1:
            return {}
        inner = way.inside(model.id)
        return {
            member.name if self.python_names else member.wire_name: self.of(
                member.type, member.documentation, member.wire_name, inner
            )
            for member in self._members(model, way)
        }

    def _members(self, model: Model, way: _Way) -> Iterable[Member]:
        """Give the members that an example has. Those of responses have none that only requests send."""
        if self.is_whole and model.id not in way.types:
            return (member for member in model.members if member.required or not member.flags.write_only)
        required = [member for member in model.members if member.required]
        return required if required or way.types else _few(model.members)


_NOTHING = Documentation()


_Optional = TypeVar("_Optional", Member, Argument)


def optional_members(call: Call) -> list[Argument]:
    """Give a few members of the body of a call, for an example of one that requires none."""
    flag = call.flag.name if call.flag is not None else None
    return _few(argument for argument in call.arguments if argument.location == "body" and argument.name != flag)


def _few(members: Iterable[_Optional]) -> list[_Optional]:
    """Choose from optional members: those without members of their own say most in a few words."""
    usual = [member for member in members if not member.flags.deprecated]
    return ([member for member in usual if _is_simple(member.type)] or usual)[:FEW]


def _is_simple(expression: TypeExpr) -> bool:
    match without_null(expression):
        case Scalar() | Literals():
            return True
        case ListOf(items):
            return _is_simple(items)
        case AnyOf(members):
            return all(map(_is_simple, members))
    return False


def _scalar(scalar: Scalar, documentation: Documentation, name: str) -> Json:
    match scalar.kind:
        case "boolean":
            return True
        case "integer" | "number":
            return _number(documentation)
        case "string":
            return _TEXTS.get(scalar.format) or _TEXTS.get(documentation.format or "") or name or "text"
        case "bytes" | "file":
            return "..."
        case "any":
            return {}
        case _:
            return None


def _number(documentation: Documentation) -> int | float:
    for limit in (documentation.minimum, documentation.maximum):
        if limit is not None:
            return int(limit) if float(limit).is_integer() and abs(limit) < 1e15 else limit
    return 1


def _as_tuple(items: list[Json]) -> Any:
    """Callers pass tuples where each place has a type of its own. They are no JSON."""
    return tuple(items)


def _is_nullable(expression: TypeExpr) -> bool:
    return isinstance(expression, AnyOf) and expression.nullable


def _is_short(value: Json) -> bool:
    return not is_longer(value, LONGEST_TEXT)
