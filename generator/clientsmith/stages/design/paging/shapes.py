"""What stands where in responses and bodies: names, joined by dots, go in; schemas come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ....data.api import Api, Operation
from ....data.media import is_stream
from ....data.places import path_of, steps_of
from ....data.schemas import (
    AnyShape,
    ArrayShape,
    MapShape,
    ObjectShape,
    Schema,
    TupleShape,
    UnionShape,
)
from ..definitions import Definitions
from ..media import chosen_responses, is_success

ONLY_LIST = "*"
"""In place of the last name of a path: the only list there."""
Members = Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class Missing:
    """The first name of a path that is not there, and the names that are."""

    depth: int
    name: str
    names: tuple[str, ...]


class Shapes:
    """Looks into the schemas of one API."""

    def __init__(self, api: Api) -> None:
        self._definitions = Definitions({each.pointer: each for each in api.definitions}, frozenset())

    # --- operations --------------------------------------------------------------------------------------------------

    def bodies(self, operation: Operation) -> list[Schema]:
        """Give the schemas of the bodies whose members are parameters."""
        media = operation.request_body.content if operation.request_body else ()
        return [each.schema for each in media if each.schema is not None and each.kind in ("json", "form")]

    def responses(self, operation: Operation) -> list[Schema]:
        """Give the schemas of the successful responses; none where one may be anything."""
        responses = [response for response in operation.responses if is_success(response.status, operation)]
        media = [each for response in responses for each in response.content if each.kind == "json"]
        schemas = [each.schema for each in media if each.schema is not None]
        return schemas if len(schemas) == len(media) else []

    def page(self, operation: Operation) -> Schema | None:
        """Give the schema of a response that a page can be made of: the only one, an object or a list."""
        responses = [response for response in operation.responses if is_success(response.status, operation)]
        chosen = [next(chosen_responses(each, operation, self._definitions, success=True)) for each in responses]
        media = [each for each in chosen if each is None or not is_stream(each.kind)]
        only = media[0] if len(media) == 1 else None
        if only is None or only.kind != "json" or only.schema is None:
            return None
        target = self._definitions.target(only.schema)
        return target if isinstance(target.shape, ObjectShape | ArrayShape) else None

    # --- paths -------------------------------------------------------------------------------------------------------

    def follow(self, schema: Schema, steps: list[str]) -> tuple[list[str], Schema | None] | Missing:
        """Follow a path, also over names that have dots; give its names, and what is there: None for anything."""
        known: list[str] = []
        here = schema
        while steps:
            members = self.named_members(here)
            length = next((n for n in range(len(steps), 0, -1) if ".".join(steps[:n]) in members), 0)
            if not length and steps == [ONLY_LIST]:
                steps, length = [self.only_list(here) or ONLY_LIST], int(self.only_list(here) is not None)
            if not length and self.members(here) is None:
                return [*known, *steps], None
            if not length:
                return Missing(len(known), steps[0], tuple(members))
            name = ".".join(steps[:length])
            known, here, steps = [*known, name], members[name], steps[length:]
        return known, here

    def path(self, schemas: Iterable[Schema], path: str) -> str | Missing:
        """Give a path with its names as the first schema that has it has them, or the farthest name that is missing."""
        missing = Missing(-1, path, ())
        for schema in schemas:
            found = self.follow(schema, steps_of(path))
            if not isinstance(found, Missing):
                return path_of(found[0])
            if found.depth == missing.depth:
                found = Missing(found.depth, found.name, (*missing.names, *found.names))
            missing = max(found, missing, key=lambda each: each.depth)
        return missing

    def ends(self, schemas: Iterable[Schema], path: str) -> Iterator[Schema]:
        """Give what stands at a path; nothing where it may be anything."""
        for schema in schemas:
            found = self.follow(schema, steps_of(path))
            if not isinstance(found, Missing) and found[1] is not None:
                yield found[1]

    # --- schemas -----------------------------------------------------------------------------------------------------

    def members(self, schema: Schema) -> Members | None:
        """Give the members that a value may have; None where it may have any."""
        found: dict[str, Schema] = {}
        for variant in self.variants(schema):
            match variant.shape:
                case AnyShape() | MapShape():
                    return None
                case ObjectShape(properties=members, additional=additional):
                    if additional is not None or not members:
                        return None
                    found = {**{member.wire_name: member.schema for member in members}, **found}
                case _:
                    continue
        return found

    def named_members(self, schema: Schema) -> Members:
        """Give the members that have names, whatever else there may be."""
        shapes = [variant.shape for variant in self.variants(schema)]
        objects = [shape for shape in shapes if isinstance(shape, ObjectShape)]
        return {member.wire_name: member.schema for shape in reversed(objects) for member in shape.properties}

    def is_list(self, schema: Schema) -> bool:
        """Report whether a value may be a list."""
        return any(isinstance(variant.shape, ArrayShape | TupleShape | AnyShape) for variant in self.variants(schema))

    def items(self, schema: Schema) -> list[Schema]:
        """Give the items of the lists that a value may be."""
        shapes = [variant.shape for variant in self.variants(schema)]
        return [shape.items for shape in shapes if isinstance(shape, ArrayShape)]

    def only_list(self, schema: Schema) -> str | None:
        """Give the member that is a list; the only list of objects, where there are several."""
        lists = {name: self.items(member) for name, member in self.named_members(schema).items()}
        named = [name for name, items in lists.items() if items]
        of_objects = [name for name in named if any(self.named_members(item) for item in lists[name])]
        only = of_objects if of_objects else named
        return only[0] if len(only) == 1 else None

    def variants(self, schema: Schema) -> Iterator[Schema]:
        """Give what a value may be, through references and unions."""
        waiting, seen = [schema], set()
        while waiting:
            target = self._definitions.target(waiting.pop())
            if isinstance(target.shape, UnionShape) and target.pointer not in seen:
                seen.add(target.pointer)
                waiting += reversed(target.shape.variants)
            elif not isinstance(target.shape, UnionShape):
                yield target
