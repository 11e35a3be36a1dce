"""The names in a folder, so that a run is made anew where one was added or removed."""

from __future__ import annotations

import os
from pathlib import Path

MOST = 20_000
"""Names that are listed."""


def listing(folder: Path) -> tuple[str, ...]:
    """List the files in a folder and below it, by path; none where there is no folder. Links are not followed."""
    found: list[str] = []
    for root, folders, names in os.walk(folder):
        folders.sort()
        found += [os.path.relpath(Path(root, name), folder) for name in sorted(names)]
        if len(found) > MOST:
            break
    return tuple(found)
