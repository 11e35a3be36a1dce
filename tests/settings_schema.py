"""The JSON Schema of the settings, made of what the loader reads and of what docs/settings.md says about each key.

The loader runs over a table that notes which keys it is asked for, and as what. So the schema has no source of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clientsmith.data.document import Position
from clientsmith.stages.load.settings.root import read
from clientsmith.stages.load.settings.toml_table import Pattern, SettingsFile, Table

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "generator/clientsmith/settings.schema.json"
DOCUMENTATION = ROOT / "docs/settings.md"
ANY = "*"
"""What stands for a name that is the user's."""
NOT_BLANK = r"\S"
Node = dict[str, Any]


class NotedTable(Table):
    """A table whose keys are all absent, and that notes in `node` which of them the loader takes."""

    def __init__(self, file: SettingsFile, node: Node, path: tuple[str, ...] = ()) -> None:
        super().__init__(file, {}, path)
        self._settings = file
        self.node = node
        node.update(type="object", properties={}, additionalProperties=False)

    @property
    def position(self) -> Position:
        return Position(1, 1)

    def _note(self, key: str, schema: Node) -> None:
        known = self.node["additionalProperties"]
        if key == ANY:
            # A key that is taken twice may be either.
            self.node["additionalProperties"] = schema if known in (False, schema) else {"anyOf": [known, schema]}
        else:
            self.node["properties"].setdefault(key, schema)

    def _take(self, key: str, expected: str, fits: Any) -> Any:
        raise AssertionError(f"'{key}' is of a kind that the schema does not know: {expected}")

    def text(self, key: str) -> None:
        self._note(key, {"type": "string", "pattern": NOT_BLANK})

    def possibly_empty(self, key: str) -> None:
        self._note(key, {"type": "string"})

    def matching(self, key: str, pattern: Pattern) -> None:
        self._note(key, {"type": "string", "pattern": f"^(?:{without_flags(pattern.expression)})$"})

    def flag(self, key: str, default: bool = False) -> bool:
        self._note(key, {"type": "boolean", "default": default})
        return default

    def number(self, key: str, default: int) -> int:
        self._note(key, {"type": "integer", "minimum": 0, "default": default})
        return default

    def optional_number(self, key: str) -> None:
        self._note(key, {"type": "integer", "minimum": 0})

    def seconds(self, key: str, most: int) -> None:
        self._note(key, {"type": "number", "exclusiveMinimum": 0, "maximum": most})

    def texts(self, key: str) -> None:
        self._note(key, {"type": "array", "items": {"type": "string"}})

    def located_texts(self, key: str) -> list[tuple[str, Position]]:
        self._note(key, {"type": "array", "items": {"type": "string", "pattern": NOT_BLANK}})
        return []

    def flag_or_texts(self, key: str) -> bool:
        self._note(
            key, {"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}], "default": False}
        )
        return False

    def text_or_false(self, key: str) -> None:
        self._note(key, {"anyOf": [{"type": "string", "pattern": NOT_BLANK}, {"const": False}]})

    def choice(self, key: str, choices: tuple[Any, ...], default: Any) -> Any:
        self._note(key, {"enum": list(choices), **({"default": default} if default in choices else {})})
        return default

    def table(self, key: str) -> Table:
        schema: Node = {}
        self._note(key, schema)
        return NotedTable(self._settings, schema, (*self.path, key))

    def tables(self) -> Iterator[tuple[str, Table]]:
        if self.path[-2:] == (ANY, ANY):  # Tables of a kind hold tables of the same kind.
            self.node["additionalProperties"] = {"recursive": True}
            return
        yield ANY, self.table(ANY)

    def rest(self) -> list[str]:
        return [ANY, ANY]

    def is_table(self, key: str) -> bool:
        return self.node["additionalProperties"] is not False

    def has(self, key: str) -> bool:
        return True

    def values(self, key: str) -> dict[str, Any]:
        self._note(key, {"type": "object"})
        return {}

    def require(self, key: str) -> None:
        self.node.setdefault("required", []).append(key)

    def reject(self, key: str, message: str, hint: str | None = None) -> None:
        """Rules for names are those of the loader alone."""

    def done(self) -> None:
        """Whatever was not noted is unknown."""


def without_flags(expression: str) -> str:
    """Write a regular expression as JSON Schema knows them: without parts where capitals make no difference."""

    def both(found: re.Match[str]) -> str:
        return re.sub("[a-z]", lambda letter: f"[{letter[0].upper()}{letter[0]}]", found[1])

    return re.sub(r"\(\?i:([a-z?]+)\)", both, expression)


def make_schema() -> Node:
    """Make the schema."""
    root: Node = {}
    file = SettingsFile("settings.toml", "", {})
    assert read(NotedTable(file, root), file, Path("settings.toml"), None) is None
    definitions: Node = {}
    folded = fold(root, definitions)
    meanings = dict(documented(DOCUMENTATION.read_text("utf-8")))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of clientsmith",
        "description": "What a client is generated from, and how: docs/settings.md.",
        **described(folded, (), meanings),
        "definitions": {name: described(node, (name, ANY), meanings) for name, node in definitions.items()},
    }


