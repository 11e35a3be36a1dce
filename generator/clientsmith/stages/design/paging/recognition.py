"""Recognise how a document pages: operations go in, the schemes that they seem to have come out.

Names are compared without case and punctuation: `next_page_token`, `nextPageToken` and `page[next]`. Nothing is guessed
of an operation without a list in its response.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ....data.api import Api, Operation, Parameter
from ....data.document import Position
from ....data.schemas import BooleanShape, IntegerShape, NumberShape, ObjectShape, Schema, StringShape
from ....data.settings import PAGING_NAMES, PagingSettings
from .lookup import PagingNames, response_headers
from .pages import fits
from .shapes import ONLY_LIST, Shapes
from .vocabulary import (
    AFTER_ITEM,
    BASES,
    CONTAINERS,
    CURSORS,
    HAS_MORE,
    ITEM_IDS,
    ITEMS,
    NEXT_CURSORS,
    NEXT_LINKS,
    OFFSETS,
    ONE_BASED,
    OWN_CURSORS,
    PAGE_COUNTS,
    PAGE_SIZES,
    PAGES,
    RELAY_CURSORS,
    TOTALS,
    ZERO_BASED,
)

DEEPEST = 3
"""So many names a path has at most."""
Found = Mapping[str, str | int | tuple[str, ...]]
"""The keys of a scheme."""
Groups = dict[tuple[tuple[str, str | int | tuple[str, ...]], ...], list[Operation]]
"""Operations by the items of their schemes' keys."""
KINDS = ("cursor", "last_item", "next_link", "page", "offset")
"""What is recognised first counts. A `Link` header comes behind places in the body."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A scheme, and the operations that have it."""

    scheme: PagingSettings
    keys: Found
    operations: tuple[Operation, ...]


def recognise_paging(api: Api) -> tuple[Recognised, ...]:
    """Recognise the schemes of a document, in an order in which each operation fits its own one first."""
    shapes = Shapes(api)
    groups: Groups = {}
    for operation in api.operations:
        found = _Reader(shapes, operation).scheme()
        if found is not None:
            groups.setdefault(tuple(found.items()), []).append(operation)
    groups = _joined(groups, shapes)
    ordered = sorted(groups.items(), key=lambda group: _rank(dict(group[0]), len(group[1])))
    operations = [operation for _, found in ordered for operation in found]
    looked_up = PagingNames(api, None)
    names: dict[str, int] = {}
    made: list[Recognised] = []
    for keys, _ in ordered:
        mine = _fitting(dict(keys), operations, looked_up)
        if mine:
            made.append(_recognised(dict(keys), mine, names))
            operations = [operation for operation in operations if operation not in mine]
    return tuple(made)


def _fitting(keys: Found, operations: list[Operation], names: PagingNames) -> list[Operation]:
    """Give the operations that fit a scheme, and no scheme above it."""
    scheme = _scheme("", keys)
    return [operation for operation in operations if fits(scheme, operation, names)]


def _joined(groups: Groups, shapes: Shapes) -> Groups:
    """Join schemes that differ in the name of the list alone, where each response has no other list."""
    alike: dict[object, list[tuple[Found, list[Operation]]]] = {}
    for items, operations in groups.items():
        keys: Found = dict(items)
        alike.setdefault(tuple({**keys, "items": _starred(keys)}.items()), []).append((keys, operations))
    joined: Groups = {}
    for found in alike.values():
        for keys, operations in found:
            path = str(keys["items"])
            is_joined = len(found) > 1 and path and all(_is_only(path, each, shapes) for each in operations)
            named: Found = {**keys, "items": _starred(keys)} if is_joined else keys
            joined.setdefault(tuple(named.items()), []).extend(operations)
    return joined


def _starred(keys: Found) -> str:
    *around, last = str(keys["items"]).split(".")
    return ".".join([*around, ONLY_LIST]) if last else ""


