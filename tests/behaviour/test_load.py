"""Reading specs: JSON and YAML, several files, and text that is neither."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientsmith.data.document import Documents, Pointer, Position
from clientsmith.data.issues import Rejected
from clientsmith.stages.link import link
from clientsmith.stages.load import load


def read(folder: Path, text: str | bytes, name: str = "spec.yaml") -> object:
    return documents(folder, text, name).root.value


def documents(folder: Path, text: str | bytes, name: str = "spec.yaml") -> Documents:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = load(path)
    assert found.issues == ()
    return found.value


def rejection(folder: Path, text: str | bytes, name: str = "spec.yaml") -> tuple[str, Position | None]:
    with pytest.raises(Rejected) as caught:
        read(folder, text, name)
    (issue,) = caught.value.issues
    assert issue.severity == "error"
    return issue.code, issue.position


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("200: a", {"200": "a"}),
        ("1.0: a", {"1.0": "a"}),
        ("null: a", {"null": "a"}),
        ("on: off", {"on": "off"}),
        ("a: yes", {"a": "yes"}),
        ("a: true", {"a": True}),
        ("a: 'true'", {"a": "true"}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("a: 2020-01-01", {"a": "2020-01-01"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 0o17", {"a": 15}),
        ("a: 017", {"a": 17}),
        ("a: 0x1F", {"a": 31}),
        ("a: -1.5e3", {"a": -1500.0}),
        ("a: .inf", {"a": ".inf"}),
        ("a: !!str 1", {"a": "1"}),
        ("a: ! 1", {"a": "1"}),
        ("a: !!float 1", {"a": 1.0}),
        ("a: =", {"a": "="}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
        ("a: &x {b: 1}\nd: {<<: [*x, {b: 2, e: 3}]}", {"a": {"b": 1}, "d": {"b": 1, "e": 3}}),
        ('a: {"<<": {b: 1}}', {"a": {"<<": {"b": 1}}}),
        ("a: {<<: b}", {"a": {"<<": "b"}}),
        ("a: &x b\n*x : c", {"a": "b", "b": "c"}),
        ("---\na: 1\n...\n", {"a": 1}),
        ('{"a":\t1}', {"a": 1}),
        ("{a: 1}", {"a": 1}),
    ],
)
def test_yaml_is_read_by_the_core_schema_of_1_2(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, text) == value


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: [1\n", "bad-yaml", 2, 1),
        ("a: 1\n b: 2", "bad-yaml", 2, 3),
        ("a: \x01", "bad-yaml", 1, 4),
        ("a: 1\n---\nb: 2", "several-documents", 2, 1),
        ("? [a]\n: b", "bad-key", 1, 3),
        ("a: &x [*x]", "bad-alias", 1, 8),
        ("a: *x", "bad-alias", 1, 4),
        ("a: !ruby x", "bad-tag", 1, 4),
        ("a: !!int x", "bad-tag", 1, 4),
        ("a: 1e999", "bad-number", 1, 4),
        ("a: " + "9" * 5000, "bad-number", 1, 4),
    ],
)
def test_bad_yaml_is_located(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    assert rejection(tmp_path, text) == (code, Position(line, column))


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("a:\n\tb: 1", Position(2, 1), "a tab indents the line, and YAML takes only blanks"),
        ("a:\r\n  b: 1\r\n \tc: 2", Position(3, 2), "a tab indents the line, and YAML takes only blanks"),
        ("a:\n  b: |\n\tc", Position(3, 1), "a tab indents the line, and YAML takes only blanks"),
        ("\ufeffa:\n  # é😀\n\t\tb: 1", Position(3, 1), "a tab indents the line, and YAML takes only blanks"),
        ("-\ta: 1\n", Position(1, 2), "a tab follows a mark, and YAML takes only blanks"),
        ("a: @b", Position(1, 4), "look here and at the line before"),
        ("a: [\n\t@b]", Position(2, 2), "look here and at the line before"),
    ],
)
def test_a_tab_is_named_where_it_is_one(tmp_path: Path, text: str, position: Position, hint: str) -> None:
    (tmp_path / "spec.yaml").write_bytes(text.encode())
    with pytest.raises(Rejected) as caught:
        load(tmp_path / "spec.yaml")
    (issue,) = caught.value.issues
    assert (issue.code, issue.position) == ("bad-yaml", position)
    assert ("a tab stands where" in issue.message) == ("a tab" in hint)
    assert str(issue.hint).startswith(hint)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,}', "bad-json", 1, 9),
        ('{"a": 1}\n x', "bad-json", 2, 2),
        ('{"a": "\n"}', "bad-json", 1, 8),
        ('{"a": NaN}', "bad-number", 1, 7),
        ('{"a": "1e999",\n "b": [1.5, -1e999]}', "bad-number", 2, 13),
        ('{"a": "-Infinity", "b": -Infinity}', "bad-number", 1, 25),
        ('{"a": ' + "9" * 5000 + "}", "bad-number", 1, 7),
    ],
)
def test_bad_json_is_located(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    assert rejection(tmp_path, text, "spec.json") == (code, Position(line, column))


@pytest.mark.parametrize(("open_", "close"), [("[", "]"), ('{"a":', "}"), ("- ", "")])
@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deep_nesting_is_an_issue(tmp_path: Path, open_: str, close: str, depth: int) -> None:
    code, _ = rejection(tmp_path, open_ * depth + "1" + close * depth)
    assert code == "too-deep"


def test_aliases_cannot_blow_a_document_up(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert rejection(tmp_path, "\n".join(lines))[0] == "too-many-aliases"


def test_aliases_cannot_make_a_document_deep(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 1000)]
    assert rejection(tmp_path, "\n".join(lines))[0] == "too-deep"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", ['{"a": "ü"}', "a: ü"])
def test_byte_order_marks_are_obeyed(tmp_path: Path, encoding: str, text: str) -> None:
    assert read(tmp_path, text.encode(encoding)) == {"a": "ü"}


def test_other_encodings_are_an_issue(tmp_path: Path) -> None:
    assert rejection(tmp_path, "a: b\nc: ü".encode("latin-1")) == ("bad-encoding", Position(2, 4))


def test_utf_16_without_a_mark_is_named(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_bytes("openapi: 3.1.0".encode("utf-16-le"))
    with pytest.raises(Rejected) as caught:
        load(tmp_path / "spec.yaml")
    assert "UTF-16" in str(caught.value.issues[0].hint)


@pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
def test_an_empty_file_is_an_issue(tmp_path: Path, text: str) -> None:
    assert rejection(tmp_path, text)[0] == "empty-file"


@pytest.mark.parametrize(
    ("name", "hint"),
    [("petz.yaml", "'pets.yaml'"), ("pets.yml", "'pets.yaml'"), ("PETS.json", "'pets.json'"), ("owl.yaml", "check")],
)
def test_a_missing_file_may_be_another_one(tmp_path: Path, name: str, hint: str) -> None:
    for other in ("pets.yaml", "pets.json", "a.yaml"):
        (tmp_path / other).write_text("a: 1")
    with pytest.raises(Rejected) as caught:
        load(tmp_path / name)
    assert hint in str(caught.value.issues[0].hint)


def test_a_folder_is_an_issue(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="1 issue") as caught:
        load(tmp_path)
    assert "folder" in caught.value.issues[0].message


@pytest.mark.parametrize("name", ["pipe", "link"])
def test_a_pipe_and_a_device_are_issues(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(os.devnull)
    (tmp_path / "spec.yaml").write_text(f"a: {{$ref: {name}}}")
    assert rejection_of(tmp_path / name) == "unreadable-file"
    assert [issue.code for issue in load(tmp_path / "spec.yaml", allow_external=True).issues] == ["unreadable-file"]


def rejection_of(path: Path) -> str:
    with pytest.raises(Rejected) as caught:
        load(path)
    return caught.value.issues[0].code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("spec.yaml", "a: 1\nb/:\n - c: 1\n   c: 2\n"),
        ("spec.json", '{"a": 1,\n "b/": [{\n   "c": 1,\n   "c": 2}]}'),
    ],
)
def test_duplicate_keys_are_reported_with_both_places(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (issue,) = load(tmp_path / name).issues
    assert (issue.code, issue.position) == ("duplicate-key", Position(4, 4))
    assert issue.pointer == Pointer("/b~1/0/c")
    assert "line 3, column 4" in str(issue.hint)


def test_half_a_surrogate_pair_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text('{"a": ["\\ud800", "\\ud83d\\ude00"]}')
    (issue,) = load(tmp_path / "spec.json").issues
    assert (issue.code, issue.pointer) == ("lone-surrogate", Pointer("/a/0"))


# --- positions -------------------------------------------------------------------------------------------------------

TEXT = st.text(alphabet=st.characters(codec="ascii") | st.sampled_from("üß漢/~"), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=20,
)


@settings(max_examples=200)
@given(value=st.dictionaries(TEXT, VALUES), indent=st.sampled_from([None, 2]))
def test_both_source_maps_agree(value: dict[str, object], indent: int | None) -> None:
    from clientsmith.stages.load.json_text import parse_json, scan_json
    from clientsmith.stages.load.yaml_text import parse_yaml, scan_yaml

    text = json.dumps(value, indent=indent, ensure_ascii=False).replace("\x7f", "\\u007f")
    assert parse_json(text).value == value
    assert parse_yaml(text).value == value
    assert scan_json(text) == scan_yaml(text)


def test_a_position_is_that_of_the_key(tmp_path: Path) -> None:
    document = documents(tmp_path, "a:\n  /b~c:\n    - x\n    - d: 1\n").root
    assert document.position("") == Position(1, 1)
    assert document.position("/a/~1b~0c") == Position(2, 3)
    assert document.position("/a/~1b~0c/1/d") == Position(4, 7)
    assert document.position("/a/~1b~0c/1/missing/too") == Position(4, 7)


# --- references ------------------------------------------------------------------------------------------------------


def targets(found: Documents) -> list[str]:
    return [str(reference.target or reference.reason) for reference in link(found).references]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("'#/a'", "#/a"),
        ("'#'", "#"),
        ("'spec.yaml#/a'", "#/a"),
        ("./spec.yaml", "#"),
        ("'#/a%20b'", "#/a b"),
        ("'#/c%20d'", "#/c%20d"),
        ("'#/x~1y'", "#/x~1y"),
        ("'#here'", "#/$defs/one"),
        ("'https://example.com/one'", "#/$defs/two"),
        ("'https://example.com/one#there'", "#/$defs/two/$defs/three"),
        ("'#nowhere'", "anchor"),
        ("https://example.com/other", "remote"),
        ("//example.com/other", "remote"),
        ("file:///etc/passwd", "remote"),
        ("/etc/passwd", "outside"),
        ("../spec.yaml", "outside"),
        ("..", "outside"),
        ("missing.yaml", "unread"),
        ("sub/../missing.yaml", "unread"),
        ("5", "not-text"),
        ("{a: b}", "not-text"),
    ],
)
def test_a_reference_names_a_place(tmp_path: Path, text: str, target: str) -> None:
    spec = f"""
