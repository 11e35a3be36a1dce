"""How deep a schema is nested: the depth around it and its keywords go in, its own depth comes out."""

from __future__ import annotations

from typing import NamedTuple

from ...data.document import Json
from ...data.schemas import ArrayShape, MapShape, ObjectShape, TupleShape
from .reading import UNION_KEYWORDS

DEEPEST = 25
"""Schemas inside schemas that one definition holds. Python's compiler and formatters nest less deep than documents, so
what is deeper becomes a definition of its own."""
MOST_LISTS = 100
"""Lists and maps inside each other: Python's `typing` recurses over them. Documents that people wrote have three."""
LIST_KEYWORDS = frozenset(("items", "prefixItems", "additionalProperties", "patternProperties"))
NESTING = (ArrayShape, MapShape, ObjectShape, TupleShape)
"""Shapes that hold further schemas, but for unions: one inside another becomes flat."""


class Depth(NamedTuple):
    """How deep a schema is nested."""

    schemas: int = 0
    """In the definition that it belongs to, this one included; 0 outside of all."""
    lists: int = 0
    """In lists and maps without an object between them."""

    def inside(self, value: Json) -> Depth:
        """Go on to a schema inside. A new definition starts there where the old one is deep enough."""
        if not isinstance(value, dict):
            return Depth(self.schemas + 1)
        starts = self.schemas >= DEEPEST and UNION_KEYWORDS.isdisjoint(value)
        lists = 0 if "properties" in value else self.lists + (not LIST_KEYWORDS.isdisjoint(value))
        return Depth(1 if starts else self.schemas + 1, lists)
