"""Pairs of documents with one change each: its level, kind, place and direction, through the stages of the command.

`changes.yaml` is the table. A document is understood once, and compared in both directions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.changes.documents import HERE, base_document, edited

from clientsmith.data.issues import Found
from clientsmith.diff import Side, understand
from clientsmith.stages.load import default_settings, load_settings
from clientsmith.targets.changes import compare
from clientsmith.targets.changes.change_kinds import CHANGE_KINDS
from clientsmith.targets.changes.report import Located, located
from clientsmith.targets.changes.version import advise

ROWS = yaml.safe_load((HERE / "changes.yaml").read_text("utf-8"))
OUTPUT = 'output = "acme"\n'
DIRECTIONS = ("both", "request", "response")


def pairs() -> Iterator[Any]:
    """Give every row in both directions."""
    for number, row in enumerate(ROWS):
        name = "; ".join(f"{place}: {value}" for place, value in row.get("edit", {}).items()) or row["settings"][1]
        yield pytest.param(number, "does", id=name)
        yield pytest.param(number, "back", id=f"back: {name}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changes")


@cache
def side(folder: Path, number: int, settings: str | None, is_edited: bool) -> Side:
    """Understand the base, or the document of a row, with a settings file or without."""
    row = ROWS[number] if number >= 0 else {}
    document = edited(edited(base_document(), row.get("base", {})), row.get("edit", {}) if is_edited else {})
    path = folder / f"{number}-{is_edited}.json"
    path.write_text(json.dumps(document, indent=1), "utf-8")
    found = Found(replace(default_settings(path), output=Path("acme")))
    if settings is not None:
        written = path.with_suffix(".toml")
        written.write_text(f'spec = "{path.name}"\n{"" if "output" in settings else OUTPUT}{settings}', "utf-8")
        found = load_settings(written)
    made = Side(settings=found)
    understand(made, lambda stage: None)
    assert made.revision is not None, made.found().issues
    return made


def both_sides(folder: Path, number: int) -> tuple[Side, Side]:
    row = ROWS[number]
    old, new = row.get("settings", (None, None))
    is_base = old is None and "base" not in row
    return side(folder, -1 if is_base else number, old, False), side(folder, number, new, True)


def changes(old: Side, new: Side) -> tuple[Located, ...]:
    assert old.revision is not None
    assert new.revision is not None
    comparison = compare(old.revision, new.revision)
    return located(comparison, old.line, new.line, advise(comparison.level, "1.0.0", "1.0.0")).changes


@pytest.mark.parametrize(("number", "way"), [*pairs()])
def test_one_change(number: int, way: str, folder: Path) -> None:
    sides = both_sides(folder, number)
    found = [each.change for each in changes(*(sides if way == "does" else reversed(sides)))]
    expected = ROWS[number][way]
    written = [f"{change.level} {change.kind} {change.place}" for change in found]
    directed = [f"{line} {change.direction}" for line, change in zip(written, found, strict=True)]
    assert [
        whole if line.endswith(DIRECTIONS) else short
        for short, whole, line in zip(written, directed, expected, strict=False)
    ] == expected
    assert len(found) == len(expected), written


def test_every_kind_has_a_row() -> None:
    kinds = {line.split()[1] for row in ROWS for way in ("does", "back") for line in row[way]}
    # The base has no media type that a method leaves unused: callers may choose among all of them.
    assert kinds == set(CHANGE_KINDS) - {"body-media-type-unused"}