r: {{$ref: {text}}}
a: 1
c%20d: 1
$defs:
  one: {{$anchor: here}}
  two: {{$id: "https://example.com/one", $defs: {{three: {{$anchor: there}}}}}}
"""
    assert targets(documents(tmp_path, spec)) == [target]


def test_a_file_may_refer_back_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.json").write_text('{"a": {"$ref": "../spec.yaml#/x"}, "b": {"$ref": "#/a"}}')
    found = documents(tmp_path, "x: {$ref: 'sub/other.json#/b'}")
    assert targets(found) == ["sub/other.json#/b", "#/x", "sub/other.json#/a"]
    assert sorted(found.files) == ["", "sub/other.json"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("a: 1")
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert targets(documents(tmp_path / "spec", "x: {$ref: link.yaml}")) == ["outside"]


def test_files_outside_are_read_where_that_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("a: 1")
    (tmp_path / "spec").mkdir()
    path = tmp_path / "spec" / "spec.yaml"
    path.write_text("x: {$ref: '../other.yaml#/a'}")
    found = load(path, allow_external=True)
    assert targets(found.value) == ["../other.yaml#/a"]


@pytest.mark.parametrize(
    "spec",
    [
        "x: {example: {$ref: nope}}",
        "x: {default: {$ref: nope}, enum: [{$ref: nope}], const: {$ref: nope}}",
        "x-y: {$ref: nope}",
    ],
)
def test_data_holds_no_references(tmp_path: Path, spec: str) -> None:
    assert targets(documents(tmp_path, spec)) == []


def test_a_property_may_have_the_name_of_a_keyword(tmp_path: Path) -> None:
    spec = "properties: {$ref: {type: string}, example: {$ref: '#/a'}, properties: {$ref: '#/b'}}"
    assert targets(documents(tmp_path, spec)) == ["#/a", "#/b"]


def test_entries_of_a_mapping_are_references_where_they_look_like_it(tmp_path: Path) -> None:
    spec = "discriminator: {propertyName: a, mapping: {x: '#/a', y: Cat, z: ./spec.yaml}}"
    found = documents(tmp_path, spec)
    assert targets(found) == ["#/a", "#"]
    assert str(link(found).references[0].place) == "#/discriminator/mapping/x"


def test_a_broken_file_that_is_referred_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("a: [")
    (tmp_path / "spec.yaml").write_text("x: {$ref: other.yaml}")
    (issue,) = load(tmp_path / "spec.yaml").issues
    assert (issue.code, issue.file) == ("bad-yaml", str(tmp_path / "other.yaml"))


# --- files that are named by URI -------------------------------------------------------------------------------------

SELF = "$self: https://example.com/api/openapi\n"


@pytest.mark.parametrize(
    ("root", "text"),
    [
        (SELF, "shared/foo#/Foo"),
        (SELF, "https://example.com/api/shared/foo#/Foo"),
        ("", "https://example.com/api/shared/foo#/Foo"),
        (SELF, "shared/inner#here"),
    ],
)
def test_a_file_beside_the_root_is_found_by_its_uri(tmp_path: Path, root: str, text: str) -> None:
    (tmp_path / "any.yaml").write_text(
        "$self: https://example.com/api/shared/foo\n"
        "Foo: {$id: inner, properties: {a: {$anchor: here}, b: {$ref: '../openapi#/r'}, c: {$ref: next.yaml}}}\n"
    )
    (tmp_path / "next.yaml").write_text("$id: https://example.com/api/shared/next.yaml\n")
    (tmp_path / "other.yaml").write_text("$self: https://example.com/api/other\n")
    (tmp_path / "broken.yaml").write_text("$self: [")
    found = documents(tmp_path, f"{root}r: {{$ref: '{text}'}}")
    assert sorted(found.files) == ["", "any.yaml", "next.yaml"]
    assert targets(found)[0].startswith("any.yaml#/Foo")


@pytest.mark.parametrize("text", ["https://example.com/schemas/pet", "https://example.com/schemas/pet#/properties/tag"])
def test_a_schema_beside_the_root_is_found_by_its_id(tmp_path: Path, text: str) -> None:
    """Its own references are to files beside it as well, by path or by URI."""
    schema = {"$id": "https://example.com/schemas/pet", "properties": {"tag": {"$ref": "tag.json"}, "a": {"$ref": "a"}}}
    (tmp_path / "pet.json").write_text(json.dumps(schema))
    (tmp_path / "tag.json").write_text('{"type": "string"}')
    (tmp_path / "any.json").write_text('{"$id": "https://example.com/schemas/a", "type": "string"}')
    found = documents(tmp_path, f"r: {{$ref: '{text}'}}")
    assert sorted(found.files) == ["", "any.json", "pet.json", "tag.json"]
    assert [place for place in targets(found) if place.startswith(("any", "tag"))] == ["tag.json#", "any.json#"]


def test_without_a_file_of_that_uri_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("$self: https://example.com/api/other\n")
    (tmp_path / "outside.yaml").symlink_to("/etc/passwd")
    found = documents(tmp_path, f"{SELF}r: {{$ref: 'shared/foo#/Foo'}}")
    assert sorted(found.files) == [""]
    assert targets(found) == ["unread"]


# --- hostile text ----------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(text=st.text(alphabet="ab:{}[]\"'&*!|>-?,#%\\\n \t\x00\ud800<~0", max_size=60))
def test_no_text_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "spec.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(Rejected):
        load(path)
