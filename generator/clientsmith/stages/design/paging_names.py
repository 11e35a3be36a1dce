"""Look up in an operation what the settings of an iterator name: its parameters, and places in its responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from ...data.api import (
    AnyShape,
    Api,
    ArrayShape,
    Definition,
    MapShape,
    ObjectShape,
    Operation,
    ReferenceShape,
    Schema,
    TupleShape,
    UnionShape,
)
from ...data.document import Pointer
from ...data.issues import Issue
from ...data.settings import PAGING_PARAMETERS, PAGING_PLACES, IteratorSettings
from ...data.suggestions import did_you_mean
from ...data.surface import PagingLocation
from .media import is_success

LOCATIONS: tuple[PagingLocation, ...] = ("query", "body", "header")
HEADER = "header"
STANDARD_HEADERS = ("link",)
"""Headers that a standard describes (RFC 8288): documents seldom declare them."""
SCHEMES = "page, offset, cursor and next_link"
MOST_NAMES = 20
"""Names that a hint lists."""

Members = Mapping[str, Schema]


@dataclass(frozen=True, slots=True)
class FoundPaging:
    """Settings with the bare name of the parameter, and where that goes."""

    settings: IteratorSettings
    sent_in: PagingLocation
    issues: tuple[Issue, ...] = ()


class PagingNames:
    """Looks up the names of iterators in one API."""

    def __init__(self, api: Api, file: str | None) -> None:
        self._definitions: Mapping[Pointer, Definition] = {each.pointer: each for each in api.definitions}
        self._file = file

    def find(self, iterator: IteratorSettings, operation: Operation) -> FoundPaging:
        """Find all that an iterator names; report what is not there."""
        issues = [*self._scheme(iterator)]
        sent_in: PagingLocation = "query"
        for key in PAGING_PARAMETERS:
            written = getattr(iterator, key)
            if written is None:
                continue
            given, name = _split(written)
            found = self._location(operation, given, name)
            if found is None:
                issues.append(self._no_parameter(iterator, key, operation, written))
                continue
            sent_in, iterator = found, _named(iterator, key, name)
        issues += self._places(iterator, operation)
        return FoundPaging(iterator, sent_in, tuple(issues))

    def _location(self, operation: Operation, given: str | None, name: str) -> PagingLocation | None:
        for location in LOCATIONS:
            if given in (None, location) and self._has(operation, location, name):
                return location
        return None

    def _issue(self, iterator: IteratorSettings, key: str, code: str, message: str, hint: str | None) -> Issue:
        position = iterator.positions.get(key, iterator.position)
        return Issue(code=code, severity="error", message=message, hint=hint, file=self._file, position=position)

    def _scheme(self, iterator: IteratorSettings) -> Iterator[Issue]:
        """Report an iterator that knows no way to the next page, or several."""
        chosen = [key for key in (*PAGING_PARAMETERS, "next_link") if getattr(iterator, key) is not None]
        if len(chosen) != 1:
            what = f"both '{chosen[0]}' and '{chosen[1]}'" if chosen else "nothing"
            message = f"the iterator '{iterator.name}' has {what} to find the next page"
            hint = f"give it one of {SCHEMES}"
            yield self._issue(iterator, chosen[-1] if chosen else "", "paging-scheme", message, hint)

    # --- parameters --------------------------------------------------------------------------------------------------

    def _has(self, operation: Operation, place: PagingLocation, name: str) -> bool:
        if place == "body":
            bodies = self._bodies(operation)
            return bool(bodies) and self._problem(bodies, name) is None
        known = _parameters(operation, place)
        if place == "header":
            return name.lower() in map(str.lower, known)
        return name in known or any(name.startswith(f"{each}[") for each in known)

    def _bodies(self, operation: Operation) -> list[Schema]:
        media = operation.request_body.content if operation.request_body else ()
        return [each.schema for each in media if each.schema is not None and each.kind in ("json", "form")]

    def _no_parameter(self, iterator: IteratorSettings, key: str, operation: Operation, written: str) -> Issue:
        given, name = _split(written)
        names = _parameters(operation, "query") if given in (None, "query") else []
        names += [f"body:{each}" for schema in self._bodies(operation) for each in self._members(schema) or ()]
        names += [f"header:{each}" for each in _parameters(operation, "header")]
        message = f"{operation.verb} {operation.path} has no parameter '{written}'"
        hint = did_you_mean(name, names) or _possible(names)
        return self._issue(iterator, key, "unknown-parameter", message, hint)

    # --- places in responses -----------------------------------------------------------------------------------------

    def _places(self, iterator: IteratorSettings, operation: Operation) -> Iterator[Issue]:
        responses = [response for response in operation.responses if is_success(response.status, operation)]
        media = [each for response in responses for each in response.content if each.kind == "json"]
        schemas = [each.schema for each in media if each.schema is not None]
        if len(schemas) < len(media):
            schemas = []  # One without a schema may have anything.
        if schemas:
            yield from self._items(iterator, schemas)
        for key, place in _named_places(iterator):
            kind, name = _split(place)
            if kind == HEADER and key != "last_item":
                yield from self._header(iterator, key, name, operation)
            elif schemas:
                inside = self._item_schemas(iterator, schemas) if key == "last_item" else schemas
                yield from self._place(iterator, key, place, inside)

    def _header(self, iterator: IteratorSettings, key: str, name: str, operation: Operation) -> Iterator[Issue]:
        successes = [response for response in operation.responses if is_success(response.status, operation)]
        headers = sorted({header.name for response in successes for header in response.headers})
        if name.lower() not in (*headers, *STANDARD_HEADERS):
            hint = did_you_mean(name.lower(), headers) or _possible(headers)
            message = f"no response of {operation.verb} {operation.path} has the header '{name}'"
            yield self._issue(iterator, key, "unknown-header", message, hint)

    def _items(self, iterator: IteratorSettings, schemas: list[Schema]) -> Iterator[Issue]:
        """Report items that are not there, or no list."""
        found = [*self._place(iterator, "items", iterator.items, schemas)] if iterator.items else []
        yield from found
        ends = [] if found else [end for schema in schemas for end in self._ends(schema, iterator.items)]
        if ends and not any(self._is_list(end) for end in ends):
            what = f"'{iterator.items}' in the response" if iterator.items else "the response"
            lists = [n for schema in schemas for n, s in (self._members(schema) or {}).items() if self._is_list(s)]
            hint = _possible(lists) or "name the place of a list"
            yield self._issue(iterator, "items", "items-no-list", f"{what} is no list", hint)

    def _item_schemas(self, iterator: IteratorSettings, schemas: list[Schema]) -> list[Schema]:
        ends = [self._target(end) for schema in schemas for end in self._ends(schema, iterator.items)]
        variants = [variant.shape for end in ends for variant in self._variants(end)]
        return [shape.items for shape in variants if isinstance(shape, ArrayShape)]

    def _place(self, iterator: IteratorSettings, key: str, path: str, schemas: list[Schema]) -> Iterator[Issue]:
        problem = self._problem(schemas, path) if schemas else None
        if problem is not None:
            missing, names = problem
            where = "an item" if key == "last_item" else "the response"
            message = f"{where} has no '{missing}'" + (f" for '{path}'" if path != missing else "")
            yield self._issue(iterator, key, "unknown-place", message, did_you_mean(missing, names) or _possible(names))

    def _problem(self, schemas: list[Schema], path: str) -> tuple[str, list[str]] | None:
        """Give the first name of a path that no schema has, with those that it has instead; None where one has all."""
        problems: list[tuple[int, str, list[str]]] = []
        for schema in schemas:
            here: list[Schema] = [schema]
            for depth, name in enumerate(path.split(".")):
                members = [self._members(each) for each in here]
                if any(known is None for known in members):
                    return None
                below = [known[name] for known in cast(list[Members], members) if name in known]
                if not below:
                    problems.append((depth, name, list(dict.fromkeys(n for known in members for n in known or ()))))
                    break
                here = below
            else:
                return None
        _, name, names = max(problems, key=lambda each: each[0])
        return name, names

    def _ends(self, schema: Schema, path: str) -> Iterator[Schema]:
        """Give what stands at a place; nothing where it may be anything."""
        if not path:
            yield schema
            return
        name, _, rest = path.partition(".")
        below = (self._members(schema) or {}).get(name)
        if below is not None:
            yield from self._ends(below, rest)

    def _members(self, schema: Schema) -> Members | None:
        """Give the members that a value may have; None where it may have any."""
        found: dict[str, Schema] = {}
        for variant in self._variants(schema):
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

    def _is_list(self, schema: Schema) -> bool:
        kinds = (ArrayShape, TupleShape, AnyShape)
        return any(isinstance(variant.shape, kinds) for variant in self._variants(schema))

    def _variants(self, schema: Schema) -> Iterator[Schema]:
        target = self._target(schema)
        if isinstance(target.shape, UnionShape):
            for variant in target.shape.variants:
                yield from self._variants(variant)
        else:
            yield target

    def _target(self, schema: Schema) -> Schema:
        seen = set()
        while isinstance(schema.shape, ReferenceShape) and schema.shape.target not in seen:
            seen.add(schema.shape.target)
            schema = self._definitions[schema.shape.target].schema
        return schema


def _split(written: str) -> tuple[str | None, str]:
    """Split `header:Name` into the place and the name."""
    place, mark, name = written.partition(":")
    return (place, name) if mark and place in LOCATIONS else (None, written)


def _named(iterator: IteratorSettings, key: str, name: str) -> IteratorSettings:
    values: dict[str, Any] = {key: name}
    return replace(iterator, **values)


def _named_places(iterator: IteratorSettings) -> Iterator[tuple[str, str]]:
    """Give the places that an iterator names; a cursor alone is also where the next one is."""
    for key in PAGING_PLACES:
        place = getattr(iterator, key)
        if key == "next_cursor" and place is None and iterator.last_item is None:
            place = iterator.cursor
        if place is not None:
            yield key, place


def _parameters(operation: Operation, place: str) -> list[str]:
    return [each.wire_name for each in operation.parameters if each.location == place]


def _possible(names: list[str]) -> str | None:
    listed = ", ".join(dict.fromkeys(names)) if len(names) <= MOST_NAMES else f"one of {len(names)}"
    return f"possible here: {listed}" if names else None
