"""A new folder is made beside the old one, and the two change places at once: no moment shows a mix of both."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ...data.output import Changes, EntryKind
from ...disk.exchange import exchange
from .folder import walk
from .in_place import prune_folders
from .paths import is_temporary, new_token, set_aside, temporary

NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EINVAL}
)
"""The errors of systems where a file cannot have a second name."""
Signature = tuple[int, int, int]
"""Inode, time of the last change in nanoseconds, and size: differs once a file is edited or replaced."""


class NoSwap(Exception):
    """The folder cannot be exchanged; nothing was done."""


def replace_by_swap(root: Path, files: Mapping[str, str], found: Changes, entries: Mapping[str, EntryKind]) -> None:
    """Make the new folder beside `root`, and exchange the two.

    Files that stay are in both, as second names of the same file (hard links): their times stay, too.

    Raises:
        NoSwap: the folder is in use, or is where another disk begins.
        OSError: the disk refuses. In both cases the folder is as it was.
    """
    if not can_swap(root, entries):
        raise NoSwap
    token = new_token()
    stage = root.with_name(temporary(root.name, token))
    make_stage(stage)
    try:
        written = {*found.added, *found.changed}
        gone = {*written, *found.removed}
        paths = [path for path in entries if path not in gone and not is_temporary(path)]
        kept: dict[str, EntryKind] = {path: entries[path] for path in paths}
        signatures = keep(root, stage, kept)
        for path in written:
            put(root, stage, path, files[path])
        prune_folders(stage, found.removed)
        copy_folders(root, stage)
        swap(root, stage, token)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    old = next((folder for folder in (stage, root.with_name(set_aside(root.name, token))) if folder.is_dir()), None)
    if old is not None:
        rescue(old, root, {*gone, *folders_of(kept)}, signatures)
        shutil.rmtree(old, ignore_errors=True)


def can_swap(root: Path, entries: Mapping[str, EntryKind]) -> bool:
    """Report whether nothing speaks against another folder in the place of this one.

    A process that works in the folder, as the shell behind `-o .`, would stay in the old one; and the new one would
    belong to another user than the old one.
    """
    if not os.access(root.parent, os.W_OK | os.X_OK):
        return False
    if not root.exists():
        return True
    if hasattr(os, "geteuid") and root.stat().st_uid != os.geteuid():
        return False
    with contextlib.suppress(OSError):
        if Path.cwd().is_relative_to(root):
            return False
    return not any(folder.is_mount() for folder in (root, *(root / path for path in folders_of(entries))))


# --- the new folder --------------------------------------------------------------------------------------------------


def make_stage(stage: Path) -> None:
    """Make the new folder, empty.

    Raises:
        NoSwap: there is no room for it beside the old one.
    """
    try:
        stage.mkdir()
    except OSError:
        raise NoSwap from None


def folders_of(entries: Mapping[str, EntryKind]) -> list[str]:
    """List the folders among entries."""
    return [path for path, kind in entries.items() if kind == "folder"]


def keep(root: Path, stage: Path, kept: Mapping[str, EntryKind]) -> dict[str, Signature]:
    """Give everything that stays a second name in the new folder.

    Raises:
        NoSwap: something can have no second name, and cannot be copied.
        OSError: the disk refuses.
    """
    signatures = {}
    for path, kind in kept.items():
        if kind == "folder":
            (stage / path).mkdir()
            continue
        signatures[path] = signature(root / path)
        link(root / path, stage / path, kind)
    return signatures


def link(source: Path, target: Path, kind: EntryKind) -> None:
    """Give one file, or link, a second name, or make a copy where the disk knows no such thing.

    Raises:
        NoSwap: neither can be done.
        OSError: the disk refuses.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError) as problem:
        if kind == "other" or (isinstance(problem, OSError) and problem.errno not in NO_LINKS):
            raise NoSwap from None
        shutil.copy2(source, target, follow_symlinks=False)


def put(root: Path, stage: Path, path: str, text: str) -> None:
    """Write one file into the new folder, with the rights that it has in the old one.

    Raises:
        OSError: the disk refuses.
    """
    target = stage / path
    if not target.parent.is_dir():
        make_room(target.parent, stage)
    target.write_bytes(text.encode())
    with contextlib.suppress(OSError):
        if not (root / path).is_symlink():
            shutil.copymode(root / path, target)


def make_room(folder: Path, stage: Path) -> None:
    """Make a folder in the new one; a file that bears its name goes, as `--force` has let it."""
    for above in reversed([folder, *(f for f in folder.parents if f.is_relative_to(stage))]):
        if not above.is_dir():
            above.unlink(missing_ok=True)
            above.mkdir()


def copy_folders(root: Path, stage: Path) -> None:
    """Give the new folders the rights of the old ones, and their group."""
    if not root.is_dir():
        return
    for path in [*reversed(folders_of(dict(walk(stage)))), "."]:
        with contextlib.suppress(OSError):
            if hasattr(os, "chown"):
                os.chown(stage / path, -1, (root / path).stat().st_gid)
            shutil.copymode(root / path, stage / path)


# --- the exchange ----------------------------------------------------------------------------------------------------


def swap(root: Path, stage: Path, token: str) -> None:
    """Put the new folder in the place of the old one, which then has the name of the new one, or that for old ones.

    Raises:
        NoSwap: the system refuses; nothing was done.
    """
    if not root.exists():
        rename(stage, root)
    elif not exchange(stage, root):
        aside = root.with_name(set_aside(root.name, token))
        rename(root, aside)
        try:
            rename(stage, root)
        except BaseException:
            aside.rename(root)
            raise


def rename(source: Path, target: Path) -> None:
    """Rename a folder.

    Raises:
        NoSwap: the system refuses, as where a file in it is open on Windows.
    """
    try:
        source.rename(target)
    except OSError:
        raise NoSwap from None


def rescue(old: Path, root: Path, known: set[str], signatures: Mapping[str, Signature]) -> None:
    """Bring along what somebody saved in the old folder after its files had been given second names."""
    for path, kind in walk(old):
        if path in known or is_temporary(path):
            continue
        with contextlib.suppress(OSError):
            if kind == "folder":
                (root / path).mkdir()
            elif signatures.get(path) != signature(old / path):
                (old / path).replace(root / path)


def signature(path: Path) -> Signature:
    """Take what changes whenever a file is written."""
    found = path.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_size
