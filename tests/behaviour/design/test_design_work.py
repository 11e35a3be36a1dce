"""Work in proportion to the document: what inlined components stand for is counted, and where that ends.

Most documents here stand for 2^40 types: without the limits that are tested, no test would end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientsmith.data.issues import Issue
from clientsmith.pipeline import generate, generate_reference, settings_of
from clientsmith.stages.design.naming import Names

Json = dict[str, Any]
LEVELS = 40
TWICE: dict[str, Callable[[Json], Json]] = {
    "members": lambda ref: {"type": "object", "properties": {"a": ref, "b": ref}},
    "variants": lambda ref: {"oneOf": [{"items": ref, "type": "array"}, {"additionalProperties": ref}]},
    "tuples": lambda ref: {"prefixItems": [ref, ref], "items": False},
    "members and further ones": lambda ref: {"type": "object", "properties": {"a": ref}, "additionalProperties": ref},
}
END = {"type": "object", "properties": {"z": {"type": "string"}}}


def issues(folder: Path, schemas: Json, *, settings: str = "[components]\ninline = ['*']\n") -> list[Issue]:
    """Generate a client that sends and receives `S0`; give the errors."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
    answer = {"description": "d", "content": content}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"put": {"requestBody": {"content": content}, "responses": {"200": answer}}}},
        "components": {"schemas": schemas},
    }
    (folder / "spec.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "s.toml").write_text(
        f'spec = "spec.json"\noutput = "client"\nformatter = "none"\n{settings}', encoding="utf-8"
    )
    found = generate(settings_of(folder / "s.toml", None))
    assert (folder / "client").exists() == (found.changes is not None)
    return [issue for issue in found.issues if issue.severity == "error"]


def written(folder: Path, schema: Json, schemas: Json) -> int:
    """Generate a client with its pages, and the reference, for a component with 100 members of a schema; count all."""
    members = {f"m{n}": schema for n in range(100)}
    assert issues(folder, {"S0": {"type": "object", "properties": members}, **schemas}, settings="") == []
    settings = settings_of(folder / "s.toml", None)
    value = replace(settings.value, reference_output=folder / "pages")
    assert generate_reference(replace(settings, value=value)).changes is not None
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def chain(wrap: Callable[[Json], Json], length: int, end: Json = END) -> Json:
    """Make components that each hold the next one."""
    made = {f"S{n}": wrap({"$ref": f"#/components/schemas/S{n + 1}"}) for n in range(length)}
    return {**made, f"S{length}": end}


@pytest.mark.parametrize("name", TWICE)
@pytest.mark.parametrize("end", [END, {"type": "string"}], ids=["an object", "text"])
def test_inlined_components_that_hold_the_next_one_twice(tmp_path: Path, name: str, end: Json) -> None:
    (issue,) = issues(tmp_path, chain(TWICE[name], LEVELS, end))
    assert (issue.code, issue.pointer is None) == ("too-large", False)
    assert re.search(r"more than 40\d,\d{3} types", issue.message)


@pytest.mark.parametrize("keyword", ["items", "additionalProperties"])
def test_inlined_components_that_are_deep(tmp_path: Path, keyword: str) -> None:
    """Each level once, so that depth alone counts."""
    (issue,) = issues(tmp_path, chain(lambda ref: {"properties": {"a": {keyword: ref}}}, 5000))
    assert issue.code == "too-deep"
    assert "'!Name'" in (issue.hint or "")


def test_a_few_levels_are_inlined(tmp_path: Path) -> None:
    assert issues(tmp_path, chain(TWICE["members"], 5)) == []


def test_values_of_inlined_enums_are_counted(tmp_path: Path) -> None:
    """A list of values is written wherever it is used."""
    values = {"type": "string", "enum": [f"v{n}" for n in range(1000)]}
    members = {f"m{n}": {"$ref": "#/components/schemas/S1"} for n in range(1000)}
    (issue,) = issues(tmp_path, {"S0": {"type": "object", "properties": members}, "S1": values})
    assert issue.code == "too-large"


def test_text_of_inlined_components_is_counted(tmp_path: Path) -> None:
    text = {**END, "description": "word " * 20_000}
    members = {f"m{n}": {"$ref": "#/components/schemas/S1"} for n in range(1000)}
    (issue,) = issues(tmp_path, {"S0": {"type": "object", "properties": members}, "S1": text})
    assert issue.code == "too-large"
    assert "characters" in issue.message


@pytest.mark.parametrize(
    ("limit", "what"), [("files = 20", "files"), ("size = 0", "characters"), ("types = 5", "types")]
)
def test_limits_of_the_settings(tmp_path: Path, limit: str, what: str) -> None:
    (issue,) = issues(tmp_path, chain(TWICE["members"], 5), settings=f"[limits]\n{limit}\n")
    assert (issue.code, what in issue.message) == ("too-large", True)
    assert f"'{limit.partition(' ')[0]}' under [limits]" in (issue.hint or "")
    assert issue.pointer is not None


LONG: dict[str, Json] = {
    "values": {"type": "string", "enum": [f"value-{n}" for n in range(3000)]},
    "a default": {"type": "array", "items": {"type": "integer"}, "default": [*range(10_000)]},
    "an example": {"type": "array", "items": {"type": "integer"}, "examples": [[*range(10_000)]]},
    "a pattern": {"type": "string", "pattern": "(a|b)" * 8000},
    "a format": {"type": "string", "format": "f" * 40_000},
}
REF = {"$ref": "#/components/schemas/S1"}


@pytest.mark.parametrize("kind", LONG)
def test_what_is_long_is_not_repeated_wherever_it_is_used(tmp_path: Path, kind: str) -> None:
    assert written(tmp_path, REF, {"S1": LONG[kind]}) < 2_500_000


def test_a_long_name_is_not_repeated_wherever_it_is_used(tmp_path: Path) -> None:
    long = {"N" * 40_000: {"type": "object", "properties": {"a": {}}}}
    assert written(tmp_path, REF, {"S1": {"$ref": f"#/components/schemas/{next(iter(long))}"}, **long}) < 2_500_000


def test_pages_that_repeat_a_type_everywhere_are_counted(tmp_path: Path) -> None:
    """The budget ends the run while they are made."""
    text = {"type": "object", "properties": {"a": {"description": "word " * 2000}}}
    refs = {f"m{n}": REF for n in range(200)}
    schemas = {"S0": {"type": "object", "properties": refs}, "S1": text}
    (issue,) = issues(tmp_path, schemas, settings="[limits]\nsize = 1\n")
    assert (issue.code, "1,000,000 characters" in issue.message) == ("too-large", True)
    settings = settings_of(tmp_path / "s.toml", tmp_path / "client")
    value = replace(settings.value, reference_output=tmp_path / "pages")
    found = generate_reference(replace(settings, value=value))
    assert [issue.code for issue in found.issues] == ["too-large"]
    assert not (tmp_path / "pages").exists()


def test_a_key_that_the_places_below_repeat(tmp_path: Path) -> None:
    members = {f"m{n}": {"type": "string"} for n in range(400)}
    schemas = {"S0": {"type": "object", "properties": {"k" * 100_000: {"type": "object", "properties": members}}}}
    (issue,) = issues(tmp_path, schemas, settings="")
    assert (issue.code, "of all values have more than" in issue.message) == ("too-large", True)
    assert "which has 100,000 characters" in (issue.hint or "")


@pytest.mark.parametrize("count", [1, 3])
def test_names_that_are_the_same_get_numbers(count: int) -> None:
    names = Names()
    assert [names.claim("a") for _ in range(count)] == ["a", "a_2", "a_3"][:count]
