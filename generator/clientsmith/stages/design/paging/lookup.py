"""Look up in an operation what a scheme of paging names: its parameters, and places in its responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ....data.api import Api, Operation
from ....data.issues import Issue
from ....data.schemas import Schema
from ....data.settings import PAGING_PARAMETERS, PAGING_PLACES, IteratorSettings, PagingSettings
from ....data.suggestions import possible, suggestion
from ....data.surface import PagingLocation
from ..media import is_success
from .shapes import Missing, Shapes

LOCATIONS: tuple[PagingLocation, ...] = ("query", "body", "header")
HEADER = "header"
STANDARD_HEADERS = ("link",)
"""Headers that a standard describes (RFC 8288): documents seldom declare them."""
SCHEMES = "page, offset, cursor and next_link"


@dataclass(frozen=True, slots=True)
class FoundPaging:
    """A scheme with its names as the document has them, and where the parameter goes."""

    settings: PagingSettings
    sent_in: PagingLocation
    issues: tuple[Issue, ...] = ()


class PagingNames:
    """Looks up the names of schemes in one API."""

    def __init__(self, api: Api, file: str | None) -> None:
        self.shapes = Shapes(api)
        self._file = file

    def find(self, paging: PagingSettings, operation: Operation) -> FoundPaging:
        """Find all that a scheme names; report what is not there."""
        issues = [*self.way(paging)]
        sent_in: PagingLocation = "query"
        for key in PAGING_PARAMETERS:
            written = getattr(paging, key)
            if written is None:
                continue
            found = self.parameter(operation, written)
            if found is None:
                issues.append(self._no_parameter(paging, key, operation, written))
                continue
            sent_in, paging = found[0], _with(paging, key, found[1])
        for key, found_place in self._places(paging, operation):
            if isinstance(found_place, Issue):
                issues.append(found_place)
            elif getattr(paging, key) is not None:
                paging = _with(paging, key, found_place)
        return FoundPaging(paging, sent_in, tuple(issues))

    def parameter(self, operation: Operation, written: str) -> tuple[PagingLocation, str] | None:
        """Find where a parameter goes, and its name there."""
        given, name = split(written)
        for location in LOCATIONS:
            found = self._parameter(operation, location, name) if given in (None, location) else None
            if found is not None:
                return location, found
        return None

    def issue(self, paging: PagingSettings, key: str, code: str, message: str, hint: str | None) -> Issue:
        """Make an error at a key of a scheme."""
        position = paging.positions.get(key, paging.position)
        return Issue(code=code, severity="error", message=message, hint=hint, file=self._file, position=position)

    def way(self, paging: PagingSettings) -> Iterator[Issue]:
        """Report a scheme that knows no way to the next page, or several."""
        chosen = [key for key in (*PAGING_PARAMETERS, "next_link") if getattr(paging, key) is not None]
        if len(chosen) != 1:
            what = f"both '{chosen[0]}' and '{chosen[1]}'" if chosen else "nothing"
            owner = "iterator" if isinstance(paging, IteratorSettings) else "scheme"
            message = f"the {owner} '{paging.name}' has {what} to find the next page"
            hint = f"give it one of {SCHEMES}"
            yield self.issue(paging, chosen[-1] if chosen else "", "paging-scheme", message, hint)

    # --- parameters --------------------------------------------------------------------------------------------------

    def _parameter(self, operation: Operation, place: PagingLocation, name: str) -> str | None:
        if place == "body":
            bodies = self.shapes.bodies(operation)
            found = self.shapes.path(bodies, name) if bodies else None
            return found if isinstance(found, str) else None
        known = parameters(operation, place)
        if place == "header":
            return name if name.lower() in map(str.lower, known) else None
        return name if name in known or any(name.startswith(f"{each}[") for each in known) else None

    def _no_parameter(self, paging: PagingSettings, key: str, operation: Operation, written: str) -> Issue:
        given, name = split(written)
        names = parameters(operation, "query") if given in (None, "query") else []
        bodies = self.shapes.bodies(operation)
        names += [f"body:{each}" for schema in bodies for each in self.shapes.members(schema) or ()]
        names += [f"header:{each}" for each in parameters(operation, "header")]
        message = f"{operation.verb} {operation.path} has no parameter '{written}'"
        hint = suggestion(name, names)
        return self.issue(paging, key, "unknown-parameter", message, hint)

    # --- places in responses -----------------------------------------------------------------------------------------

    def _places(self, paging: PagingSettings, operation: Operation) -> Iterator[tuple[str, str | Issue]]:
        schemas = self.shapes.responses(operation)
        if schemas:
            yield from (("items", found) for found in self._items(paging, schemas))
        for key, place in named_places(paging):
            kind, name = split(place)
            if kind == HEADER and key != "last_item":
                yield from ((key, issue) for issue in self._header(paging, key, name, operation))
            elif schemas:
                inside = self.item_schemas(paging, schemas) if key == "last_item" else schemas
                yield from ((key, found) for found in self._place(paging, key, place, inside))

    def _header(self, paging: PagingSettings, key: str, name: str, operation: Operation) -> Iterator[Issue]:
        headers = response_headers(operation)
        if name.lower() not in (*headers, *STANDARD_HEADERS):
            hint = suggestion(name.lower(), headers)
            message = f"no response of {operation.verb} {operation.path} has the header '{name}'"
            yield self.issue(paging, key, "unknown-header", message, hint)

    def _items(self, paging: PagingSettings, schemas: list[Schema]) -> Iterator[str | Issue]:
        """Report items that are not there, or no list."""
        found = [*self._place(paging, "items", paging.items, schemas)] if paging.items else []
        yield from found
        is_there = not any(isinstance(each, Issue) for each in found)
        ends = [*self.shapes.ends(schemas, paging.items)] if is_there else []
        if ends and not any(map(self.shapes.is_list, ends)):
            what = f"'{paging.items}' in the response" if paging.items else "the response"
            members = [pair for schema in schemas for pair in (self.shapes.members(schema) or {}).items()]
            lists = dict.fromkeys(name for name, schema in members if self.shapes.is_list(schema))
            hint = possible(lists) or "name the place of a list"
            yield self.issue(paging, "items", "items-no-list", f"{what} is no list", hint)

    def item_schemas(self, paging: PagingSettings, schemas: list[Schema]) -> list[Schema]:
        """Give the schemas of the items."""
        ends = self.shapes.ends(schemas, paging.items)
        return [item for end in ends for item in self.shapes.items(end)]

    def _place(self, paging: PagingSettings, key: str, path: str, schemas: list[Schema]) -> Iterator[str | Issue]:
        found = self.shapes.path(schemas, path) if schemas else path
        if isinstance(found, Missing):
            where = "an item" if key == "last_item" else "the response"
            message = f"{where} has no '{found.name}'" + (f" for '{path}'" if path != found.name else "")
            yield self.issue(paging, key, "unknown-place", message, suggestion(found.name, found.names))
        else:
            yield found


def split(written: str) -> tuple[str | None, str]:
    """Split `header:Name` into the place and the name."""
    place, mark, name = written.partition(":")
    return (place, name) if mark and place in LOCATIONS else (None, written)


def _with(paging: PagingSettings, key: str, name: str) -> PagingSettings:
    values: dict[str, Any] = {key: name}
    return replace(paging, **values)


def named_places(paging: PagingSettings) -> Iterator[tuple[str, str]]:
    """Give the places that a scheme names; a cursor alone is also where the next one is."""
    for key in PAGING_PLACES:
        place = getattr(paging, key)
        if key == "next_cursor" and place is None and paging.last_item is None:
            place = paging.cursor
        if place is not None:
            yield key, place


def parameters(operation: Operation, place: str) -> list[str]:
    """Give the names of the parameters in the query or in headers."""
    return [each.wire_name for each in operation.parameters if each.location == place]


def response_headers(operation: Operation) -> list[str]:
    """Give the headers of successful responses, in lower case."""
    successes = [response for response in operation.responses if is_success(response.status, operation)]
    return sorted({header.name for response in successes for header in response.headers})
