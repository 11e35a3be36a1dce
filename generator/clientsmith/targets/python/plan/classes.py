"""The classes made for inline objects: every place of an object in a module gets a name by its path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ....data.api import ObjectShape, Property, Schema
from .naming import Names, pascal, snake
from .schemas import Definitions, Part, Side, parts
from .scope import Symbol

Key = tuple[str, ...]
"""Where a schema is: the root it belongs to, then the steps from there."""

MODEL_MEMBERS = frozenset({"to_dict", "to_json", "from_dict", "from_json", "is_set", "unknown_fields", "copy"})
"""What every model has already; a test holds this against the runtime."""


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A class to write, for one object schema."""

    symbol: Symbol
    key: Key
    schema: Schema
    path: tuple[str, ...]
    """Wire names from the module's main type to this class; empty for that type itself."""
    variant: int | None = None
    """Which variant it is of the union at that path, where several are classes; counts from 1."""


@dataclass
class ClassTable:
    """Every class for an inline object, by its place."""

    definitions: Definitions
    initialisms: frozenset[str]
    symbols: dict[Key, Symbol] = field(default_factory=dict)
    exported: set[Symbol] = field(default_factory=set)
    """The main types of their modules; the others are known by the names of their modules only."""

    def allocate(
        self, schema: Schema, key: Key, name: tuple[str, ...], names: Names, module: str, side: Side
    ) -> Iterable[ClassPlan]:
        """Name the classes below a schema, outer ones first."""
        return self._allocate(schema, key, name, ((), None), names, module, side)

    def _allocate(
        self,
        schema: Schema,
        key: Key,
        name: tuple[str, ...],
        place: tuple[tuple[str, ...], int | None],
        names: Names,
        module: str,
        side: Side,
    ) -> Iterable[ClassPlan]:
        schema = self.definitions.resolved(schema)
        if isinstance(schema.shape, ObjectShape) and key not in self.symbols:
            wanted = schema.name_hint or pascal(name, self.initialisms)
            symbol = Symbol(f".{module}", names.claim(wanted, separator=""))
            self.symbols[key] = symbol
            yield ClassPlan(symbol, key, schema, *place)
        for part in parts(schema, self.definitions, side):
            below = _below(place, part)
            yield from self._allocate(part.schema, (*key, part.step), name + part.words, below, names, module, side)


def _below(place: tuple[tuple[str, ...], int | None], part: Part) -> tuple[tuple[str, ...], int | None]:
    """Give path and variant of a part: members lead on, the variants of a union are numbered."""
    path, variant = place
    if part.step.startswith("."):
        return (*path, part.step[1:]), None
    if part.step.startswith("|") and part.words:
        return path, int(part.step[1:]) + 1
    return path, variant


def member_names(members: Iterable[Property], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Choose the Python names of the members of an object, by wire name.

    A member whose wire name is good as it is keeps it; the others take what is left.
    """
    wire_names = [member.wire_name for member in members]
    names = Names(reserved)
    chosen = {wire: names.claim(wire) for wire in wire_names if snake(wire) == wire and wire not in names}
    for wire in wire_names:
        if wire not in chosen:
            chosen[wire] = names.claim(snake(wire))
    return {wire: chosen[wire] for wire in wire_names}
