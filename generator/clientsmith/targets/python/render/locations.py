"""Where the runtime is, which is a part of this package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[3]


def runtime_folder() -> Path:
    """Give the folder that is copied as `_core/`."""
    return _PACKAGE / "runtime"
