"""Files that a user keeps beside their own: written whole, and never over something else unless asked to."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .regular import read_regular

LARGEST = 100_000_000
"""Bytes of a file that is compared."""


class Occupied(OSError):
    """Files are there that hold something else."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__(f"there already, with other content: {', '.join(map(str, paths))} (--force overwrites)")


def put(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    """Write files into a folder, each at once.

    Raises:
        Occupied: a file is there with other content, and `force` is not given; nothing is written.
        OSError: the disk refuses.
    """
    occupied = [folder / name for name, text in files.items() if existing(folder / name) not in (None, text)]
    if occupied and not force:
        raise Occupied(occupied)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        replace_file(folder / name, text)


def replace_file(path: Path, text: str) -> None:
    """Write a file so that nobody sees a part of it.

    Raises:
        OSError: the disk refuses.
    """
    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def existing(path: Path) -> str | None:
    """Read a file; None if it does not exist.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return read_regular(path, LARGEST).decode("utf-8", errors="replace").replace("\r\n", "\n")
    except FileNotFoundError:
        return None


def compared(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    """Give the difference to what is in a folder, as lines of a diff.

    Raises:
        OSError: a file cannot be read.
    """
    for name, text in files.items():
        old = existing(folder / name) or ""
        yield from difflib.unified_diff(old.splitlines(), text.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
