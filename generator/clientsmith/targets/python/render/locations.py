"""Where the templates and the runtime are: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[3]


def templates_folder() -> Path:
    """Give the package's own `templates`, else those of the checkout that it is installed from."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "templates"


def runtime_folder() -> Path:
    """Give the folder that is copied as `_core/`."""
    return _PACKAGE / "runtime"
