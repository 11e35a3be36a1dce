"""Values of a config, written as TOML: each text of it becomes a value, a key or a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from ..data.pointer import Json
from ..data.toml_text import WIDTH, toml_comment, toml_key, toml_path, toml_string


def value(given: Json) -> str:
    """Write a value. TOML has no null: a member that is null is left out."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, int | float):
        return str(given)
    if isinstance(given, str):
        return toml_string(given)
    if isinstance(given, Mapping):
        members = [f"{toml_key(name)} = {value(inner)}" for name, inner in given.items() if inner is not None]
        return f"{{ {', '.join(members)} }}" if members else "{}"
    if isinstance(given, Sequence):
        return listed([value(item) for item in given if item is not None])
    return '""'


def listed(items: Sequence[str]) -> str:
    """Write a list, on several lines where one is not enough."""
    line = f"[{', '.join(items)}]"
    if len(line) <= WIDTH:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def comment(words: str) -> list[str]:
    """Write a comment, one line for each of the text."""
    return [toml_comment(line) for line in words.splitlines()]


class Table:
    """A table of the file: its keys in the order in which they are set."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        self._lines: dict[str, list[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def set(self, name: str, given: Json, about: str = "") -> None:
        """Set a key, unless there is nothing to say; the first value of a key stays."""
        if given is not None:
            self._lines.setdefault(name, [*comment(about), f"{toml_key(name)} = {value(given)}"])

    def written(self) -> list[str]:
        """Write the table with its head; nothing where it has no keys."""
        if not self._lines:
            return []
        head = [f"[{toml_path(self.path)}]"] if self.path else []
        return [*head, *chain.from_iterable(self._lines.values()), ""]
