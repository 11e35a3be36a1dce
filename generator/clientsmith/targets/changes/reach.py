"""Which definitions some schemas lead to: named types that are gone with a method are no change of their own."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.api import Operation
from ...data.document import Pointer
from ...data.schemas import ReferenceShape, Schema, parts_of
from .offers import Offers


class Reach:
    """The definitions that were met from some schemas."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self.met: set[Pointer] = set()

    def operation(self, operation: Operation) -> None:
        """Follow all schemas of an operation."""
        self.schemas((*operation.sent, *operation.received))

    def schemas(self, roots: Iterable[Schema]) -> None:
        """Follow some schemas to the end."""
        waiting = list(roots)
        while waiting:
            schema = waiting.pop()
            if isinstance(schema.shape, ReferenceShape):
                target = schema.shape.target
                if target not in self.met:
                    self.met.add(target)
                    waiting.append(self._offers.by_pointer[target].schema)
            else:
                waiting += parts_of(schema)
