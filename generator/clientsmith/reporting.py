"""Issues go in; the text that a person reads comes out. What a document says never reaches the terminal as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from .data.document import Documents, Position
from .data.issues import Issue
from .data.settings import MAX_DOCUMENT_SIZE
from .disk.regular import read_regular

UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that turn the direction of writing."""
WIDEST = 160
"""Columns of a source line that are displayed."""

MOST = 200
"""Issues that are written out; the others are counted."""

Sources = dict[str, Sequence[str]]
"""The lines of files by name: each is split once, however many issues it has."""

Paint = Callable[[str, str], str]
"""Colours a text in the manner of its second argument: `error`, `warning`, `hint` or `place`."""


def plain(text: str, style: str) -> str:
    """Paint nothing."""
    return text


def issue_lines(issues: Iterable[Issue], documents: Documents | None, paint: Paint = plain) -> list[str]:
    """Write issues, sorted by place: at most `MOST`, errors before warnings if they are more, and count the others."""
    sources: Sources = {}
    located = sorted((located_issue(issue, documents, sources) for issue in issues), key=lambda found: found.order)
    if len(located) > MOST:
        located.sort(key=lambda found: found.issue.severity)
    written = sorted(located[:MOST], key=lambda found: found.order)
    return [*(line for found in written for line in found.lines(paint)), *more(located[MOST:])]


def more(issues: list[LocatedIssue]) -> list[str]:
    """Count the issues that are not written out, by code."""
    if not issues:
        return []
    codes = Counter(found.issue.code for found in issues)
    counts = ", ".join(f"{count} [{code}]" for code, count in sorted(codes.items()))
    return [f"and {len(issues):,} more: {counts}"]


class LocatedIssue:
    """An issue with the file and the line that it is about."""

    def __init__(self, issue: Issue, file: str, position: Position | None, source: Sequence[str]) -> None:
        self.issue = issue
        self.file = file
        self.position = position
        self.source = source
        """The lines of the file; none where it has no text."""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What issues are sorted by."""
        position = self.position or Position(0, 0)
        return self.file, position.line, position.column, self.issue.code, self.issue.message

    def lines(self, paint: Paint) -> list[str]:
        """Write the issue, its place in the source and its hint."""
        issue = self.issue
        place = f":{self.position.line}:{self.position.column}" if self.position else ""
        where = f"{printable(self.file)}{place}: " if self.file else ""
        severity = paint(f"{issue.severity}:", issue.severity)
        message = f"{printable(issue.message)} [{issue.code}]"
        lines = [f"{paint(where, 'place')}{severity} {message}", *self.excerpt()]
        if issue.hint:
            lines.append(f"   {paint('= hint:', 'hint')} {printable(issue.hint)}")
        return lines

    def excerpt(self) -> list[str]:
        """Show the line, and the one before it."""
        lines = self.source
        if self.position is None or not 0 < self.position.line <= len(lines):
            return []
        number = self.position.line
        width = len(str(number))
        first = first_displayed(self.position.column)
        found = []
        if number > 1 and lines[number - 2].strip() and len(lines[number - 2]) <= WIDEST:
            found.append(f"   {number - 1:>{width}} | {displayed(lines[number - 2], 0)}".rstrip())
        found.append(f" > {number} | {displayed(lines[number - 1], first)}".rstrip())
        return found


def located_issue(issue: Issue, documents: Documents | None, sources: Sources | None = None) -> LocatedIssue:
    """Find file, position and lines of an issue; `sources` keeps the lines for the next one."""
    sources = {} if sources is None else sources
    pointer = issue.pointer
    if pointer is not None and documents is not None and pointer.file in documents.files:
        document = documents.files[pointer.file]
        if document.name not in sources:
            sources[document.name] = lines_of(document.text)
        position = issue.position or document.position(pointer.path)
        return LocatedIssue(issue, document.name, position, sources[document.name])
    file = issue.file or ""
    if file and issue.position is not None and file not in sources:
        sources[file] = lines_of(text_of(file))
    return LocatedIssue(issue, file, issue.position, sources.get(file, ()) if issue.position is not None else ())


def lines_of(text: str) -> Sequence[str]:
    """Split a text as editors do."""
    return re.split("\r\n|\r|\n", text)


def text_of(file: str) -> str:
    """Read a file that is no part of the document, for its lines; nothing where it cannot be read."""
    try:
        return read_regular(Path(file), MAX_DOCUMENT_SIZE).decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def first_displayed(column: int) -> int:
    """Choose where the displayed part of a long line starts."""
    return max(0, column - WIDEST // 2) if column > WIDEST - 20 else 0


def displayed(line: str, first: int) -> str:
    """Cut a line to what fits. A tab is displayed as one column wide, as columns are counted."""
    cut = line[first : first + WIDEST].replace("\t", "\u2192")
    before = "..." if first else ""
    after = "..." if len(line) > first + WIDEST else ""
    return f"{before}{printable(cut)}{after}"


def printable(text: str) -> str:
    """Write characters that a terminal obeys as escapes."""
    return UNPRINTABLE.sub(escaped, text.replace("\t", " "))


def escaped(found: re.Match[str]) -> str:
    """Write one character as Python does."""
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
