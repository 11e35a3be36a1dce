"""Settings: each that changes what code sees, or what is sent, has a row in the table, or a reason to have none."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.changes.test_changes import ROWS
from tests.settings_schema import SCHEMA

EXCUSED = {
    r"spec|overlays|allow_external|max_document_size|limits\..*|strict|allow_skips|edits_limit": "how a run is made",
    r"templates|formatter|reference(\..*)?|readme(\..*)?|package\.(version|license)": "texts, or how code is laid out",
    r"names\..*|shared\..*|resources\.\*\.(singular|own_types|models.*)": "names, compared as such",
    r"select\..*|components\.keep": "methods and types that are there or not, compared as such",
    r"client\.(base_url|error|flat_bodies)": "the URL, the name of a class, arguments: compared as such",
    r"client\.(methods|iterators|models)\..*": "as those of a resource",
    r"client\.max_response_size|client\.max_retries": "as `retry` and `timeout`",
    r"types\.sort_members": "the order of members, which are passed by name",
    r"streams\.\*\..*": "rules for events, compared as a whole",
    r"formats\..*": "the types of texts, compared as such",
    r"security\.\*\.(?!argument$|env$|required$|token_url$).*": "other credentials, and ways to ask for a token",
    r"(paging\.\*|resources\.\*\.iterators\.\*)\.(?!items$|page$|offset$).*": "as `page` and `offset`",
}
"""Patterns of settings without a row, with the reason."""


def keys(schema: Any, definitions: Any, prefix: str = "") -> Iterator[str]:
    """List the settings that hold a value: `*` stands for a name that the user chooses."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema, definitions = definitions.get(name, {}), {key: one for key, one in definitions.items() if key != name}
    for part in schema.get("anyOf", ()):
        yield from keys(part, definitions, prefix)
    inner = [(f"{prefix}{name}", part) for name, part in schema.get("properties", {}).items()]
    if isinstance(schema.get("additionalProperties"), dict):
        inner.append((f"{prefix}*", schema["additionalProperties"]))
    for name, part in inner:
        yield from list(keys(part, definitions, f"{name}.")) or [name]


def given(settings: Any, prefix: str = "") -> Iterator[str]:
    """List the settings of a file."""
    for name, value in settings.items():
        yield f"{prefix}{name}"
        if isinstance(value, dict):
            yield from given(value, f"{prefix}{name}.")


def test_every_setting_that_shows_in_a_client_has_a_row() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    sides = [side for row in ROWS for side in row.get("settings", ()) if side]
    found = {key for side in sides for key in given(tomllib.loads(side))}
    without_row = [
        key
        for key in keys(schema, schema["definitions"])
        if not any(re.fullmatch(re.escape(key).replace(r"\*", "[^.]+"), name) for name in found)
    ]
    assert [key for key in without_row if not any(re.fullmatch(pattern, key) for pattern in EXCUSED)] == []
    assert [pattern for pattern in EXCUSED if not any(re.fullmatch(pattern, key) for key in without_row)] == []
