"""The path of a file goes in, its text comes out."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ...data.document import Position
from ...data.issues import Rejected, rejected
from ...data.settings import MAX_DOCUMENT_SIZE
from ...data.suggestions import closest
from ...disk.regular import NotRegular, TooLarge, read_noted

START = Position(1, 1)
BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def read_text(path: Path, name: str, most: int = MAX_DOCUMENT_SIZE) -> str:
    """Read a regular file of at most `most` bytes as UTF-8, or as its byte order mark says.

    `name` is what messages call the file.

    Raises:
        Rejected: it cannot be read, is too large, or is no text.
    """
    try:
        content = read_noted(path, most)
    except TooLarge:
        raise too_large(name, most) from None
    except (OSError, ValueError) as error:
        message, hint = why_unreadable(path, error), what_to_do(path, error)
        raise rejected("unreadable-file", message, file=name, hint=hint) from None
    return decoded(content, name)


def decoded(content: bytes, name: str) -> str:
    """Take bytes as UTF-8, or as their byte order mark says.

    Raises:
        Rejected: they are no text, or nothing but blanks.
    """
    encoding = next((e for mark, e in BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        message = f"the file is no {encoding.removesuffix('-sig').upper()} text"
        place = position_after(before)
        raise rejected("bad-encoding", message, file=name, position=place, hint="save it as UTF-8") from None
    if not text.strip():
        raise rejected("empty-file", "the file is empty", file=name, hint="is it the right one?")
    return text


def too_large(name: str, most: int) -> Rejected:
    """Make the exception for a file that has too many bytes."""
    hint = f"a larger 'max_document_size' in the settings, in megabytes, takes it; it is {most / 1_000_000:g} now"
    return rejected("too-large", f"the file has more than {most:,} bytes", file=name, position=START, hint=hint)


def why_unreadable(path: Path, error: OSError | ValueError) -> str:
    """Explain why a file cannot be read."""
    if is_url(str(path)):
        return "this is on the network, which is not asked here"
    if isinstance(error, FileNotFoundError):
        return "the file does not exist"
    if isinstance(error, NotRegular) or is_folder(path):
        return f"this is {error.kind if isinstance(error, NotRegular) else 'a folder'}, not a file"
    if isinstance(error, PermissionError):
        return "the file may not be read"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"the file cannot be read: {reason or error}"


def what_to_do(path: Path, error: OSError | ValueError) -> str:
    """Explain what to do about a file that cannot be read."""
    if is_url(str(path)):
        return "download the document, and name that file"
    if str(path) == "-":
        return "standard input is not read here: name a file"
    if is_folder(path):
        return "name the file in it"
    if isinstance(error, NotRegular):
        return "write what it gives to a file, and name that"
    if isinstance(error, PermissionError):
        return "change the permissions of the file, or of the folders around it"
    if not is_folder(path.parent):
        return f"there is no folder '{path.parent}' either: check the path"
    return likely_file(path)


def is_folder(path: Path) -> bool:
    """Report whether a path leads to a folder; not, where it cannot be followed."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_url(text: str) -> bool:
    """Distinguish a URL, or what is left of one as a path, from a path; a drive has one letter."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", text) is not None


def likely_file(path: Path) -> str:
    """Name a file that may have been meant."""
    try:
        near = sorted(other for other in path.parent.iterdir() if other.is_file())
    except (OSError, ValueError):
        near = []
    # Stems are compared: suffixes make any two names alike.
    names = {f"{other.name}/{other.stem}": other.name for other in near}
    meant = closest(f"{path.name}/{path.stem}", names)
    return f"did you mean '{names[meant]}'?" if meant else "check the path"


def position_after(text: str) -> Position:
    """Give the place right behind a text."""
    line = text.count("\n") + 1
    return Position(line, len(text) - (text.rfind("\n") + 1) + 1)
