"""The path of a file goes in, its bytes come out: of regular files only, up to a size."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

Reads = dict[str, str | None]
"""SHA-256 of the bytes of each file that was read, by absolute path; None where nothing could be read."""

_READS: ContextVar[Reads | None] = ContextVar("reads", default=None)

MOST_NOTED = 1_000_000_000
"""Bytes of the largest file that is compared with what was noted."""
CHUNK = 65_536
"""Bytes that are read at once behind the end that a file seems to have."""
KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NotRegular(OSError):
    """A path leads to something that is not a regular file. `kind` names what it is."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"this is {kind}, not a file")
        self.kind = kind


class TooLarge(OSError):
    """A file has more bytes than the caller takes."""


@contextmanager
def noted_reads() -> Iterator[Reads]:
    """Collect what is read inside the block, by whatever function, with the hashes of the bytes as they were read.

    A block around it collects the same.
    """
    reads: Reads = {}
    around = _READS.get()
    token = _READS.set(reads)
    try:
        yield reads
    finally:
        _READS.reset(token)
        if around is not None:
            around.update(reads)


def note(path: Path, content: bytes | None) -> None:
    """Note one file for `noted_reads`; None where a file could not be read, or was looked for in vain."""
    reads = _READS.get()
    if reads is not None:
        absolute = os.path.abspath(path)  # noqa: PTH100 - links are not followed
        reads[absolute] = None if content is None else hashlib.sha256(content).hexdigest()


def is_as_noted(path: Path, hashed: str | None, most: int = MOST_NOTED) -> bool:
    """Report whether a file has the bytes that were noted, or is missing as it was; the look is noted, too."""
    if hashed is None:
        note(path, None)
        return not os.path.lexists(path)
    try:
        return hashlib.sha256(read_noted(path, most)).hexdigest() == hashed
    except OSError:
        return False


def read_noted(path: Path, most: int) -> bytes:
    """Read a file as `read_regular` does, and note it.

    Raises:
        OSError: it cannot be read; `NotRegular` and `TooLarge` say more.
        ValueError: no system has such a path.
    """
    try:
        content = read_regular(path, most)
    except (OSError, ValueError):
        note(path, None)
        raise
    note(path, content)
    return content


def read_regular(path: Path, most: int, *, follow: bool = True) -> bytes:
    """Read a regular file of at most `most` bytes; `follow` decides about a symbolic link at the end of the path.

    What is no regular file is not opened: a pipe would block, and some devices act when they are opened. Where a file
    changes into one of these in between, it is opened without waiting, and looked at again.

    Raises:
        NotRegular: it is a folder, a pipe, a socket or a device.
        TooLarge: it has more than `most` bytes.
        OSError: it cannot be read.
        ValueError: no system has such a path.
    """
    with open_regular(path, follow) as file:
        size = os.fstat(file.fileno()).st_size
        parts: list[bytes] = []
        total = 0
        # A file may grow meanwhile, and those of /proc have no size.
        while size <= most and (part := file.read(max(size - total, 0) + CHUNK)):
            parts.append(part)
            total += len(part)
            size = max(size, total)
    if size > most:
        raise TooLarge(f"the file has more than {most:,} bytes")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_head(path: Path, count: int) -> bytes:
    """Read at most so many bytes of a regular file, links not followed.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    with open_regular(path, follow=False) as file:
        return file.read(count)


def open_regular(path: Path, follow: bool) -> BinaryIO:
    """Open a regular file, and nothing else.

    Raises:
        NotRegular: it is something else.
        OSError: it cannot be opened.
        ValueError: no system has such a path.
    """
    check_kind(path.stat(follow_symlinks=follow))
    flags = os.O_RDONLY | option("O_NONBLOCK") | option("O_CLOEXEC") | option("O_NOCTTY") | option("O_BINARY")
    handle = os.open(path, flags if follow else flags | option("O_NOFOLLOW"))
    try:
        check_kind(os.fstat(handle))
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def option(name: str) -> int:
    """Look up a flag of `os.open`; 0 where the system does not have it."""
    value: int = getattr(os, name, 0)
    return value


def check_kind(found: os.stat_result) -> None:
    """Accept regular files only.

    Raises:
        NotRegular: it is something else.
    """
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for is_kind, name in KINDS if is_kind(found.st_mode)), "a link")
        raise NotRegular(kind)
