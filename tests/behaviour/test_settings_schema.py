"""The published JSON Schema of the settings is what the loader reads and what the documentation says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.settings_schema import ANY, DOCUMENTATION, SCHEMA, documented, make_schema, schema_text

from clientsmith.data.issues import Issue
from clientsmith.stages.load.settings.root import read
from clientsmith.stages.load.settings.toml_table import SettingsFile, Table

ROOT = Path(__file__).parents[2]
PUBLISHED = json.loads(SCHEMA.read_text("utf-8"))
COMMITTED = sorted(
    path for folder in ("spec", "tests/cases", "tests/data", "docs") for path in (ROOT / folder).rglob("*.toml")
)
"""Files beside a document, those of mistakes included."""
STRICTER = {
    ("output",), ("client", "name"), ("client", "error"), ("client", "max_response_size"), ("client", "headers"),
    ("names", "initialisms"), ("security", ANY, "argument"), ("security", ANY, "password_argument"),
    *(("security", ANY, key) for key in ("client_id", "client_secret", "username", "password", "refresh_token")),
    ("security", ANY, "scopes"), ("webhooks", "secret_argument"), ("webhooks", "resource"), ("webhooks", "unwrap"),
    ("resources",), ("resources", ANY, "methods"),
    ("resources", ANY, "iterators"), ("spec",), ("client", "arguments"), ("names", "casings"), ("readme",),
    ("shared", "models"), ("client", "base"), ("client", "async_base"), ("resources", ANY, "base"),
    ("resources", ANY, "async_base"), ("package", "license"), ("package", "core"), ("client", "base_url"),
    ("client", "environments"), ("client", "methods"), ("client", "iterators"), ("client", "models"),
}  # fmt: skip
"""Keys for which the loader has rules that a schema has no words for: names of Python, sizes that are not 0."""
VALUES = (
    True, 0, 1, -1, 1.5, 3_000_000, "", " ", "x", "x y", "é", "https://pets.example", [], ["x"], [" "], [1], {},
    {"x": "y"}, {"x": {}}, {"x": 1}, "black", "dots", "eager", "UUID",
)  # fmt: skip


def test_the_published_schema_is_up_to_date(golden: bool) -> None:
    text = schema_text(make_schema())
    if golden:
        SCHEMA.write_text(text, "utf-8")
    assert SCHEMA.read_text("utf-8") == text, "pytest tests/behaviour/test_settings_schema.py --golden writes it"
    Draft7Validator.check_schema(PUBLISHED)


def keys(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Give every key of the schema with its path."""
    for name, inner in node.get("properties", {}).items():
        yield (*path, name), inner
        yield from keys(inner, (*path, name))
    for member in node.get("anyOf", ()):
        yield from keys(member, path)
    further = node.get("additionalProperties")
    if isinstance(further, dict) and path.count(ANY) < 2:
        yield from keys(resolved(further), (*path, ANY))


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    name = node.get("$ref", "").rpartition("/")[2]
    return PUBLISHED["definitions"][name] if name else node


KEYS = dict(keys(PUBLISHED))


def test_the_documentation_has_every_key_and_no_other() -> None:
    described = {path for path, _ in documented(DOCUMENTATION.read_text("utf-8"))}
    tables = {path for path, node in KEYS.items() if node.get("type") == "object"}
    once = {path for path in KEYS if path[:3] != ("resources", ANY, ANY)}
    assert {path for path in described if path[-1] != ANY} - tables == once - tables
    assert [path for path, node in KEYS.items() if path not in tables and not node.get("description")] == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.relative_to(ROOT)))
def test_committed_settings_fit_the_schema_where_the_loader_takes_them(path: Path) -> None:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError:
        return
    if "spec" in values:
        compare(values)


@pytest.mark.parametrize("path", KEYS, ids=".".join)
def test_schema_and_loader_agree_about_every_value(path: tuple[str, ...]) -> None:
    for value in VALUES:
        compare(nested(path, value), may_be_stricter=any(path[: len(key)] == key for key in STRICTER))
    compare(nested((*path[:-1], f"{path[-1]}_"), "x"), may_be_stricter=ANY in path or path[:1] == ("resources",))


def nested(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Make settings with one value at a place, and what must stand beside it."""
    for number in range(len(path) - 1, -1, -1):
        beside = {"method": "x"} if path[number - 2 : number] == ("iterators", ANY) else {}
        value = {**beside, ("some" if path[number] == ANY else path[number]): value}
    return {"spec": "x.yaml", **value}


def compare(values: dict[str, Any], *, may_be_stricter: bool = True) -> None:
    """Hold the schema against the loader, which may have further rules."""
    wrong = [error.message for error in Draft7Validator(PUBLISHED).iter_errors(values)]
    issues = loaded(values)
    if not issues:
        assert wrong == [], values
    elif not may_be_stricter:
        assert wrong, f"{values}: {issues[0].message}"


def loaded(values: dict[str, Any]) -> list[Issue]:
    """Read settings as the loader does."""
    file = SettingsFile("settings.toml", "", {})
    read(Table(file, values), file, Path("settings.toml"), None)
    return file.issues
