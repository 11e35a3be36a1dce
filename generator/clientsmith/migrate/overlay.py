"""The overlay that a config makes: changes of the document, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from ..data.pointer import Json


@dataclass(slots=True)
class Overlay:
    """Actions, in the order in which they are done."""

    actions: list[dict[str, Json]] = field(default_factory=list)

    def update(self, target: str, given: Json, reason: str = "") -> None:
        """Merge a value into what a query selects."""
        self._add(target, {"update": given}, reason)

    def remove(self, target: str, reason: str = "") -> None:
        """Remove what a query selects."""
        self._add(target, {"remove": True}, reason)

    def copy(self, target: str, source: str, reason: str = "") -> None:
        """Merge what one query selects into what another one does."""
        self._add(target, {"copy": source}, reason)

    def set(self, holder: str, name: str, given: Json, *, exists: bool, reason: str = "") -> None:
        """Set a member of an object, whatever it was."""
        if exists:
            self.remove(f"{holder}{step(name)}", reason)
        self.update(holder, {name: given}, reason)

    def _add(self, target: str, verb: dict[str, Json], reason: str) -> None:
        described: dict[str, Json] = {"description": " ".join(reason.split())} if reason.strip() else {}
        self.actions.append({"target": target, **described, **verb})

    def text(self, title: str) -> str:
        """Write the document."""
        document = {"overlay": "1.1.0", "info": {"title": title, "version": "1"}, "actions": self.actions}
        dumped: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
        return dumped


class _Dumper(yaml.SafeDumper):
    """Writes equal values out, instead of aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def query(*steps: str | int) -> str:
    """Write the query for one place of the document.

    >>> query("paths", "/pets", "get", "parameters", 0)
    "$.paths['/pets'].get.parameters[0]"
    """
    return "$" + "".join(map(step, steps))


def step(name: str | int) -> str:
    """Write one step of a query."""
    if isinstance(name, int):
        return f"[{name}]"
    if name.isascii() and name.isidentifier():
        return f".{name}"
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return "['" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in quoted) + "']"
