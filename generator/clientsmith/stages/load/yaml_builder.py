"""The events of a YAML parser go in, a JSON value comes out."""

from __future__ import annotations

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

from ...data.nesting import MAX_NESTING
from ...data.pointer import Json, Position, escape
from .parsed import BadText, Duplicate, Parsed
from .yaml_scalars import PREFIX, STARTS, place_of, plain, tagged, unknown_tag

FREE_EXPANSION = 1_000_000
"""Values that aliases may stand for in any document; beyond, they may make it ten times as large."""


class Events(Protocol):
    """The part of PyYAML's parsers that is used here."""

    def get_event(self) -> Any: ...


class Container:
    """A mapping or a list that is being read."""

    __slots__ = ("anchor", "depth", "is_merge", "key", "keys", "merges", "path", "size", "value")

    def __init__(self, value: Any, path: str, anchor: str | None) -> None:
        self.value = value
        self.path = path
        self.anchor = anchor
        self.key: str | None = None
        """The key whose value comes next."""
        self.keys: dict[str, Any] = {}
        """Where each key of a mapping stands."""
        self.is_merge = False
        """True where that key is the `<<` of YAML 1.1, which people still use."""
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

        Raises:
            BadText: the events make no JSON value.
            yaml.YAMLError: the text is not YAML.
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
        container.is_merge = key == "<<" and type(event) is ScalarEvent and event.implicit[0]
        if key in container.keys and not container.is_merge:
            first = container.keys[key]
            at = Position(first.line + 1, first.column + 1)
            self._duplicates.append(Duplicate(self._place(key), key, at, place_of(event)))
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
        if parent.is_merge and is_mergeable(value):
            parent.merges.append(value)
        else:
            parent.value[key] = value

    def _place(self, key: str) -> str:
        """Give the path of a member of the innermost mapping, which knows its own only where positions are made."""
        steps = [str(len(c.value)) if type(c.value) is list else c.key or "" for c in self._stack[:-1]]
        return "".join(f"/{escape(step)}" for step in (*steps, key))

    def _path(self, parent: Container) -> str:
        """Give the path of the value that comes next."""
        if type(parent.value) is list:
            return f"{parent.path}/{len(parent.value)}"
        return f"{parent.path}/{escape(parent.key or '')}"


# --- merge keys ------------------------------------------------------------------------------------------------------


def is_mergeable(value: Json) -> bool:
    """Report whether `<<` has a mapping, or a list of mappings, to merge."""
    if isinstance(value, list):
        return all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def merged(own: dict[str, Json], merges: list[Json]) -> dict[str, Json]:
    """Write out merge keys: a mapping's own members win, then the first merged one."""
    parts = [part for merge in merges for part in (merge if isinstance(merge, list) else [merge])]
    made: dict[str, Json] = {}
    for part in reversed(parts):
        if isinstance(part, dict):
            made.update(part)
    return {**made, **own}


def too_deep(event: Any) -> BadText:
    """Complain about containers inside containers inside ..."""
    return BadText("too-deep", f"values are nested more than {MAX_NESTING} deep", place_of(event))
