"""What this generator is: its sources, its templates, and all that it is installed with."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from .. import __version__

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]
"""Where an editable installation has the templates."""


@functools.cache
def identity() -> str:
    """Hash everything that decides, apart from document and settings, what a run gives.

    The bytes of our own files count, so an edited checkout is another generator at once. Other packages count by name
    and version, and Python by its version.
    """
    hashed = hashlib.sha256(repr((__version__, sys.version, *installed())).encode())
    for path, file in sources():
        content = file.read_bytes()
        hashed.update(f"{path}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()


def installed() -> list[str]:
    """List the packages that can be imported, with their versions, as the folders of their metadata are called."""
    found: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = [path.name for path in Path(folder or ".").iterdir()]
        except OSError:  # Python takes paths that lead nowhere.
            continue
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def sources() -> Iterator[tuple[str, Path]]:
    """List the files of the package, and the templates, which are in it once it is installed."""
    is_installed = (PACKAGE / "templates").is_dir()
    for root in (PACKAGE,) if is_installed else (PACKAGE, CHECKOUT / "templates"):
        for folder, below, names in os.walk(root):
            below[:] = sorted(name for name in below if name != "__pycache__")
            yield from ((os.path.relpath(file, root), file) for name in sorted(names) if (file := Path(folder, name)))
