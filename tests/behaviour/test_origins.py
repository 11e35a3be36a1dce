"""Documents that were changed before their references were linked: issues name the place that the user wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientsmith.data.document import Document, Documents, Json, Moves, Pointer
from clientsmith.data.issues import Issue
from clientsmith.reporting import issue_lines
from clientsmith.stages.link import link
from clientsmith.stages.load import load, load_mentioned
from clientsmith.stages.validate import validate

ROOT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
old:
  Pet:
    type: object
    properties:
      name: {$ref: "#/components/schemas/Nmae"}
      list: 5
  Name: {type: string}
"""
ADDED = """\
# What the adapter adds.
schema:
  properties:
    owner: {$ref: "people.yaml#/Person"}
    pets: {items: 7}
"""
PEOPLE = """\
Person:
  properties: {name: {$ref: "#/Nmae"}}
Name: {type: string}
"""


def changed(documents: Documents, value: Json, moves: Moves) -> Documents:
    """Give the root another value."""
    root = replace(documents.root, value=value)
    return replace(documents, root=root, files={**documents.files, "": root}, origins=(*documents.origins, moves))


def moved(documents: Documents) -> Documents:
    """Move the definitions to where OpenAPI 3 has them: a change like that of an upgrade."""
    value: Any = documents.root.value
    value = dict(value)
    value["components"] = {"schemas": value.pop("old")}
    return changed(documents, value, {Pointer("/components/schemas"): Pointer("/old")})


def added(documents: Documents, overlay: Document) -> Documents:
    """Add a schema of another file: a change like that of an overlay."""
    value: Any = documents.root.value
    new: Any = overlay.value
    components: Any = {"schemas": {**value["components"]["schemas"], "New": new["schema"]}}
    moves = {Pointer("/components/schemas/New"): Pointer("/schema", overlay.file)}
    return replace(changed(documents, {**value, "components": components}, moves), overlays=(overlay,))


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Documents:
    monkeypatch.chdir(tmp_path)
    for name, text in (("spec.yaml", ROOT), ("added.yaml", ADDED), ("people.yaml", PEOPLE)):
        Path(name).write_text(text)
    overlay = replace(load(Path("added.yaml")).value.root, file="overlay 1")
    found = load_mentioned(added(moved(load(Path("spec.yaml")).value), overlay))
    assert found.issues == ()
    return link(found.value)


def test_issues_in_moved_and_added_parts_name_what_the_user_wrote(documents: Documents) -> None:
    lines = [
        line
        for line in issue_lines(validate(documents).issues, documents)
        if ": error: " in line or ": warning: " in line
    ]
    assert lines == [
        "added.yaml:5:12: error: 'items' must be an object, not a number [bad-structure]",
        "people.yaml:2:23: warning: '#/Nmae' does not exist; any value may stand there [dangling-ref]",
        "spec.yaml:7:14: warning: '#/components/schemas/Nmae' does not exist; any value may stand there [dangling-ref]",
        "spec.yaml:8:7: error: 'list' must be an object, not a number [bad-structure]",
    ]


def test_files_that_only_added_parts_refer_to_are_read(documents: Documents) -> None:
    assert list(documents.files) == ["", "people.yaml"]
    assert documents.has(Pointer("/Person", "people.yaml"))


def test_places_follow_the_closest_one_that_moved(documents: Documents) -> None:
    root, overlay = documents.root, documents.overlays[0]
    places = {
        "/components/schemas/Pet/properties/name": (root, "/old/Pet/properties/name"),
        "/components/schemas/New/properties/owner": (overlay, "/schema/properties/owner"),
        "/components/schemas": (root, "/old"),
        "/components": (root, "/components"),
        "/info/title": (root, "/info/title"),
    }
    for place, (document, path) in places.items():
        found, position = documents.locate(Pointer(place))
        assert (found.name, position) == (document.name, document.position(path))


def test_an_issue_with_a_position_keeps_it(documents: Documents) -> None:
    (line, *_) = issue_lines(
        [Issue(code="x", severity="error", message="m", pointer=Pointer("/components/schemas/New"))], documents
    )
    assert line == "added.yaml:2:1: error: m [x]"
