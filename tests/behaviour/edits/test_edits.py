"""`clientsmith edits`, and `generate` with edits: what a user types, sees, and has in the folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.command import run

from clientsmith.data.output import MANIFEST
from clientsmith.disk.cache import VARIABLE

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      description: Lists all pets.
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"204": {description: Nothing.}}
  /owners:
    get:
      operationId: listOwners
      tags: [owners]
      responses: {"204": {description: Nothing.}}
"""
PETS = "out/pets/resources/pets.py"
PATCH = "pets.edits/resources/pets.py.patch"
CALL = '                "limit": limit,\n'
EDITED = '                "limit": limit or 10,\n'


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate a client once; tests have copies of it."""
    root = tmp_path_factory.mktemp("generated")
    (root / "pets.yaml").write_text(SPEC)
    (root / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n')
    assert run("generate", str(root / "pets.toml")).exit_code == 0
    return root


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, generated: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(generated, tmp_path, dirs_exist_ok=True)
    return tmp_path


def replace(path: str, old: str, new: str) -> None:
    """Edit a file, where a text stands first."""
    text = Path(path).read_bytes().decode()
    assert old in text
    Path(path).write_bytes(text.replace(old, new, 1).encode())


def tree(*folders: str) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for folder in folders for p in sorted(Path(folder).rglob("*")) if p.is_file()}


@pytest.fixture(params=["cache", "no-cache"])
def with_and_without_cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run a test on the machine that generated the client, and as on another one, whose cache knows nothing of it."""
    if request.param == "no-cache":
        monkeypatch.setenv(VARIABLE, "off")
    else:
        shutil.rmtree("out")
        assert run("generate", "pets.toml").exit_code == 0


def save_an_edit() -> None:
    replace(PETS, CALL, EDITED)
    assert run("edits", "save", "pets.toml").exit_code == 0


# --- save, list, drop ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("with_and_without_cache")
def test_an_edit_is_saved_and_counts_as_fresh() -> None:
    replace(PETS, CALL, EDITED)
    assert run("generate", "--check", "pets.toml").exit_code == 1
    refused = run("generate", "pets.toml")
    assert refused.exit_code == 1
    assert "clientsmith edits save" in refused.stderr
    saved = run("edits", "save", "pets.toml")
    assert (saved.exit_code, saved.stdout) == (0, f"saved {PATCH}\n")
    assert set(tree("pets.edits")) == {PATCH}
    assert Path(PATCH).read_text().startswith("--- a/resources/pets.py\n+++ b/resources/pets.py\n@@ -")
    before = tree("out", "pets.edits")
    assert run("generate", "--check", "pets.toml").stdout == "the client is up to date\n"
    assert run("generate", "pets.toml").stdout.startswith("nothing changed in ")
    assert run("edits", "save", "pets.toml").stdout == "there is nothing new to save\n"
    assert tree("out", "pets.edits") == before


def test_another_checkout_gets_the_same_files_from_the_patch() -> None:
    save_an_edit()
    made = tree("out")
    shutil.rmtree("out")
    assert run("generate", "pets.toml").exit_code == 0
    assert tree("out") == made
    assert EDITED in Path(PETS).read_text()


@pytest.mark.usefixtures("with_and_without_cache")
def test_an_edit_survives_a_new_document() -> None:
    save_an_edit()
    replace("pets.yaml", "parameters: [", "parameters: [{name: tag, in: query, schema: {type: string}}, ")
    replace("pets.yaml", "Lists all pets.", "Lists pets.\n      summary: Pets")
    assert run("generate", "pets.toml").exit_code == 0
    text = Path(PETS).read_text()
    assert '"tag": tag,' in text
    assert EDITED in text
    assert "Lists pets." in text
    assert run("generate", "--check", "pets.toml").exit_code == 0


