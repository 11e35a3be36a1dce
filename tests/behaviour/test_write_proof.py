"""Writing over a folder that others could change: what is believed, what is reported, what stays."""

from __future__ import annotations

import json
import os
import py_compile
from pathlib import Path

import pytest
from tests.behaviour.packages import FILES, HEADER, codes, complete, put, tree

from clientsmith.data.issues import Rejected
from clientsmith.data.output import MANIFEST
from clientsmith.stages.write import changes, inspect, swap, write
from clientsmith.stages.write.manifest import content_hash


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "pets"


# --- a manifest that lies --------------------------------------------------------------------------------------------


def forge(output: Path, **changes: dict[str, object]) -> None:
    """Change the manifest as whoever can write to the folder could."""
    manifest = json.loads((output / MANIFEST).read_text())
    for name, entries in changes.items():
        manifest.setdefault(name, {}).update(entries)
    (output / MANIFEST).write_text(json.dumps(manifest))


def hashed(text: str) -> dict[str, object]:
    return {"written": content_hash(text.encode())}


@pytest.mark.parametrize(
    "path",
    [
        "../victim.py", "/tmp/victim.py", "a/../../victim.py", "c:\\victim.py", "c:victim.py", "\\\\host\\share\\x.py",
        "", ".", "..", "a//b.py", "./a.py", "a/./b.py", "a/", "a\0b", "a\nb", "\ud800.py", "x" * 300,
        "CON", "con.py", "types/NUL.txt", "aux .py", "COM1", "com\u00b9.py", "lpt9.x.y", "conin$", "a.py.", "a.py ",
        "a?.py", "a*",
        ".git/hooks/post-checkout", ".GIT/config", ".env", "types/.hidden.py", MANIFEST, MANIFEST.upper(),
    ],
)  # fmt: skip
def test_a_manifest_that_names_what_is_no_file_of_a_package_is_none(output: Path, path: str) -> None:
    put(output, FILES)
    (output.parent / "victim.py").write_text("kept\n")
    forge(output, files={path: hashed("kept\n")})
    assert codes(output, FILES) == ["foreign-output"]
    assert (output.parent / "victim.py").read_text() == "kept\n"


@pytest.mark.parametrize("other", ["__INIT__.py", "Types/pet.py", "types/PET.PY"])
def test_a_manifest_cannot_name_one_file_twice(output: Path, other: str) -> None:
    put(output, FILES)
    forge(output, files={other: hashed(FILES["__init__.py"])})
    assert codes(output, FILES) == ["foreign-output"]


@pytest.mark.parametrize("field", ["files", "pending"])
@pytest.mark.parametrize("is_same_document", [True, False])
@pytest.mark.parametrize("force", [True, False])
def test_a_manifest_does_not_make_a_file_of_mine_one_of_ours(
    output: Path, field: str, is_same_document: bool, force: bool
) -> None:
    put(output, FILES)
    mine = {"notes.txt": "mine\n", "types/mine.py": "c = 3\n"}
    for path, text in mine.items():
        (output / path).write_text(text)
    forge(output, **{field: {path: hashed(text) for path, text in mine.items()}})
    put(output, FILES if is_same_document else {**FILES, "__init__.py": HEADER}, force=force)
    assert {path: (output / path).read_text() for path in mine} == mine
    # Nor is such a file overwritten once one of that name is generated.
    assert codes(output, {**FILES, "types/mine.py": f"{HEADER}d = 4\n"}) == ["local-edit"]


def test_an_edit_is_one_even_if_the_manifest_agrees_with_it(output: Path) -> None:
    put(output, FILES)
    edited = f"{HEADER}a = 'planted'\n"
    (output / "__init__.py").write_text(edited)
    forge(output, files={"__init__.py": hashed(edited)})
    assert changes(inspect(output, complete(FILES), {}), complete(FILES)).changed == (MANIFEST, "__init__.py")
    assert codes(output, FILES) == ["local-edit"]
    put(output, FILES, force=True)
    assert (output / "__init__.py").read_text() == FILES["__init__.py"]


def test_an_edited_file_that_is_no_longer_generated_survives_force(output: Path) -> None:
    put(output, FILES)
    (output / "types/pet.py").write_text(f"{HEADER}b = 'mine'\n")
    fewer = {"__init__.py": FILES["__init__.py"]}
    assert codes(output, fewer) == ["local-edit"]
    put(output, fewer, force=True)
    assert (output / "types/pet.py").read_text() == f"{HEADER}b = 'mine'\n"


def test_what_this_machine_wrote_needs_no_header_and_no_manifest(output: Path) -> None:
    bare = {"data.json": "{}\n", "old.json": "[]\n"}
    put(output, bare)
    assert codes(output, {"data.json": "[1]\n"}) == ["local-edit"]
    written = {path: frozenset({content_hash(text.encode())}) for path, text in bare.items()}
    files = complete({"data.json": "[1]\n"})
    made = write(output, files, inspect(output, files, written), force=False)
    assert (made.changed, made.removed) == ((MANIFEST, "data.json"), ("old.json",))


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_file_is_not_ours(output: Path, tmp_path: Path, kind: str) -> None:
    put(output, FILES)
    (tmp_path / "precious").write_text(FILES["types/pet.py"])
    place = output / "types/pet.py"
    place.unlink()
    {"link": lambda: place.symlink_to(tmp_path / "precious"), "folder": place.mkdir, "pipe": lambda: os.mkfifo(place)}[
        kind
    ]()
    assert changes(inspect(output, complete(FILES), {}), complete(FILES)).added == ("types/pet.py",)
    with pytest.raises(Rejected) as caught:
        put(output, FILES)
    assert [issue.code for issue in caught.value.issues] == ["local-edit"]
    put(output, {"__init__.py": FILES["__init__.py"]})
    assert os.path.lexists(place)
    assert (tmp_path / "precious").read_text() == FILES["types/pet.py"]


