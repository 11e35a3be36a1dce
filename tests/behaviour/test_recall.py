"""A run that was made before is not made again; anything that could make a difference makes it run."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests import command

from clientsmith import pipeline
from clientsmith.data.api import Api
from clientsmith.data.issues import Found
from clientsmith.data.outcome import Outcome
from clientsmith.data.output import MANIFEST
from clientsmith.data.settings import Settings
from clientsmith.data.spec import Spec
from clientsmith.disk import cache, identity
from clientsmith.pipeline import surface

SPEC = """\
openapi: 3.1.0
info: {version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {"200": {description: Pets., content: {application/json: {schema: {$ref: "types.yaml#/Pet"}}}}}
"""
TYPES = "Pet: {type: object, properties: {name: {type: string}}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    (tmp_path / "pets.yaml").write_text(SPEC)
    (tmp_path / "types.yaml").write_text(TYPES)
    (tmp_path / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n')
    return tmp_path


def run(*arguments: str) -> Result:
    return command.run("generate", *(arguments or ("pets.toml",)))


def is_recalled(*arguments: str) -> bool:
    """Report whether a run ends before the stages."""
    stages: list[str] = []
    original = pipeline.generate

    def generate(settings: Found[Settings], **options: Any) -> Outcome:
        return original(settings, **{**options, "progress": stages.append})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "generate", generate)
        run(*arguments)
    return not stages


def test_a_run_is_recalled_with_all_that_it_printed(folder: Path) -> None:
    first = run()
    assert "pets.yaml:2:1: warning: 'title' is a required property [invalid-document]" in first.stderr
    assert is_recalled()
    again = run()
    assert (again.exit_code, again.stderr) == (0, first.stderr)
    assert again.stdout.startswith("nothing changed in ")


def test_a_recalled_issue_has_its_place_in_the_file_that_the_user_wrote(folder: Path) -> None:
    number = {"type": "object", "properties": {"size": {"type": "integer", "default": "large"}}}
    response = {"description": "A pet.", "schema": {"$ref": "#/definitions/Pet"}}
    paths = {"/pets": {"get": {"operationId": "getPet", "responses": {"200": response}}}}
    old = {"swagger": "2.0", "info": {"title": "Pets", "version": "1"}, "definitions": {"Pet": number}, "paths": paths}
    (folder / "pets.yaml").write_text(json.dumps(old, indent=1))
    first = run()
    assert is_recalled()
    assert "pets.yaml:13:" in first.stderr
    assert run().stderr == first.stderr


def test_check_is_recalled_too() -> None:
    run()
    full = run("--check", "pets.toml")
    assert is_recalled("--check", "pets.toml")
    assert (full.exit_code, full.stdout) == (0, "the client is up to date\n")


def test_a_check_that_found_nothing_is_remembered(folder: Path) -> None:
    run()
    (folder / "cache" / cache.FILE).unlink()
    assert not is_recalled("--check", "pets.toml")
    assert is_recalled("--check", "pets.toml")
    assert is_recalled()


def test_a_check_that_found_something_is_not(folder: Path) -> None:
    run("--check", "pets.toml")
    assert not is_recalled("--check", "pets.toml")


def test_the_report_is_recalled() -> None:
    first = run("--report", "json", "pets.toml")
    assert is_recalled("--report", "json", "pets.toml")
    assert json.loads(run("--report", "json", "pets.toml").stdout) == json.loads(first.stdout)
    assert json.loads(first.stdout)["operations"]


def test_it_is_recalled_in_another_process_without_the_stages(folder: Path) -> None:
    run()
    code = (
        "import sys\nfrom clientsmith.cli import main\n"
        "try:\n    main(['generate', 'pets.toml'])\nexcept SystemExit as done:\n    assert not done.code\n"
        "print(*sorted(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"black", "rich", "jinja2", "openapi_spec_validator", "jsonschema", "clientsmith.pipeline"}
    assert heavy & {*done.stdout.split()} == set()
    assert done.stdout.startswith("nothing changed")


def test_strict_makes_another_run() -> None:
    run()
    assert not is_recalled("--strict", "pets.toml")
    assert run("--strict", "pets.toml").exit_code == 1


# --- what is read ----------------------------------------------------------------------------------------------------


def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text((folder / name).read_text().replace(old, new))


@pytest.mark.parametrize(
    "change",
    [
        edit("pets.yaml", "listPets", "allPets"),
        edit("pets.yaml", "openapi:", "# A comment.\nopenapi:"),
        edit("types.yaml", "name", "nick"),
        edit("pets.toml", "out/pets", "out/owls"),
        edit("pets.toml", "formatter", "strict = true\nformatter"),
        lambda folder: (folder / "types.yaml").unlink(),
        lambda folder: (folder / "types.yaml").rename(folder / "x") and (folder / "types.yaml").mkdir(),
        lambda folder: (folder / "pets.yaml").chmod(0) if os.geteuid() else (folder / "pets.yaml").unlink(),
    ],
)
def test_another_input_makes_it_run(folder: Path, change: Callable[[Path], object]) -> None:
    run()
    assert is_recalled()
    change(folder)
    assert not is_recalled()


@pytest.mark.parametrize("name", ["pets.yaml", "types.yaml"])
def test_a_changed_input_changes_the_output(folder: Path, name: str) -> None:
    run()
    before = outputs(folder)
    edit(name, "pets]" if name == "pets.yaml" else "name", "owls]" if name == "pets.yaml" else "nick")(folder)
    assert run("--check", "pets.toml").exit_code == 1
    run()
    assert outputs(folder) != before


def test_an_input_that_changes_during_the_run_is_read_again(folder: Path) -> None:
    original = surface.lower

    def change_and_lower(spec: Spec) -> Found[Api]:
        edit("types.yaml", "name", "nick")(folder)
        return original(spec)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surface, "lower", change_and_lower)
        run()
    assert run("--check", "pets.toml").exit_code == 1


def test_another_generator_makes_it_run(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr("clientsmith.recall.identity", lambda: "another")
    assert not is_recalled()


# --- what is there ---------------------------------------------------------------------------------------------------


def outputs(folder: Path) -> dict[str, bytes]:
    root = folder / "out/pets"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def plant(path: str) -> Callable[[Path], object]:
    """Edit a generated file together with its hash in the manifest."""

    def change(root: Path) -> None:
        file = root / path
        file.write_text(file.read_text() + "\nimport planted\n")
        manifest = json.loads((root / MANIFEST).read_text())
        manifest["files"][path]["written"] = hashlib.sha256(file.read_bytes()).hexdigest()
        (root / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")

    return change


CHANGES: list[Callable[[Path], object]] = [
    plant("_core/auth.py"),
    plant("_client.py"),
    plant("resources/pets.py"),
    lambda root: (root / "_client.py").write_text((root / "_client.py").read_text() + "# Mine.\n"),
    lambda root: (root / "py.typed").write_text("x"),
    lambda root: (root / "_client.py").unlink(),
    lambda root: (root / MANIFEST).unlink(),
    lambda root: (root / "_client.py").rename(root / "x.txt") and (root / "_client.py").symlink_to("x.txt"),
    lambda root: (root / "_core/planted.py").write_text(""),
    lambda root: (root / "resources/pets.so").write_text(""),
    lambda root: (root / "resources/owls.py").write_text(""),
    lambda root: (root / "_client.pyc").write_text(""),
]


@pytest.mark.parametrize("has_cache", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_check_sees_every_change(folder: Path, change: Callable[[Path], object], has_cache: bool) -> None:
    run()
    assert run("--check", "pets.toml").exit_code == 0
    change(folder / "out/pets")
    if not has_cache:
        (folder / "cache" / cache.FILE).unlink()
    assert run("--check", "pets.toml").exit_code == 1
    assert run("--check", "pets.toml").exit_code == 1


@pytest.mark.parametrize("has_cache", [True, False])
@pytest.mark.parametrize("path", ["_core/auth.py", "_client.py", "resources/pets.py"])
def test_a_planted_line_is_an_edit_and_does_not_survive_force(folder: Path, path: str, has_cache: bool) -> None:
    run()
    before = outputs(folder)
    plant(path)(folder / "out/pets")
    if not has_cache:
        (folder / "cache" / cache.FILE).unlink()
    refused = run()
    assert refused.exit_code == 1
    assert f"{path}: error: the file was edited by hand [local-edit]" in refused.stderr
    assert run("--force", "pets.toml").exit_code == 0
    assert outputs(folder) == before


def test_a_file_of_my_own_is_no_difference(folder: Path) -> None:
    run()
    (folder / "out/pets/mine.py").write_text("mine = 1\n")
    assert is_recalled("--check", "pets.toml")
    assert run("--check", "pets.toml").exit_code == 0


def test_a_file_among_the_generated_ones_is_reported_and_kept(folder: Path) -> None:
    run()
    (folder / "out/pets/resources/owls.py").write_text("owls = 1\n")
    warned = run()
    assert warned.exit_code == 0
    place = Path("out/pets/resources/owls.py")
    assert f"{place}: warning: Python would import this as a part of the client, and it was not" in warned.stderr
    checked = run("--check", "pets.toml")
    assert checked.exit_code == 1
    assert checked.stderr.endswith("the client holds 1 file beside those that were generated\n")
    assert place.read_text() == "owls = 1\n"


def test_strict_writes_nothing_beside_a_file_that_was_not_generated(folder: Path) -> None:
    edit("pets.yaml", "info: {", "info: {title: Pets, ")(folder)
    run()
    (folder / "out/pets/resources/owls.py").touch()
    edit("types.yaml", "name", "nick")(folder)
    before = outputs(folder)
    refused = run("--strict", "pets.toml")
    assert refused.exit_code == 1
    assert refused.stderr.endswith("nothing was written: 1 error\n")
    assert outputs(folder) == before


def test_line_endings_are_no_difference(folder: Path) -> None:
    run()
    for path, content in outputs(folder).items():
        (folder / "out/pets" / path).write_bytes(content.replace(b"\n", b"\r\n"))
    assert is_recalled("--check", "pets.toml")
    assert run("--check", "pets.toml").exit_code == 0


def test_what_an_ended_run_left_is_removed(folder: Path) -> None:
    run()
    left = folder / "out/.pets.clientsmith-0123456789abcdef.tmp"
    left.mkdir()
    (left / "x.py").touch()
    assert not is_recalled()
    assert not left.exists()


# --- formatting and conformance --------------------------------------------------------------------------------------


def test_only_new_texts_are_formatted_and_held_against_the_plan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientsmith.targets.python import format as formatting
    from clientsmith.targets.python.render import conformance

    edit("pets.toml", '"none"', '"black"')(folder)
    run()
    formatted: list[str] = []
    parsed: list[str] = []
    by_black, parse = formatting.by_black, conformance._parse
    monkeypatch.setitem(formatting.BY_NAME, "black", lambda files: formatted.extend(files) or by_black(files))
    monkeypatch.setattr(conformance, "_parse", lambda path, text: parsed.append(path) or parse(path, text))
    edit("types.yaml", "name", "nick")(folder)
    run()
    assert formatted == parsed == ["types/pet.py"]
    (folder / "out").rename(folder / "old")
    run()
    assert formatted == parsed == ["types/pet.py"]
    assert outputs(folder)["_client.py"] == (folder / "old/pets/_client.py").read_bytes()


def test_the_output_folder_is_never_taken_for_a_formatted_text(folder: Path) -> None:
    edit("pets.toml", '"none"', '"black"')(folder)
    run()
    before = outputs(folder)
    plant("_client.py")(folder / "out/pets")
    (folder / "cache" / cache.FILE).unlink()
    run("--force", "pets.toml")
    assert outputs(folder) == before


# --- the generator's identity ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename"])
def test_any_change_of_our_sources_makes_another_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    package = tmp_path / "package"
    (package / "templates").mkdir(parents=True)
    (package / "a.py").write_text("a")
    (package / "templates/b.jinja").write_text("b")
    monkeypatch.setattr(identity, "PACKAGE", package)
    before = identity.identity.__wrapped__()
    assert identity.identity.__wrapped__() == before
    {
        "edit": lambda: (package / "templates/b.jinja").write_text("c"),
        "add": lambda: (package / "c.py").touch(),
        "remove": lambda: (package / "a.py").unlink(),
        "rename": lambda: (package / "a.py").rename(package / "d.py"),
    }[change]()
    assert identity.identity.__wrapped__() != before


def test_byte_code_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(identity, "PACKAGE", tmp_path)
    before = identity.identity.__wrapped__()
    (tmp_path / "__pycache__/a.pyc").touch()
    assert identity.identity.__wrapped__() == before
