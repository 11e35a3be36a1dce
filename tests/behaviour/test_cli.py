"""The command line: what a user types and sees."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.behaviour.packages import tree
from tests.command import run

import clientsmith
from clientsmith.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      description: Lists all pets.
      responses: {"204": {description: Nothing.}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(SPEC)
    (tmp_path / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n')
    return tmp_path


def test_version() -> None:
    assert run("-V").output == run("--version").output == f"clientsmith {clientsmith.__version__}\n"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clientsmith", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"clientsmith {clientsmith.__version__}\n"


def commands_of(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in commands_of(command))
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), [*commands_of(main)], ids=str)
def test_help_and_documentation_name_every_option_and_exit_code(name: str, command: click.Command) -> None:
    documented = (Path(__file__).parents[2] / "docs/cli.md").read_text("utf-8")
    section = documented.partition(f"## `clientsmith {name.split()[0]}`")[2].partition("\n## ")[0]
    assert f"clientsmith {name}" in documented
    shown = run(*name.split(), "--help").output
    for option in (each for one in command.params for each in one.opts if each.startswith("-")):
        assert option in shown
        assert f"`{option}" in section
    for code in ("0", "1", "2", "130"):
        assert f"  {code} " in shown
        assert f"| {code} |" in documented
    assert {len(line) <= 80 for line in shown.splitlines()} == {True}


def test_shells_complete_commands_and_options() -> None:
    def completed(*words: str) -> str:
        environment = {"_CLIENTSMITH_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": "1"}
        environment["COMP_CWORD"] = str(len(words) - 1)
        return CliRunner().invoke(main, [], env=environment, prog_name="clientsmith").output

    assert set(completed("clientsmith", "").split()) == {f"plain,{command}" for command in main.commands}
    assert "plain,--check" in completed("clientsmith", "generate", "--c")
    documented = (Path(__file__).parents[2] / "docs/cli.md").read_text("utf-8")
    assert "_CLIENTSMITH_COMPLETE=bash_source clientsmith" in documented


def test_generate_then_nothing_then_a_change(folder: Path) -> None:
    assert run("generate", "pets.toml").stdout.endswith(
        " added, 0 unchanged in out/pets\ntry it in out: from pets import Pets\n"
    )
    before = tree(folder / "out")
    assert run("generate", "pets.toml").stdout.startswith("nothing changed in out/pets: ")
    assert run("generate", "--check", "pets.toml").stdout == "the client is up to date\n"
    (folder / "pets.yaml").write_text(SPEC.replace("all pets", "every pet"))

    checked = run("generate", "--check", "pets.toml")
    assert checked.exit_code == 1
    assert "+" in checked.stdout
    assert "Lists every pet." in checked.stdout
    assert checked.stderr.endswith("would change\n")
    assert tree(folder / "out") == before
    shown = {line[6:] for line in checked.stdout.splitlines() if line.startswith("--- a/")}

    assert run("generate", "pets.toml").exit_code == 0
    after = tree(folder / "out")
    assert {path.removeprefix("pets/") for path in before if before[path] != after[path]} == shown


def test_a_comment_puts_nothing_out_of_date(folder: Path) -> None:
    run("generate", "pets.toml")
    (folder / "pets.yaml").write_text(f"# Hello.\n{SPEC}")
    assert run("generate", "--check", "pets.toml").exit_code == 0


def test_a_spec_needs_no_settings(folder: Path) -> None:
    assert run("generate", "pets.yaml").exit_code == 0
    assert (folder / "pets" / "__init__.py").exists()
    assert run("generate", "pets.yaml", "-o", "other/petstore").exit_code == 0
    assert (folder / "other" / "petstore" / "__init__.py").exists()


def test_local_edits_need_force(folder: Path) -> None:
    run("generate", "pets.toml")
    (folder / "out/pets/__init__.py").write_text("mine = True\n")
    refused = run("generate", "pets.toml")
    assert refused.exit_code == 1
    assert "[local-edit]" in refused.stderr
    assert run("generate", "pets.toml", "--force").exit_code == 0
    assert "mine" not in (folder / "out/pets/__init__.py").read_text()


def test_strict_makes_warnings_errors(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("{title: Pets, ", "{"))
    warned = run("generate", "pets.toml")
    assert warned.exit_code == 0
    assert "pets.yaml:2:1: warning: 'title' is a required property [invalid-document]" in warned.stderr
    strict = run("generate", "pets.toml", "--strict")
    assert strict.exit_code == 1
    assert "pets.yaml:2:1: error: " in strict.stderr
    assert strict.stderr.endswith("nothing was written: 1 error\n")


DANGLING = """\
components:
  schemas:
    Pet: {type: object, properties: {owner: {$ref: "#/components/schemas/Lost"}}}
    Owl: {$ref: "#/components/schemas/Gone"}
