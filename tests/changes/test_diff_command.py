"""The command: formats, exit codes, settings and documents beside each other, mistakes, hostile text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tests.changes.conftest import Diff
from tests.changes.documents import create, document

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "diff.schema.json").read_text("utf-8"))
PLAIN = document()
STRICTER = document({"/meetings": {"post": create(("title",))}})
NODE = {"$ref": "#/components/schemas/Node"}
LARGER = document({"/meetings": {"post": create(place={"type": "string"})}})


def reading(operation_id: str, component: str) -> Any:
    """Make an operation that gives a component."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{component}"}}}
    responses = {"200": {"description": "A.", "content": content}}
    return {"operationId": operation_id, "tags": ["m"], "responses": responses}


# --- formats ---------------------------------------------------------------------------------------------------------


def test_text_names_place_line_and_level_and_ends_with_the_advice(diff: Diff) -> None:
    result = diff(PLAIN, STRICTER)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "new.yaml:20: major: meetings.create(title): is required now [argument-required]",
        "   = old: old.yaml:20; request; wire: major; typing: major",
        "1 major",
        "major: next version 0.2.0 (after 0.1.0)",
    ]


def test_nothing_changed(diff: Diff) -> None:
    assert diff(PLAIN, PLAIN).stdout.splitlines() == ["no changes", "none: nothing changed, version 0.1.0 can stay"]


def test_json_is_what_its_schema_describes(diff: Diff) -> None:
    result = diff(PLAIN, STRICTER, "--format", "json")
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(found, SCHEMA, jsonschema.Draft202012Validator)
    assert found == {
        "level": "major",
        "version": {"old": "0.1.0", "new": "0.1.0", "next": "0.2.0", "sufficient": False},
        "changes": [
            {
                "level": "major",
                "kind": "argument-required",
                "place": "meetings.create(title)",
                "message": "is required now",
                "direction": "request",
                "wire": "major",
                "typing": "major",
                "old": {"file": "old.yaml", "line": 20},
                "new": {"file": "new.yaml", "line": 20},
                "uses": ["meetings.create()"],
                "use_count": 1,
            }
        ],
    }
    assert result.stderr.strip().endswith("major: next version 0.2.0 (after 0.1.0)")


def test_markdown_has_a_section_for_each_level(diff: Diff) -> None:
    result = diff(PLAIN, STRICTER, "--format", "markdown")
    assert result.stdout.splitlines() == [
        "## API changes: major",
        "",
        "### Major (1)",
        "",
        "- `meetings.create(title)`: is required now (`argument-required`; request; `old.yaml:20` to `new.yaml:20`)",
        "",
        "major: next version 0.2.0 (after 0.1.0)",
    ]


def test_annotations_for_github_actions(diff: Diff) -> None:
    result = diff(PLAIN, STRICTER, "--format", "github")
    assert result.stdout.splitlines() == [
        "::error file=new.yaml,line=20,title=major%3A argument-required::meetings.create(title): is required now",
        "major: next version 0.2.0 (after 0.1.0)",
    ]
    assert diff(PLAIN, LARGER, "--format", "github").stdout.startswith("::notice ")


def test_a_shared_type_lists_the_calls_that_use_it(diff: Diff) -> None:
    def paths(kind: str) -> Any:
        schemas = {"Meeting": {"type": "object", "properties": {"title": {"type": kind}}}}
        answer = {
            "description": "A.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Meeting"}}},
        }
        made = {
            f"/m{n}": {"get": {"operationId": f"get_{n}", "tags": ["m"], "responses": {"200": answer}}}
            for n in range(8)
        }
        return document(made, components={"schemas": schemas})

    result = diff(paths("string"), paths("integer"))
    assert "new.yaml" in result.stdout
    assert result.stdout.count("[type-changed]") == 1
    assert "   = used by: m0.get(), m1.get(), m2.get(), m3.get(), m4.get() and 3 more\n" in result.stdout
    uses = json.loads(diff(paths("string"), paths("integer"), "--format", "json").stdout)["changes"][0]["uses"]
    assert uses == [f"m{n}.get()" for n in range(8)]


