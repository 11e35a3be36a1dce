"""Writing: what a folder becomes, and what is never touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from clientsmith.data.document import Document, Documents, Position
from clientsmith.data.issues import Rejected
from clientsmith.data.output import MANIFEST, Changes
from clientsmith.data.settings import CredentialSettings, Settings
from clientsmith.stages.write import (
    changes,
    inspect,
    make_manifest,
    manifest_text,
    reusable,
    unified_diff,
    write,
)

FILES = {"__init__.py": "a = 1\n", "types/pet.py": "b = 2\n"}
SETTINGS = Settings(spec=Path("spec.yaml"), output=Path("pets"))


def spec(value: object = None) -> Documents:
    document = Document(name="spec", file="", text="", value={"x": 1}, scan=lambda text: {})
    return Documents(root=document, files={"": document}, references=())


def complete(files: dict[str, str], settings: Settings = SETTINGS) -> dict[str, str]:
    """Add the manifest, as the pipeline does."""
    manifest = make_manifest(
        generator="1", documents=spec(), settings=settings, formatter="none", rendered=files, formatted=files
    )
    return {**files, MANIFEST: manifest_text(manifest)}


def put(output: Path, files: dict[str, str], *, force: bool = False) -> Changes:
    return write(output, complete(files), inspect(output), force=force)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def codes(output: Path, files: dict[str, str]) -> list[str]:
    """Write what must be refused; the folder stays as it was."""
    before = tree(output)
    with pytest.raises(Rejected) as caught:
        put(output, files)
    assert tree(output) == before
    return [issue.code for issue in caught.value.issues]


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
    made = put(output, {**FILES, "__init__.py": "a = 2\n"})
    assert (made.added, made.changed, made.removed) == ((), (MANIFEST, "__init__.py"), ())


def test_own_files_go_when_they_are_no_longer_generated(output: Path) -> None:
    put(output, FILES)
    (output / "notes.txt").write_text("mine")
    assert put(output, {"__init__.py": "a = 1\n"}).removed == ("types/pet.py",)
    assert sorted(tree(output)) == [MANIFEST, "__init__.py", "notes.txt"]
    assert not (output / "types").exists()


def test_a_folder_with_other_files_stays(output: Path) -> None:
    put(output, FILES)
    (output / "types" / "mine.py").write_text("c = 3\n")
    put(output, {"__init__.py": "a = 1\n"})
    assert (output / "types" / "mine.py").exists()


def test_line_endings_are_no_edit(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_bytes(b"a = 1\r\n")
    assert put(output, FILES).is_empty
    assert put(output, {**FILES, "types/pet.py": "b = 3\n"}).changed == (MANIFEST, "types/pet.py")


# --- refusals --------------------------------------------------------------------------------------------------------


def test_local_edits_are_kept(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_text("a = 'mine'\n")
    assert codes(output, {**FILES, "types/pet.py": "b = 3\n"}) == ["local-edit"]
    assert codes(output, {"types/pet.py": "b = 2\n"}) == ["local-edit"]
    put(output, FILES, force=True)
    assert (output / "__init__.py").read_text() == "a = 1\n"


def test_an_edit_that_is_what_would_be_written_is_none(output: Path) -> None:
    put(output, FILES)
    (output / "__init__.py").write_text("a = 2\n")
    assert put(output, {**FILES, "__init__.py": "a = 2\n"}).changed == (MANIFEST,)


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


@pytest.mark.parametrize("path", ["../victim.py", "/tmp/victim.py", "a/../../victim.py", "c:\\victim.py"])
def test_a_manifest_cannot_remove_what_is_outside(output: Path, path: str) -> None:
    put(output, FILES)
    victim = output.parent / "victim.py"
    victim.write_text("kept\n")
    manifest = json.loads((output / MANIFEST).read_text())
    manifest["files"][path] = manifest["files"]["__init__.py"]
    (output / MANIFEST).write_text(json.dumps(manifest))
    assert codes(output, FILES) == ["foreign-output"]
    assert victim.read_text() == "kept\n"


@pytest.mark.parametrize("path", ["../x.py", "/x.py", "a/../../x.py", "", "a\\b.py", "c:x.py", "a\0b"])
def test_nothing_is_written_outside(output: Path, path: str) -> None:
    assert codes(output, {path: ""}) == ["outside-output"]


def test_a_link_out_of_the_folder_is_not_written_through(output: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put(output, {"__init__.py": "a = 1\n"})
    (output / "types").symlink_to(elsewhere)
    with pytest.raises(Rejected) as caught:
        put(output, {**FILES, "types/a.py": "", "types/b.py": ""})
    (issue,) = caught.value.issues
    assert (issue.code, issue.message) == ("outside-output", f"'{output / 'types'}' is outside the output folder")
    assert "remove it" in str(issue.hint)
    assert tree(elsewhere) == {}


def test_a_file_that_became_a_link_is_an_edit(output: Path, tmp_path: Path) -> None:
    put(output, FILES)
    (tmp_path / "secret").write_text("secret")
    (output / "__init__.py").unlink()
    (output / "__init__.py").symlink_to(tmp_path / "secret")
    assert codes(output, FILES) == ["local-edit"]
    assert "secret" not in unified_diff(inspect(output), complete(FILES))
    put(output, FILES, force=True)
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_file_in_place_of_the_folder_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "pets").write_text("")
    with pytest.raises(Rejected, match="1 issue"):
        inspect(tmp_path / "pets")


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_undoes_everything(output: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    put(output, FILES)
    calls = 0
    original = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert codes(output, {"__init__.py": "a = 2\n", "new/x.py": ""}) == ["bad-output"]
    assert not (output / "new").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_an_issue(output: Path) -> None:
    output.mkdir(parents=True)
    output.chmod(0o500)
    assert codes(output, FILES) == ["bad-output"]


# --- the difference --------------------------------------------------------------------------------------------------


def test_the_difference_shows_every_change(output: Path) -> None:
    put(output, {**FILES, "old.py": "o = 1"})
    files = {"__init__.py": "a = 2\n", "types/pet.py": "b = 2\n", "empty.py": "", "new.py": "n = 1\n"}
    made = changes(inspect(output), files)
    assert (made.added, made.changed) == (("empty.py", "new.py"), ("__init__.py",))
    assert made.removed == (MANIFEST, "old.py")
    shown = unified_diff(inspect(output), {**files, MANIFEST: (output / MANIFEST).read_text()})
    assert shown == (
        "--- a/__init__.py\n+++ b/__init__.py\n@@ -1 +1 @@\n-a = 1\n+a = 2\n"
        "--- /dev/null\n+++ b/empty.py\n"
        "--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+n = 1\n"
        "--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-o = 1\n\\ No newline at end of file\n"
    )


# --- the manifest ----------------------------------------------------------------------------------------------------


def test_what_is_as_it_was_needs_no_formatting(output: Path) -> None:
    put(output, FILES)
    rendered = {"__init__.py": "a = 1\n", "types/pet.py": "b = 3\n", "new.py": ""}
    assert reusable(inspect(output), rendered, "none", "1") == {"__init__.py": "a = 1\n"}
    assert reusable(inspect(output), rendered, "black 26", "1") == {}
    assert reusable(inspect(output), rendered, "none", "2") == {}
    (output / "__init__.py").write_text("a = 'mine'\n")
    assert reusable(inspect(output), rendered, "none", "1") == {}


def test_places_in_the_settings_file_leave_the_manifest_as_it_is() -> None:
    def settings(line: int, env: str) -> Settings:
        credential = CredentialSettings(env=env, position=Position(line, 1))
        return Settings(spec=Path("x"), output=Path("y"), security={"bearer": credential})

    assert complete(FILES, settings(1, "A")) == complete(FILES, settings(2, "A"))
    assert complete(FILES, settings(1, "A")) != complete(FILES, settings(1, "B"))