"""


def test_a_missing_part_is_an_error_where_that_is_wanted(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC + DANGLING)
    warned = run("generate", "pets.toml")
    assert (warned.exit_code, warned.stderr.count("warning: "), warned.stderr.count("[dangling-ref]")) == (0, 2, 2)
    strict = run("generate", "pets.toml", "--strict")
    assert (strict.exit_code, strict.stderr.count("error: "), strict.stderr.count("[dangling-ref]")) == (1, 2, 2)
    assert strict.stderr.endswith("nothing was written: 2 errors\n")


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("", set()), ("keep = false", set()), ("keep = true", {"owner", "pet"}), ('keep = ["Pet"]', {"owner", "pet"}),
     ('keep = ["Owner"]', {"owner"})],
)  # fmt: skip
def test_types_that_no_operation_reaches_are_kept_on_request(folder: Path, keep: str, kept: set[str]) -> None:
    pet = "Pet: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}"
    owner = "Owner: {type: object, properties: {name: {type: string}}}"
    (folder / "pets.yaml").write_text(f"{SPEC}components:\n  schemas:\n    {pet}\n    {owner}\n")
    (folder / "pets.toml").write_text(f'spec = "pets.yaml"\nformatter = "none"\n[components]\n{keep}\n')
    assert run("generate", "pets.toml").exit_code == 0
    made = {path.stem for path in (folder / "pets/types").glob("*.py")} - {"__init__"}
    assert {name for name in made if not name.endswith("_param")} == kept


def test_check_begins_with_a_summary_and_ends_with_the_manifest(folder: Path) -> None:
    run("generate", "pets.toml")
    (folder / "pets.yaml").write_text(SPEC.replace("all pets", "every pet").replace("/pets:", "/owls:"))
    lines = run("generate", "--check", "pets.toml").stdout.splitlines()
    summary = lines[: lines.index("")]
    assert {line.split()[0] for line in summary} == {"A", "M", "D"}
    shown = [line.removeprefix("+++ ") for line in lines if line.startswith("+++ ")]
    assert len(shown) == len(summary) > 5
    assert summary[-1].split()[:2] == ["M", ".clientsmith.json"]
    assert shown[-1] == "b/.clientsmith.json"


def test_the_report_names_the_rule_of_each_name(folder: Path) -> None:
    path = "/pets/{id}: {parameters: [{in: path, name: id, required: true, schema: {type: string}}],"
    get = "get: {responses: {'204': {description: Nothing.}}},"
    feed = "post: {x-clientsmith-method: feed, operationId: a, responses: {'204': {description: Nothing.}}}}"
    (folder / "pets.yaml").write_text(f"{SPEC}  {path} {get} {feed}\n")
    (folder / "pets.toml").write_text(
        'spec = "pets.yaml"\nformatter = "none"\n[resources.owls.methods]\nall = "listPets"\n'
    )
    report = json.loads(run("generate", "pets.toml", "--report", "json").stdout)
    found = {f"{entry['resource']}.{entry['method']}": entry["rule"] for entry in report["operations"]}
    assert found == {"owls.all": "settings", "pets.get": "path: item", "pets.feed": "extension"}


def test_gaps_must_be_allowed(folder: Path) -> None:
    trace = """\
    trace:
      operationId: tracePets
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses: {"204": {description: Nothing.}}
"""
    (folder / "pets.yaml").write_text(SPEC + trace)
    refused = run("generate", "pets.toml")
    assert refused.exit_code == 1
    assert "error: the body of a TRACE request is left out: HTTP forbids it [trace-body]" in refused.stderr
    assert run("generate", "pets.toml", "--allow-skips").exit_code == 0
    for allowed in ('"trace-body"', '"#/paths/~1pets"', '"#/paths/~1pets/trace/requestBody"'):
        (folder / "pets.toml").write_text(f'spec = "pets.yaml"\noutput = "out/pets"\nallow_skips = [{allowed}]\n')
        assert run("generate", "pets.toml", "--strict").exit_code == 0
    (folder / "pets.toml").write_text('spec = "pets.yaml"\noutput = "out/pets"\nallow_skips = ["#/paths/~1pet"]\n')
    assert run("generate", "pets.toml").exit_code == 1


def test_the_report_is_all_of_standard_output(folder: Path) -> None:
    result = run("generate", "pets.toml", "--report", "json")
    report = json.loads(result.stdout)
    (operation,) = report["operations"]
    assert (operation["verb"], operation["path"], operation["operation_id"]) == ("GET", "/pets", "listPets")
    assert report["skips"] == []


def test_a_tab_is_seen(folder: Path) -> None:
    (folder / "pets.yaml").write_text("openapi: 3.1.0\ninfo:\n\ttitle:\tPets\n")
    assert run("generate", "pets.toml").stderr.splitlines() == [
        "pets.yaml:3:1: error: this is not YAML: a tab stands where only blanks may [bad-yaml]",
        "   2 | info:",
        " > 3 | →title:→Pets",
        "   = hint: a tab indents the line, and YAML takes only blanks there: replace it by blanks",
        "nothing was written: 1 error",
    ]


def test_a_document_cannot_speak_to_the_terminal(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("listPets", '"\\e[31m\\u202e[bold]"').replace("title: ", "x: "))
    shown = run("generate", "pets.toml", "--check").output
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    (folder / "pets.yaml").write_text('openapi: "\\e[31m[bold]4.0\\u202e"\n')
    shown = run("generate", "pets.toml").stderr
    assert "\\x1b[31m[bold]4.0\\u202e" in shown
    assert "\x1b" not in shown


def test_an_internal_error_is_not_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[31m")

    monkeypatch.setattr("clientsmith.cli.clients.generate", fail)
    result = run("generate", "pets.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("clientsmith: internal error: ZeroDivisionError: \\x1b[31m\n")
    assert "Traceback" in run("generate", "pets.toml", "--debug").stderr


def environment(**changes: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR")}, **changes}


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_bytes_depend_on_nothing_else(folder: Path, hash_seed: str) -> None:
    run("generate", "pets.toml")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(
        [sys.executable, "-m", "clientsmith", "generate", "../pets.toml", "-o", "pets"],
        cwd=elsewhere,
        env=environment(PYTHONHASHSEED=hash_seed, LC_ALL="C", TZ="Asia/Tokyo"),
        check=True,
        capture_output=True,
    )
    assert tree(elsewhere / "pets") == tree(folder / "out" / "pets")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("changes", [{}, {"CI": "1"}])
def test_a_terminal_shows_the_stage_with_what_it_counts(folder: Path, changes: dict[str, str]) -> None:
    shown = on_a_terminal(**changes)
    assert (b"clientsmith: " in shown) == (not changes)
    assert bool(re.search(rb"write: [0-9]+ files\b", shown)) == (not changes)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize(("changes", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_people_who_want_them(folder: Path, changes: dict[str, str], is_coloured: bool) -> None:
    (folder / "pets.yaml").write_text("a: 1\n")
    shown = on_a_terminal(**changes)
    assert (b"\x1b[31m" in shown) == is_coloured
    assert b"not-openapi" in shown


def on_a_terminal(**changes: str) -> bytes:
    """Generate where standard error is a terminal; give what that shows."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "clientsmith", "generate", "pets.toml"]
    subprocess.run(command, stderr=follower, env=environment(TERM="xterm", **changes), check=False)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:
        pass
    os.close(leader)
    return shown