# --- exit codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "limit", "code"),
    [
        (STRICTER, "major", 1),
        (STRICTER, "minor", 1),
        (LARGER, "major", 0),
        (LARGER, "minor", 1),
        (PLAIN, "minor", 0),
    ],
)
def test_fail_on(diff: Diff, new: Any, limit: str, code: int) -> None:
    assert diff(PLAIN, new, "--fail-on", limit).exit_code == code


@pytest.mark.parametrize(
    ("sources", "options"),
    [
        ((), ()),
        (("new.yaml",), ()),
        (("a.yaml", "b.yaml", "c.yaml"), ()),
        ((), ("--base", "HEAD")),
        (("old.yaml", "new.yaml"), ("--fail-on", "patch")),
        (("old.yaml", "new.yaml"), ("--format", "xml")),
        (("old.yaml", ""), ()),
    ],
)
def test_wrong_options_are_a_usage_error(diff: Diff, sources: tuple[str, ...], options: tuple[str, ...]) -> None:
    result = diff(PLAIN, PLAIN, *options, sources=sources)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_mistakes_of_both_documents_are_reported_at_once(diff: Diff) -> None:
    old = document({"/meetings": {"post": {"responses": {"204": {"$ref": "#/components/responses/Old"}}}}})
    new = document({"/meetings": {"post": {"responses": {"204": {"$ref": "#/components/responses/New"}}}}})
    result = diff(old, new, "--format", "json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.search(r"^old\.yaml:\d+:\d+: error: .*Old", result.stderr, re.MULTILINE)
    assert re.search(r"^new\.yaml:\d+:\d+: error: .*New", result.stderr, re.MULTILINE)
    assert result.stderr.endswith("nothing was compared\n")


@pytest.mark.parametrize("missing", ["old.yaml", "new.yaml"])
def test_a_file_that_is_not_there(diff: Diff, missing: str) -> None:
    diff(PLAIN, PLAIN)
    Path(missing).unlink()
    result = diff(None, None)
    assert result.exit_code == 1
    assert f"{missing}: error: " in result.stderr
    assert "Traceback" not in result.output


# --- settings and documents ------------------------------------------------------------------------------------------


def test_settings_name_methods_and_versions(diff: Diff) -> None:
    for name, method, version in (("old", "create", "1.4.2"), ("new", "make", "2.0.0")):
        text = f'spec = "{name}.yaml"\noutput = "acme"\n[package]\nversion = "{version}"\n'
        Path(f"{name}.toml").write_text(f'{text}[resources.meetings.methods]\n{method} = "create_meeting"\n', "utf-8")
    result = diff(PLAIN, PLAIN, sources=("old.toml", "new.toml"))
    assert result.stdout.splitlines()[0] == (
        "new.yaml:9: major: meetings.create(): is called meetings.make() now [method-renamed]"
    )
    assert result.stdout.splitlines()[-1] == "major: version 2.0.0 is enough (next after 1.4.2 is 2.0.0)"


@pytest.mark.parametrize("sources", [("old.yaml", "new.toml"), ("new.toml", "old.yaml")])
def test_a_document_beside_settings_has_those_settings(diff: Diff, sources: tuple[str, str]) -> None:
    text = 'spec = "new.yaml"\noutput = "acme"\n[resources.meetings.methods]\nmake = "create_meeting"\n'
    Path("new.toml").write_text(text, "utf-8")
    assert diff(PLAIN, PLAIN, sources=sources).stdout.startswith("no changes\n")


def test_documents_alone_are_not_named_after_their_files(diff: Diff) -> None:
    assert diff(PLAIN, PLAIN).stdout.startswith("no changes\n")


def test_skips_are_accepted_by_an_option(diff: Diff) -> None:
    gap = document({"/meetings": {"trace": {**create(), "operationId": "trace_meeting"}}})
    assert diff(gap, gap).exit_code == 1
    assert diff(gap, gap, "--allow-skips").exit_code == 0


# --- hostile text ----------------------------------------------------------------------------------------------------

HOSTILE = "x\x1b[31m\r\n::error::%0A`](javascript:1)<script>|\u202e**\u2028##"


def hostile(text: str) -> Any:
    values = {"type": "string", "enum": ["a", text]}
    operation = create(**{text: values})
    return document({"/meetings": {"post": operation}}, info={"title": text, "version": text})


@pytest.mark.parametrize("form", ["text", "markdown", "github", "json"])
def test_text_of_documents_is_written_for_its_place(diff: Diff, form: str, tmp_path: Path) -> None:
    result = diff(hostile(HOSTILE), hostile("other"), "--format", form, "--changelog", "CHANGES.md")
    assert result.exit_code == 0
    entry = (tmp_path / "CHANGES.md").read_text("utf-8")
    for output in (result.stdout, entry):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]", output)
    if form == "github":
        assert all(line.count("::") >= 2 and line.startswith("::") for line in result.stdout.splitlines()[:-1])
        assert not any(re.match("::error::", line) for line in result.stdout.splitlines())
        assert "%250A" in result.stdout
    written = re.sub(r"`+[^`]*`+", "", result.stdout if form == "markdown" else entry)
    assert "<script>" not in written
    assert "](javascript" not in written
    if form == "json":
        jsonschema.validate(json.loads(result.stdout), SCHEMA, jsonschema.Draft202012Validator)


