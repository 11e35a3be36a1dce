"""`clientsmith vendor`: a generated package in another repository, and what becomes of it there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clientsmith.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets: {get: {operationId: listPets, responses: {"204": {description: Nothing.}}}}
"""
SETTINGS = 'spec = "pets.yaml"\noutput = "clients/pets"\nformatter = "none"\n'
MANIFEST = ".clientsmith.json"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a client, which each test copies."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "pets.yaml").write_text(SPEC)
    (folder / "pets.toml").write_text(SETTINGS)
    assert run("generate", str(folder / "pets.toml")).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def folder(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(repository, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_copy_has_the_bytes_of_its_package_and_the_way_back(folder: Path) -> None:
    assert run("vendor", "clients/pets", "other/src/pets").exit_code == 0
    package, copy = tree(folder / "clients/pets"), tree(folder / "other/src/pets")
    manifests = json.loads(package.pop(MANIFEST)), json.loads(copy.pop(MANIFEST))
    assert copy == package
    assert manifests[1]["origin"] == "../../../clients/pets"
    assert manifests[1]["files"] == manifests[0]["files"]
    assert run("vendor", "other/src/pets").stdout.startswith("nothing changed in other/src/pets: ")


def test_a_copy_works_under_another_name(folder: Path) -> None:
    assert run("vendor", "clients/pets", "other/acme_pets").exit_code == 0
    code = "import acme_pets, sys; print(acme_pets.Pets().pets.list, [n for n in sys.modules if n.startswith('pets')])"
    used = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder / "other", capture_output=True, text=True, check=False
    )
    assert used.returncode == 0, used.stderr
    assert used.stdout.endswith(" []\n")


def test_saved_edits_and_others_of_the_package_travel_with_it(folder: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    module = folder / "clients/pets/resources/pets.py"
    module.write_text(module.read_text() + "\nMINE = 1\n")
    assert run("edits", "save", "pets.toml").exit_code == 0
    assert run("vendor", "--check", "other/pets").exit_code == 1
    assert run("vendor", "other/pets").exit_code == 0
    assert (folder / "other/pets/resources/pets.py").read_bytes() == module.read_bytes()
    module.write_text(module.read_text() + "\nMINE = 2\n")
    checked = run("vendor", "--check", "other/pets")
    assert (checked.exit_code, "+MINE = 2" in checked.stdout) == (1, True)


def test_files_of_ones_own_stay_where_they_are(folder: Path) -> None:
    for package in ("clients/pets", "other/pets"):
        run("vendor", "clients/pets", "other/pets")
        (folder / package / "custom").mkdir()
        (folder / package / "custom/mine.py").write_text(f"WHERE = {package!r}\n")
    assert run("vendor", "other/pets", "--force").exit_code == 0
    assert (folder / "other/pets/custom/mine.py").read_text() == "WHERE = 'other/pets'\n"
    assert run("vendor", "--check", "other/pets").stdout == "the copy is up to date\n"


def test_an_edit_of_the_copy_is_kept_and_no_command_is_named_that_cannot_save_it(folder: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    edited = folder / "other/pets/_client.py"
    edited.write_text(edited.read_text() + "mine = 1\n")
    before = tree(folder / "other")
    refused = run("vendor", "other/pets")
    assert "other/pets/_client.py: error: the file was edited by hand [local-edit]" in refused.stderr
    assert "make the change where the file comes from, or overwrite it with --force" in refused.stderr
    assert tree(folder / "other") == before
    assert run("vendor", "--check", "other/pets").stdout.startswith("M _client.py +0 -1\n")
    assert run("vendor", "other/pets", "--force").exit_code == 0
    assert edited.read_bytes() == (folder / "clients/pets/_client.py").read_bytes()


def test_a_folder_of_somebody_else_is_not_taken(folder: Path) -> None:
    (folder / "other/pets").mkdir(parents=True)
    (folder / "other/pets/theirs.py").write_text("theirs = 1\n")
    assert "[foreign-output]" in run("vendor", "clients/pets", "other/pets").stderr
    assert tree(folder / "other") == {"pets/theirs.py": b"theirs = 1\n"}
    run("core", "runtime")
    assert "holds a runtime that was generated [foreign-output]" in run("vendor", "clients/pets", "runtime").stderr


def test_a_package_that_moved_is_named_again(folder: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    (folder / "clients").rename(folder / "moved")
    assert "clients/pets' is no generated package [not-generated]" in run("vendor", "other/pets").stderr
    assert run("vendor", "--check", "other/pets").stderr.endswith("the copy was not compared: 1 error\n")
    assert run("vendor", "moved/pets", "other/pets").exit_code == 0
    assert run("vendor", "other/pets").stdout.startswith("nothing changed")


@pytest.mark.parametrize(
    ("source", "destination"),
    [("clients/pets", "clients/pets"), ("clients/pets", "clients/pets/copy"), ("clients/pets", "clients"),
     ("clients/pets", "link/copy")],
)  # fmt: skip
def test_a_copy_is_no_part_of_its_package(folder: Path, source: str, destination: str) -> None:
    (folder / "link").symlink_to(folder / "clients/pets")
    before = tree(folder)
    refused = run("vendor", source, destination, "--force")
    assert (refused.exit_code, "must be beside each other [bad-output]" in refused.stderr) == (1, True)
    assert tree(folder) == before


def changed(manifest: dict[str, Any], **changes: Any) -> str:
    return json.dumps({**manifest, **changes})


@pytest.mark.parametrize("origin", ["a\0b", "\ud800", "loop", "../..", "/dev/null", "x" * 5000, "."])
def test_a_hostile_way_back_leads_nowhere(folder: Path, origin: str) -> None:
    run("vendor", "clients/pets", "other/pets")
    (folder / "other/pets/loop").symlink_to("loop")
    manifest = folder / "other/pets" / MANIFEST
    manifest.write_text(changed(json.loads(manifest.read_text()), origin=origin))
    before = tree(folder)
    refused = run("vendor", "other/pets", "--force")
    assert refused.exit_code == 1
    assert refused.stderr.endswith("nothing was written: 1 error\n")
    assert tree(folder) == before


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"]])
def test_one_or_two_folders_are_named(arguments: list[str]) -> None:
    refused = run("vendor", *arguments)
    assert (refused.exit_code, "name PACKAGE and DEST" in refused.stderr) == (2, True)
