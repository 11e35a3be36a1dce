"""Issues go in; the text that a person reads comes out. What a document says never reaches the terminal as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from .data.document import Document, Documents, Pointer, Position
from .data.issues import Issue
from .data.log_text import workflow_command
from .data.settings import MAX_DOCUMENT_SIZE
from .data.text import visible
from .disk.regular import read_regular

WIDEST = 160
"""Columns of a source line that are displayed."""

LONGEST = 2000
"""Characters of a message, of a hint and of each further line: they may quote any text of the document."""

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


def annotation_lines(issues: Iterable[Issue], documents: Documents | None, workspace: Path) -> list[str]:
    """Write issues as commands for the log of GitHub Actions, in the order of `issue_lines` and as many of them.

    Actions knows files by their paths in the workspace.
    """
    sources: Sources = {}
    located = sorted((located_issue(issue, documents, sources) for issue in issues), key=lambda found: found.order)
    located.sort(key=lambda found: found.issue.severity)
    return [found.annotation(workspace) for found in located[:MOST]]


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
        where = f"{visible(self.file)}{place}: " if self.file else ""
        severity = paint(f"{issue.severity}:", issue.severity)
        message = f"{displayable(issue.message)} [{issue.code}]"
        lines = [f"{paint(where, 'place')}{severity} {message}", *self.excerpt()]
        lines += [f"   | {displayable(line)}" for line in issue.detail]
        if issue.hint:
            lines.append(f"   {paint('= hint:', 'hint')} {displayable(issue.hint)}")
        return lines

    def annotation(self, workspace: Path) -> str:
        """Write the issue and its hint as an annotation at its line."""
        properties = {"file": within(workspace, self.file)} if self.file else {}
        if self.position is not None:
            properties |= {"line": str(self.position.line), "col": str(self.position.column)}
        message = f"{self.issue.message} ({self.issue.hint})" if self.issue.hint else self.issue.message
        return workflow_command(self.issue.severity, {**properties, "title": self.issue.code}, message)

    def excerpt(self) -> list[str]:
        """Show the line, and the one before it."""
        lines = self.source
        if self.position is None or not 0 < self.position.line <= len(lines):
            return []
        number = self.position.line
        width = len(str(number))
        first = first_column(self.position.column)
        found = []
        if number > 1 and lines[number - 2].strip() and len(lines[number - 2]) <= WIDEST:
            found.append(f"   {number - 1:>{width}} | {cut_line(lines[number - 2], 0)}".rstrip())
        found.append(f" > {number} | {cut_line(lines[number - 1], first)}".rstrip())
        return found


def displayable(text: str) -> str:
    """Write a text for a terminal, cut where it is too long."""
    return visible(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...")


def within(folder: Path, file: str) -> str:
    """Give the path of a file in a folder; as it is where it is elsewhere, or no path at all."""
    try:
        return Path(file).resolve().relative_to(folder.resolve()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return file


def located_issue(issue: Issue, documents: Documents | None, sources: Sources | None = None) -> LocatedIssue:
    """Find file, position and lines of an issue; `sources` keeps the lines for the next one."""
    sources = {} if sources is None else sources
    pointer = issue.pointer
    if pointer is not None and documents is not None and pointer.file in documents.files:
        document, position = place_of(pointer, issue.position, documents)
        if document.name not in sources:
            sources[document.name] = lines_of(document.text)
        return LocatedIssue(issue, document.name, position, sources[document.name])
    file = issue.file or ""
    if file and issue.position is not None and file not in sources:
        sources[file] = lines_of(text_of(file))
    return LocatedIssue(issue, file, issue.position, sources.get(file, ()) if issue.position is not None else ())


def place_of(pointer: Pointer, position: Position | None, documents: Documents) -> tuple[Document, Position]:
    """Find file and position of a place. What `load` reports has a position: its place is one in the file as read."""
    return documents.locate(pointer) if position is None else (documents.files[pointer.file], position)


def lines_of(text: str) -> Sequence[str]:
    """Split a text as editors do."""
    return re.split("\r\n|\r|\n", text)


def text_of(file: str) -> str:
    """Read a file that is no part of the document, for its lines; nothing where it cannot be read."""
    try:
        return read_regular(Path(file), MAX_DOCUMENT_SIZE).decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def first_column(column: int) -> int:
    """Choose where the displayed part of a long line starts."""
    return max(0, column - WIDEST // 2) if column > WIDEST - 20 else 0


def cut_line(line: str, first: int) -> str:
    """Cut a line to what fits. A tab takes one column, as columns are counted."""
    cut = line[first : first + WIDEST].replace("\t", "\u2192")
    before = "..." if first else ""
    after = "..." if len(line) > first + WIDEST else ""
    return f"{before}{visible(cut)}{after}"
