"""What is in a folder and what is generated go in; files come out that Python would take for generated ones.

Files of one's own may lie beside the package's modules, and in folders of their own. The folders that the generator
fills, and the names of its modules, are its own: a module that nobody generated has no place there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from ...data.output import CUSTOM, EntryKind
from ...disk.regular import read_head

SOURCES = (".py", ".pyw")
BINARIES = (".pyc", ".so", ".pyd", ".dll")
BYTE_CODE = "__pycache__"
UNCHECKED, CHECKED = 0b01, 0b11
"""Flags of byte code that is loaded without a look at its source, and with one at its hash (PEP 552)."""


def unknown_files(entries: Mapping[str, EntryKind], files: Collection[str]) -> tuple[str, ...]:
    """List files, and links, that no run wrote and that are importable as parts of what is generated."""
    folders = {path.partition("/")[0] for path in files if "/" in path} - {CUSTOM}
    modules = {path.partition("/")[0].partition(".")[0] for path in files if path.endswith(".py")}
    return tuple(
        sorted(
            path
            for path, kind in entries.items()
            if path not in files and is_unknown(PurePosixPath(path), kind, folders, modules)
        )
    )


def is_unknown(path: PurePosixPath, kind: EntryKind, folders: Collection[str], modules: Collection[str]) -> bool:
    """Report whether Python would import something as a part of what is generated."""
    top = path.parts[0]
    if kind == "folder" or BYTE_CODE in path.parts:
        return False
    if kind == "link" and path.name != BYTE_CODE and (top in folders or top in modules):
        return True
    if top in folders:
        return path.suffix.lower() in (*SOURCES, *BINARIES)
    if len(path.parts) == 1:
        return path.suffix.lower() in BINARIES and path.name.partition(".")[0] in modules
    # A package is found before a module of the same name.
    return top in modules and len(path.parts) == 2 and path.name.startswith("__init__.")


def unchecked_byte_code(root: Path, entries: Mapping[str, EntryKind], files: Iterable[str]) -> tuple[str, ...]:
    """List byte code of generated modules that Python would run without a look at the source.

    Python itself writes none of this kind unless it is asked to. Other byte code is dropped as soon as its source has
    another time or size.

    Raises:
        OSError: a file cannot be read.
    """
    sources = {path.removesuffix(".py") for path in files if path.endswith(".py")}
    return tuple(
        path
        for path, kind in entries.items()
        if kind == "file" and source_of(PurePosixPath(path)) in sources and is_unchecked(root / path)
    )


def source_of(path: PurePosixPath) -> str | None:
    """Give the path of the module that byte code belongs to, without its suffix; None where it is something else."""
    if path.suffix != ".pyc" or path.parent.name != BYTE_CODE:
        return None
    return str(path.parent.parent / path.name.partition(".")[0])


def is_unchecked(path: Path) -> bool:
    """Report whether byte code has the flag that keeps Python from looking at the source.

    Raises:
        OSError: it cannot be read.
    """
    head = read_head(path, 8)
    return len(head) == 8 and head[4] & CHECKED == UNCHECKED
