"""What is read: regular files, up to a size, whatever a path leads to."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests import command

from clientsmith.disk import regular
from clientsmith.disk.regular import NotRegular, TooLarge, note, noted_reads, read_noted, read_regular

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
components: {schemas: {Pet: {$ref: "odd.yaml#/Pet"}}}
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(SPEC)
    return tmp_path


def run(*arguments: str) -> Result:
    result = command.run("generate", *arguments)
    assert "internal error" not in result.stderr
    return result


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


ODD: dict[str, Callable[[Path], object]] = {
    "a named pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a socket": make_socket,
    "a folder": Path.mkdir,
}


@pytest.mark.parametrize("kind", list(ODD))
@pytest.mark.parametrize("name", ["odd.yaml", "odd.json", "odd.toml"])
def test_a_source_that_is_no_regular_file(folder: Path, kind: str, name: str) -> None:
    ODD[kind](folder / name)
    result = run(name)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}: error: this is {kind}, not a file [unreadable-file]\n")


@pytest.mark.parametrize("kind", list(ODD))
@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_reference_to_what_is_no_regular_file(folder: Path, kind: str, options: list[str]) -> None:
    ODD[kind](folder / "odd.yaml")
    (folder / "pets.toml").write_text('spec = "pets.yaml"\nallow_external = true\n')
    result = run(*options, "pets.toml")
    assert result.exit_code == 1
    assert f"odd.yaml: error: this is {kind}, not a file [unreadable-file]" in result.stderr


@pytest.mark.parametrize("kind", list(ODD))
def test_a_manifest_that_is_no_regular_file(folder: Path, kind: str) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("odd.yaml#/Pet", "#/components/schemas/Owl"))
    (folder / "pets").mkdir()
    os.chdir(folder / "pets")
    ODD[kind](folder / "pets/.clientsmith.json")
    os.chdir(folder)
    assert run("pets.yaml").exit_code == 1


@pytest.mark.parametrize("kind", list(ODD))
def test_a_file_that_changes_before_it_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """The first look sees a regular file; what is opened is something else, and opening it does not block."""
    looks: list[object] = []
    original = regular.check_kind
    monkeypatch.setattr(regular, "check_kind", lambda found: looks.append(found) if not looks else original(found))
    ODD[kind](folder / "odd")
    with pytest.raises(OSError, match=r"not a file|No such device"):
        read_regular(folder / "odd", 100)


def test_links_are_followed_only_on_request(folder: Path) -> None:
    (folder / "link").symlink_to("pets.yaml")
    assert read_regular(folder / "link", 1000) == SPEC.encode()
    with pytest.raises(NotRegular, match="a link"):
        read_regular(folder / "link", 1000, follow=False)


# --- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 200_000])
def test_a_file_is_read_up_to_a_size(folder: Path, size: int) -> None:
    (folder / "file").write_bytes(bytes(size))
    if size > 10:
        with pytest.raises(TooLarge, match="more than 10 bytes"):
            read_regular(folder / "file", 10)
    assert read_regular(folder / "file", max(size, 10)) == bytes(size)


def test_a_file_without_a_size_is_read_whole() -> None:
    assert len(read_regular(Path("/proc/self/status"), 1_000_000)) > 100
    with pytest.raises(TooLarge):
        read_regular(Path("/proc/self/status"), 10)


def test_a_large_file_takes_no_memory(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(1 << 40)
    code = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from clientsmith.__main__ import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "generate", "huge.yaml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == ("huge.yaml:1:1: error: the file has more than 256,000,000 bytes [too-large]")


def test_the_settings_choose_the_size(folder: Path) -> None:
    (folder / "odd.yaml").write_text("Pet: {type: string}\n" + "#" * 2_000_000)
    (folder / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\nmax_document_size = 1\n')
    refused = run("pets.toml")
    assert refused.exit_code == 1
    assert "odd.yaml:1:1: error: the file has more than 1,000,000 bytes [too-large]" in refused.stderr
    assert "'max_document_size' in the settings" in refused.stderr
    (folder / "pets.toml").write_text('spec = "pets.yaml"\nformatter = "none"\nmax_document_size = 3\n')
    assert run("pets.toml").exit_code == 0


@pytest.mark.parametrize("value", ["-1", "1.5", '"1"', "true"])
def test_a_size_is_a_number(folder: Path, value: str) -> None:
    (folder / "pets.toml").write_text(f'spec = "pets.yaml"\nmax_document_size = {value}\n')
    assert "pets.toml:2:1: error: 'max_document_size' must be a whole number" in run("pets.toml").stderr


# --- notes -----------------------------------------------------------------------------------------------------------


def test_what_is_read_is_noted_with_its_hash(folder: Path) -> None:
    (folder / "a").write_bytes(b"abc")
    with noted_reads() as reads:
        read_noted(Path("a"), 10)
        note(Path("b"), None)
        with pytest.raises(TooLarge):
            read_noted(Path("a"), 2)
        with pytest.raises(ValueError, match="null"):
            read_noted(Path("a\0b"), 2)
    read_noted(Path("pets.yaml"), 1000)
    assert set(reads) == {str(folder / "a"), str(folder / "b"), str(folder / "a\0b")}
    assert reads[str(folder / "a")] is None
