"""`openapi.transforms` of a config: changes of the document go in, actions of an overlay come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..data.pointer import Json
from .config import Node
from .overlay import Overlay, query, step
from .paths import Steps, parent_and_name, plain, select, value_at
from .source import Source

NO_QUERY = "the target is no JSONPath query that can be read"
NO_EFFECT = {
    "oneOfToAnyOf": "both keywords mean the same to clients",
    "mergeAllOf": "all of 'allOf' is merged anyway",
}
"""Commands for what needs no change."""


def read_transforms(transforms: Node, source: Source, overlay: Overlay) -> None:
    """Read all transforms, in their order."""
    for node in transforms.items():
        _Transform(node, source, overlay).read()


class _Transform:
    """One transform."""

    def __init__(self, node: Node, source: Source, overlay: Overlay) -> None:
        self._node = node
        self._arguments = node.child("args")
        self._root: Any = source.root
        self._overlay = overlay
        self._reason = node.child("reason").text() or ""

    def read(self) -> None:
        """Do what the command says, or note why that cannot be done."""
        command = self._node.child("command").text() or ""
        self._node.child("reason").carried("the description of the action")
        done = COMMANDS.get(command)
        if command in NO_EFFECT:
            self._node.not_needed(NO_EFFECT[command])
        elif done is None:
            self._node.not_possible(f"overlays have nothing like the command '{command}'")
        else:
            problem = done(self)
            if problem is None:
                self._node.carried("the overlay")
            else:
                self._node.not_possible(problem)

    # --- commands ---

    def remove(self) -> str | None:
        """Remove what targets select, or members of it."""
        keys = self._arguments.child("keys").texts()
        for target in self._targets():
            queries = [f"{target}{step(key)}" for key in keys] or [target]
            for each in queries:
                problem = self._each(each, lambda found: self._overlay.remove(found, self._reason))
                if problem is not None:
                    return problem
        return None

    def merge(self) -> str | None:
        """Merge a value into what targets select."""
        value = self._value()
        return self._all(lambda found: self._overlay.update(found, value, self._reason))

    def append(self) -> str | None:
        """Add items to lists."""
        value = self._value()
        items: list[Json] = value if isinstance(value, list) else [value]
        return self._all(lambda found: self._overlay.update(found, items, self._reason))

    def update(self) -> str | None:
        """Replace what targets select."""
        return next(filter(None, map(self._replace, self._targets())), None)

    def copy(self) -> str | None:
        """Copy a value to another place."""
        return self._transfer(removes=False)

    def move(self) -> str | None:
        """Move a value to another place."""
        return self._transfer(removes=True)

    def rename(self) -> str | None:
        """Give members other names: from a name to a name, in what the targets select."""
        old, new = self._arguments.child("from").text(), self._arguments.child("to").text()
        if old is None or new is None:
            return "it names no member"
        for target in self._targets():
            for steps in select(plain(target), self._root) or ():
                self._carry((*steps, old), query(*steps), new, removes=True)
        return None

    # --- parts ---

    def _targets(self) -> tuple[str, ...]:
        return self._arguments.child("target").texts()

    def _value(self) -> Json:
        return self._arguments.child("value").value

    def _all(self, act: Callable[[str], None]) -> str | None:
        return next(filter(None, (self._each(target, act) for target in self._targets())), None)

    def _each(self, target: str, act: Callable[[str], None]) -> str | None:
        """Act on a target: on the query itself where overlays read it, else on each place that it selects now."""
        standard = plain(target)
        if select(standard, self._root, strict=True) is not None:
            act(standard)
            return None
        found = select(standard, self._root)
        if found is None:
            return NO_QUERY
        for steps in reversed(found):
            act(query(*steps))
        return None

    def _replace(self, target: str) -> str | None:
        """Replace what one target selects, whatever kind it is of."""
        value, standard = self._value(), plain(target)
        found = select(standard, self._root)
        if found is None:
            return NO_QUERY
        split = parent_and_name(standard)
        if split is not None and select(split[0], self._root, strict=True) is not None:
            self._overlay.set(*split, value, exists=bool(found), reason=self._reason)
            return None
        for steps in found:
            problem = self._replace_at(steps, value)
            if problem is not None:
                return problem
        return None

    def _replace_at(self, steps: Steps, value: Json) -> str | None:
        if steps and isinstance(steps[-1], str):
            self._overlay.set(query(*steps[:-1]), steps[-1], value, exists=True, reason=self._reason)
            return None
        here = value_at(self._root, steps)
        if isinstance(here, dict) and isinstance(value, dict):
            self._overlay.remove(f"{query(*steps)}.*", self._reason)
            self._overlay.update(query(*steps), value, self._reason)
            return None
        return "an item of a list can be replaced by an object only"

    def _transfer(self, *, removes: bool) -> str | None:
        origin, target = self._arguments.child("from").text(), self._arguments.child("to").text()
        found = select(plain(origin), self._root) if origin else None
        split = parent_and_name(plain(target)) if target else None
        if not found or len(found) != 1 or split is None:
            return "it must name one place, and a member to put that in"
        self._carry(found[0], *split, removes=removes)
        return None

    def _carry(self, steps: Steps, holder: str, name: str, *, removes: bool) -> None:
        value = value_at(self._root, steps)
        if value is None:
            return
        empty: Json = {} if isinstance(value, dict) else [] if isinstance(value, list) else value
        self._overlay.update(holder, {name: empty}, self._reason)
        if isinstance(value, dict | list) and value:
            self._overlay.copy(f"{holder}{step(name)}", query(*steps), self._reason)
        if removes:
            self._overlay.remove(query(*steps), self._reason)


COMMANDS: Mapping[str, Callable[[_Transform], str | None]] = {
    "remove": _Transform.remove,
    "merge": _Transform.merge,
    "mergeObject": _Transform.merge,
    "append": _Transform.append,
    "update": _Transform.update,
    "copy": _Transform.copy,
    "move": _Transform.move,
    "rename": _Transform.rename,
}
