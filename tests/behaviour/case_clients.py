"""The golden clients, ready to be imported: the folders of `tests/cases` with the runtime that they leave out."""

from __future__ import annotations

import atexit
import importlib
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from clientsmith.targets.python.render.locations import runtime_folder

CASES = Path(__file__).parents[1] / "cases"


def names() -> tuple[str, ...]:
    """Name the cases that have a client."""
    return tuple(path.name for path in sorted(CASES.glob("*/expected/*")))


def client(case: str) -> ModuleType:
    """Import the golden client of a case."""
    package = importable() / case
    if not package.exists():
        shutil.copytree(CASES / case / "expected" / case, package)
        # A link, because the runtime is the same in each: it is compiled to byte code once.
        (package / "_core").symlink_to(runtime_folder(), target_is_directory=True)
        importlib.invalidate_caches()
    return importlib.import_module(case)


@cache
def importable() -> Path:
    """Make the folder that the clients are imported from."""
    folder = Path(tempfile.mkdtemp(prefix="case-clients-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    sys.path.append(str(folder))
    return folder
