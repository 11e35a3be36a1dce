"""The path of an output folder goes in; what is in it comes out, and which of it a run of the generator wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...data.issues import Rejected, rejected
from ...data.output import COPIED, CUSTOM, GENERATED, MANIFEST, EntryKind, Existing, Manifest
from ...disk.regular import read_regular
from .manifest import content_hash, read_manifest, with_line_feeds
from .paths import is_temporary, leftover_of
from .unknown import unchecked_byte_code

MOST = 256_000_000
"""Bytes of the largest file that is read from an output folder."""
HEADERS = (GENERATED.encode(), COPIED.encode())
Written = Mapping[str, frozenset[str]]
"""The hashes of what runs on this machine wrote to a folder, by path, as the user's cache knows them."""


def inspect(output: Path, files: Mapping[str, str], written: Written) -> Existing:
    """Look at a folder that is to hold `files`.

    Raises:
        Rejected: the path leads to something else, or the folder cannot be read.
    """
    try:
        root = output.resolve()
        interrupted = bool(leftovers(root))
        if not root.exists():
            return Existing(was_interrupted=interrupted)
        if not root.is_dir():
            hint = "choose another folder with -o, or with 'output' in the settings"
            raise rejected("bad-output", f"'{output}' is no folder", hint=hint)
        return look_at(root, files, written, interrupted)
    except (OSError, RuntimeError) as error:
        raise unreadable(output, error) from None


def look_at(root: Path, files: Mapping[str, str], written: Written, interrupted: bool) -> Existing:
    """Read the manifest of a folder, the files that it names, and those that are in the place of new ones.

    Raises:
        OSError: something cannot be read.
    """
    entries = dict(walk(root))
    manifest = parse(root) if entries.get(MANIFEST) == "file" else None
    named = {*manifest.files, *manifest.pending} if manifest is not None else set()
    paths = [path for path in {*named, *files, *written} if entries.get(path) == "file"]
    contents = {path: with_line_feeds(read_regular(root / path, MOST, follow=False)) for path in paths}
    left = any(is_temporary(path) for path in entries)
    wanted = read_manifest(files[MANIFEST]) if files.get(MANIFEST) else None
    return Existing(
        manifest=manifest,
        entries=entries,
        contents=contents,
        proven=frozenset(
            path
            for path in paths
            if is_proven(path, contents[path], manifest, wanted, written, is_wanted=path in files)
        ),
        unchecked=unchecked_byte_code(root, entries, files),
        is_unknown=manifest is None and not all(is_temporary(path) or is_own(path) for path in entries),
        was_interrupted=interrupted or left or (manifest is not None and bool(manifest.pending)),
    )


def is_own(path: str) -> bool:
    """Report whether a path is in the folder for the user's own modules, which may be there before the client is."""
    return path == CUSTOM or path.startswith(f"{CUSTOM}/")


def parse(root: Path) -> Manifest | None:
    """Read the manifest; a broken one is as good as none, so that only `--force` goes on.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return read_manifest(read_regular(root / MANIFEST, MOST, follow=False).decode("utf-8"))
    except ValueError:
        return None


def walk(root: Path, below: str = "") -> Iterator[tuple[str, EntryKind]]:
    """List everything in a folder, folders before what they hold. Links are not followed.

    Raises:
        OSError: a folder cannot be listed.
    """
    with os.scandir(root) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{below}{entry.name}"
        kind = entry_kind(entry)
        yield path, kind
        if kind == "folder":
            yield from walk(Path(entry.path), f"{path}/")


def entry_kind(entry: os.DirEntry[str]) -> EntryKind:
    """Classify an entry of a folder; a junction of Windows is a link."""
    is_junction = getattr(entry, "is_junction", entry.is_symlink)  # Since Python 3.12.
    if entry.is_symlink() or is_junction():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def leftovers(root: Path) -> list[Path]:
    """List the folders that ended runs have left beside an output folder, and nothing that is a link."""
    pattern = leftover_of(root.name)
    try:
        with os.scandir(root.parent) as found:
            return sorted(Path(e.path) for e in found if pattern.fullmatch(e.name) and entry_kind(e) == "folder")
    except OSError:
        return []


# --- proof -----------------------------------------------------------------------------------------------------------


def is_proven(
    path: str,
    content: bytes,
    manifest: Manifest | None,
    wanted: Manifest | None,
    written: Written,
    *,
    is_wanted: bool,
) -> bool:
    """Report whether a run of the generator wrote a file as it is, so that nothing is lost with it.

    The user's cache is believed. The manifest is not: it may be forged, so a file that it names must also begin as
    generated files do. And where it says that the folder was made from what this run was made from, every file that
    differs from what this run makes was changed since, whatever the manifest says of it.

    Where the cache knows the folder, it alone allows to remove what this run does not make (`is_wanted`), and no excuse
    of an interrupted run counts: what such a run was about to write is in the cache, too.
    """
    if path == MANIFEST:
        return manifest is not None
    hashed = content_hash(content)
    if hashed in written.get(path, frozenset()):
        return True
    if manifest is None or not is_named(path, hashed, manifest) or not is_generated(content):
        return False
    if written and not is_wanted:
        return False
    return wanted is None or manifest.source != wanted.source or (bool(manifest.pending) and not written)


def is_named(path: str, hashed: str, manifest: Manifest) -> bool:
    """Report whether a manifest names a file with this hash."""
    records = (manifest.files.get(path), manifest.pending.get(path))
    return any(record is not None and record.written == hashed for record in records)


def is_generated(content: bytes) -> bool:
    """Report whether a file begins as generated or copied ones do, or holds nothing that could be lost."""
    return not content or any(header in line for line in content[:500].split(b"\n")[:2] for header in HEADERS)


# --- issues ----------------------------------------------------------------------------------------------------------


def unreadable(output: Path, error: OSError | RuntimeError) -> Rejected:
    """Make the exception for a folder that cannot be read; older Pythons raise `RuntimeError` where links go round."""
    message = f"'{output}' cannot be read: {why(error)}"
    return rejected("bad-output", message, hint="check the permissions of the folder, and of those around it")


def why(error: OSError | RuntimeError) -> str:
    """Give the reason that the system names."""
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or str(error)
