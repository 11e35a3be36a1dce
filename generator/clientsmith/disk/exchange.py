"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = -100
"""`AT_FDCWD` of Linux: relative paths begin in the working directory."""
EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux, `RENAME_SWAP` of macOS."""


def exchange(one: Path, other: Path) -> bool:
    """Give each of two folders the name of the other, at once; False where nothing was done."""
    import ctypes

    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, EXCHANGE) == 0)
        return bool(library.renameat2(HERE, first, HERE, second, EXCHANGE) == 0)
    except (OSError, AttributeError, TypeError):  # There is no such function here, or (Windows) no such library.
        return False
