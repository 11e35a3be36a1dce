"""The user's own modules in a package that is copied: those in `custom/` travel with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..data.issues import Issue, Rejected
from ..data.output import CUSTOM, Existing
from ..disk.regular import read_regular
from ..stages.custom.copies import MODULES, Package, copy_of, left_behind
from ..stages.custom.modules import MOST
from ..stages.write import is_plain, with_line_feeds

BYTE_CODE = "__pycache__"


@dataclass(frozen=True, slots=True)
class OwnModules:
    """What becomes of the own modules of a package in a copy of it."""

    files: Mapping[str, str]
    """Those that are copied, with the header of copies."""
    kept: frozenset[str]
    """Own modules of the copy's folder, which stay as they are."""
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]


def own_modules(source: Path, package: Existing, destination: Path, copy: Existing) -> OwnModules:
    """Read the modules in `custom/` of a package, and compare them with what is in the folder of its copy.

    Raises:
        Rejected: a module cannot be copied. All such modules are reported.
    """
    texts = read_all(source, [path for path in package.entries if is_module(path, package)])
    named = set() if copy.manifest is None else {*copy.manifest.files, *copy.manifest.pending}
    kept = frozenset(path for path in copy.entries if is_own(path) and path not in named)
    clashes = sorted(path for path in kept & texts.keys() if is_other(source, destination, path))
    return OwnModules(
        files={path: text for path, text in texts.items() if path not in kept},
        kept=kept,
        issues=tuple(clash_issue(destination / path, source / path) for path in clashes),
        notes=tuple(notes(package)),
    )


def read_all(source: Path, paths: Iterable[str]) -> dict[str, str]:
    """Read modules, with the header of copies.

    Raises:
        Rejected: some cannot be read.
    """
    texts: dict[str, str] = {}
    issues: list[Issue] = []
    for path in sorted(paths):
        try:
            texts[path] = copy_of(source / path)
        except Rejected as refused:
            issues += refused.issues
    if issues:
        raise Rejected(issues)
    return texts


def check_imports(files: Mapping[str, str], own: OwnModules, source: Path, package: Existing) -> None:
    """Refuse a copy that could not be imported.

    Raises:
        Rejected: something that it imports stays behind.
    """
    issues = tuple(left_behind(files, own.kept, Package(source.resolve(), package.entries)))
    if issues:
        raise Rejected(dict.fromkeys(issues))


def is_own(path: str) -> bool:
    """Report whether a path is in the folder for own modules."""
    return path.startswith(f"{CUSTOM}/")


def is_module(path: str, package: Existing) -> bool:
    """Report whether a path is a module in `custom/` that can be copied."""
    return is_own(path) and package.entries[path] == "file" and path.endswith(MODULES) and is_plain(path)


def is_other(source: Path, destination: Path, path: str) -> bool:
    """Report whether an own module of the copy's folder differs from that of the package."""
    try:
        mine, theirs = (read_regular(folder / path, MOST, follow=False) for folder in (destination, source))
        return with_line_feeds(mine) != with_line_feeds(theirs)
    except OSError:
        return True


def clash_issue(mine: Path, theirs: Path) -> Issue:
    """Report an own module that stays, though the package has another one of its name."""
    return Issue(
        code="own-module",
        severity="warning",
        message=f"the file is your own and stays; '{theirs}', which differs, is not copied",
        file=str(mine),
        hint="rename one of them if the copy should have both",
    )


def notes(package: Existing) -> Iterator[str]:
    """Say which files of `custom/` are not copied; hidden ones and byte code are nobody's concern."""
    left = [path for path in package.entries if is_left(path, package)]
    if left:
        listed = ", ".join(sorted(left)[:5]) + (f" and {len(left) - 5} more" if len(left) > 5 else "")
        yield f"not copied, as only modules are: {listed}"


def is_left(path: str, package: Existing) -> bool:
    """Report whether something in `custom/` stays behind that a user would miss."""
    hidden = any(part.startswith(".") or part == BYTE_CODE for part in path.split("/"))
    is_folder = package.entries[path] == "folder"
    return is_own(path) and not hidden and not is_folder and not is_module(path, package)
