"""griffe compares two packages by their source. What it calls breaking is in the list, where people look for it.

The edits of the table that go together are made at once, so a few packages show what all of them break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import griffe
import pytest
from tests.changes.documents import STEP, base_document, edited
from tests.changes.test_changes import ROWS

from clientsmith.data.issues import Found
from clientsmith.diff import diff
from clientsmith.pipeline import generate
from clientsmith.stages.load import default_settings
from clientsmith.targets.changes import Change

FOLLOWS = {"param", "params", "response", "error", "async", "raw", "streaming", "with", "type", "resource", "body"}
"""Words that names of types and wrappers have, and places do not."""
EXCUSED: dict[str, str] = {}
"""What griffe calls breaking and the list leaves out: a pattern of the object's path, and why."""


def batches() -> list[list[int]]:
    """Put each row that edits the document into the first batch that has nothing at or around the same place."""
    made: list[list[int]] = []
    taken: list[list[str]] = []
    for number, row in enumerate(ROWS):
        if {"settings", "base"} & row.keys() or any(value == "reversed" for value in row["edit"].values()):
            continue
        places = list(row["edit"])
        for batch, others in zip(made, taken, strict=True):
            if not any(overlap(place, other) for place in places for other in others):
                batch.append(number)
                others += places
                break
        else:
            made.append([number])
            taken.append(places)
    return made


def overlap(one: str, other: str) -> bool:
    """Report whether one place is in or beside the other: indices of lists move when items come and go."""
    steps, others = ([step.replace("+", "0") for step in place.split(STEP)] for place in (one, other))
    shared = min(len(steps), len(others))
    if steps[:shared] == others[:shared]:
        return True
    parent = min(len(steps), len(others)) - 1
    return steps[:parent] == others[:parent] and steps[parent].isdecimal() and others[parent].isdecimal()


BATCHES = batches()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("griffe")


@cache
def package(folder: Path, batch: int) -> tuple[Path, Any]:
    """Generate the client of some rows, or of the base (-1); give its document, and what griffe reads."""
    document = base_document()
    for number in BATCHES[batch] if batch >= 0 else ():
        document = edited(document, ROWS[number]["edit"])
    home = folder / str(batch)
    home.mkdir()
    path = home / "api.json"
    path.write_text(json.dumps(document, indent=1), "utf-8")
    settings = replace(default_settings(path), output=home / "acme", formatter="none")
    outcome = generate(Found(settings))
    assert outcome.changes is not None, outcome.issues
    return path, griffe.load("acme", search_paths=[home], allow_inspection=False)


def words(text: str) -> set[str]:
    """Give the words of names, without the endings of plurals."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return {word.lower().removesuffix("s") for word in re.findall(r"[A-Za-z]+|[0-9]+", apart.replace("_", " "))}


def breakages(old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """Give what griffe finds: the path of the object, with the parameter, and the last name of it."""
    for found in griffe.find_breaking_changes(old, new):
        parameter = next((v.name for v in (found.old_value, found.new_value) if isinstance(v, griffe.Parameter)), "")
        path = f"{found.obj.path}.{parameter}".rstrip(".")
        yield path, path.rpartition(".")[2]


def covers(change: Change, path: str, last: str) -> bool:
    """Report whether a change is what broke an object: its place is on the way to it, or its message names it."""
    if change.typing != "major":
        return False
    place, named = words(change.place) - FOLLOWS, words(last) - FOLLOWS
    if change.kind in ("method-renamed", "method-removed"):  # A resource goes with its last method.
        resource = words(change.place.rpartition(".")[0])
        if resource and resource == named:
            return True
    return place <= words(path) or (bool(named) and named <= words(change.message))


@pytest.mark.parametrize("way", ["does", "back"])
@pytest.mark.parametrize("batch", range(len(BATCHES)))
def test_what_griffe_calls_breaking_is_in_the_list(batch: int, way: str, folder: Path) -> None:
    sides = [package(folder, -1), package(folder, batch)]
    (old, before), (new, after) = sides if way == "does" else reversed(sides)
    report = diff(old, new).report
    assert report is not None
    changes = [located.change for located in report.changes]
    missed = [
        path
        for path, last in breakages(before, after)
        if not any(covers(change, path, last) for change in changes)
        and not any(re.fullmatch(pattern, path) for pattern in EXCUSED)
    ]
    assert missed == []


def test_griffe_finds_something() -> None:
    assert sum(len(batch) for batch in BATCHES) > 80
