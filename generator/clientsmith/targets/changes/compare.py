"""The whole comparison: two revisions go in, all changes come out."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.api import Operation
from ...data.document import Pointer
from ...data.types import Side
from .change import Comparison, Revision
from .client import ClientComparison
from .collector import Collector, Finding
from .events import EventComparison
from .names import MethodNames, TypeNames
from .offers import Offers, key_of, public_name
from .operations import compare_operation
from .pairing import Pairing, pair_operations
from .places import At
from .reach import Reach
from .schemas import SchemaComparison
from .security import SecurityComparison
from .sides import Sides


def compare(old: Revision, new: Revision) -> Comparison:
    """Find every change between two revisions of an API and of its client."""
    return _Comparison(old, new).run()


class _Comparison:
    def __init__(self, old: Revision, new: Revision) -> None:
        self._revisions = old, new
        self._old, self._new = Offers(old), Offers(new)
        self._found = Collector()
        self._schemas = SchemaComparison(self._old, self._new, self._found)
        self._gone, self._fresh = Reach(self._old), Reach(self._new)

    def run(self) -> Comparison:
        ClientComparison(*self._revisions, self._found).run()
        pairing = pair_operations(self._old, self._new)
        pairs = [self._sides(old, new) for old, new in pairing.pairs]
        for sides in pairs:
            self._found.uses.call(sides.owner, f"{sides.name}()")
            compare_operation(sides, self._schemas)
        SecurityComparison(*self._revisions, self._found).run(
            (sides.old, sides.new, sides.owner, sides.name) for sides in pairs
        )
        self._unpaired(pairing)
        EventComparison(self._old, self._new, self._schemas).run()
        methods = MethodNames(self._old, self._new, self._found)
        methods.run(pairs)
        self._schemas.run()
        self._definitions()
        types = TypeNames(self._old, self._new, self._schemas)
        types.definitions()
        types.replaced()
        types.models(methods.renamed)
        types.responses(pairs)
        return self._found.comparison()

    def _sides(self, old: Operation, new: Operation) -> Sides:
        return Sides(old, new, self._old.calls[key_of(old)][0], self._new.calls[key_of(new)][0])

    # --- what only one side has --------------------------------------------------------------------------------------

    def _unpaired(self, pairing: Pairing) -> None:
        for operation in pairing.removed:
            self._gone.operation(operation)
            self._method("method-removed", "is gone", operation, self._old)
        for operation in pairing.added:
            self._fresh.operation(operation)
            self._method("method-added", "is new", operation, self._new)

    def _method(self, kind: str, message: str, operation: Operation, offers: Offers) -> None:
        for offered in offers.calls[key_of(operation)]:
            name = f"{offered.name}()"
            self._found.uses.call(operation.pointer, name)
            self._found.add(
                Finding(
                    kind=kind,
                    place=name,
                    message=f"{operation.verb} {operation.path} {message}",
                    old=operation.pointer,
                    new=operation.pointer,
                    owner=operation.pointer,
                    detail=name,
                )
            )

    # --- named types -------------------------------------------------------------------------------------------------

    def _definitions(self) -> None:
        """Compare named types that no operation led to; report those that only one side has."""
        self._unreached()
        self._schemas.run()
        met = {*self._schemas.pairs, *self._schemas.bodies, *self._schemas.replaced}
        gone = self._missing(self._old, {before for before, _, _ in met})
        fresh = self._missing(self._new, {after for _, after, _ in met})
        self._gone.schemas(self._schemas.gone)
        self._fresh.schemas(self._schemas.fresh)
        for pointer in gone:
            if pointer not in self._gone.met:
                self._named_type("type-removed", "is gone", pointer, self._old)
        for pointer in fresh:
            if pointer not in self._fresh.met:
                self._named_type("type-added", "is new", pointer, self._new)

    def _unreached(self) -> None:
        """Let named types of one place be compared that no pair of operations led to."""
        for type_id in self._old.declared:
            place = type_id.place
            if place in self._old.by_pointer and place in self._new.by_pointer and type_id in self._new.declared:
                at = At(side=type_id.side, owner="client", subject="type", old=place, new=place, prefix="types")
                pair = (place, place, type_id.side)
                if pair not in self._schemas.pairs and pair not in self._schemas.bodies:
                    self._schemas.definitions(place, place, at)

    def _missing(self, offers: Offers, met: set[Pointer]) -> list[Pointer]:
        """List the places of named components that no partner was found for."""
        places = dict.fromkeys(type_id.place for type_id in offers.declared)
        return [
            place
            for place in places
            if place not in met and place in offers.by_pointer and offers.by_pointer[place].is_component
        ]

    def _named_type(self, kind: str, message: str, place: Pointer, offers: Offers) -> None:
        sides: Iterable[Side] = ("response", "request")
        names = {public_name(found) for side in sides if (found := offers.declared_at(place, side)) is not None}
        for name in sorted(names):
            self._found.add(
                Finding(kind=kind, place=name, message=message, old=place, new=place, owner=place, detail=name)
            )
