"""A folder as it is and as it should be go in; what differs comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from ...data.edits import lines_of
from ...data.output import MANIFEST, Changes, Existing, FileDiff
from .unknown import unknown_files


def changes(existing: Existing, files: Mapping[str, str]) -> Changes:
    """Compare path by path: bytes with bytes, whatever the manifest says of them."""
    old = existing.contents
    same = {path for path, text in files.items() if old.get(path) == text.encode()}
    return Changes(
        added=tuple(sorted(path for path in files if path not in old)),
        changed=tuple(sorted(path for path in files if path in old and path not in same)),
        removed=tuple(sorted(path for path in existing.proven if path not in files)),
        unchanged=len(same),
        unknown=tuple(sorted((*unknown_files(existing.entries, files), *existing.unchecked))),
    )


def file_diffs(existing: Existing, files: Mapping[str, str]) -> tuple[FileDiff, ...]:
    """Give all changes as `diff -u` shows them, by path: the manifest last, as hashes say the least."""
    found = changes(existing, files)
    paths = sorted((*found.added, *found.changed, *found.removed), key=lambda path: (path == MANIFEST, path))
    return tuple(file_diff(path, existing, files.get(path)) for path in paths)


def file_diff(path: str, existing: Existing, new: str | None) -> FileDiff:
    """Compare one file with its new text; None where it goes."""
    old = decoded(existing, path)
    lines = tuple(one_diff(path, old, new))
    body = [line[:1] for line in lines[2:]]
    change: Literal["added", "changed", "removed"] = "added" if old is None else "removed" if new is None else "changed"
    return FileDiff(path=path, change=change, lines=lines, plus=body.count("+"), minus=body.count("-"))


def decoded(existing: Existing, path: str) -> str | None:
    """Give a file as text; None if it does not exist."""
    content = existing.contents.get(path)
    return None if content is None else content.decode("utf-8", "backslashreplace")


def one_diff(path: str, old: str | None, new: str | None) -> Iterator[str]:
    """Show one file; None stands for a side without it."""
    if not old and not new:
        yield f"--- {'/dev/null' if old is None else f'a/{path}'}\n"
        yield f"+++ {'/dev/null' if new is None else f'b/{path}'}\n"
        return
    import difflib

    lines = difflib.unified_diff(
        lines_of(old),
        lines_of(new),
        "/dev/null" if old is None else f"a/{path}",
        "/dev/null" if new is None else f"b/{path}",
    )
    for line in lines:
        if line.endswith("\n"):
            yield line
        else:
            yield f"{line}\n"
            yield "\\ No newline at end of file\n"
