"""`clientsmith vendor`: a generated package in another repository, and what becomes of it there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.behaviour.packages import tree
from tests.command import run

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets: {get: {operationId: listPets, responses: {"204": {description: Nothing.}}}}
"""
SETTINGS = 'spec = "pets.yaml"\noutput = "clients/pets"\nformatter = "none"\n'
MANIFEST = ".clientsmith.json"
COPIED = "# Copied by clientsmith. Change it where it came from.\n"


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


def python(folder: Path, code: str) -> str:
    """Run code in a folder; give what it prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


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
    assert python(folder / "other", code).endswith(" []\n")


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


def own(package: str, **modules: str) -> None:
    """Write modules of `custom/` in a package; `__` is a slash."""
    for name, text in modules.items():
        path = Path(package, "custom", *name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


CLASSES = "from .names.short import SHORT\n\n\nclass Mine:\n    short = SHORT\n\n\nclass AsyncMine: ...\n"


@pytest.fixture
def with_base(folder: Path) -> Path:
    """A package whose client inherits from a class in `custom/`."""
    own("clients/pets", client=CLASSES, names__short='SHORT = "p"\n')
    (folder / "pets.toml").write_text(f'{SETTINGS}[client]\nbase = "custom.client:Mine"\n')
    assert run("generate", "pets.toml").exit_code == 0
    return folder


def imported(package: Path) -> str:
    return python(package.parent, f"import {package.name}; print({package.name}.Pets.short)").strip()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_base_classes_travel_with_their_client(
    with_base: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    """Also where somebody else, whose cache knows nothing of the copy, brings it up to date."""
    copy = with_base / "other/pets"
    assert run("vendor", "clients/pets", "other/pets").exit_code == 0
    assert imported(copy) == "p"
    assert (copy / "custom/client.py").read_text() == COPIED + CLASSES
    own("other/pets", here="HERE = 1\n")
    assert run("vendor", "--check", "other/pets").stdout == "the copy is up to date\n"
    if elsewhere:
        monkeypatch.setenv("CLIENTSMITH_CACHE", str(with_base / "cache"))
    own("clients/pets", client=CLASSES.replace("names.short", "names.long"), names__long='SHORT = "q"\n')
    Path("clients/pets/custom/names/short.py").unlink()
    checked = run("vendor", "--check", "other/pets")
    assert checked.exit_code == 1
    assert {"M custom/client.py", "A custom/names/long.py", "D custom/names/short.py"} <= {
        line.rpartition(" +")[0].rstrip() for line in checked.stdout.splitlines()
    }
    assert run("vendor", "other/pets").exit_code == 0
    assert imported(copy) == "q"
    assert not (copy / "custom/names/short.py").exists()
    assert (copy / "custom/here.py").read_text() == "HERE = 1\n"


def test_a_copied_module_that_was_edited_is_guarded_as_generated_ones_are(with_base: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    edited = with_base / "other/pets/custom/client.py"
    edited.write_text("class Mine: short = 2\nclass AsyncMine: ...\n")
    refused = run("vendor", "other/pets")
    assert "other/pets/custom/client.py: error: the file was edited by hand [local-edit]" in refused.stderr
    assert imported(edited.parent.parent) == "2"
    assert run("vendor", "--force", "other/pets").exit_code == 0
    assert imported(edited.parent.parent) == "p"


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_an_own_module_of_the_copy_stays_though_the_package_has_one_of_its_name(
    with_base: Path, force: list[str]
) -> None:
    mine = "class Mine: short = 3\nclass AsyncMine: ...\n"
    own("other/pets", client=mine)
    for _ in range(2):
        copied = run("vendor", "clients/pets", "other/pets", *force)
        assert "other/pets/custom/client.py: warning: the file is your own and stays" in copied.stderr
        assert (with_base / "other/pets/custom/client.py").read_text() == mine
        assert imported(with_base / "other/pets") == "3"
    assert run("vendor", "--check", "other/pets").stdout == "the copy is up to date\n"
    own("other/pets", client=CLASSES)
    assert run("vendor", "other/pets").stderr == ""


def test_a_copy_of_a_copy_has_the_same_modules(with_base: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    run("vendor", "other/pets", "third/pets")
    copies = [tree(with_base / f"{place}/pets/custom") for place in ("other", "third")]
    assert copies[0] == copies[1] != {}
    assert imported(with_base / "third/pets") == "p"


@pytest.mark.parametrize(
    ("text", "place", "missing"),
    [
        ("from .near import x\n\nfrom .. import beside\n", "3:1", "beside"),
        ("from ..beside import x\n", "1:1", "beside"),
        ("import pets.beside\n", "1:1", "beside"),
        ("from . import linked\n", "1:1", "custom.linked"),
        ("if 1:\n    from .gone import x\n", "2:5", "custom.gone"),
    ],
)
def test_a_copy_that_could_not_be_imported_is_not_made(with_base: Path, text: str, place: str, missing: str) -> None:
    own("clients/pets", client=f"{text}\nclass Mine: ...\n", near="x = 1\n")
    (with_base / "clients/pets/beside.py").write_text("x = 1\n")
    (with_base / "clients/pets/custom/linked.py").symlink_to(with_base / "clients/pets/beside.py")
    refused = run("vendor", "clients/pets", "other/pets")
    message = f"this imports '{missing}', which a copy of the package would not have [left-behind]"
    assert f"clients/pets/custom/client.py:{place}: error: {message}" in refused.stderr
    assert not (with_base / "other").exists()


def test_a_base_class_that_is_gone_is_noticed(with_base: Path) -> None:
    shutil.rmtree("clients/pets/custom")
    refused = run("vendor", "clients/pets", "other/pets")
    assert "error: this imports 'custom.client', which a copy of the package would not have" in refused.stderr
    own("other/pets", client="class Mine: short = 4\nclass AsyncMine: ...\n")
    assert run("vendor", "clients/pets", "other/pets").exit_code == 0
    assert imported(with_base / "other/pets") == "4"


def test_what_is_no_module_is_named_and_stays_behind(with_base: Path) -> None:
    custom = with_base / "clients/pets/custom"
    for name in ("data.json", ".hidden", "a:b.py"):
        (custom / name).write_text("x = 1\n")
    (custom / "__pycache__").mkdir()
    (custom / "__pycache__/client.cpython-311.pyc").write_bytes(b"")
    copied = run("vendor", "clients/pets", "other/pets")
    assert copied.stderr == "note: not copied, as only modules are: custom/a:b.py, custom/data.json\n"
    assert {path for path in tree(with_base / "other/pets") if path.startswith("custom/")} == {
        "custom/client.py", "custom/names/short.py"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "copied"),
    [
        (b"#!/usr/bin/python\nx = 1\n", "#!/usr/bin/python\n# HEADER\nx = 1\n"),
        (b"\xef\xbb\xbfx = '\xc3\xa9'\r\n", "# HEADER\nx = 'é'\n"),
        (b"", ""),
    ],
)
def test_modules_are_copied_as_python_reads_them(with_base: Path, content: bytes, copied: str) -> None:
    (with_base / "clients/pets/custom/odd.py").write_bytes(content)
    assert run("vendor", "clients/pets", "other/pets").exit_code == 0
    assert (with_base / "other/pets/custom/odd.py").read_text("utf-8") == copied.replace("# HEADER\n", COPIED)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"# coding: latin-1\nx = '\xe9'\n", "its encoding is iso-8859-1, not UTF-8"),
        (b"x = '\xe9'\n", "invalid or missing encoding"),
        (b"def\n", "this is no Python"),
    ],
)
def test_modules_that_python_cannot_read_are_errors(with_base: Path, content: bytes, message: str) -> None:
    (with_base / "clients/pets/custom/odd.py").write_bytes(content)
    refused = run("vendor", "clients/pets", "other/pets")
    assert refused.exit_code == 1
    assert "clients/pets/custom/odd.py" in refused.stderr
    assert message in refused.stderr
    assert not (with_base / "other").exists()


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


def test_a_file_without_a_last_line_feed_is_compared_in_lines(folder: Path) -> None:
    run("vendor", "clients/pets", "other/pets")
    edited = folder / "other/pets/_client.py"
    edited.write_text(f"{edited.read_text()}# mine")
    assert "\n-# mine\n\\ No newline at end of file\n" in run("vendor", "--check", "other/pets").stdout


def test_a_shared_runtime_is_copied_by_itself(folder: Path) -> None:
    (folder / "pets.toml").write_text(f'{SETTINGS}[package]\ncore = "acme.runtime"\n')
    run("generate", "pets.toml")
    run("core", "clients/acme/runtime")
    note = "note: the copy imports its runtime as 'acme.runtime': copy that package, too\n"
    assert run("vendor", "clients/pets", "other/pets").stderr == note
    assert run("vendor", "clients/acme/runtime", "other/acme/runtime").stderr == ""
    assert run("vendor", "other/acme/runtime").stdout.startswith("nothing changed")
    assert run("vendor", "other/pets").stderr == ""
    assert python(folder / "other", "import pets; print(pets.Pets.__module__)") == "pets._client\n"


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


@pytest.mark.parametrize("origin", ["a\0b", "\ud800", "loop", "../..", "/dev/null", "x" * 5000, "."])
def test_a_hostile_way_back_leads_nowhere(folder: Path, origin: str) -> None:
    run("vendor", "clients/pets", "other/pets")
    (folder / "other/pets/loop").symlink_to("loop")
    manifest = folder / "other/pets" / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "origin": origin}))
    before = tree(folder)
    refused = run("vendor", "other/pets", "--force")
    assert refused.exit_code == 1
    assert refused.stderr.endswith("nothing was written: 1 error\n")
    assert tree(folder) == before


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"]])
def test_one_or_two_folders_are_named(arguments: list[str]) -> None:
    refused = run("vendor", *arguments)
    assert (refused.exit_code, "name PACKAGE and DEST" in refused.stderr) == (2, True)
