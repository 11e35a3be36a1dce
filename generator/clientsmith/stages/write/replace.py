"""The files of a package go in and come to disk: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...data.issues import Issue, Rejected, rejected
from ...data.output import MANIFEST, Changes, Existing
from .difference import changes
from .manifest import is_inside, text_hash


def write(output: Path, files: Mapping[str, str], existing: Existing, *, force: bool) -> Changes:
    """Bring a folder to the state of `files`; files of the old manifest that are no longer generated go.

    Raises `Rejected`, with the folder as it was, where it holds what is not ours, where a file was edited by hand
    (`force` goes over both), or where the disk does not let us.
    """
    found = changes(existing, files)
    try:
        refuse_to_leave(output, (*files, *found.removed))
        if not force:
            refuse_to_destroy(output, files, existing)
        if not found.is_empty:
            replace_all(output, {p: files[p] for p in (*found.added, *found.changed)}, found.removed)
    except OSError as error:
        raise cannot_write(output, error) from None
    return found


# --- refusals --------------------------------------------------------------------------------------------------------


def refuse_to_leave(output: Path, paths: Iterable[str]) -> None:
    """Let nothing be written outside the folder, not through symbolic links either."""
    root = output.resolve()
    outside = {found for path in paths if (found := outside_of(output, root, path)) is not None}
    if outside:
        hint = "a link leads there: remove it, or choose another folder"
        raise Rejected(error("outside-output", f"'{p}' is outside the output folder", hint) for p in sorted(outside))


def outside_of(output: Path, root: Path, path: str) -> str | None:
    """Name what would lie outside: a file, or the folder that holds it and others."""
    if not is_inside(path):
        return path
    is_ours = (root / path).parent.resolve().is_relative_to(root)
    return None if is_ours else str((output / path).parent)


def refuse_to_destroy(output: Path, files: Mapping[str, str], existing: Existing) -> None:
    """Stop before anything is lost that the generator has not written."""
    if existing.is_foreign:
        raise Rejected(
            [
                error(
                    "foreign-output",
                    f"'{output}' is not empty, and no manifest says that it was generated",
                    "choose another folder, or go on with --force",
                )
            ]
        )
    edited = [path for path in edited_files(output, existing) if not same(existing, files, path)]
    strangers = [path for path in files if is_stranger(output, path, existing, files[path])]
    if edited or strangers:
        raise Rejected(
            [
                *[edit_issue(output, path, "the file was edited by hand") for path in edited],
                *[edit_issue(output, path, "the file was not generated") for path in strangers],
            ]
        )


def same(existing: Existing, files: Mapping[str, str], path: str) -> bool:
    """Tell whether a file is already as it should be."""
    return path in files and existing.texts.get(path) == files[path]


def edited_files(output: Path, existing: Existing) -> list[str]:
    """List our own files that are not as they were written."""
    if existing.manifest is None:
        return []
    return [
        path
        for path, record in existing.manifest.files.items()
        if (path in existing.texts and text_hash(existing.texts[path]) != record.written)
        or (path not in existing.texts and os.path.lexists(output / path))
    ]


def is_stranger(output: Path, path: str, existing: Existing, text: str) -> bool:
    """Tell whether something stands in the way of a new file."""
    if path == MANIFEST or path in existing.texts:
        return False
    if existing.manifest is not None and path in existing.manifest.files:
        return False
    file = output / path
    if not os.path.lexists(file):
        return False
    return not file.is_file() or text_hash(file.read_text("utf-8", "replace")) != text_hash(text)


def edit_issue(output: Path, path: str, message: str) -> Issue:
    """Report a file that would be lost."""
    return Issue(
        code="local-edit",
        severity="error",
        message=message,
        file=str(output / path),
        hint="keep your change elsewhere, or overwrite it with --force",
    )


def error(code: str, message: str, hint: str | None = None) -> Issue:
    """Make an issue without a place."""
    return Issue(code=code, severity="error", message=message, hint=hint)


def cannot_write(output: Path, problem: OSError) -> Rejected:
    """Make the exception for a disk that does not let us."""
    place = problem.filename or output
    message = f"'{output}' cannot be written: {problem.strerror or problem}"
    hint = f"look at '{place}': it must be yours to write, and so must the folder around it"
    return rejected("bad-output", message, hint=hint)


# --- the disk --------------------------------------------------------------------------------------------------------


def replace_all(output: Path, texts: Mapping[str, str], removed: Iterable[str]) -> None:
    """Write every file beside its place first, then rename; undo all of it when something fails."""
    token = secrets.token_hex(4)
    made_folders: list[Path] = []
    staged: dict[Path, Path] = {}
    undo: list[tuple[Path, bytes | None]] = []
    try:
        for path, text in texts.items():
            target = output / path
            make_folders(target.parent, made_folders)
            beside = target.with_name(f".{target.name}.{token}.tmp")
            staged[target] = beside
            beside.write_bytes(text.encode())
        for target, beside in sorted(staged.items(), key=manifest_last):
            undo.append((target, bytes_of(target)))
            beside.replace(target)
        for path in removed:
            undo.append((output / path, bytes_of(output / path)))
            (output / path).unlink(missing_ok=True)
    except BaseException:
        restore(undo, staged.values(), made_folders)
        raise
    prune_folders(output, removed)


def manifest_last(item: tuple[Path, Path]) -> tuple[bool, Path]:
    """Sort the manifest behind all that it describes."""
    return item[0].name == MANIFEST, item[0]


def make_folders(folder: Path, made: list[Path]) -> None:
    """Create a folder and those around it, and remember which were new."""
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir()
            made.append(path)


def bytes_of(path: Path) -> bytes | None:
    """Keep what a file holds; None where there is none, or a link, which need not be kept."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def restore(undo: list[tuple[Path, bytes | None]], staged: Iterable[Path], folders: list[Path]) -> None:
    """Put everything back, as far as the disk lets us."""
    for target, content in reversed(undo):
        with contextlib.suppress(OSError):
            if content is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(content)
    for path in staged:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def prune_folders(output: Path, removed: Iterable[str]) -> None:
    """Remove the folders that removed files leave empty."""
    folders = {parent for path in removed for parent in (output / path).parents}
    inside = [f for f in folders if f != output and f.is_relative_to(output)]
    for folder in sorted(inside, key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
