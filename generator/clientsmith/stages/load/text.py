"""The path of a file goes in, its text comes out."""

from __future__ import annotations

import codecs
from pathlib import Path

from ...data.document import Position
from ...data.issues import Issue, Rejected
from ...data.likeness import closest

START = Position(1, 1)
BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def read_text(path: Path, name: str) -> str:
    """Read a file as UTF-8, or as its byte order mark says.

    `name` is what messages call the file. Raises `Rejected`.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        message, hint = why_unreadable(path, error), likely_file(path)
        raise rejected("unreadable-file", message, name, START, hint) from None
    encoding = next((e for mark, e in BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        message = f"the file is no {encoding.removesuffix('-sig').upper()} text"
        place = position_after(before)
        raise rejected("bad-encoding", message, name, place, "save it as UTF-8") from None
    if not text.strip():
        raise rejected("empty-file", "the file is empty", name, START, "is it the right one?")
    return text


def why_unreadable(path: Path, error: OSError | ValueError) -> str:
    """Say in words why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "the file does not exist"
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return "this is a folder, not a file"
    if isinstance(error, PermissionError):
        return "the file may not be read"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"the file cannot be read: {reason or error}"


def likely_file(path: Path) -> str:
    """Name a file that may have been meant."""
    if path.is_dir():
        return "name the file in it"
    try:
        near = sorted(other for other in path.parent.iterdir() if other.is_file())
    except (OSError, ValueError):
        return "the folder does not exist either"
    # Stems are compared: suffixes make any two names alike.
    names = {f"{other.name}/{other.stem}": other.name for other in near}
    meant = closest(f"{path.name}/{path.stem}", names)
    return f"did you mean '{names[meant]}'?" if meant else "check the path, and that you may read it"


def rejected(
    code: str,
    message: str,
    file: str,
    position: Position | None = None,
    hint: str | None = None,
) -> Rejected:
    """Make the exception for one mistake in a file."""
    issue = Issue(code=code, severity="error", message=message, file=file, position=position, hint=hint)
    return Rejected([issue])


def position_after(text: str) -> Position:
    """Give the place right behind a text."""
    line = text.count("\n") + 1
    return Position(line, len(text) - (text.rfind("\n") + 1) + 1)