# --- documents of all shapes -----------------------------------------------------------------------------------------


def test_schemas_that_refer_to_themselves(diff: Diff) -> None:
    def tree(kind: str) -> Any:
        node = {
            "type": "object",
            "properties": {
                "value": {"type": kind},
                "left": NODE,
                "all": {
                    "type": "array",
                    "items": {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "string"}]},
                },
                "more": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Node"}},
            },
        }
        answer = {
            "description": "A.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}},
        }
        paths = {"/n": {"get": {"operationId": "get_n", "tags": ["n"], "responses": {"200": answer}}}}
        return document(paths, components={"schemas": {"Node": node}})

    result = diff(tree("string"), tree("boolean"))
    assert [line for line in result.stdout.splitlines() if line.startswith("new")] == [
        "new.yaml:25: major: types.Node.value: was text, is a boolean [type-changed]"
    ]


def test_schemas_that_nest_deeply(diff: Diff) -> None:
    def nested(kind: str, depth: int = 40) -> Any:
        schema: Any = {"type": kind}
        for _ in range(depth):
            schema = {"type": "object", "properties": {"a": schema}}
        return document({"/meetings": {"post": create(deep=schema)}})

    result = diff(nested("string"), nested("integer"))
    assert result.stdout.count(": was text, is an integer [type-changed]") == 1


def test_every_document_of_the_cases_equals_itself(diff: Diff) -> None:
    for path in sorted((ROOT / "tests" / "cases").glob("[dnos]*/spec.yaml")):
        source = path.with_name("settings.toml")
        given = str(source if source.exists() else path)
        result = diff(None, None, "--allow-skips", sources=(given, given))
        assert result.stdout.startswith("no changes\n"), path


def test_lines_are_those_of_the_file_that_has_the_part(diff: Diff, tmp_path: Path) -> None:
    for side, kind in (("old", "string"), ("new", "integer")):
        (tmp_path / side).mkdir()
        shared = {"Meeting": {"type": "object", "properties": {"title": {"type": kind}}}}
        (tmp_path / side / "shared.yaml").write_text(yaml.safe_dump(shared), "utf-8")
        operation = create()
        operation["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "shared.yaml#/Meeting"}
        root = yaml.safe_dump(document({"/meetings": {"post": operation}}))
        (tmp_path / side / "api.yaml").write_text(root, "utf-8")
    result = diff(None, None, sources=("old/api.yaml", "new/api.yaml"))
    assert result.stdout.splitlines()[:2] == [
        "new/shared.yaml:3: major: meetings.create(title): was text, is an integer [type-changed]",
        "   = old: old/shared.yaml:3; request; wire: major; typing: major",
    ]
