"""Paths as settings and manifests name files: from the folder that they stand in."""

from __future__ import annotations

import os
from pathlib import Path


def relative_to(folder: Path, path: Path) -> str:
    """Give the way from a folder to a file or folder, with slashes; the whole path where no way leads there."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # On another drive.
        return path.absolute().as_posix()
