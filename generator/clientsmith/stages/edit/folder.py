"""The folder of the patches: its files go in, patches come out, and back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ...data.document import Position
from ...data.edits import Patch
from ...data.issues import Found, Issue, Rejected, rejected
from ...disk.regular import NotRegular, TooLarge, read_noted
from .patch_text import patch_text, read_patch

SUFFIX = ".patch"
MOST = 2_000_000
"""Bytes of the largest patch."""
MOST_FILES = 10_000
"""Files of the folder that are looked at."""


def read_patches(folder: Path) -> Found[tuple[Patch, ...]]:
    """Read all patches, by path. What is wrong with one does not keep the others from being read."""
    patches: list[Patch] = []
    issues: list[Issue] = []
    try:
        for path, file in patch_files(folder):
            try:
                patches.append(read_file(folder, path, file))
            except Rejected as stopped:
                issues += stopped.issues
    except Rejected as stopped:
        issues += stopped.issues
    return Found(tuple(patches), tuple(issues))


def patch_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files of the folder with their paths in it; hidden ones belong to other tools.

    Raises:
        Rejected: it is no folder, cannot be read, or has too many files.
    """
    try:
        if not os.path.isdir(folder):  # noqa: PTH112 - the other way raises for a name that is too long
            if os.path.lexists(folder):
                raise rejected("bad-edits", "this is no folder of patches", file=str(folder), hint="move it elsewhere")
            return
        found = sorted(below(folder, ""))
    except (OSError, RecursionError) as error:
        raise rejected("bad-edits", f"the folder cannot be read: {error}", file=str(folder)) from None
    if len(found) > MOST_FILES:
        raise rejected("bad-edits", f"the folder has more than {MOST_FILES:,} files", file=str(folder))
    yield from found


def below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """List the files of a folder and of those in it; links are not followed.

    Raises:
        OSError: a folder cannot be listed.
    """
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from below(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry


def read_file(folder: Path, path: str, file: Path) -> Patch:
    """Read one patch.

    Raises:
        Rejected: it is no patch, or cannot be read.
    """
    name = str(folder / path)
    if not path.endswith(SUFFIX) or path == SUFFIX:
        hint = "this folder is for patches, which 'clientsmith edits save' writes; move the file elsewhere"
        raise rejected("bad-patch", f"the name of a patch ends with '{SUFFIX}'", file=name, hint=hint)
    try:
        if file.is_symlink():
            raise NotRegular("a link")
        text = read_noted(file, MOST).decode("utf-8").replace("\r\n", "\n")
    except TooLarge:
        raise rejected("bad-patch", f"the patch has more than {MOST:,} bytes", file=name) from None
    except UnicodeDecodeError:
        raise rejected("bad-patch", "the patch is no UTF-8 text", file=name) from None
    except (OSError, ValueError) as error:
        raise rejected("bad-patch", f"the patch cannot be read: {error}", file=name) from None
    return read_patch(text, path.removesuffix(SUFFIX), name)


def write_patches(folder: Path, patches: Iterable[Patch]) -> None:
    """Make the folder hold these patches and no others.

    Raises:
        Rejected: the disk refuses.
    """
    wanted = {f"{patch.path}{SUFFIX}": patch_text(patch) for patch in patches}
    try:
        for path, text in wanted.items():
            put(folder / path, text)
    except OSError as error:
        raise cannot_write(folder, error) from None
    drop_patches(folder, [path.removesuffix(SUFFIX) for path, _ in patch_files(folder) if path not in wanted])


def cannot_write(folder: Path, error: OSError) -> Rejected:
    """Make the exception for a disk that does not let us."""
    message = f"'{folder}' cannot be written: {error.strerror or error}"
    return rejected("bad-edits", message, hint="the folder, and what is in it, must be yours to write")


def put(target: Path, text: str) -> None:
    """Write a file whole or not at all; one that is as it should be is not touched.

    Raises:
        OSError: the disk refuses.
    """
    content = text.encode()
    if target.is_file() and not target.is_symlink() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.tmp")
    beside.write_bytes(content)
    beside.replace(target)


def drop_patches(folder: Path, paths: Iterable[str]) -> None:
    """Remove the patches of some files, and the folders that are empty without them.

    Raises:
        Rejected: the disk refuses.
    """
    try:
        for path in paths:
            file = folder / f"{path}{SUFFIX}"
            file.unlink(missing_ok=True)
            for above in file.parents:
                if not above.is_relative_to(folder) or any(above.iterdir()):
                    break
                above.rmdir()
    except OSError as error:
        raise cannot_write(folder, error) from None


def digest(patches: Iterable[Patch]) -> str:
    """Hash patches; an empty text without patches."""
    texts = [patch_text(patch) for patch in patches]
    return hashlib.sha256("".join(texts).encode()).hexdigest() if texts else ""


def over_limit(patches: Iterable[Patch], limit: int | None, file: str | None, position: Position | None) -> list[Issue]:
    """Compare the lines of all patches with the limit of the settings."""
    counts: Mapping[str, int] = {patch.path: patch.added + patch.removed for patch in patches}
    total = sum(counts.values())
    if limit is None or total <= limit:
        return []
    largest = max(counts, key=lambda path: counts[path])
    message = f"the edits change {total:,} lines, and 'edits_limit' allows {limit:,}"
    hint = f"most of them, {counts[largest]:,}, are in '{largest}'; a base class in 'custom/' needs no edit"
    return [Issue(code="too-many-edits", severity="error", message=message, file=file, position=position, hint=hint)]