@pytest.mark.usefixtures("with_and_without_cache")
def test_edits_are_added_to_edits_and_taken_back() -> None:
    save_an_edit()
    first = Path(PATCH).read_bytes()
    replace(PETS, "limit or 10", "limit or 20")
    replace("out/pets/README.md", "# Pets", "# Our pets")
    assert run("edits", "save", "pets.toml").stdout == f"saved pets.edits/README.md.patch\nsaved {PATCH}\n"
    assert run("edits", "list", "pets.toml").stdout == (
        "README.md          +1 -1\nresources/pets.py  +1 -1\n2 files edited, 4 lines changed\n"
    )
    replace(PETS, "limit or 20", "limit or 10")
    replace("out/pets/README.md", "# Our pets", "# Pets")
    dropped = "dropped pets.edits/README.md.patch: the file is as it is generated\n"
    assert run("edits", "save", "pets.toml").stdout == f"saved {PATCH}\n{dropped}"
    assert tree("pets.edits") == {PATCH: first}
    assert run("generate", "--check", "pets.toml").exit_code == 0


@pytest.mark.usefixtures("with_and_without_cache")
def test_a_dropped_edit_is_undone_by_the_next_run() -> None:
    fresh = tree("out")
    save_an_edit()
    replace("out/pets/README.md", "# Pets", "# Our pets")
    run("edits", "save", "pets.toml")
    dropped = run("edits", "drop", "pets.toml", "resources/pets.py")
    assert dropped.stdout == "dropped resources/pets.py\ngenerate writes these files without the edits\n"
    assert set(tree("pets.edits")) == {"pets.edits/README.md.patch"}
    assert run("generate", "--check", "pets.toml").exit_code == 1
    assert run("generate", "pets.toml").exit_code == 0
    assert CALL in Path(PETS).read_text()
    assert run("edits", "drop", "pets.toml").stdout.startswith("dropped README.md\n")
    assert not Path("pets.edits").exists()
    assert run("generate", "pets.toml").exit_code == 0
    assert tree("out") == fresh


@pytest.mark.parametrize("name", ["resources/pets.py", PETS, PATCH, f"./out/../{PETS}"])
def test_an_edit_is_named_by_its_file_or_its_patch(name: str) -> None:
    Path(PATCH).parent.mkdir(parents=True)
    Path(PATCH).write_text("no patch")
    assert run("edits", "drop", "pets.toml", name).stdout.startswith("dropped resources/pets.py\n")
    assert not Path("pets.edits").exists()


def test_a_name_without_an_edit_drops_nothing() -> None:
    save_an_edit()
    result = run("edits", "drop", "pets.toml", "resources/pets.py", "resources/pet.py")
    assert result.exit_code == 1
    assert "has no patch of 'resources/pet.py' [unknown-edit]" in result.stderr
    assert "did you mean 'resources/pets.py'?" in result.stderr
    assert Path(PATCH).exists()


def test_a_document_without_settings_has_its_edits_beside_it() -> None:
    assert run("generate", "pets.yaml", "-o", "out/plain").exit_code == 0
    replace("out/plain/README.md", "# Pets", "# Our pets")
    assert run("edits", "save", "pets.yaml", "-o", "out/plain").stdout == "saved pets.edits/README.md.patch\n"
    assert run("generate", "pets.yaml", "-o", "out/plain", "--check").exit_code == 0
    assert run("edits", "list", "pets.yaml").stdout.startswith("README.md  +1 -1\n")


def test_line_endings_of_windows_are_no_edit() -> None:
    save_an_edit()
    for path in (PETS, PATCH):
        Path(path).write_bytes(Path(path).read_bytes().replace(b"\n", b"\r\n"))
    assert run("generate", "--check", "pets.toml").exit_code == 0
    assert run("edits", "save", "pets.toml").stdout == "there is nothing new to save\n"


# --- what cannot be saved --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (PETS, CALL, EDITED.replace("10", "(10"), "is no longer Python, in line"),
        (PETS, "# Generated by clientsmith. Do not edit.\n", "", "must keep its first line"),
        ("out/pets/_core/omit.py", "class ", "class  ", "is a part of the runtime"),
        ("out/pets/py.typed", "", "partial\n", "is always empty"),
    ],
    ids=["syntax", "header", "runtime", "empty"],
)
def test_what_no_generated_file_may_be_is_refused(path: str, old: str, new: str, message: str) -> None:
    replace("out/pets/README.md", "# Pets", "# Our pets")
    replace(path, old, new)
    before = tree("out")
    result = run("edits", "save", "pets.toml")
    assert result.exit_code == 1
    assert f"{path}:" in result.stderr
    assert message in result.stderr
    assert "[bad-edit]" in result.stderr
    assert not Path("pets.edits").exists()
    assert tree("out") == before