def _is_only(path: str, operation: Operation, shapes: Shapes) -> bool:
    response = shapes.page(operation)
    return response is not None and shapes.path([response], _starred({"items": path})) == path


def _rank(keys: Found, count: int) -> tuple[int, bool, int, int]:
    """Order by kind, then those with more names first: an operation that has them all fits those with fewer, too."""
    return KINDS.index(_kind(keys)), ONLY_LIST in str(keys["items"]), -len(keys), -count


def _kind(keys: Found) -> str:
    return "last_item" if "last_item" in keys else next(kind for kind in KINDS if kind in keys)


def _recognised(keys: Found, operations: list[Operation], names: dict[str, int]) -> Recognised:
    base = "by_link_header" if keys.get("next_link") == "header:Link" else f"by_{_kind(keys)}"
    names[base] = names.get(base, 0) + 1
    name = base if names[base] == 1 else f"{base}_{names[base]}"
    return Recognised(_scheme(name, keys), keys, tuple(operations))


def _scheme(name: str, keys: Found) -> PagingSettings:
    written = ("items", "first_page", "first_offset", "requires", *PAGING_NAMES)
    values: dict[str, Any] = {key: keys[key] for key in written if key in keys}
    return PagingSettings(name=name, position=Position(1, 1), **values)


def plain(name: str) -> str:
    """Write a name as names are compared."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@dataclass(frozen=True, slots=True)
class _Place:
    """A member of a response, and those around it."""

    steps: tuple[str, ...]
    schema: Schema
    beside: frozenset[str]
    """The names of all members of the same object."""

    @property
    def path(self) -> str:
        """Write it as the settings do; a dot in a name need not be marked."""
        return ".".join(self.steps)

    @property
    def name(self) -> str:
        """The last name, as names are compared."""
        return plain(self.steps[-1])


def is_near(place: tuple[str, ...], items: tuple[str, ...]) -> bool:
    """Report whether a member may be about these items: around them, or in an object for such facts beside them."""
    around, list_around = place[:-1], items[:-1]
    if list_around[: len(around)] == around:
        return True
    within = around[len(list_around) :] if around[: len(list_around)] == list_around else around
    return all(plain(step) in CONTAINERS for step in within)


class _Reader:
    """Looks at one operation."""

    def __init__(self, shapes: Shapes, operation: Operation) -> None:
        self._shapes = shapes
        self._operation = operation
        self._headers = response_headers(operation)

    def scheme(self) -> Found | None:
        """Recognise how the operation pages."""
        response = self._shapes.page(self._operation)
        if response is None or self._operation.verb not in ("GET", "POST"):
            return None
        items = None if self._shapes.items(response) else self._items(response)
        if items is None and not self._shapes.items(response):
            return None
        places = [place for place in self._places(response) if is_near(place.steps, items.steps)] if items else []
        of_items = self._shapes.items(items.schema if items else response)
        found = self._by_cursor(places) or self._by_last_item(places, of_items) or self._by_link(places)
        found = found or self._by_link_header() or self._by_number(places)
        return {"items": items.path if items else "", **found} if found else None

    # --- parameters --------------------------------------------------------------------------------------------------

    def _parameters(self) -> Iterator[tuple[str, str, Schema]]:
        """Give parameters as the settings write them, with their names as names are compared."""
        for location in ("query", "body", "header"):
            if location == "body":
                yield from self._of_bodies()
            else:
                found = [each for each in self._operation.parameters if each.location == location]
                yield from (named for each in found for named in self._named(each))

    def _named(self, parameter: Parameter) -> Iterator[tuple[str, str, Schema]]:
        prefix = "header:" if parameter.location == "header" else ""
        name = plain(parameter.wire_name)
        schema = _described(parameter)
        yield f"{prefix}{parameter.wire_name}", name.removeprefix("x") if prefix else name, schema
        if parameter.style == "deepObject":
            for below, schema in self._shapes.named_members(parameter.schema).items():
                yield f"{parameter.wire_name}[{below}]", plain(f"{parameter.wire_name}{below}"), schema

    def _of_bodies(self) -> Iterator[tuple[str, str, Schema]]:
        for body in self._shapes.bodies(self._operation) if self._operation.verb == "POST" else ():
            for place in self._places(body):
                if len(place.steps) <= DEEPEST - 1:
                    yield self._in_body(place.path), place.name, place.schema

    def _in_body(self, path: str) -> str:
        """Name a member of the body; a parameter of the query would come first."""
        is_hidden = any(each.wire_name == path for each in self._operation.parameters if each.location == "query")
        return f"body:{path}" if is_hidden else path

    def _parameter(self, names: Iterable[str], *shapes: type[object]) -> tuple[str, Schema] | None:
        """Find the parameter of the first of some names, with values of some shape."""
        known: dict[str, tuple[str, Schema]] = {}
        for written, name, schema in self._parameters():
            if self._is(schema, *shapes):
                known.setdefault(name, (written, schema))
        return next((known[name] for name in names if name in known), None)

    def _is(self, schema: Schema, *shapes: type[object]) -> bool:
        return any(isinstance(variant.shape, shapes) for variant in self._shapes.variants(schema))

    # --- places ------------------------------------------------------------------------------------------------------

    def _places(self, schema: Schema, steps: tuple[str, ...] = ()) -> Iterator[_Place]:
        """Give every member of an object and of those inside it, outer ones first."""
        members = self._shapes.named_members(schema)
        beside = frozenset(map(plain, members))
        yield from (_Place((*steps, name), member, beside) for name, member in members.items())
        if len(steps) < DEEPEST - 1:
            for name, member in members.items():
                yield from self._places(member, (*steps, name))

    def _place(self, places: Iterable[_Place], names: Iterable[str], *shapes: type[object]) -> str | None:
        """Find the outermost place of the first of some names, or a header of that name."""
        found: dict[str, str] = {}
        for place in places:
            if self._is(place.schema, *shapes):
                found.setdefault(place.name, place.path)
        for header in self._headers:
            found.setdefault(plain(header).removeprefix("x"), f"header:{header.title()}")
        return next((found[name] for name in names if name in found), None)

    def _items(self, response: Schema) -> _Place | None:
        """Find the list of items in an object: one of a usual name, or the only one, or the only one of objects."""
        lists = [place for place in self._places(response) if self._shapes.items(place.schema)]
        for depth in range(1, DEEPEST):
            here = [place for place in lists if len(place.steps) == depth]
            if here:
                return self._likeliest(here)
        return None

    def _likeliest(self, lists: list[_Place]) -> _Place | None:
        best = min((ITEMS.index(place.name) for place in lists if place.name in ITEMS), default=None)
        if best is not None:
            lists = [place for place in lists if place.name == ITEMS[best]]
        of_objects = [place for place in lists if self._is_of_objects(place.schema)]
        lists = of_objects or lists
        return lists[0] if len(lists) == 1 else None

    def _is_of_objects(self, schema: Schema) -> bool:
        return any(self._is(item, ObjectShape) for item in self._shapes.items(schema))

    # --- kinds -------------------------------------------------------------------------------------------------------

    def _by_cursor(self, places: list[_Place]) -> Found | None:
        parameter = self._parameter(CURSORS, StringShape, IntegerShape, NumberShape)
        if parameter is None:
            return None
        scalar = (StringShape, IntegerShape, NumberShape)
        places = [place for place in places if not _is_url(place.schema)]
        following = self._place(places, NEXT_CURSORS, *scalar)
        found: dict[str, str | int | tuple[str, ...]] = {"cursor": parameter[0]}
        if following is not None:
            return {**found, "next_cursor": following}
        own = self._place(places, (*RELAY_CURSORS, *OWN_CURSORS, plain(parameter[0].rpartition(":")[2])), *scalar)
        more = self._place(places, HAS_MORE, BooleanShape)
        if own is None or (more is None and plain(own).endswith(RELAY_CURSORS)):
            return None
        return {**found, "next_cursor": own, **({"has_more": more} if more else {})}

    def _by_last_item(self, places: list[_Place], items: list[Schema]) -> Found | None:
        parameter = self._parameter(AFTER_ITEM, StringShape, IntegerShape)
        members = [self._shapes.named_members(item) for item in items]
        own = next((name for name in ITEM_IDS if members and all(name in each for each in members)), None)
        more = self._place(places, HAS_MORE, BooleanShape)
        if parameter is None or own is None or (more is None and plain(parameter[0]) == "after"):
            return None
        return {"cursor": parameter[0], "last_item": own, **({"has_more": more} if more else {})}

    def _by_link(self, places: list[_Place]) -> Found | None:
        strings = [place for place in places if self._is(place.schema, StringShape)]
        for place in strings:
            if place.name in NEXT_LINKS or _is_link(place):
                return {"next_link": place.path}
        return None

    def _by_link_header(self) -> Found | None:
        if "link" not in self._headers:
            return None
        size = self._parameter((*PAGE_SIZES, *PAGES), IntegerShape, NumberShape)
        return {"next_link": "header:Link", **({"requires": (size[0],)} if size else {})}

    def _by_number(self, places: list[_Place]) -> Found | None:
        page = self._parameter(PAGES, IntegerShape, NumberShape)
        offset = self._parameter(OFFSETS, IntegerShape, NumberShape) if page is None else None
        if page is None and offset is None:
            return None
        numbers = (IntegerShape, NumberShape)
        ends = {"total": self._place(places, TOTALS, *numbers), "pages": None, "has_more": None}
        if not ends["total"]:
            ends["pages"] = self._place(places, PAGE_COUNTS, *numbers) if page else None
            ends["has_more"] = None if ends["pages"] else self._place(places, HAS_MORE, BooleanShape)
        found: Found = {key: place for key, place in ends.items() if place is not None}
        members = {place.name for place in places}
        if offset is not None:
            first = _first(offset[1], 1 if members >= ONE_BASED else 0)
            return {"offset": offset[0], **({"first_offset": first} if first != 0 else {}), **found}
        assert page is not None
        first = _first(page[1], 0 if members >= ZERO_BASED else 1)
        return {"page": page[0], **({"first_page": first} if first != 1 else {}), **found}


def _first(schema: Schema, usual: int) -> int:
    """Give the number of the first page or item: the default, what the description says, the least value; 0 or 1."""
    stated = schema.documentation
    words = [base for base, pattern in BASES.items() if re.search(pattern, stated.description or "", re.IGNORECASE)]
    for number in (stated.default, *(words if len(words) == 1 else ()), stated.minimum):
        if number in (0, 1) and not isinstance(number, bool):
            return int(str(number))
    return usual


def _described(parameter: Parameter) -> Schema:
    """Give the schema of a parameter with the words about both."""
    stated = parameter.schema.documentation
    words = " ".join(filter(None, (parameter.description, stated.description)))
    return replace(parameter.schema, documentation=replace(stated, description=words or None))


def _is_url(schema: Schema) -> bool:
    return schema.documentation.format in ("uri", "url", "uri-reference") or (
        isinstance(schema.shape, StringShape) and schema.shape.format in ("uri", "url", "uri-reference")
    )


def _is_link(place: _Place) -> bool:
    """Report whether a member called `next`, or the `href` of one, is the URL of the next page."""
    around = [plain(step) for step in place.steps[:-1]]
    if place.name in ("href", "uri", "url"):
        return bool(around) and around[-1] in ("next", "nextpage")
    if place.name not in ("next", "nextpage"):
        return False
    is_paired = bool(place.beside & {"prev", "previous", "first", "last", "previouspage", "prevpage", "self"})
    return is_paired or "links" in around or _is_url(place.schema)
