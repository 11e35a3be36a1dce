"""The events of a YAML parser go in, a JSON value comes out."""

from __future__ import annotations

import math
import re
from typing import Any, Protocol

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ...data.document import Json, Position
from .parsed import MAX_NESTING, BadText, Duplicate, Parsed, escape

PREFIX = "tag:yaml.org,2002:"
WORDS: dict[str, Json] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
"""What the core schema of YAML 1.2 reads as something else than text, numbers apart."""
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
STARTS = frozenset("0123456789+-.tTfFnN~")
"""First characters of all plain scalars that may be no text."""
SAFE_DIGITS = 4000
"""Python refuses to read longer integers."""
FREE_EXPANSION = 1_000_000
"""Values that aliases may stand for in any document; beyond, they may make it ten times as large."""


class Events(Protocol):
    """Gives one event after the other."""

    def get_event(self) -> Any: ...


class Container:
    """A mapping or a list that is being read."""

    __slots__ = ("anchor", "depth", "key", "keys", "merges", "path", "size", "value")

    def __init__(self, value: Any, path: str, anchor: str | None) -> None:
        self.value = value
        self.path = path
        self.anchor = anchor
        self.key: str | None = None
        """The key whose value comes next."""
        self.keys: dict[str, Any] = {}
        """Where each key of a mapping stands."""
        self.merges: list[Json] = []
        self.size = 1
        """Values below and including this one, aliases written out."""
        self.depth = 1
        """Containers below and including this one."""


class Builder:
    """One run over one document."""

    def __init__(self, events: Events, *, with_positions: bool) -> None:
        self._events = events
        self._with_positions = with_positions
        self._positions: dict[str, Position] = {}
        self._duplicates: list[Duplicate] = []
        self._anchors: dict[str, tuple[Json, int, int]] = {}
        self._stack: list[Container] = []
        self._root: Json = None
        self._count = 0

    def parsed(self) -> Parsed:
        """Read the events to the end.

        Raises `BadText`, and what the parser raises.
        """
        get_event = self._events.get_event
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    message = "the file holds several YAML documents"
                    raise BadText("several-documents", message, place_of(event), "keep one")
            elif kind is StreamEndEvent:
                break
        return Parsed(value=self._root, duplicates=tuple(self._duplicates), positions=self._positions)

    # --- events ------------------------------------------------------------------------------------------------------

    def _scalar(self, event: Any) -> None:
        """Read a key or a value."""
        self._count += 1
        stack = self._stack
        if stack and stack[-1].key is None and type(stack[-1].value) is dict:
            self._key(stack[-1], event)
            return
        text = event.value
        if event.tag is not None:
            value = tagged(event)
        elif event.implicit[0] and (not text or text[0] in STARTS):
            value = plain(text, event)
        else:
            value = text
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1, 0)
        self._put(value, event, 1, 0)

    def _key(self, container: Container, event: Any) -> None:
        """Take a scalar as the key of the value that follows; it is text, whatever it looks like."""
        key = event.value
        if event.anchor is not None:
            self._anchors[event.anchor] = (key, 1, 0)
        if key in container.keys and not is_merge(key):
            first = container.keys[key]
            at = Position(first.line + 1, first.column + 1)
            self._duplicates.append(Duplicate(key, at, place_of(event)))
        container.keys.setdefault(key, event.start_mark)
        container.key = key
        if self._with_positions:
            self._positions[f"{container.path}/{escape(key)}"] = place_of(event)

    def _start(self, event: Any, value: Any) -> None:
        """Open a container."""
        self._count += 1
        stack = self._stack
        if len(stack) >= MAX_NESTING:
            raise too_deep(event)
        path = ""
        if stack:
            parent = stack[-1]
            if type(parent.value) is dict and parent.key is None:
                raise BadText("bad-key", "a key must be text", place_of(event))
            path = self._path(parent) if self._with_positions else ""
        if event.tag is not None and event.tag not in (f"{PREFIX}map", f"{PREFIX}seq", "!"):
            raise unknown_tag(event)
        if self._with_positions:
            self._positions.setdefault(path, place_of(event))
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        stack.append(Container(value, path, event.anchor))

    def _end(self, event: Any) -> None:
        """Close a container and hand it to the one around it."""
        container = self._stack.pop()
        value = container.value
        if container.merges:
            value = merged(value, container.merges)
        if container.anchor is not None:
            self._anchors[container.anchor] = (value, container.size, container.depth)
        self._put(value, event, container.size, container.depth)

    def _alias(self, event: Any) -> None:
        """Put the value of an anchor again: the same object, as nobody changes it."""
        known = self._anchors.get(event.anchor)
        if known is None:
            message = f"there is no complete value '&{event.anchor}' before this alias"
            raise BadText("bad-alias", message, place_of(event))
        value, size, depth = known
        stack = self._stack
        if stack and stack[-1].key is None and type(stack[-1].value) is dict:
            if not isinstance(value, str):
                raise BadText("bad-key", "a key must be text", place_of(event))
            event.value, event.anchor = value, None
            self._key(stack[-1], event)
            return
        if len(stack) + depth > MAX_NESTING:
            raise too_deep(event)
        self._put(value, event, size, depth)

    # --- building ----------------------------------------------------------------------------------------------------

    def _put(self, value: Json, event: Any, size: int, depth: int) -> None:
        """Add a value to the container around it."""
        stack = self._stack
        if not stack:
            self._root = value
            return
        parent = stack[-1]
        parent.size += size
        if depth:
            parent.depth = max(parent.depth, depth + 1)
            if parent.size > max(FREE_EXPANSION, 10 * self._count):
                message = "aliases make the document too large"
                raise BadText("too-many-aliases", message, place_of(event))
        if type(parent.value) is list:
            if self._with_positions:
                self._positions.setdefault(self._path(parent), place_of(event))
            parent.value.append(value)
            return
        key = parent.key
        parent.key = None
        if key == "<<" and is_mergeable(value):
            parent.merges.append(value)
        else:
            parent.value[key] = value

    def _path(self, parent: Container) -> str:
        """Give the path of the value that comes next."""
        if type(parent.value) is list:
            return f"{parent.path}/{len(parent.value)}"
        return f"{parent.path}/{escape(parent.key or '')}"


