"""A generated package is copied into another repository, and brought up to date there."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..data.issues import Found, Rejected, rejected
from ..data.outcome import Outcome
from ..data.output import MANIFEST, Existing, Manifest
from ..data.settings import Settings
from ..disk.cache import open_cache
from ..disk.relative import relative_to
from ..stages.write import inspect, manifest_text, one_at_a_time, records_of
from .output import finish, refused
from .own_modules import OwnModules, check_imports, own_modules
from .run import Run

SHARED = re.compile(r"^from (\w[\w.]*)\.version import require$", re.MULTILINE)
"""How a client without a runtime of its own asks for that of `[package] core`."""


def vendor(source: Path | None, destination: Path, *, check: bool = False, force: bool = False) -> Outcome:
    """Copy the generated files of a package and the modules in its `custom/`, or (`check`) compare the copy with it.

    Without a source, the one that the copy records is taken.
    """
    with open_cache() as cache:
        run = Run(Found(Settings(spec=Path(), output=destination)), cache)
        try:
            source = source if source is not None else recorded_source(destination)
            keep_apart(source, destination)
            package = read(source)
            copy = read(destination)
            own = own_modules(source, package, destination, copy)
            files = copied(source, destination, package, own)
            run.of_document += own.issues
            outcome = finish(run, files, check=check, force=force, progress=lambda stage: None)
            return dataclasses.replace(outcome, notes=(*own.notes, *runtime_note(files, copy)))
        except Rejected as stopped:
            return refused(run, stopped)


def recorded_source(destination: Path) -> Path:
    """Find where a copy came from.

    Raises:
        Rejected: it does not record that.
    """
    manifest = read(destination).manifest
    if manifest is None or not manifest.origin:
        hint = "name the package first: clientsmith vendor PACKAGE DEST"
        raise rejected("no-origin", f"'{destination}' records no package that it was copied from", hint=hint)
    return destination / manifest.origin


def keep_apart(source: Path, destination: Path) -> None:
    """Refuse a copy that would be a part of its package, or have the package as a part.

    Raises:
        Rejected: one of the folders is the other, or is in it, or links of them go round.
    """
    package, copy = followed(source), followed(destination)
    if package == copy or package in copy.parents or copy in package.parents:
        message = f"'{destination}' and the package '{source}' must be beside each other"
        raise rejected("bad-output", message, hint="choose a folder outside the package")


def followed(folder: Path) -> Path:
    """Follow the links of a path.

    Raises:
        Rejected: they go round, or no folder has such a name.
    """
    try:
        return folder.resolve()
    except (OSError, RuntimeError, ValueError) as problem:
        raise rejected("bad-output", f"'{folder}' leads nowhere: {problem}", hint="look at its links") from None


def copied(source: Path, destination: Path, package: Existing, own: OwnModules) -> dict[str, str]:
    """Make the files of a copy: those that the manifest of the package names, own modules, and a manifest of its own.

    Raises:
        Rejected: a file of the package is missing or no text, or the copy could not be imported.
    """
    manifest = manifest_of(source, package)
    files = {**generated_files(source, package, manifest), **own.files}
    check_imports(files, own, source, package)
    origin = relative_to(destination.resolve(), source.resolve())
    return {**files, MANIFEST: manifest_text(manifest_of_copy(manifest, files, origin))}


def manifest_of(source: Path, package: Existing) -> Manifest:
    """Give the manifest of a package.

    Raises:
        Rejected: it has none.
    """
    if package.manifest is None:
        raise rejected("not-generated", f"'{source}' is no generated package", hint="name the folder of a client")
    return package.manifest


def generated_files(source: Path, package: Existing, manifest: Manifest) -> dict[str, str]:
    """Give the files that the manifest of a package names.

    Raises:
        Rejected: one is missing or no text.
    """
    missing = sorted(path for path in manifest.files if path not in package.contents)
    if missing:
        raise rejected("not-generated", f"'{source}' has no '{missing[0]}'", hint="generate it again")
    try:
        return {path: package.contents[path].decode("utf-8") for path in sorted(manifest.files)}
    except UnicodeDecodeError:
        raise rejected("not-generated", f"'{source}' has a file that is no text", hint="generate it again") from None


def runtime_note(files: Mapping[str, str], copy: Existing) -> Iterator[str]:
    """Say, of the first copy, that it has no runtime of its own."""
    shared = SHARED.search(files.get("__init__.py", ""))
    if shared is not None and copy.manifest is None:
        yield f"the copy imports its runtime as '{shared[1]}': copy that package, too"


def manifest_of_copy(manifest: Manifest, files: dict[str, str], origin: str) -> Manifest:
    """Describe a copy. What was edited in the package makes another copy, so its files count as settings do."""
    records = records_of(files)
    settings = hashlib.sha256(repr((manifest.settings, sorted(records.items()))).encode()).hexdigest()
    return dataclasses.replace(manifest, settings=settings, files=records, pending={}, origin=origin)


def read(folder: Path) -> Existing:
    """Look at a generated folder, while nobody writes to it.

    Raises:
        Rejected: it cannot be read.
    """
    with one_at_a_time(folder, shared=True):
        return inspect(folder, {}, {})