# --- what no manifest names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "types/new.py", "types/new.pyw", "types/deep/new.py", "types/new.so",
        "types/pet.cpython-311-x86_64-linux-gnu.so",
        "types/pet.pyd", "types/pet.pyc", "types/pet/__init__.py", "_client.so", "_client.pyc", "__init__.abi3.so",
        "types.pyd", "_client/__init__.py", "_client/__init__.so", "types/NEW.PY",
    ],
)  # fmt: skip
def test_files_that_python_takes_for_generated_ones_are_unknown(output: Path, path: str) -> None:
    files = {**FILES, "_client.py": HEADER}
    put(output, files)
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_bytes(b"")
    assert changes(inspect(output, complete(files), {}), complete(files)).unknown == (path,)
    put(output, files)
    assert (output / path).exists()


@pytest.mark.parametrize(
    "path",
    [
        "mine.py", "mine.so", "notes.txt", "types/notes.txt", "mine/__init__.py", "mine/types/x.py",
        "__pycache__/mine.pyc",         "types/__pycache__/pet.cpython-311.pyc", "_client/data.json", "py.typed",
    ],
)  # fmt: skip
def test_files_of_ones_own_are_not(output: Path, path: str) -> None:
    files = {**FILES, "_client.py": HEADER}
    put(output, files)
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_bytes(b"")
    assert changes(inspect(output, complete(files), {}), complete(files)).unknown == ()


@pytest.mark.parametrize("path", ["types/more", "types/more.py", "_client"])
def test_links_among_generated_files_are_unknown(output: Path, tmp_path: Path, path: str) -> None:
    files = {**FILES, "_client.py": HEADER}
    put(output, files)
    (output / path).symlink_to(tmp_path)
    assert changes(inspect(output, complete(files), {}), complete(files)).unknown == (path,)


@pytest.mark.parametrize("mode", list(py_compile.PycInvalidationMode))
def test_byte_code_without_a_look_at_its_source_is_unknown(output: Path, mode: py_compile.PycInvalidationMode) -> None:
    put(output, FILES)
    made = py_compile.compile(str(output / "types/pet.py"), invalidation_mode=mode, doraise=True)
    unknown = changes(inspect(output, complete(FILES), {}), complete(FILES)).unknown
    is_unchecked = mode is py_compile.PycInvalidationMode.UNCHECKED_HASH
    assert unknown == ((Path(str(made)).relative_to(output).as_posix(),) if is_unchecked else ())


# --- what stays ------------------------------------------------------------------------------------------------------


def test_files_of_ones_own_are_the_same_files_afterwards(output: Path, tmp_path: Path) -> None:
    put(output, FILES)
    (output / "mine/empty").mkdir(parents=True)
    (output / "mine").chmod(0o750)
    (output / "types/mine.py").write_text("c = 3\n")
    (output / "types/mine.py").chmod(0o640)
    (output / "link").symlink_to("nowhere")
    (output / "__init__.py").chmod(0o755)
    before = (output / "types/mine.py").stat()
    put(output, {"__init__.py": f"{HEADER}a = 2\n"})
    after = (output / "types/mine.py").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (before.st_ino, before.st_mtime_ns, 1)
    assert (output / "mine/empty").is_dir()
    assert (output / "mine").stat().st_mode & 0o777 == 0o750
    assert (output / "link").readlink() == Path("nowhere")
    assert (output / "__init__.py").stat().st_mode & 0o777 == 0o755
    assert [path.name for path in output.parent.iterdir()] == ["pets"]
    assert (tmp_path / "deep").is_dir()


def test_what_is_saved_while_a_run_writes_is_kept(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(output, FILES)
    (output / "types/mine.py").write_text("before\n")

    def swap_and_save(root: Path, stage: Path, token: str) -> None:
        (root / "saved").write_text("after\n")
        (root / "saved").replace(root / "types/mine.py")
        (root / "mine").mkdir()
        (root / "mine/new.py").write_text("new\n")
        original(root, stage, token)

    original = swap.swap
    monkeypatch.setattr(swap, "swap", swap_and_save)
    put(output, {**FILES, "__init__.py": f"{HEADER}a = 2\n"})
    assert (output / "types/mine.py").read_text() == "after\n"
    assert (output / "mine/new.py").read_text() == "new\n"


def test_a_folder_that_is_a_link_stays_one(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere/real").mkdir(parents=True)
    output.parent.mkdir(parents=True)
    output.symlink_to(tmp_path / "elsewhere/real")
    put(output, FILES)
    put(output, {**FILES, "__init__.py": f"{HEADER}a = 2\n"})
    assert output.is_symlink()
    assert tree(tmp_path / "elsewhere/real") == tree(output)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["real"]


def test_where_somebody_works_in_the_folder_it_stays_the_same_one(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(output, FILES)
    monkeypatch.chdir(output / "types")
    before = output.stat().st_ino
    files = {"__init__.py": f"{HEADER}a = 2\n", "new/x.py": HEADER}
    put(output, files)
    assert output.stat().st_ino == before
    assert tree(output) == {path: text.encode() for path, text in complete(files).items()}
