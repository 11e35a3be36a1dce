"""A folder as it is and as it should be go in; what differs comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...data.edits import lines_of
from ...data.output import Changes, Existing
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


def unified_diff(existing: Existing, files: Mapping[str, str]) -> str:
    """Show all changes as `diff -u` does, by path."""
    found = changes(existing, files)
    paths = sorted((*found.added, *found.changed, *found.removed))
    return "".join(line for path in paths for line in one_diff(path, decoded(existing, path), files.get(path)))


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
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