def test_a_file_that_is_no_text_is_refused() -> None:
    Path("out/pets/README.md").write_bytes(b"<!-- Generated by clientsmith. Do not edit. -->\n\xff\n")
    assert "'README.md' is no UTF-8 text [bad-edit]" in run("edits", "save", "pets.toml").stderr


def test_an_edit_beside_a_changed_document_is_refused_where_it_cannot_be_told_from_the_change() -> None:
    replace(PETS, CALL, EDITED)
    replace("out/pets/resources/owners.py", "The resource `owners`.", "Owners.")
    replace("pets.yaml", "Lists all pets.", "Lists pets.")
    result = run("edits", "save", "pets.toml")
    assert result.exit_code == 1
    assert "'resources/pets.py' was edited, and what is generated has changed since [stale-edit]" in result.stderr
    assert "owners.py" not in result.stderr
    assert not Path("pets.edits").exists()
    replace(PETS, EDITED, CALL)
    saved = run("edits", "save", "pets.toml")
    assert saved.stdout == "saved pets.edits/resources/owners.py.patch\n"
    assert "the client is out of date" in saved.stderr
    assert run("generate", "pets.toml").exit_code == 0
    assert "Owners." in Path("out/pets/resources/owners.py").read_text()


def test_a_patch_that_was_not_applied_yet_is_not_lost_under_another_edit() -> None:
    save_an_edit()
    patch = Path(PATCH).read_bytes()
    run("edits", "drop", "pets.toml")
    run("generate", "pets.toml")
    Path(PATCH).parent.mkdir(parents=True)
    Path(PATCH).write_bytes(patch)
    replace(PETS, "The resource `pets`.", "Pets.")
    assert "[stale-edit]" in run("edits", "save", "pets.toml").stderr
    assert Path(PATCH).read_bytes() == patch


def test_a_deleted_file_is_no_edit() -> None:
    replace(PETS, CALL, EDITED)
    Path("out/pets/resources/owners.py").unlink()
    result = run("edits", "save", "pets.toml")
    assert result.exit_code == 0
    assert "out/pets/resources/owners.py: warning: 'resources/owners.py' is missing" in result.stderr
    assert set(tree("pets.edits")) == {PATCH}
    assert run("edits", "save", "--strict", "pets.toml").exit_code == 1


def test_there_is_nothing_to_save_of_a_client_that_was_not_generated() -> None:
    shutil.rmtree("out")
    assert "[nothing-generated]" in run("edits", "save", "pets.toml").stderr


# --- what does not fit any more --------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--force",), ("--check",)])
def test_a_conflict_is_located_and_nothing_is_written(options: tuple[str, ...]) -> None:
    save_an_edit()
    replace("pets.yaml", "{name: limit,", "{name: size,")
    before = tree("out", "pets.edits")
    result = run("generate", *options, "pets.toml")
    assert result.exit_code == 1
    line = Path(PATCH).read_text().splitlines().index(f"-{CALL}".rstrip()) + 1
    message = "the edit of 'Pets.list' in 'resources/pets.py' no longer fits: the generator has changed the same lines"
    assert f"{PATCH}:{line}:1: error: {message} [unfit-edit]" in result.stderr
    shown = [line.split("|")[-1].strip() for line in result.stderr.splitlines()]
    edited, generated = (shown.index(text) for text in ('"limit": limit or 10,', '"size": size,'))
    assert shown[edited - 1] == f"edited ({PATCH}:{line}):"
    assert shown[generated - 1].startswith("generated now (resources/pets.py:")
    assert tree("out", "pets.edits") == before