# --- scalars ---------------------------------------------------------------------------------------------------------


def plain(text: str, event: Any) -> Json:
    """Read a scalar without quotes."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return integer(text, event)
    if FLOAT.fullmatch(text):
        return number(text, event)
    return text


def integer(text: str, event: Any) -> int:
    """Read a whole number."""
    if len(text) > SAFE_DIGITS:
        raise BadText("bad-number", "the number is too long", place_of(event))
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base)


def number(text: str, event: Any) -> float:
    """Read a number that a double can hold."""
    value = float(text)
    if math.isinf(value):
        raise BadText("bad-number", "the number is too large", place_of(event))
    return value


def tagged(event: Any) -> Json:
    """Read a scalar that says what it is."""
    text, tag = event.value, event.tag.removeprefix(PREFIX)
    if tag in ("!", "str", "timestamp", "binary"):
        return str(text)
    value = plain(text, event)
    fits = {
        "null": value is None,
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, int | float) and not isinstance(value, bool),
    }
    if tag not in fits:
        raise unknown_tag(event)
    if not fits[tag]:
        raise BadText("bad-tag", f"the value does not fit its tag '{tag}'", place_of(event))
    return float(value) if tag == "float" and isinstance(value, int) else value


# --- merge keys ------------------------------------------------------------------------------------------------------


def is_merge(key: str) -> bool:
    """Tell whether a key may stand several times: `<<` of YAML 1.1, which people still use."""
    return key == "<<"


def is_mergeable(value: Json) -> bool:
    """Tell whether `<<` has a mapping, or a list of mappings, to merge."""
    if isinstance(value, list):
        return all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def merged(own: dict[str, Json], merges: list[Json]) -> dict[str, Json]:
    """Write out merge keys: a mapping's own members win, then the first merged one."""
    made: dict[str, Json] = {}
    for merge in merges:
        for part in merge if isinstance(merge, list) else [merge]:
            if isinstance(part, dict):
                made = {**part, **made}
    return {**made, **own}


# --- complaints ------------------------------------------------------------------------------------------------------


def place_of(event: Any) -> Position:
    """Give the place where an event starts."""
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1)


def too_deep(event: Any) -> BadText:
    """Complain about containers inside containers inside ..."""
    message = f"values are nested more than {MAX_NESTING} deep"
    return BadText("too-deep", message, place_of(event))


def unknown_tag(event: Any) -> BadText:
    """Complain about a tag that JSON has no value for."""
    return BadText("bad-tag", f"the tag '{event.tag}' has no meaning here", place_of(event))
