"""Type annotations: a schema and its place go in, the text of its Python type comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, cast

from ....data.api import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NullShape,
    NumberShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    Shape,
    StringShape,
    TupleShape,
    UnionShape,
)
from ....data.text import literal
from .classes import ClassTable, Key
from .components import Components
from .schemas import Side
from .scope import ModuleScope, Symbol, builtin, core, typing

Access = Literal["direct", "qualified", "package"]
"""How a module names types of the package: imported one by one; those inside another type behind the module's name
(many modules have a `Data`); or all through the lazily importing package `types`."""


class TypeWriter:
    """Writes the types of one module, for one side.

    Answers have exact types: `List`, `Dict`, dataclasses. Requests take what can be encoded: any sequence or mapping,
    a TypedDict or a model, a moment as text or as `datetime`. Marks that the runtime reads are for code only.
    """

    def __init__(
        self,
        table: ClassTable,
        components: Components,
        scope: ModuleScope,
        side: Side,
        *,
        for_typing: bool = False,
        access: Access = "direct",
        files: bool = False,
        later: frozenset[Symbol] = frozenset(),
        marks: bool = True,
    ) -> None:
        self._table = table
        self._components = components
        self._scope = scope
        self._side = side
        self._for_typing = for_typing
        self._access = access
        self._files = files
        self._marks = marks
        self.later = later
        """Names of this module that do not exist yet where the text is evaluated: they are quoted."""

    def text(self, schema: Schema, key: Key) -> str:
        """Write the whole type, with None where null is allowed."""
        return self.joined(lambda: self.members(schema, key))

    def joined(self, members: Callable[[], Iterable[str]]) -> str:
        """Join types that are written for it; where anything will do, the others leave no import behind."""
        before = self._scope.state()
        text = self.union(members())
        if text == self._scope.local_name(builtin("object")):
            self._scope.restore(before)
            return self.name(builtin("object"))
        return text

    def members(self, schema: Schema, key: Key) -> tuple[str, ...]:
        """Give the types that a value may have; `None` comes last."""
        resolved = self._table.definitions.resolved(schema)
        found = _MEMBERS[type(resolved.shape)](self, cast(Any, resolved.shape), key)
        if self._table.definitions.nullable(resolved):
            return (*found, "None")
        return found

    def union(self, members: Iterable[str]) -> str:
        """Join types, each once.

        Answers are written as their reference pages do: `Optional[X]`, `Union[X, Y]`. Names in quotes
        can stand in `Union` only.
        """
        distinct = list(dict.fromkeys(members))
        anything = self._scope.local_name(builtin("object"))
        if anything in distinct:
            return anything
        solid = self.in_order(
            member for member in distinct if member != "None" and not self._is_absorbed(member, distinct)
        )
        ending = ["None"] if len(solid) < len(distinct) else []
        if not solid:
            return "None"
        if self._side == "request" and not self.later and self._access != "package":
            return " | ".join([*solid, *ending])
        if len(solid) == 1:
            return f"{self.name(typing('Optional'))}[{solid[0]}]" if ending else solid[0]
        return f"{self.name(typing('Union'))}[{', '.join([*solid, *ending])}]"

    def _is_absorbed(self, member: str, members: list[str]) -> bool:
        """Tell whether another member says the same and more: a `float` may be an `int`."""
        local = self._scope.local_name
        return member == local(builtin("int")) and local(builtin("float")) in members

    def in_order(self, members: Iterable[str]) -> list[str]:
        """Put the model that stands for any of them last."""
        model = self._scope.local_name(core("models", "Model"))
        return sorted(members, key=lambda member: member == model)

    def name(self, symbol: Symbol) -> str:
        """Give what this module calls a symbol."""
        if not symbol.module.startswith(".types."):
            return self._scope.use(symbol, for_typing=self._for_typing)
        parent, _, last = symbol.module.rpartition(".")
        if self._access == "package":
            package = ".".join(parent.split(".")[2:])
            root = self._scope.use(Symbol(".", "types"))
            return ".".join(step for step in (root, package, symbol.name) if step)
        if self._access == "qualified" and symbol not in self._table.exported:
            module = self._scope.use(Symbol(parent, last), for_typing=self._for_typing)
            return f"{module}.{symbol.name}"
        return self._scope.use(symbol, for_typing=self._for_typing)

    def class_name(self, symbol: Symbol) -> str:
        """Give a type of ours, in quotes where it does not exist yet."""
        if symbol not in self.later:
            return self.name(symbol)
        if not self._marks:
            return f'"{symbol.name}"'
        mark = self.name(core("references", "LazyReference"))
        return f'{self.name(typing("Annotated"))}["{symbol.name}", {mark}(__name__)]'

    def _builtin(self, name: str) -> tuple[str, ...]:
        return (self.name(builtin(name)),)

    def _any(self, shape: AnyShape, key: Key) -> tuple[str, ...]:
        return self._builtin("object")

    def _never(self, shape: NeverShape, key: Key) -> tuple[str, ...]:
        return ("None",)

    def _boolean(self, shape: BooleanShape, key: Key) -> tuple[str, ...]:
        return self._builtin("bool")

    def _integer(self, shape: IntegerShape, key: Key) -> tuple[str, ...]:
        return self._builtin("int")

    def _number(self, shape: NumberShape, key: Key) -> tuple[str, ...]:
        return self._builtin("float")

    def _string(self, shape: StringShape, key: Key) -> tuple[str, ...]:
        moments = {"date-time": "datetime", "date": "date"}
        if shape.format in moments:
            moment = self.name(Symbol("datetime", moments[shape.format]))
            return (*self._builtin("str"), moment) if self._side == "request" else (moment,)
        if self._files and shape.format == "binary":
            return (self.name(core("types", "FileTypes")),)
        if self._side == "request" and shape.format in ("base64", "binary"):
            return (*self._builtin("str"), *self._builtin("bytes"))
        return self._builtin("str")

    def _literal(self, shape: LiteralShape, key: Key) -> tuple[str, ...]:
        floats = any(isinstance(value, float) for value in shape.values)
        values = [literal(value) for value in shape.values if not (floats and _is_number(value))]
        literals = (f"{self.name(typing('Literal'))}[{', '.join(values)}]",) if values else ()
        return (*literals, *(self._builtin("float") if floats else ()))

    def _array(self, shape: ArrayShape, key: Key) -> tuple[str, ...]:
        return (f"{self._sequence()}[{self.text(shape.items, (*key, '[]'))}]",)

    def _sequence(self) -> str:
        abstract = Symbol("collections.abc", "Sequence")
        return self.name(typing("List") if self._side == "response" else abstract)

    def _tuple(self, shape: TupleShape, key: Key) -> tuple[str, ...]:
        items = [self.text(item, (*key, f"[{index}]")) for index, item in enumerate(shape.items)]
        if shape.rest is None:
            symbol = typing("Tuple") if self._side == "response" else builtin("tuple")
            return (f"{self.name(symbol)}[{', '.join(items)}]",)
        return (f"{self._sequence()}[{self.union([*items, self.text(shape.rest, (*key, '[]'))])}]",)

    def _map(self, shape: MapShape, key: Key) -> tuple[str, ...]:
        abstract = Symbol("collections.abc", "Mapping")
        mapping = self.name(typing("Dict") if self._side == "response" else abstract)
        text = self.name(builtin("str"))
        return (f"{mapping}[{text}, {self.text(shape.values, (*key, '{}'))}]",)

    def _object(self, shape: ObjectShape, key: Key) -> tuple[str, ...]:
        return self._class(self._table.symbols[key])

    def _class(self, symbol: Symbol) -> tuple[str, ...]:
        if self._side == "response":
            return (self.class_name(symbol),)
        return (self.class_name(symbol), self.name(core("models", "Model")))

    def _reference(self, shape: ReferenceShape, key: Key) -> tuple[str, ...]:
        symbols = self._components.response if self._side == "response" else self._components.request
        symbol = symbols[shape.target]
        definition = self._table.definitions.by_pointer[shape.target]
        if isinstance(definition.schema.shape, ObjectShape):
            return self._class(symbol)
        return (self.class_name(symbol),)

    def _union(self, shape: UnionShape, key: Key) -> tuple[str, ...]:
        members = [
            member
            for index, variant in enumerate(shape.variants)
            for member in self.members(variant, (*key, f"|{index}"))
        ]
        if self._side == "response" and shape.discriminator is not None and "None" not in members:
            return self._discriminated(shape, key, members)
        return tuple(dict.fromkeys(members))

    def _discriminated(self, shape: UnionShape, key: Key, members: list[str]) -> tuple[str, ...]:
        assert shape.discriminator is not None
        classes: dict[object, str] = {}
        for index, variant in enumerate(shape.variants):
            found = self.members(variant, (*key, f"|{index}"))
            if len(found) == 1:
                classes[variant.pointer] = found[0]
                if isinstance(variant.shape, ReferenceShape):
                    classes[variant.shape.target] = found[0]
        entries = [
            f"{literal(value)}: {classes[target]}" for value, target in shape.discriminator.mapping if target in classes
        ]
        union = self.union(members)
        if not entries or union == "object" or not self._marks:
            return (union,)
        tag = f"{self.name(core('discriminators', 'Discriminator'))}({literal(shape.discriminator.wire_name)}, "
        return (f"{self.name(typing('Annotated'))}[{union}, {tag}{{{', '.join(entries)}}})]",)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_MEMBERS: dict[type[Shape], Callable[[TypeWriter, Any, Key], tuple[str, ...]]] = {
    AnyShape: TypeWriter._any,
    NeverShape: TypeWriter._never,
    NullShape: TypeWriter._never,
    BooleanShape: TypeWriter._boolean,
    IntegerShape: TypeWriter._integer,
    NumberShape: TypeWriter._number,
    StringShape: TypeWriter._string,
    LiteralShape: TypeWriter._literal,
    ArrayShape: TypeWriter._array,
    TupleShape: TypeWriter._tuple,
    MapShape: TypeWriter._map,
    ObjectShape: TypeWriter._object,
    ReferenceShape: TypeWriter._reference,
    UnionShape: TypeWriter._union,
}
"""How each kind of shape is written. The table is complete: a shape without an entry fails at once."""
