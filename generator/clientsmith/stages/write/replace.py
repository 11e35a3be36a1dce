"""The files of a package go in and come to disk: all of them, or none."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ...data.issues import Issue, Rejected, rejected
from ...data.output import MANIFEST, Changes, Existing
from ...disk.lock import PATIENCE, Busy, locked
from .difference import changes
from .folder import is_generated, leftovers, why
from .in_place import replace_in_place
from .manifest import read_manifest
from .paths import are_distinct, is_plain, is_temporary
from .swap import NoSwap, replace_by_swap


@contextmanager
def one_at_a_time(output: Path, *, shared: bool = False, seconds: float = PATIENCE) -> Iterator[None]:
    """Keep other runs from an output folder; those that only read (`shared`) keep away those that write.

    Raises:
        Rejected: another run did not end in time, or the folder around the output cannot be made.
    """
    try:
        root = output.resolve()
        if not shared:
            for folder in (output.parent, root.parent):  # Which differ where the output is a link.
                folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as problem:
        raise cannot_write(output, problem) from None
    if not root.parent.is_dir():
        yield
        return
    try:
        with locked(root.parent, shared=shared, seconds=seconds):
            yield
    except Busy:
        message = f"'{output}' is in use: another run did not end in {seconds:g} seconds"
        raise rejected("busy-output", message, hint="wait until it ends, or end it, and try again") from None


def write(output: Path, files: Mapping[str, str], existing: Existing, *, force: bool) -> Changes:
    """Bring a folder to the state of `files`; what an earlier run wrote and this one does not make goes.

    Whatever ends the process, the folder is as it was or as it should be; where the system cannot do that, the next run
    knows what this one was about to do, and does it. Nobody else may write meanwhile (`one_at_a_time`).

    Raises:
        Rejected: the folder holds what is not ours or what was edited by hand (`force` goes over both), a path is no
            path of a package, or the disk refuses. The folder is as it was.
    """
    found = changes(existing, files)
    try:
        root = output.resolve()
        refuse_odd_paths(output, files, existing)
        if not force:
            refuse_to_destroy(output, files, existing)
        sweep(root, existing)
        if not found.is_empty:
            replace_all(root, files, found, existing)
    except (OSError, RuntimeError) as problem:
        raise cannot_write(output, problem) from None
    return found


def replace_all(root: Path, files: Mapping[str, str], found: Changes, existing: Existing) -> None:
    """Exchange the folder for a new one, or, where that cannot be done, its files one by one.

    Raises:
        OSError: the disk refuses; the folder is as it was.
    """
    try:
        replace_by_swap(root, files, found, existing.entries)
    except NoSwap:
        replace_in_place(root, files, found, existing.manifest)


def recover(output: Path) -> None:
    """Give an output folder its name back that a run had set aside and could not replace, if nothing is there now.

    Raises:
        Rejected: the disk refuses.
    """
    try:
        root = output.resolve()
        aside = [folder for folder in leftovers(root) if folder.suffix == ".old"]
        if aside and root.is_dir() and not any(root.iterdir()):
            root.rmdir()
        if aside and not root.exists():
            aside[-1].rename(root)
    except (OSError, RuntimeError) as problem:
        raise cannot_write(output, problem) from None


def sweep(root: Path, existing: Existing) -> None:
    """Remove what ended runs have left, as far as the disk lets us.

    A folder that was set aside may be all there is of files of the user's, unless the folder in its place is ours.
    """
    for folder in leftovers(root):
        if folder.suffix == ".tmp" or existing.manifest is not None:
            shutil.rmtree(folder, ignore_errors=True)
    for path, kind in existing.entries.items():
        if kind == "file" and is_temporary(path):
            with contextlib.suppress(OSError):
                (root / path).unlink()


# --- refusals --------------------------------------------------------------------------------------------------------


def refuse_odd_paths(output: Path, files: Mapping[str, str], existing: Existing) -> None:
    """Let nothing be written outside the folder, through links, or to what is no plain file on some system.

    Raises:
        Rejected: a path is odd, or leads through a link.
    """
    odd = sorted(path for path in files if not is_plain(path))
    if odd or not are_distinct(files):
        hint = "this is a mistake of the generator: please report it"
        raise Rejected(
            error("outside-output", f"'{path}' is no path in the output folder", hint) for path in odd or [""]
        )
    links = {link for path in files if (link := link_above(path, existing)) is not None}
    if links:
        hint = "remove the link, or choose another folder"
        message = "is a link, and nothing is written through links"
        raise Rejected(error("outside-output", f"'{output / link}' {message}", hint) for link in sorted(links))


def link_above(path: str, existing: Existing) -> str | None:
    """Find a link among the folders around a file."""
    above = (str(folder) for folder in PurePosixPath(path).parents)
    return next((folder for folder in above if existing.entries.get(folder) == "link"), None)


def refuse_to_destroy(output: Path, files: Mapping[str, str], existing: Existing) -> None:
    """Stop before anything is lost that the generator has not written.

    Raises:
        Rejected: something would be lost.
    """
    if existing.is_unknown:
        message = f"'{output}' is not empty, and no manifest says that it was generated"
        raise rejected("foreign-output", message, hint="choose another folder, or go on with --force")
    named = named_by(existing)
    hint = way_out(files)
    issues = [
        edit_issue(output, path, "the file was edited by hand" if path in named else "the file was not generated", hint)
        for path in sorted(in_the_way(files, existing))
    ]
    issues += [outdated_edit_issue(output, path) for path in sorted(edited_and_no_longer_made(files, existing))]
    if issues:
        raise Rejected(issues)


def named_by(existing: Existing) -> frozenset[str]:
    """List what the manifest names."""
    manifest = existing.manifest
    return frozenset() if manifest is None else frozenset({*manifest.files, *manifest.pending})


def in_the_way(files: Mapping[str, str], existing: Existing) -> set[str]:
    """List what would be overwritten although no run wrote it."""
    kinds = {path: existing.entries[path] for path in files if path in existing.entries}
    odd = {path for path, kind in kinds.items() if kind != "file"}
    edited = {p for p in kinds.keys() - odd - existing.proven if existing.contents[p] != files[p].encode()}
    around = {folder for path in files for folder in folders_above(path)}
    return odd | edited | {folder for folder in around if existing.entries.get(folder) in ("file", "other")}


def folders_above(path: str) -> Iterable[str]:
    """List the folders around a file, without the output folder itself."""
    return (str(folder) for folder in PurePosixPath(path).parents if folder.name)


def edited_and_no_longer_made(files: Mapping[str, str], existing: Existing) -> Iterator[str]:
    """List generated files that are not as they were written, and that this run does not make."""
    for path in named_by(existing):
        content = existing.contents.get(path)
        if content is not None and path not in files and path not in existing.proven and is_generated(content):
            yield path


def way_out(files: Mapping[str, str]) -> str:
    """Say what becomes of an edit: only those of a client are saved, where it is generated."""
    if read_manifest(files[MANIFEST]).is_of_client:
        return "keep the change with 'clientsmith edits save', or overwrite it with --force"
    return "make the change where the file comes from, or overwrite it with --force"


def edit_issue(output: Path, path: str, message: str, hint: str) -> Issue:
    """Report a file that would be lost."""
    return Issue(
        code="local-edit",
        severity="error",
        message=message,
        file=str(output / path),
        hint=hint,
    )


def outdated_edit_issue(output: Path, path: str) -> Issue:
    """Report a file that was edited and has no place in the package any more."""
    return Issue(
        code="local-edit",
        severity="error",
        message="the file was edited by hand, and is no longer generated",
        file=str(output / path),
        hint="move or remove it; --force goes on and leaves it where it is",
    )


def error(code: str, message: str, hint: str | None = None) -> Issue:
    """Make an issue without a place."""
    return Issue(code=code, severity="error", message=message, hint=hint)


def cannot_write(output: Path, problem: OSError | RuntimeError) -> Rejected:
    """Make the exception for a disk that does not let us."""
    place = (problem.filename if isinstance(problem, OSError) else None) or output
    message = f"'{output}' cannot be written: {why(problem)}"
    hint = f"look at '{place}': it must be yours to write, and so must the folder around it"
    return rejected("bad-output", message, hint=hint)