@pytest.mark.usefixtures("with_and_without_cache")
def test_an_edit_of_a_file_that_is_no_longer_generated_is_an_error() -> None:
    save_an_edit()
    replace("pets.yaml", "  /pets:", "  /animals:")
    replace("pets.yaml", "tags: [pets]", "tags: [animals]")
    result = run("generate", "pets.toml")
    assert result.exit_code == 1
    assert f"{PATCH}:1:1: error: 'resources/pets.py' cannot be edited: it is not generated" in result.stderr
    assert Path(PETS).exists()
    run("edits", "drop", "pets.toml", "resources/pets.py")
    assert run("generate", "pets.toml").exit_code == 0
    assert not Path(PETS).exists()


@pytest.mark.usefixtures("with_and_without_cache")
def test_an_edit_that_is_generated_by_now_is_dropped_with_a_note() -> None:
    replace(PETS, "Lists all pets.", "Lists pets.")
    replace(PETS, "Lists all pets:", "Lists pets:")
    assert run("edits", "save", "pets.toml").exit_code == 0
    replace("pets.yaml", "Lists all pets.", "Lists pets.")
    check = run("generate", "--check", "pets.toml")
    assert f"note: '{PATCH}' can be dropped: what is generated has the same lines by now" in check.stderr
    assert Path(PATCH).exists()
    done = run("generate", "pets.toml")
    assert f"note: '{PATCH}' was dropped" in done.stderr
    assert (done.exit_code, Path("pets.edits").exists()) == (0, False)
    assert run("generate", "--check", "pets.toml").stderr == ""


@pytest.mark.usefixtures("with_and_without_cache")
def test_force_overwrites_what_was_not_saved_and_keeps_what_was() -> None:
    save_an_edit()
    replace(PETS, "The resource `pets`.", "Pets.")
    assert run("generate", "--force", "pets.toml").exit_code == 0
    assert EDITED in Path(PETS).read_text()
    assert "The resource `pets`." in Path(PETS).read_text()


def test_the_manifest_knows_edits() -> None:
    assert "edits" not in json.loads(Path("out/pets", MANIFEST).read_text())
    save_an_edit()
    assert len(json.loads(Path("out/pets", MANIFEST).read_text())["edits"]) == 64


def test_a_patch_that_comes_or_changes_is_noticed_at_once() -> None:
    """No run is recalled that another patch would change."""
    save_an_edit()
    assert run("generate", "pets.toml").exit_code == 0
    replace(PATCH, "limit or 10", "limit or 30")
    assert run("generate", "--check", "pets.toml").exit_code == 1
    assert run("generate", "pets.toml").exit_code == 0
    assert "limit or 30" in Path(PETS).read_text()
    Path("pets.edits/new.txt").write_text("")
    assert "[bad-patch]" in run("generate", "--check", "pets.toml").stderr


def test_reference_and_diff_do_not_see_edits() -> None:
    assert run("reference", "pets.toml", "-o", "pages").exit_code == 0
    before = tree("pages")
    save_an_edit()
    assert run("reference", "pets.toml", "-o", "pages", "--check").exit_code == 0
    assert tree("pages") == before
    assert run("diff", "pets.toml", "pets.toml").exit_code == 0


# --- the limit -------------------------------------------------------------------------------------------------------


def limit(lines: int) -> None:
    Path("pets.toml").write_text(
        f'edits_limit = {lines}\nspec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n'
    )


@pytest.mark.parametrize("command", [("generate",), ("generate", "--check"), ("edits", "list")], ids=" ".join)
def test_more_edits_than_the_limit_are_an_error(command: tuple[str, ...]) -> None:
    save_an_edit()
    limit(2)
    assert run(*command, "pets.toml").exit_code == 0
    limit(1)
    result = run(*command, "pets.toml")
    assert result.exit_code == 1
    message = "the edits change 2 lines, and 'edits_limit' allows 1 [too-many-edits]"
    assert f"pets.toml:1:1: error: {message}" in result.stderr


def test_no_more_edits_are_saved_than_the_limit_allows() -> None:
    limit(0)
    replace(PETS, CALL, EDITED)
    assert "[too-many-edits]" in run("edits", "save", "pets.toml").stderr
    assert not Path("pets.edits").exists()


def test_a_limit_is_a_number() -> None:
    Path("pets.toml").write_text('edits_limit = "2"\nspec = "pets.yaml"\n')
    assert "'edits_limit' must be a whole number, zero or more" in run("generate", "pets.toml").stderr
