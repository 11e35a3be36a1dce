"""One operation on both sides, and how changes of it are noted."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.api import Operation
from ...data.document import Pointer
from .change import Direction
from .collector import Finding, Owner
from .offers import Offered
from .schemas import SchemaComparison

DIRECTIONS: dict[str, Direction] = {
    "argument": "request",
    "required": "request",
    "body": "request",
    "response": "response",
    "error": "response",
    "optional": "response",
}
"""The direction of a kind, by its first word."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One operation on both sides, with the first call that the client offers for it."""

    old: Operation
    new: Operation
    before: Offered
    after: Offered

    @property
    def owner(self) -> Owner:
        """What the changes of this operation are part of."""
        return self.old.pointer, self.new.pointer

    @property
    def name(self) -> str:
        """The method as old programs call it."""
        return self.before.name


class PartComparison:
    """Compares a part of one operation; its schemas are left to be compared later."""

    def __init__(self, sides: Sides, schemas: SchemaComparison) -> None:
        self.sides = sides
        self.old, self.new = sides.old, sides.new
        self.schemas = schemas

    def report(
        self,
        kind: str,
        message: str,
        old: Pointer,
        new: Pointer,
        place: str = "",
        detail: str = "",
        direction: Direction | None = None,
    ) -> None:
        """Note a change of this operation, by default at the method itself."""
        self.schemas.found.add(
            Finding(
                kind=kind,
                place=place or f"{self.sides.name}()",
                message=message,
                old=old,
                new=new,
                owner=self.sides.owner,
                detail=detail,
                direction=direction or DIRECTIONS.get(kind.partition("-")[0]),
            )
        )
