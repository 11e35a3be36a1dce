"""`streaming` of a config: what becomes of the events of streams."""

from __future__ import annotations

from collections.abc import Iterator

from ..data.pointer import Json
from .config import Node
from .toml_text import Table

HANDLINGS = {"yield": "yield", "done": "done", "error": "error", "continue": "skip", "skip": "skip", "ignore": "skip"}
"""What the settings call each way to handle an event."""
WHERE = "[streams.{}]"


def read_streams(streaming: Node) -> Iterator[Table]:
    """Read the rules for events, in their order: the first that an event fits counts."""
    names: dict[str, int] = {}
    for node in streaming.child("on_event").items():
        handle = _handling(node)
        if handle is None:
            continue
        names[handle] = names.get(handle, 0) + 1
        name = handle if names[handle] == 1 else f"{handle}_{names[handle]}"
        yield _rule(node, handle, name)


def _handling(node: Node) -> str | None:
    """Read what is done with the events of a rule; `kind` says it, too, unless it says which events they are."""
    given, kind = node.child("handle"), node.child("kind")
    handle = HANDLINGS.get(given.text() or kind.text() or "yield")
    if handle is None:
        node.not_possible(f"events are handled in one of these ways: {', '.join(HANDLINGS)}")
        return None
    given.carried("handle")
    kind.carried("the rule holds for every event that no rule before it fits")
    return handle


def _rule(node: Node, handle: str, name: str) -> Table:
    table = Table(("streams", name))
    where = WHERE.format(name)
    table.set("handle", handle)
    events = _event_names(node.child("event_type"))
    table.set("events", events or None)
    data = node.child("data_starts_with")
    table.set("data", data.text())
    error = node.child("error_property")
    if handle == "yield":
        table.set("error", error.text())
        error.carried(f"{where} error")
    else:
        error.not_needed("the message is what the data of the event says")
    data.carried(f"{where} data")
    return table


def _event_names(node: Node) -> list[Json]:
    """Read the names of events; null stands for those without a name."""
    given = node.value if isinstance(node.value, list) else [node.value] if node else []
    for item in node.items():
        item.carried("events")
    node.carried("events")
    return [name if isinstance(name, str) else "" for name in given if name is None or isinstance(name, str)]
