"""Files that are not there yet: all of them are written, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from ...data.issues import Rejected, rejected


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that must not be there, links included.

    Raises:
        Rejected: one is there, or the disk refuses; nothing was written.
    """
    written: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            with path.open("xb") as file:
                written.append(path)
                file.write(content)
    except BaseException as error:
        for made in written:
            with contextlib.suppress(OSError):
                made.unlink()
        if isinstance(error, OSError | ValueError):
            raise refused(path, error) from None
        raise


def refused(path: Path, error: OSError | ValueError) -> Rejected:
    """Make the exception for a file that cannot be written."""
    if isinstance(error, FileExistsError):
        hint = "name another one with -o, or remove it: nothing is overwritten"
        return rejected("file-exists", "this is there already", file=str(path), hint=hint)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return rejected("unwritable-file", f"the file cannot be written: {reason}", file=str(path))
