"""Import a package that a test has generated, and forget it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def imported(package: Path) -> Iterator[Any]:
    """Import the package of a folder; afterwards another one may have its name."""
    sys.path.insert(0, str(package.parent))
    importlib.invalidate_caches()  # the folder may have been searched before the package was in it
    try:
        yield importlib.import_module(package.name)
    finally:
        sys.path.remove(str(package.parent))
        for name in [name for name in sys.modules if name.partition(".")[0] == package.name]:
            del sys.modules[name]
