"""The user's own modules in `custom/` of a package go in; out come their copies, and what these import in vain."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...data.document import Position
from ...data.issues import Issue, rejected
from ...data.output import COPIED, CUSTOM
from ...disk.regular import NotRegular, TooLarge, read_regular
from .imports import own_imports
from .modules import MOST, parsed

MODULES = (".py", ".pyi")
IMPORTS_OWN = re.compile(rf"^from \.+{CUSTOM}\b", re.MULTILINE)
"""How a generated module imports a base class."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is copied: its folder, without links in its path, and the paths of all that is in it."""

    folder: Path
    entries: Collection[str]


def copy_of(file: Path) -> str:
    """Read a module, and put the header of copies into its first line, or behind one that names an interpreter.

    Raises:
        Rejected: it cannot be read, or is no UTF-8.
    """
    try:
        content = read_regular(file, MOST, follow=False)
        encoding = tokenize.detect_encoding(io.BytesIO(content).readline)[0]
        if encoding not in ("utf-8", "utf-8-sig"):
            raise ValueError(f"its encoding is {encoding}, not UTF-8")
        text = content.decode(encoding).replace("\r\n", "\n")
    except (NotRegular, TooLarge, OSError, SyntaxError, ValueError) as error:
        raise rejected("bad-own-module", f"the module cannot be copied: {error}", file=str(file)) from None
    return with_header(text)


def with_header(text: str) -> str:
    """Begin a module with the header of copies; one that was copied before has it, and one without text needs none."""
    lines = text.split("\n", 2)
    if not text or any(COPIED in line for line in lines[:2]):
        return text
    if text.startswith("#!"):
        first, _, others = text.partition("\n")
        return f"{first}\n# {COPIED}\n{others}"
    return f"# {COPIED}\n{text}"


def left_behind(files: Mapping[str, str], kept: Collection[str], package: Package) -> Iterator[Issue]:
    """Report what a copy imports and will not have: own modules outside `custom/`, links, and what is not there at all.

    `files` are copied, `kept` are the paths of own modules in the folder of the copy.
    """
    present = {*files, *kept}
    for path, text in files.items():
        if path.endswith(".py") and (path.startswith(f"{CUSTOM}/") or IMPORTS_OWN.search(text)):
            yield from lacking(path, text, present, package)


def lacking(path: str, text: str, present: Collection[str], package: Package) -> Iterator[Issue]:
    """Report the imports of one module that lead nowhere in the copy."""
    module, is_package = module_of(path)
    file = package.folder / path
    for own in own_imports(tree_of(text, file), module, package.folder.name, is_package=is_package):
        of_custom = own.module.partition(".")[0] == CUSTOM
        if own.module and (of_custom or has(own.module, package.entries)) and not has(own.module, present):
            yield lacking_issue(own.module, file, own.position)
        name = f"{own.module}.{own.name}".strip(".") if own.name else ""
        if name and has(name, package.entries) and not has(name, present):
            yield lacking_issue(name, file, own.position)


def lacking_issue(module: str, file: Path, position: Position) -> Issue:
    """Report one import."""
    return Issue(
        code="left-behind",
        severity="error",
        message=f"this imports '{module}', which a copy of the package would not have",
        file=str(file),
        position=position,
        hint=f"put that module into '{CUSTOM}/' of the package, as a regular file",
    )


def module_of(path: str) -> tuple[str, bool]:
    """Give the dotted name of a module, and whether it is a package."""
    steps = path.removesuffix(".py").split("/")
    is_package = steps[-1] == "__init__"
    return ".".join(steps[:-1] if is_package else steps), is_package


def tree_of(text: str, file: Path) -> ast.Module:
    """Parse a module as its file has it: without the header, so that places are right.

    Raises:
        Rejected: it is no Python.
    """
    return parsed(text.replace(f"# {COPIED}\n", "", 1).encode(), file)


def has(module: str, paths: Collection[str]) -> bool:
    """Report whether one of the paths is a module, or is in the folder that is one."""
    path = module.replace(".", "/")
    return any(one in paths for one in (f"{path}.py", f"{path}.pyi")) or any(p.startswith(f"{path}/") for p in paths)
