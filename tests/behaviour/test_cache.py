"""The user's cache: where it is, whom it trusts, and that nothing depends on it."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from clientsmith.disk import cache as module
from clientsmith.disk.cache import FILE, VARIABLE, cache_folder, open_cache

needs_rights = pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "deep" / "cache"))
    return tmp_path / "deep" / "cache"


def keep(**values: bytes) -> None:
    with open_cache() as cache:
        cache.put_all("kind", values)


def found(*keys: str) -> dict[str, bytes]:
    with open_cache() as cache:
        return cache.get_all("kind", keys)


def test_what_is_kept_is_found_by_kind_and_key() -> None:
    keep(a=b"1", b=b"")
    assert found("a", "b", "c") == {"a": b"1", "b": b""}
    with open_cache() as cache:
        assert cache.get("other", "a") is None
    keep(a=b"2")
    assert found("a") == {"a": b"2"}


@needs_rights
def test_it_is_private(folder: Path) -> None:
    keep(a=b"1")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@needs_rights
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o722])
@pytest.mark.parametrize("name", ["", FILE])
def test_what_others_may_write_is_not_trusted(folder: Path, mode: int, name: str) -> None:
    keep(a=b"1")
    (folder / name).chmod(mode)
    assert found("a") == {}
    keep(b=b"2")
    (folder / name).chmod(0o700)
    assert found("a", "b") == {"a": b"1"}


@needs_rights
def test_what_belongs_to_another_user_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(a=b"1")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert found("a") == {}


@needs_rights
@pytest.mark.parametrize("how", ["link", "second name", "folder", "pipe"])
def test_a_file_that_is_none_of_its_own_is_not_used(folder: Path, tmp_path: Path, how: str) -> None:
    keep(a=b"1")
    file, other = folder / FILE, tmp_path / "other"
    file.rename(other)
    {
        "link": lambda: file.symlink_to(other),
        "second name": lambda: os.link(other, file),
        "folder": file.mkdir,
        "pipe": lambda: os.mkfifo(file),
    }[how]()
    assert found("a") == {}


@pytest.mark.parametrize("value", ["off", ""])
def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, folder: Path, value: str) -> None:
    monkeypatch.setenv(VARIABLE, value)
    keep(a=b"1")
    assert found("a") == {}
    assert not folder.exists()


def test_without_the_variable_it_is_where_the_platform_has_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.delenv(VARIABLE)
    assert cache_folder() == platformdirs.user_cache_path("clientsmith", appauthor=False)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(folder: Path, content: bytes) -> None:
    keep(a=b"1")
    (folder / FILE).write_bytes(content)
    assert found("a") == {}
    keep(a=b"2")
    assert found("a") == {"a": b"2"}


def test_a_file_that_is_cut_anywhere_does_no_harm(folder: Path) -> None:
    keep(**{f"k{n}": bytes([n]) * 3000 for n in range(20)})
    whole = (folder / FILE).read_bytes()
    for size in range(0, len(whole), len(whole) // 37):
        (folder / FILE).write_bytes(whole[:size] + b"\0" * (len(whole) - size))
        assert all(value == bytes([int(key[1:])]) * 3000 for key, value in found(*(f"k{n}" for n in range(20))).items())
        keep(a=b"1")


@pytest.mark.parametrize(
    "change",
    [
        "value = x'33'", "value = '1'", "value = 1", "digest = 'x'", "digest = x'00'", "key = 'b'", "kind = 'kind2'",
    ],
)  # fmt: skip
def test_an_entry_that_is_not_as_it_was_written_is_not_found(folder: Path, change: str) -> None:
    keep(a=b"1")
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute(f"update entries set {change}")
    connection.close()
    assert found("a", "b") == {}
    with open_cache() as cache:
        assert cache.get("kind2", "a") is None


def test_another_table_of_that_name_does_no_harm(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("create table entries (x)")
    connection.close()
    (folder / FILE).chmod(0o600)
    keep(a=b"1")
    assert found("a") == {}


def test_it_is_bounded(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(module, "MOST", 100_000)
    monkeypatch.setattr(module, "KEPT", 50_000)
    for number in range(100):
        keep(**{f"k{number}": bytes(10_000)})
    assert (folder / FILE).stat().st_size < 400_000
    assert "k99" in found("k99")
    assert 1 < len(found(*(f"k{number}" for number in range(100)))) <= 10


def test_what_was_used_last_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    day = 0.0
    monkeypatch.setattr("time.time", lambda: 1e9 + day * 86_400)
    monkeypatch.setattr(module, "MOST", 30_000)
    monkeypatch.setattr(module, "KEPT", 25_000)
    for name in ("first", "second", "third"):
        keep(**{name: bytes(10_000)})
        day += 1
    day = 5.0
    assert found("first")
    keep(fourth=bytes(1_000))
    assert set(found("first", "second", "third", "fourth")) == {"first", "third", "fourth"}


def test_a_home_that_nobody_knows_or_may_write_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "cache", Path("/proc/nothing/cache"), Path("~nobody-of-this-name/cache")):
        monkeypatch.setenv(VARIABLE, str(place))
        keep(a=b"1")
        assert found("a") == {}


def test_another_process_that_keeps_it_busy_is_no_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(a=b"1")
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with sqlite3.connect(folder / FILE, isolation_level=None) as connection:
        connection.execute("begin exclusive")
        keep(b=b"2")
        assert found("a") == {}
        connection.execute("rollback")
    connection.close()
    assert found("a", "b") == {"a": b"1"}
