"""Issues go in; the text that a person reads comes out. What a document says never reaches the terminal as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from .data.document import Document, Documents, Pointer, Position
from .data.issues import Issue
from .data.text import visible

WIDEST = 160
"""Columns of a source line that are displayed."""

Paint = Callable[[str, str], str]
"""Colours a text in the manner of its second argument: `error`, `warning`, `hint` or `place`."""


def plain(text: str, style: str) -> str:
    """Paint nothing."""
    return text


def issue_lines(issues: Iterable[Issue], documents: Documents | None, paint: Paint = plain) -> list[str]:
    """Write all issues, sorted by place."""
    located = sorted((located_issue(issue, documents) for issue in issues), key=lambda found: found.order)
    return [line for found in located for line in found.lines(paint)]


class LocatedIssue:
    """An issue with the file and the line that it is about."""

    def __init__(self, issue: Issue, file: str, position: Position | None, text: str | None) -> None:
        self.issue = issue
        self.file = file
        self.position = position
        self.text = text

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What issues are sorted by."""
        position = self.position or Position(0, 0)
        return self.file, position.line, position.column, self.issue.code, self.issue.message

    def lines(self, paint: Paint) -> list[str]:
        """Write the issue, its place in the source and its hint."""
        issue = self.issue
        place = f":{self.position.line}:{self.position.column}" if self.position else ""
        where = f"{visible(self.file)}{place}: " if self.file else ""
        severity = paint(f"{issue.severity}:", issue.severity)
        message = f"{visible(issue.message)} [{issue.code}]"
        lines = [f"{paint(where, 'place')}{severity} {message}", *self.excerpt()]
        if issue.hint:
            lines.append(f"   {paint('= hint:', 'hint')} {visible(issue.hint)}")
        return lines

    def excerpt(self) -> list[str]:
        """Show the line, and the one before it."""
        if self.position is None or self.text is None:
            return []
        lines = re.split("\r\n|\r|\n", self.text)
        number = self.position.line
        if not 0 < number <= len(lines):
            return []
        width = len(str(number))
        first = first_column(self.position.column)
        found = []
        if number > 1 and lines[number - 2].strip() and len(lines[number - 2]) <= WIDEST:
            found.append(f"   {number - 1:>{width}} | {cut_line(lines[number - 2], 0)}".rstrip())
        found.append(f" > {number} | {cut_line(lines[number - 1], first)}".rstrip())
        return found


def located_issue(issue: Issue, documents: Documents | None) -> LocatedIssue:
    """Find file, position and text of an issue."""
    pointer = issue.pointer
    if pointer is not None and documents is not None and pointer.file in documents.files:
        document, position = place_of(pointer, issue.position, documents)
        return LocatedIssue(issue, document.name, position, document.text)
    if issue.file is not None and issue.position is not None:
        return LocatedIssue(issue, issue.file, issue.position, text_of(issue.file))
    return LocatedIssue(issue, issue.file or "", issue.position, None)


def place_of(pointer: Pointer, position: Position | None, documents: Documents) -> tuple[Document, Position]:
    """Find file and position of a place. What `load` reports has a position: its place is one in the file as read."""
    return documents.locate(pointer) if position is None else (documents.files[pointer.file], position)


def text_of(file: str) -> str | None:
    """Read a file that is no part of the document, for its lines."""
    try:
        return Path(file).read_text("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return None


def first_column(column: int) -> int:
    """Choose where the displayed part of a long line starts."""
    return max(0, column - WIDEST // 2) if column > WIDEST - 20 else 0


def cut_line(line: str, first: int) -> str:
    """Cut a line to what fits. A tab takes one column, as columns are counted."""
    cut = line[first : first + WIDEST].replace("\t", "\u2192")
    before = "..." if first else ""
    after = "..." if len(line) > first + WIDEST else ""
    return f"{before}{visible(cut)}{after}"
