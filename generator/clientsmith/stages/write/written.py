"""What runs on this machine wrote to an output folder, as the user's cache knows it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from ...disk.cache import Cache
from .folder import Written
from .manifest import content_hash

KIND = "written"


def written_to(cache: Cache, output: Path) -> Written:
    """Look up the hashes of all that was written to a folder, by path."""
    content = cache.get(KIND, key_of(output))
    if content is None:
        return {}
    value: dict[str, list[str]] = json.loads(content)
    return {path: frozenset(hashes) for path, hashes in value.items()}


def note_written(cache: Cache, output: Path, files: Mapping[str, str], before: Written) -> None:
    """Note what is, or is about to be, in a folder; `before` is what may be there as well."""
    if not cache.is_open:
        return
    now = {path: frozenset({content_hash(text.encode())}) for path, text in files.items()}
    paths = sorted({*now, *before})
    known = {path: sorted(now.get(path, frozenset()) | before.get(path, frozenset())) for path in paths}
    cache.put(KIND, key_of(output), json.dumps(known).encode())


def key_of(output: Path) -> str:
    """Make the key of a folder: all paths that lead to it have the same one."""
    return hashlib.sha256(os.fsencode(output.resolve())).hexdigest()
