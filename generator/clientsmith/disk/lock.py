"""One run at a time in a folder: runs wait for each other, and the system frees what a killed run held."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a run waits for another one."""
PAUSE = 0.02
"""Seconds between two attempts."""
BUSY = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class Busy(Exception):
    """Another process held the lock for all the time that was granted."""


@contextmanager
def locked(folder: Path, *, shared: bool = False, seconds: float = PATIENCE) -> Iterator[None]:
    """Hold a lock on a folder that exists. Readers (`shared`) exclude writers only.

    The folder itself is locked where the system can do that, so no file is left in it. Otherwise a file in the folder
    for temporary files stands for it.

    Raises:
        Busy: another process holds it.
    """
    handle = open_folder(folder)
    if handle is None or not can_lock(handle):
        close(handle)
        handle = open_substitute(folder)
    if handle is None:  # There is no place for a lock: nobody else can have one either.
        yield
        return
    try:
        wait_for(handle, shared, seconds)
        yield
    finally:
        close(handle)  # Which gives the lock back.


def wait_for(handle: int, shared: bool, seconds: float) -> None:
    """Try until the lock is ours.

    Raises:
        Busy: it is another's until the time is over.
    """
    end = time.monotonic() + seconds
    while not try_lock(handle, shared):
        if time.monotonic() >= end:
            raise Busy
        time.sleep(PAUSE)


def open_folder(folder: Path) -> int | None:
    """Open a folder; None where that is not possible, as on Windows."""
    if sys.platform == "win32":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None


def open_substitute(folder: Path) -> int | None:
    """Open a file, of this user, that stands for a folder; None where none can be made."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    user = os.getuid() if hasattr(os, "getuid") else "user"
    locks = Path(tempfile.gettempdir()) / f"clientsmith-{user}"
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        locks.mkdir(mode=0o700, exist_ok=True)
        return os.open(locks / f"{name}.lock", flags, 0o600)
    except OSError:
        return None


def close(handle: int | None) -> None:
    """Close a descriptor, if there is one."""
    if handle is not None:
        with contextlib.suppress(OSError):
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def can_lock(handle: int) -> bool:
        """Report whether the system can lock what is open."""
        return False

    def try_lock(handle: int, shared: bool) -> bool:
        """Take the lock if nobody has it; readers exclude each other here."""
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def can_lock(handle: int) -> bool:
        """Report whether the system can lock what is open: some network file systems lock no folders."""
        try:
            try_lock(handle, False)
            fcntl.flock(handle, fcntl.LOCK_UN)
        except OSError:
            return False
        return True

    def try_lock(handle: int, shared: bool) -> bool:
        """Take the lock if nobody has it.

        Raises:
            OSError: the system cannot lock this.
        """
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in BUSY:
                return False
            raise
        return True