def fold(node: Node, definitions: Node, name: str = "") -> Node:
    """Replace tables that hold tables of their own kind by references to one definition."""
    below = node.get("additionalProperties")
    if isinstance(below, dict) and holds_its_own_kind(below.get("additionalProperties")):
        reference = {"$ref": f"#/definitions/{name}"}
        definitions[name] = {**below, "additionalProperties": reference}
        return {**node, "additionalProperties": reference}
    properties = {key: fold(inner, definitions, key) for key, inner in node.get("properties", {}).items()}
    return {**node, **({"properties": properties} if properties else {})}


def holds_its_own_kind(node: Any) -> bool:
    """Report whether the loader goes on for ever from here."""
    return isinstance(node, dict) and node.get("additionalProperties") == {"recursive": True}


def described(node: Node, path: tuple[str, ...], meanings: dict[tuple[str, ...], str]) -> Node:
    """Add what the documentation says of each key."""
    made = dict(node)
    if meanings.get(path):
        made = {"description": meanings[path], **made}
    if "properties" in node:
        inner = {key: described(value, (*path, key), meanings) for key, value in node["properties"].items()}
        made["properties"] = inner
    if "anyOf" in node:
        made["anyOf"] = [described(member, path, {**meanings, path: ""}) for member in node["anyOf"]]
    if isinstance(node.get("additionalProperties"), dict):
        made["additionalProperties"] = described(node["additionalProperties"], (*path, ANY), meanings)
    return made


HEADING = re.compile(r"#+ `\[(.+)\]`")
ROW = re.compile(r"\| (`[^|]*`(?:, `[^|]*`)*) \|(?: (.*) \|)? (.*) \|$")


def documented(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find what docs/settings.md says of each key, by its path; methods of the client are as those of resources."""
    for path, about in of_tables(text):
        yield path, about
        if len(path) > 4 and path[:2] == ("resources", ANY) and path[2] in ("methods", "iterators"):
            yield ("client", *path[2:]), about


def of_tables(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find what the tables say of each key, by its path."""
    table: tuple[str, ...] = ()
    iterators = ("resources", ANY, "iterators", ANY)
    for line in text.splitlines():
        if heading := HEADING.fullmatch(line):
            table = tuple(ANY if step.startswith("<") else step for step in heading[1].split("."))
            yield table, f"`[{heading[1]}]`"
        elif row := ROW.fullmatch(line):
            for key in re.findall("`([^`]+)`", row[1]):
                yield (*table, key), sentence(row[3])
                if table[:1] == ("paging",) and key != "requires":
                    yield (*iterators, key), sentence(row[3])


def sentence(markdown: str) -> str:
    """Write a cell of a table for an editor."""
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown)


def schema_text(schema: Node) -> str:
    """Write the schema."""
    return json.dumps(schema, indent=1, ensure_ascii=True) + "\n"
