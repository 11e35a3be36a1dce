"""`pagination` of a config: schemes go in, `[paging]` of settings comes out, and which methods it holds for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..data.pointer import Json
from .config import Node
from .source import Endpoint, Source
from .toml_text import Table
from .words import snake

PURPOSE = "x-stainless-pagination-property"
KINDS = {
    "page_number": "page",
    "offset": "offset",
    "cursor": "cursor",
    "cursor_id": "cursor",
    "cursor_url": "next_link",
}
"""The parameter, or the link, that each type of scheme moves by."""
PARAMETERS = {
    "page_number_param": "page",
    "offset_count_param": "offset",
    "next_cursor_param": "cursor",
    "next_cursor_id_param": "cursor",
}
PLACES = {
    "items": "items",
    "has_next_page": "has_more",
    "next_cursor_field": "next_cursor",
    "cursor_item_id": "last_item",
    "cursor_url_field": "next_link",
    "total_page_count_field": "pages",
    "offset_total_count_field": "total",
}
USUAL = {
    "page": ("page", "page_number"),
    "offset": ("offset", "skip"),
    "cursor": ("cursor", "after", "starting_after", "page_token"),
    "next_cursor": ("next_cursor", "nextCursor", "next", "last_id", "next_page_token"),
    "next_link": ("next", "next_url", "next_page_url"),
    "last_item": ("id",),
}
"""What names mean that have no purpose in the config."""


@dataclass(slots=True)
class Scheme:
    """A scheme that was read."""

    name: str
    node: Node
    keys: dict[str, Json] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    """All that the request must have."""
    members: list[str] = field(default_factory=list)
    """All that the response must have, dotted."""
    is_list: bool = False

    @property
    def moves_by(self) -> str | None:
        """The key of the parameter or link that differs from page to page."""
        return KINDS.get(self.node.child("type").text() or "")

    @property
    def is_whole(self) -> bool:
        """Whether the settings can say how the next page is found."""
        kind = self.moves_by
        if kind is None or kind not in self.keys:
            return False
        return kind != "cursor" or "next_cursor" in self.keys or "last_item" in self.keys


class Schemes:
    """All schemes of a config, in their order."""

    def __init__(self, pagination: Node, source: Source) -> None:
        self._source = source
        self._schemes = [_read(node) for node in pagination.items()]
        self._used: set[str] = set()

    def choice(self, endpoint: Endpoint, paginated: Node) -> Json:
        """Give what the settings of a method say of its pages; None where they need not."""
        fitting = [each for each in self._schemes if each.is_whole and self._fits(each, endpoint, is_whole=True)]
        loosely = [each for each in self._schemes if each.is_whole and self._fits(each, endpoint, is_whole=False)]
        chosen = self._chosen(paginated, fitting, loosely)
        if chosen is not None:
            self._used.add(chosen.name)
        if chosen is None:
            return False if loosely else None
        return chosen.name if loosely[:1] != [chosen] else None

    def _chosen(self, paginated: Node, fitting: list[Scheme], loosely: list[Scheme]) -> Scheme | None:
        if paginated.value is False:
            paginated.carried("paging")
            return None
        name = paginated.text()
        if name is not None and paginated.value is not True:
            named = next((each for each in loosely if each.node.child("name").text() == name), None)
            if named is None:
                paginated.not_possible(f"the operation does not fit '{name}'")
            paginated.carried("paging")
            return named
        paginated.carried("paging")
        return next(iter(fitting), None)

    def tables(self) -> Iterator[Table]:
        """Give the tables of the schemes that a method fits."""
        for scheme in self._schemes:
            self._note(scheme)
            if scheme.name in self._used:
                table = Table(("paging", scheme.name))
                for key, given in scheme.keys.items():
                    table.set(key, given)
                extra: list[Json] = [
                    name for name in scheme.parameters if name != scheme.keys.get(scheme.moves_by or "")
                ]
                table.set("requires", extra or None)
                yield table

    def _note(self, scheme: Scheme) -> None:
        node = scheme.node
        if scheme.name in self._used:
            node.carried(f"[paging.{scheme.name}]")
        elif not scheme.is_whole:
            node.not_possible("it does not say how the next page is found")
        else:
            node.not_needed("no method fits it")

    def _fits(self, scheme: Scheme, endpoint: Endpoint, *, is_whole: bool) -> bool:
        """Report whether an operation has what the scheme names; `is_whole`: all that the config lists."""
        arguments = self._source.arguments(endpoint)
        if not all(name in arguments for name in scheme.parameters):
            return False
        schema = self._source.response_schema(endpoint.operation)
        items = self._source.at_members(schema, str(scheme.keys.get("items") or ""))
        if items.get("type") != "array" and "items" not in items:
            return False
        members = (
            scheme.members
            if is_whole
            else [str(given) for key, given in scheme.keys.items() if key in PLACES.values() and key != "last_item"]
        )
        named = [name for name in members if name and not name.startswith("header:")]
        return all(self._source.has_members(schema, name) for name in named)


def _read(node: Node) -> Scheme:
    scheme = Scheme(snake(node.child("name").text() or node.child("type").text() or "pages"), node)
    for name, given in node.child("request").mapping().items():
        _read_parameter(scheme, name, _purpose(given).get("purpose"))
    response = node.child("response")
    shape = response.mapping()
    if _purpose(shape).get("is_top_level_array"):
        scheme.is_list = True
        scheme.keys["items"] = ""
    for path, schema in _members(shape, ()):
        _read_member(scheme, path, schema)
    _complete(scheme)
    if node.child("param_location").text() == "body":
        key = scheme.moves_by or ""
        if key in scheme.keys and key != "next_link":
            scheme.keys[key] = f"body:{scheme.keys[key]}"
    return scheme


def _read_parameter(scheme: Scheme, name: str, purpose: Any) -> None:
    scheme.parameters.append(name)
    if purpose in PARAMETERS:
        scheme.keys.setdefault(PARAMETERS[purpose], name)


def _read_member(scheme: Scheme, path: tuple[str, ...], schema: Mapping[str, Any]) -> None:
    marked = _purpose(schema)
    purpose, header = marked.get("purpose"), marked.get("from_header")
    place = f"header:{header}" if header else ".".join(name.replace(".", "\\.") for name in path)
    if purpose == "cursor_item_id":
        scheme.keys.setdefault("last_item", path[-1])
        return
    scheme.members.append(place)
    if purpose in PLACES:
        scheme.keys.setdefault(PLACES[purpose], place)


def _complete(scheme: Scheme) -> None:
    """Find what has no purpose by its usual name."""
    kind = scheme.moves_by
    config_type = scheme.node.child("type").text()
    if kind in ("page", "offset", "cursor"):
        _add_usual(scheme, kind, scheme.parameters)
    if config_type == "cursor":
        _add_usual(scheme, "next_cursor", scheme.members)
    if kind == "next_link":
        _add_usual(scheme, "next_link", scheme.members)
    if config_type == "cursor_id":
        scheme.keys.setdefault("last_item", "id")
    if not scheme.is_list:
        _add_items(scheme)
    order = ("items", *KINDS.values(), *PLACES.values())
    scheme.keys = {key: scheme.keys[key] for key in dict.fromkeys(order) if key in scheme.keys}


def _add_usual(scheme: Scheme, key: str, names: Iterable[str]) -> None:
    """Give a key the first name that it often has, unless it has one."""
    name = next((name for name in names if name in USUAL[key]), None)
    if name:
        scheme.keys.setdefault(key, name)


def _add_items(scheme: Scheme) -> None:
    """Take the first array of the response for the items, unless they are known."""
    for path, schema in _members(scheme.node.child("response").mapping(), ()):
        if _is_array(schema):
            scheme.keys.setdefault("items", ".".join(path))
            return


def _members(shape: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Give the members of a response, those of objects inside it, too; an item's own by its name alone."""
    for name, schema in shape.items():
        if name == PURPOSE or not isinstance(schema, dict):
            continue
        here = (*path, name)
        properties = schema.get("properties")
        if isinstance(properties, dict) and not _purpose(schema):
            yield from _members(properties, here)
            continue
        yield here, schema
        items = schema.get("items")
        inner = items.get("properties") if isinstance(items, dict) else None
        for key, marked in inner.items() if isinstance(inner, dict) else ():
            if isinstance(marked, dict) and _purpose(marked).get("purpose") == "cursor_item_id":
                yield (*here, key), marked


def _is_array(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "array"


def _purpose(schema: Any) -> Mapping[str, Any]:
    found = schema.get(PURPOSE) if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}
