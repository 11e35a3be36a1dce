"""Values for examples: a type and what the document says of it go in, a JSON value comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...data.display import is_longer
from ...data.document import Json
from ...data.formats import FORMATS, SPELLINGS
from ...data.schemas import Documentation
from ...data.surface import Alias, Declared, Member, Model
from ...data.types import AnyOf, ListOf, Literals, MapOf, Ref, Scalar, TupleOf, TypeExpr, TypeId, without_null

DEEPEST = 6
CONTENT: Any = b"..."
"""What callers pass as a file. It is no JSON, and only in values with Python's names."""
LONGEST_TEXT = 200

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


@dataclass(frozen=True, slots=True)
class Values:
    """Makes example values."""

    declared: Mapping[TypeId, Declared]
    is_whole: bool = True
    """False: an object has its required members only."""
    deepest: int = DEEPEST
    """Objects further inside are empty."""
    python_names: bool = False
    """True: values are those that callers write: members have the names of arguments, files are bytes."""

    def of(self, expression: TypeExpr, documentation: Documentation, name: str, depth: int = 0) -> Json:
        """Make a value: the document's own example if it has one that is short enough."""
        if self._takes_content(expression):
            return self._value(without_null(expression), documentation, name, depth)
        if documentation.examples and _is_short(documentation.examples[0]):
            return documentation.examples[0]
        if documentation.has_default and documentation.default is not None and _is_short(documentation.default):
            return documentation.default
        return self._value(without_null(expression), documentation, name, depth)

    def _value(self, expression: TypeExpr, documentation: Documentation, name: str, depth: int) -> Json:
        match expression:
            case Scalar():
                return self._scalar(expression, documentation, name)
            case Literals(values=(first, *_)):
                return first
            case Ref(type_id):
                return self._declared(self.declared[type_id], name, depth)
            case ListOf(items):
                return [self._inside(items, name, depth)] if depth < self.deepest else []
            case MapOf(values):
                return {"key": self._inside(values, name, depth)} if depth < self.deepest else {}
            case TupleOf(items):
                return [self._inside(item, name, depth) for item in items] if depth < self.deepest else []
            case AnyOf(members=(first, *_), tag=tag):
                made = self._inside(first, name, depth)
                value = next((value for value, chosen in tag.mapping if chosen == first), None) if tag else None
                if tag is None or value is None or not isinstance(made, dict):
                    return made
                return {**made, self._key(first, tag.wire_name): value}
            case _:
                return None

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

    def _inside(self, expression: TypeExpr, name: str, depth: int) -> Json:
        return self._value(without_null(expression), _NOTHING, name, depth + 1)

    def _declared(self, declared: Declared, name: str, depth: int) -> Json:
        documentation = declared.documentation
        if isinstance(declared, Alias) and self._takes_content(declared.type):
            return self.of(declared.type, documentation, name, depth + 1)
        if documentation.examples and _is_short(documentation.examples[0]):
            return documentation.examples[0]
        if isinstance(declared, Alias):
            return self.of(declared.type, documentation, name, depth + 1) if depth < self.deepest else None
        return self._object(declared, depth) if depth < self.deepest else {}

    def _object(self, model: Model, depth: int) -> Json:
        return {
            member.name if self.python_names else member.wire_name: self.of(
                member.type, member.documentation, member.wire_name, depth + 1
            )
            for member in self._members(model.members)
        }

    def _members(self, members: Iterable[Member]) -> Iterable[Member]:
        return (member for member in members if self.is_whole or member.required)


_NOTHING = Documentation()


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


def _is_short(value: Json) -> bool:
    return not is_longer(value, LONGEST_TEXT)
