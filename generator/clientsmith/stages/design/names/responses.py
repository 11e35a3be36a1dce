"""Finds out whether an operation returns a list: its successful response goes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from ....data.api import Operation
from ....data.document import Pointer
from ....data.schemas import ArrayShape, MapShape, ObjectShape, ReferenceShape, Schema, UnionShape
from .vocabulary import PAGE_MEMBERS, PAGING
from .words import words

Contents = Literal["array", "paged", "page", "lists", "object", "unknown"]
"""`paged`: a list with the members of a page beside it; `page`: a list that has the usual name of one, as `items`;
`lists`: an object with a list among its other members."""
_BEST_FIRST: tuple[Contents, ...] = ("array", "paged", "page", "lists", "object", "unknown")


class Responses:
    """Classifies the successful responses of operations."""

    def __init__(self, definitions: Mapping[Pointer, Schema]) -> None:
        self._definitions = definitions

    def contents(self, operation: Operation, resource: frozenset[str]) -> Contents:
        """Report what an operation returns; `resource` are the words of its resource, which may name the list."""
        schema = self._success(operation)
        return "unknown" if schema is None else self._contents(schema, lambda name: set(words(name)) <= resource, 2)

    def _success(self, operation: Operation) -> Schema | None:
        for response in operation.responses:
            if response.status.startswith("2") or (response.status == "default" and len(operation.responses) == 1):
                for media in response.content:
                    if media.kind == "json" and media.schema is not None:
                        return media.schema
        return None

    def _shape(self, schema: Schema) -> object:
        shape, seen = schema.shape, 0
        while isinstance(shape, ReferenceShape) and seen < 20:
            target = self._definitions.get(shape.target)
            if target is None:
                return None
            shape, seen = target.shape, seen + 1
        return shape

    def _contents(self, schema: Schema, is_named: Callable[[str], bool], depth: int) -> Contents:
        shape = self._shape(schema)
        if isinstance(shape, ArrayShape):
            return "array"
        if isinstance(shape, UnionShape) and depth:
            found: set[Contents] = {self._contents(variant, is_named, depth - 1) for variant in shape.variants}
            return min(found, key=_BEST_FIRST.index)
        if isinstance(shape, MapShape):
            return "object"
        if not isinstance(shape, ObjectShape) or not shape.properties:
            return "unknown"
        return self._of_object(shape, is_named, depth)

    def _of_object(self, shape: ObjectShape, is_named: Callable[[str], bool], depth: int) -> Contents:
        lists = [p.wire_name for p in shape.properties if isinstance(self._shape(p.schema), ArrayShape)]
        others = {"_".join(words(p.wire_name)) for p in shape.properties if p.wire_name not in lists}
        if lists and others & PAGING:
            return "paged"
        if any("_".join(words(name)) in PAGE_MEMBERS or is_named(name) for name in lists):
            return "page"
        if depth and not lists:
            for member in shape.properties:
                if member.wire_name.lower() in ("data", "result", "response", "_embedded", "payload", "body"):
                    return self._contents(member.schema, is_named, depth - 1)
        return "lists" if lists else "object"
