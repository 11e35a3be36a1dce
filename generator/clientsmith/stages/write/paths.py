"""Which paths a package can have, and which names are temporary ones of ours."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from ...data.output import MANIFEST
from ...data.reserved import is_device

NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
LONGEST = 255
"""Bytes of a name on most systems."""
TEMPORARY_FILE = re.compile(r"\..+\.clientsmith-[0-9a-f]{16}\.tmp")


def is_plain(path: str) -> bool:
    """Report whether a path can be one of a package, and means the same file inside its folder on any system.

    It is relative, normalised, without hidden parts (the manifest alone is hidden), and without names that Windows
    takes for devices or changes.
    """
    parts = path.split("/")
    if path == MANIFEST:
        return True
    return str(PurePosixPath(path)) == path and all(is_plain_name(part) for part in parts)


def is_plain_name(name: str) -> bool:
    """Report whether one part of a path is a plain name."""
    if not name or name.startswith(".") or name.endswith((".", " ")) or NOT_IN_NAMES.search(name):
        return False
    try:
        is_short = len(name.encode()) <= LONGEST
    except UnicodeEncodeError:
        return False
    return is_short and not is_device(name)


def are_distinct(paths: Iterable[str]) -> bool:
    """Report whether no two paths are one where upper and lower case, or compositions of characters, are the same."""
    folded = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    return len(folded) == len(set(folded))


# --- temporary names -------------------------------------------------------------------------------------------------


def new_token() -> str:
    """Make a part of temporary names that no other run has."""
    return secrets.token_hex(8)


def temporary(name: str, token: str) -> str:
    """Name a file or a folder that a run needs for a moment, beside the one that it becomes."""
    return f".{name}.clientsmith-{token}.tmp"


def set_aside(name: str, token: str) -> str:
    """Name the old folder while there is neither it nor the new one, where they cannot change places at once."""
    return f".{name}.clientsmith-{token}.old"


def is_temporary(path: str) -> bool:
    """Report whether a path inside the folder is one that an ended run has left."""
    return TEMPORARY_FILE.fullmatch(path.rpartition("/")[2]) is not None


def leftover_of(name: str) -> re.Pattern[str]:
    """Describe the names that runs give to folders beside that of a package."""
    return re.compile(rf"\.{re.escape(name)}\.clientsmith-[0-9a-f]{{16}}\.(tmp|old)")
