"""The files of a folder are replaced one by one, where the folder itself cannot be exchanged.

First the manifest names what is about to be written. A run that is ended in between leaves a mix, which the manifest
does not describe: `--check` sees it, and the next run knows both the old and the new files and completes them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ...data.output import MANIFEST, Changes, Manifest
from .manifest import manifest_text, read_manifest, records_of
from .paths import new_token, temporary


def replace_in_place(root: Path, files: Mapping[str, str], found: Changes, manifest: Manifest | None) -> None:
    """Write every file beside its place first, then rename; undo all of it when something fails.

    Raises:
        OSError: the disk refuses; the folder is as it was.
    """
    token = new_token()
    texts = {path: files[path] for path in (*found.added, *found.changed)}
    made_folders: list[Path] = []
    undo: list[tuple[Path, bytes | None]] = []
    staged: dict[Path, Path] = {}
    try:
        make_folders(root, made_folders)
        announce(root, files, texts, manifest, token, undo)
        for path, text in texts.items():
            target = root / path
            make_folders(target.parent, made_folders)
            staged[target] = target.with_name(temporary(target.name, token))
            staged[target].write_bytes(text.encode())
        last = staged.pop(root / MANIFEST, None)
        for target, beside in staged.items():
            undo.append((target, bytes_of(target)))
            beside.replace(target)
        for path in found.removed:
            undo.append((root / path, bytes_of(root / path)))
            (root / path).unlink(missing_ok=True)
        if last is not None:  # Only now does the manifest describe the folder.
            last.replace(root / MANIFEST)
    except BaseException:
        restore(undo, staged.values(), made_folders)
        raise
    prune_folders(root, found.removed)


def announce(
    root: Path,
    files: Mapping[str, str],
    texts: Mapping[str, str],
    manifest: Manifest | None,
    token: str,
    undo: list[tuple[Path, bytes | None]],
) -> None:
    """Write a manifest that names the old files, and as pending those that come.

    Raises:
        OSError: the disk refuses.
    """
    if MANIFEST not in files:
        return
    described = manifest or replace(read_manifest(files[MANIFEST]), files={})
    pending = records_of({path: text for path, text in texts.items() if path != MANIFEST})
    target, beside = root / MANIFEST, root / temporary(MANIFEST, token)
    undo.append((target, bytes_of(target)))
    undo.append((beside, None))
    beside.write_bytes(manifest_text(replace(described, pending=pending)).encode())
    beside.replace(target)


def make_folders(folder: Path, made: list[Path]) -> None:
    """Create a folder and those around it, and remember which were new."""
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir()
            made.append(path)


def bytes_of(path: Path) -> bytes | None:
    """Keep what a file holds; None if it does not exist or is a link, which need not be kept."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def restore(undo: list[tuple[Path, bytes | None]], staged: Iterable[Path], folders: list[Path]) -> None:
    """Put everything back, as far as the disk lets us."""
    for target, content in reversed(undo):
        with contextlib.suppress(OSError):
            if content is None:
                target.unlink(missing_ok=True)
            else:
                put_back(target, content)
    for path in staged:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def put_back(target: Path, content: bytes) -> None:
    """Write a file again unless it was never replaced; it may have had another name, which stays as it is.

    Raises:
        OSError: the disk refuses.
    """
    if bytes_of(target) != content:
        target.unlink(missing_ok=True)
        target.write_bytes(content)


def prune_folders(root: Path, removed: Iterable[str]) -> None:
    """Remove the folders that removed files leave empty."""
    folders = {parent for path in removed for parent in (root / path).parents}
    inside = [folder for folder in folders if folder != root and folder.is_relative_to(root)]
    for folder in sorted(inside, key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
