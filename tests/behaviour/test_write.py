"""Writing: what a folder becomes, and what is never touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.behaviour.packages import FILES, HEADER, codes, complete, put, tree

from clientsmith.data.document import Position
from clientsmith.data.issues import Rejected
from clientsmith.data.output import MANIFEST
from clientsmith.data.settings import CredentialSettings, Settings
from clientsmith.stages.load import load_settings
from clientsmith.stages.write import (
    changes,
    file_diffs,
    inspect,
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "pets"


def test_a_new_folder_holds_all_files(output: Path) -> None:
    made = put(output, FILES)
    assert made.added == (MANIFEST, "__init__.py", "types/pet.py")
    assert tree(output) == {path: text.encode() for path, text in complete(FILES).items()}


def test_a_second_run_touches_nothing(output: Path) -> None:
    put(output, FILES)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert put(output, FILES).is_empty
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_only_what_differs_is_replaced(output: Path) -> None:
    put(output, FILES)
    made = put(output, {**FILES, "__init__.py": f"{HEADER}a = 2\n"})
    assert (made.added, made.changed, made.removed) == ((), (MANIFEST, "__init__.py"), ())


def test_own_files_go_when_they_are_no_longer_generated(output: Path) -> None:
    put(output, FILES)
    (output / "notes.txt").write_text("mine")
    assert put(output, {"__init__.py": f"{HEADER}a = 1\n"}).removed == ("types/pet.py",)
    assert sorted(tree(output)) == [MANIFEST, "__init__.py", "notes.txt"]
    assert not (output / "types").exists()


def test_a_folder_with_other_files_stays(output: Path) -> None:
    put(output, FILES)
    (output / "types" / "mine.py").write_text("c = 3\n")
    put(output, {"__init__.py": f"{HEADER}a = 1\n"})
    assert (output / "types" / "mine.py").exists()


def test_line_endings_are_no_edit(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_bytes(FILES["__init__.py"].replace("\n", "\r\n").encode())
    assert put(output, FILES).is_empty
    assert put(output, {**FILES, "types/pet.py": f"{HEADER}b = 3\n"}).changed == (MANIFEST, "types/pet.py")


# --- refusals --------------------------------------------------------------------------------------------------------


def test_local_edits_are_kept(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_text(f"{HEADER}a = 'mine'\n")
    assert codes(output, {**FILES, "types/pet.py": f"{HEADER}b = 3\n"}) == ["local-edit"]
    assert codes(output, {"types/pet.py": f"{HEADER}b = 2\n"}) == ["local-edit"]
    put(output, FILES, force=True)
    assert (output / "__init__.py").read_text() == FILES["__init__.py"]


def test_an_edit_that_is_what_would_be_written_is_none(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_text(f"{HEADER}a = 2\n")
    assert put(output, {**FILES, "__init__.py": f"{HEADER}a = 2\n"}).changed == (MANIFEST,)


def test_a_missing_file_is_written_again(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").unlink()
    assert put(output, FILES).added == ("__init__.py",)


def test_a_folder_without_manifest_is_not_ours(output: Path) -> None:
    output.mkdir(parents=True)
    (output / "mine.py").write_text("c = 3\n")
    assert codes(output, FILES) == ["foreign-output"]
    put(output, FILES, force=True)
    assert "mine.py" in tree(output)


def test_an_empty_folder_is_free(output: Path) -> None:
    output.mkdir(parents=True)
    assert put(output, FILES).added


def test_a_file_of_mine_in_the_way_is_kept(output: Path) -> None:
    put(output, FILES)
    (output / "new.py").write_text("mine\n")
    assert codes(output, {**FILES, "new.py": "theirs\n"}) == ["local-edit"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": {"x": 1}}', "null"])
def test_a_broken_manifest_is_as_good_as_none(output: Path, text: str) -> None:
    put(output, FILES)
    (output / MANIFEST).write_text(text)
    assert codes(output, FILES) == ["foreign-output"]


@pytest.mark.parametrize("path", ["../x.py", "/x.py", "a/../../x.py", "", "a\\b.py", "c:x.py", "a\0b"])
def test_nothing_is_written_outside(output: Path, path: str) -> None:
    assert codes(output, {path: ""}) == ["outside-output"]


def test_a_link_out_of_the_folder_is_not_written_through(output: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put(output, {"__init__.py": f"{HEADER}a = 1\n"})
    (output / "types").symlink_to(elsewhere)
    with pytest.raises(Rejected) as caught:
        put(output, {**FILES, "types/a.py": "", "types/b.py": ""})
    (issue,) = caught.value.issues
    assert issue.code == "outside-output"
    assert issue.message.startswith(f"'{output / 'types'}' is a link")
    assert "remove the link" in str(issue.hint)
    assert tree(elsewhere) == {}


def test_a_file_that_became_a_link_is_an_edit(output: Path, tmp_path: Path) -> None:
    put(output, FILES)
    (tmp_path / "secret").write_text("secret")
    (output / "__init__.py").unlink()
    (output / "__init__.py").symlink_to(tmp_path / "secret")
    assert codes(output, FILES) == ["local-edit"]
    assert "secret" not in repr(file_diffs(inspect(output, complete(FILES), {}), complete(FILES)))
    put(output, FILES, force=True)
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_file_in_place_of_the_folder_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "pets").write_text("")
    with pytest.raises(Rejected, match="1 issue"):
        inspect(tmp_path / "pets", {}, {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_issue(output: Path) -> None:
    output.mkdir(parents=True)
    output.chmod(0o500)
    assert codes(output, FILES) == ["bad-output"]


# --- the difference --------------------------------------------------------------------------------------------------


def test_the_difference_shows_every_change(output: Path) -> None:
    put(output, {**FILES, "old.py": f"{HEADER}o = 1"})
    files = {
        "__init__.py": f"{HEADER}a = 2\n",
        "types/pet.py": FILES["types/pet.py"],
        "empty.py": "",
        "new.py": "n = 1\n",
    }
    existing = inspect(output, complete(files), {})
    made = changes(existing, files)
    assert (made.added, made.changed) == (("empty.py", "new.py"), ("__init__.py",))
    assert made.removed == (MANIFEST, "old.py")
    diffs = file_diffs(existing, {**files, MANIFEST: (output / MANIFEST).read_text()})
    assert "".join(line for diff in diffs for line in diff.lines) == (
        "--- a/__init__.py\n+++ b/__init__.py\n@@ -1,2 +1,2 @@\n"
        " # Generated by clientsmith. Do not edit.\n-a = 1\n+a = 2\n"
        "--- /dev/null\n+++ b/empty.py\n"
        "--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+n = 1\n"
        "--- a/old.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n"
        "-# Generated by clientsmith. Do not edit.\n-o = 1\n\\ No newline at end of file\n"
    )
    assert [(diff.path, diff.change, diff.plus, diff.minus) for diff in diffs] == [
        ("__init__.py", "changed", 1, 1),
        ("empty.py", "added", 0, 0),
        ("new.py", "added", 1, 0),
        ("old.py", "removed", 0, 2),
    ]
    assert [diff.path for diff in file_diffs(existing, {"a.py": ""})] == [
        "__init__.py",
        "a.py",
        "old.py",
        "types/pet.py",
        MANIFEST,
    ]


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_places_in_the_settings_file_leave_the_manifest_as_it_is() -> None:
    def settings(line: int, env: str) -> Settings:
        credential = CredentialSettings(env=env, position=Position(line, 1))
        return Settings(spec=Path("x"), output=Path("y"), security={"bearer": credential})

    assert complete(FILES, settings(1, "A")) == complete(FILES, settings(2, "A"))
    assert complete(FILES, settings(1, "A")) != complete(FILES, settings(1, "B"))


def test_a_comment_in_the_settings_file_leaves_the_manifest_as_it_is(tmp_path: Path) -> None:
    def manifest(text: str) -> str:
        file = tmp_path / "pets.toml"
        file.write_text(text, encoding="utf-8")
        return complete(FILES, load_settings(file).value)[MANIFEST]

    text = """spec = "pets.yaml"
[select]
exclude = ["tag:old"]
[paging.pages]
items = "data"
page = "page"
[resources.pets.methods]
list = { operation = "GET /pets", unwrap = "data" }
"""
    assert manifest(f"# Our pets.\n{text}") == manifest(text)
    assert manifest(text.replace('unwrap = "data"', 'unwrap = "pets"')) != manifest(text)
