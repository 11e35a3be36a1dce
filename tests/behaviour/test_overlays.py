"""Overlays: what each action makes of a document, where its parts come from, and overlays that are wrong."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from clientsmith.data.document import Documents, Pointer
from clientsmith.data.issues import Found, Issue
from clientsmith.pipeline import generate, settings_of
from clientsmith.stages.adapt import adapt
from clientsmith.stages.load import load, load_mentioned, load_overlays

SPEC: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d"}],
    "paths": {
        "/pets": {"get": {"tags": ["a", "b", "c"], "responses": {"200": {"description": "All."}}}},
        "/owners": {"get": {"tags": ["b"], "responses": {}}, "x-nested": [[1, 2, 3], [4, 5], {"a": [6, 7]}]},
    },
}


def overlaid(folder: Path, *overlays: Any, spec: Any = SPEC) -> Found[Documents]:
    """Apply overlays as the pipeline does."""
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(spec, sort_keys=False))
    paths = []
    for number, overlay in enumerate(overlays):
        paths.append(folder / f"overlay{number}.yaml")
        paths[-1].write_text(overlay if isinstance(overlay, str) else yaml.safe_dump(overlay, sort_keys=False))
    found = load_overlays(paths)
    documents = load(path).value
    made = adapt(Documents(root=documents.root, files=documents.files, overlays=found.value), load_mentioned)
    return Found(made.value, (*found.issues, *made.issues))


def acted(folder: Path, *actions: Any, version: str = "1.1.0") -> Any:
    """Give the document after some actions."""
    overlay = {"overlay": version, "info": {"title": "O", "version": "1"}, "actions": list(actions)}
    found = overlaid(folder, overlay)
    assert found.issues == ()
    return found.value.root.value


def changed(**paths: Any) -> Any:
    """Give the document with other values at some places."""
    spec = copy.deepcopy(SPEC)
    for path, value in paths.items():
        spec[path] = value
    return spec


def test_objects_are_merged_at_any_depth(tmp_path: Path) -> None:
    update = {"info": {"title": "Cats", "summary": "More."}, "x-new": {"a": [1]}, "tags": [{"name": "e"}]}
    found = acted(tmp_path, {"target": "$", "update": update})
    assert found == {
        **SPEC,
        "info": {"title": "Cats", "version": "1", "summary": "More."},
        "tags": [*SPEC["tags"], {"name": "e"}],
        "x-new": {"a": [1]},
    }
    assert list(found) == [*SPEC, "x-new"]


@pytest.mark.parametrize(
    ("version", "update", "added"),
    [
        ("1.0.0", {"name": "e"}, [{"name": "e"}]),
        ("1.1.0", {"name": "e"}, [{"name": "e"}]),
        ("1.1.0", [{"name": "e"}, {"name": "f"}], [{"name": "e"}, {"name": "f"}]),
        ("1.0.0", [{"name": "e"}], [[{"name": "e"}]]),
        ("1.1.0", "e", ["e"]),
    ],
)
def test_lists_get_longer(tmp_path: Path, version: str, update: Any, added: list[Any]) -> None:
    found = acted(tmp_path, {"target": "$.tags", "update": update}, version=version)
    assert found == changed(tags=[*SPEC["tags"], *added])


@pytest.mark.parametrize("update", ["Cats", None, 5, True])
def test_other_values_are_replaced(tmp_path: Path, update: Any) -> None:
    found = acted(tmp_path, {"target": "$.info.title", "update": update})
    assert found == changed(info={"title": update, "version": "1"})


def test_every_target_is_changed_apart_from_the_others(tmp_path: Path) -> None:
    found = acted(
        tmp_path,
        {"target": "$.paths.*.get", "update": {"x-new": {"list": []}}},
        {"target": "$.paths['/pets'].get['x-new'].list", "update": 1},
    )
    assert found["paths"]["/pets"]["get"]["x-new"] == {"list": [1]}
    assert found["paths"]["/owners"]["get"]["x-new"] == {"list": []}


def test_aliases_are_parts_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: &x {n: 1}\nb: *x\n")
    (tmp_path / "o.yaml").write_text("overlay: 1.0.0\nactions: [{target: $.a, update: {n: 2}}]\n")
    documents = load(path).value
    overlays = load_overlays([tmp_path / "o.yaml"]).value
    made = adapt(Documents(root=documents.root, files=documents.files, overlays=overlays), load_mentioned).value
    assert made.root.value == {"a": {"n": 2}, "b": {"n": 1}}
    assert documents.root.value == {"a": {"n": 1}, "b": {"n": 1}}


@pytest.mark.parametrize(
    ("target", "path", "value"),
    [
        ("$.tags[?@.name == 'b']", "tags", [{"name": "a"}, {"name": "c"}, {"name": "d"}]),
        ("$.tags[1:3]", "tags", [{"name": "a"}, {"name": "d"}]),
        ("$.tags[-1, 0, 0]", "tags", [{"name": "b"}, {"name": "c"}]),
        ("$.tags.*", "tags", []),
        ("$.info.title", "info", {"version": "1"}),
        ("$..[?@ == 'b']", "tags", [{"name": "a"}, {}, {"name": "c"}, {"name": "d"}]),
    ],
)
def test_what_is_selected_is_removed(tmp_path: Path, target: str, path: str, value: Any) -> None:
    assert acted(tmp_path, {"target": target, "remove": True, "update": {"not": "used"}})[path] == value


def test_nested_parts_are_removed_together(tmp_path: Path) -> None:
    found = acted(
        tmp_path, {"target": "$.paths['/owners']['x-nested']..[?@ < 3 || @ == 5 || @[0] == 4]", "remove": True}
    )
    assert found["paths"]["/owners"]["x-nested"] == [[3], {"a": [6, 7]}]


def test_parts_are_copied_and_moved(tmp_path: Path) -> None:
    found = acted(
        tmp_path,
        {"target": "$.paths", "update": {"/cats": {}}},
        {"target": "$.paths['/cats']", "copy": "$.paths['/pets']"},
        {"target": "$.paths['/pets']", "remove": True},
    )
    assert found == changed(paths={"/owners": SPEC["paths"]["/owners"], "/cats": SPEC["paths"]["/pets"]})


def test_a_document_may_be_copied_into_itself(tmp_path: Path) -> None:
    found = acted(tmp_path, {"target": "$", "update": {"x": {}}}, {"target": "$.x", "copy": "$"})
    assert found == {**SPEC, "x": {**SPEC, "x": {}}}


def test_an_old_overlay_may_change_the_kind_of_a_value(tmp_path: Path) -> None:
    update = {"info": None, "tags": {"a": 1}, "openapi": ["3.1.0"]}
    found = acted(tmp_path, {"target": "$", "update": update}, version="1.0.0")
    assert found == changed(tags={"a": 1}, openapi=["3.1.0"])


def test_overlays_follow_each_other(tmp_path: Path) -> None:
    first = {"overlay": "1.0.0", "actions": [{"target": "$.info", "update": {"title": "First"}}]}
    second = {"overlay": "1.1.0", "actions": [{"target": "$.info[?@ == 'First']", "update": "Second"}]}
    assert overlaid(tmp_path, first, second).value.root.value == changed(info={"title": "Second", "version": "1"})


# --- where parts come from -------------------------------------------------------------------------------------------


def test_each_part_knows_where_it_comes_from(tmp_path: Path) -> None:
    actions = [
        {"target": "$.tags[?@.name == 'b']", "remove": True},
        {"target": "$.tags", "update": {"name": "e"}},
        {"target": "$.tags[0]", "remove": True},
        {"target": "$.paths", "update": {"/cats": {"x": 1}, "/pets": {"get": {"tags": ["z"]}}}},
        {"target": "$.paths['/cats']", "copy": "$.paths['/pets']"},
        {"target": "$.paths['/pets'].get.tags[0]", "remove": True},
        {"target": "$.paths['/owners']['x-nested']..[?@ == 1 || @[0] == 4]", "remove": True},
        {"target": "$.info.title", "update": "Cats"},
    ]
    documents = overlaid(tmp_path, {"overlay": "1.1.0", "actions": actions}).value
    tags: Any = documents.root.value
    assert [tag["name"] for tag in tags["tags"]] == ["c", "d", "e"]
    origins = {
        "/tags/0/name": "#/tags/2/name",
        "/tags/1": "#/tags/3",
        "/tags/2/name": "overlay 1: overlay0.yaml#/actions/1/update/name",
        "/paths/~1cats/x": "overlay 1: overlay0.yaml#/actions/3/update/~1cats/x",
        "/paths/~1cats/get/responses/200": "#/paths/~1pets/get/responses/200",
        "/paths/~1cats/get/tags/3": "overlay 1: overlay0.yaml#/actions/3/update/~1pets/get/tags/0",
        "/paths/~1pets/get/tags/0": "#/paths/~1pets/get/tags/1",
        "/paths/~1pets/get/tags/2": "overlay 1: overlay0.yaml#/actions/3/update/~1pets/get/tags/0",
        "/paths/~1owners/x-nested/0/0": "#/paths/~1owners/x-nested/0/1",
        "/paths/~1owners/x-nested/1/a/1": "#/paths/~1owners/x-nested/2/a/1",
        "/info/title": "overlay 1: overlay0.yaml#/actions/7/update",
        "/info/version": "#/info/version",
    }
    assert {place: str(documents.origin(Pointer(place))) for place in origins} == origins
    document, position = documents.locate(Pointer("/tags/2/name"))
    assert document.name == str(tmp_path / "overlay0.yaml")
    assert document.text.splitlines()[position.line - 1].strip() == "name: e"


# --- overlays that are wrong -----------------------------------------------------------------------------------------


def report(folder: Path, actions: str, head: str = "overlay: 1.1.0") -> list[tuple[str, str, int]]:
    found = overlaid(folder, f"{head}\nactions:\n{actions}\n")
    assert all(issue.file == str(folder / "overlay0.yaml") for issue in found.issues)
    return [(i.severity, i.code, i.position.line if i.position else 0) for i in found.issues]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("- target: $.nothing\n  update: {}", ("warning", "unmatched-action", 3)),
        ("- update: {}\n  target: $.tags[?@.name == 'z']", ("warning", "unmatched-action", 4)),
        ("- target: paths\n  update: {}", ("error", "bad-query", 3)),
        ("- target: $.a[\n  update: {}", ("error", "bad-query", 3)),
        ("- target: $..[?nope(@)]\n  update: {}", ("error", "bad-query", 3)),
        ("- update: {}", ("error", "bad-overlay", 3)),
        ("- update: {}\n  target: 5", ("error", "bad-overlay", 4)),
        ("- text", ("error", "bad-overlay", 3)),
        ("- target: $", ("error", "bad-overlay", 3)),
        ("- target: $\n  updates: {}", ("error", "bad-overlay", 4)),
        ("- target: $\n  remove: yes", ("error", "bad-overlay", 4)),
        ("- target: $\n  remove: true", ("error", "bad-overlay", 3)),
        ("- target: $\n  update: {}\n  copy: $.info", ("error", "bad-overlay", 5)),
        ("- target: $\n  copy: 5", ("error", "bad-overlay", 4)),
        ("- target: $\n  copy: info", ("error", "bad-query", 4)),
        ("- target: $\n  copy: $.tags.*", ("error", "bad-overlay", 4)),
        ("- target: $\n  copy: $.nothing", ("error", "bad-overlay", 4)),
        ("- target: $..*\n  update: {}", ("error", "bad-overlay", 3)),
        ("- target: $\n  update:\n    info: {}\n    tags: {}", ("error", "incompatible-overlay", 6)),
        ("- target: $\n  update: 5", ("error", "incompatible-overlay", 4)),
        ("- target: $.info.title\n  update: []", ("error", "incompatible-overlay", 4)),
        ("- target: $.info\n  copy: $.tags", ("error", "incompatible-overlay", 3)),
    ],
)
def test_what_is_wrong_is_located(tmp_path: Path, actions: str, expected: tuple[str, str, int]) -> None:
    assert report(tmp_path, actions) == [expected]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[]", "not-overlay", 1),
        ("openapi: 3.1.0", "not-overlay", 1),
        ("info: {}\noverlay: 2.0.0\nactions: []", "not-overlay", 2),
        ("overlay: {}", "not-overlay", 1),
        ("overlay: 1.0.0", "bad-overlay", 1),
        ("overlay: 1.0.0\nactions: []", "bad-overlay", 2),
        ("overlay: 1.0.0\nactions: {target: $}", "bad-overlay", 2),
        ("overlay: 1.0.0\nactions: [{target: $.info, copy: $.tags}]", "bad-overlay", 2),
        ("overlay: 1.0.0\nactions: [{target: $.info, target: $.tags, update: {}}]", "duplicate-key", 2),
        ("overlay: @", "bad-yaml", 1),
    ],
)
def test_what_is_no_overlay_is_located(tmp_path: Path, text: str, code: str, line: int) -> None:
    issues = overlaid(tmp_path, text).issues
    issue = issues[0]
    assert (issue.code, issue.file) == (code, str(tmp_path / "overlay0.yaml"))
    assert issue.position is not None
    assert issue.position.line == line


def test_an_overlay_cannot_make_a_document_too_deep(tmp_path: Path) -> None:
    deep = "$.info" + ".a" * 300
    actions = [{"target": "$.info", "update": json.loads('{"a":' * 300 + "{}" + "}" * 300)}]
    actions += [{"target": deep, "copy": "$.info"}]
    found = overlaid(tmp_path, {"overlay": "1.1.0", "actions": actions})
    assert [issue.code for issue in found.issues] == ["too-deep"]


def outcome(folder: Path, settings: str) -> tuple[Issue, ...]:
    spec = {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}
    (folder / "spec.yaml").write_text(yaml.safe_dump(spec))
    (folder / "pets.toml").write_text(f'spec = "spec.yaml"\noutput = "pets"\nformatter = "none"\n{settings}\n')
    return generate(settings_of(folder / "pets.toml", None), check=True).issues


def test_an_overlay_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    issues = outcome(tmp_path, 'overlays = ["o.yaml"]')
    assert [(i.severity, i.code, i.file) for i in issues] == [("error", "unreadable-file", str(tmp_path / "o.yaml"))]


def test_overlays_are_relative_to_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "o.yaml").write_text("overlay: 1.0.0\nactions: [{target: $.nothing, remove: true}]\n")
    monkeypatch.chdir("/")
    assert [issue.code for issue in outcome(tmp_path, 'overlays = ["sub/o.yaml"]')] == ["unmatched-action"]
