"""The user's cache: bytes by kind and key, outside every output folder. It may be lost or damaged at any time.

It saves work and nothing else depends on it. Nothing is read from it that anyone but the user could have written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

VARIABLE = "CLIENTSMITH_CACHE"
"""Environment variable: another folder for the cache; `off` or nothing for none."""
FILE = "cache-1.sqlite"
"""Another layout of the table would have another name."""
MOST = 256_000_000
"""Bytes that the values may take in all."""
KEPT = MOST * 3 // 4
"""Bytes that are left after pruning."""
DAY = 86_400
"""Seconds: how exactly the last use of an entry is known."""
PATIENCE = 2.0
"""Seconds to wait for another process; after that, nothing is kept."""

TABLE = """
create table if not exists entries (
  kind text not null, key text not null, digest text not null, size integer not null, used integer not null,
  value blob not null, primary key (kind, key)
)
"""
PUT = "insert or replace into entries (kind, key, digest, size, used, value) values (?, ?, ?, ?, ?, ?)"
GET = "select digest, used, value from entries where kind = ? and key = ?"
TOUCH = "update entries set used = ? where kind = ? and key = ?"
PRUNE = """
delete from entries where rowid in (
  select rowid from (select rowid, sum(size) over (order by used desc, rowid desc) as total from entries)
  where total > ?
)
"""


class Cache:
    """The contents of the cache file; empty if there is no file."""

    def __init__(self, connection: sqlite3.Connection | None, file: Path | None) -> None:
        self._connection = connection
        self._file = file

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """False where nothing is found and nothing is kept."""
        return self._connection is not None

    def get(self, kind: str, key: str) -> bytes | None:
        """Look up one value; None where it is not known."""
        return self.get_all(kind, [key]).get(key)

    def get_all(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Look up values by key. One that is not as it was written is not found."""
        if self._connection is None:
            return {}
        import sqlite3

        found, now, touched = {}, int(time.time()), []
        try:
            for key in keys:
                row = self._connection.execute(GET, (kind, key)).fetchone()
                if row is None or not isinstance(row[2], bytes) or row[0] != digest(kind, key, row[2]):
                    continue
                found[key] = row[2]
                if abs(now - row[1]) > DAY:
                    touched.append((now, kind, key))
            if touched:
                with self._connection:
                    self._connection.executemany(TOUCH, touched)
        except (sqlite3.Error, TypeError, OverflowError) as error:
            self._give_up(error)
        return found

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep one value."""
        self.put_all(kind, {key: value})

    def put_all(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Keep values, all or none of them, and let go what was not used for longest where it gets too much."""
        if self._connection is None or not values:
            return
        import sqlite3

        now = int(time.time())
        rows = [(kind, key, digest(kind, key, value), len(value), now, value) for key, value in values.items()]
        try:
            with self._connection:
                self._connection.executemany(PUT, rows)
                (total,) = self._connection.execute("select sum(size) from entries").fetchone()
                if total > MOST:
                    self._connection.execute(PRUNE, (KEPT,))
        except (sqlite3.Error, OverflowError) as error:
            self._give_up(error)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        """Go on without a cache; one that is damaged goes, so that the next run begins anew."""
        import sqlite3

        self.close()
        is_damaged = not isinstance(error, sqlite3.OperationalError)
        if is_damaged and self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink()


NO_CACHE = Cache(None, None)


def digest(kind: str, key: str, value: bytes) -> str:
    """Hash an entry whole, so that none stands in for another."""
    return hashlib.sha256(b"\0".join((kind.encode(), key.encode(), value))).hexdigest()


def open_cache() -> Cache:
    """Open the user's cache, or make it. Where that fails, the result is an empty cache."""
    try:
        import sqlite3
    except ImportError:  # Some builds of Python come without it.
        return NO_CACHE
    try:
        folder = cache_folder()
        if folder is None or not is_private_folder(folder):
            return NO_CACHE
        file = folder / FILE
        if not is_private_file(file):
            return NO_CACHE
        return connect(file)
    except (OSError, ValueError, RuntimeError, sqlite3.Error):
        return NO_CACHE


def connect(file: Path) -> Cache:
    """Open the database; where the file is something else, it goes and a new one is made.

    Raises:
        OSError: the file cannot be replaced.
        sqlite3.Error: there is no way to use it.
    """
    import sqlite3

    for is_last in (False, True):
        connection = sqlite3.connect(file, timeout=PATIENCE)
        try:
            # A lost entry is made again: nothing has to wait for the disk.
            connection.execute("pragma synchronous = off")
            connection.execute(TABLE)
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.DatabaseError:
            connection.close()
            if is_last:
                raise
            file.unlink()
            is_private_file(file)
        else:
            return Cache(connection, file)
    raise AssertionError


def cache_folder() -> Path | None:
    """Choose the folder: what the environment says, else the platform's; None where the user wants no cache.

    Raises:
        RuntimeError: nobody knows the user's home.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen is None:
        import platformdirs

        return platformdirs.user_cache_path("clientsmith", appauthor=False)
    return None if chosen in ("", "off") else Path(chosen).expanduser().absolute()


def is_private_folder(folder: Path) -> bool:
    """Make the folder if it is missing, and report whether nobody but the user may write to it.

    Raises:
        OSError: it cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    return stat.S_ISDIR(found.st_mode) and is_only_ours(found)


def is_private_file(file: Path) -> bool:
    """Make the file if it is missing, and report whether it is a regular one that nobody else may write to.

    Raises:
        OSError: it cannot be made.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    found = file.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and is_only_ours(found)


def is_only_ours(found: os.stat_result) -> bool:
    """Report whether only the user may write to something. Windows keeps profiles apart by itself."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
