"""How many issues are written, and what they cost."""

from __future__ import annotations

import re

import pytest

from clientsmith import reporting
from clientsmith.data.document import Document, Documents, Pointer, Position
from clientsmith.data.issues import Issue, Severity
from clientsmith.reporting import MOST, issue_lines

TEXT = "".join(f"line {number}\n" for number in range(1, 1001))


def documents() -> Documents:
    document = Document(
        name="pets.yaml",
        file="",
        text=TEXT,
        value=None,
        scan=lambda text: {f"/{n}": Position(n, 1) for n in range(1000)},
    )
    return Documents(root=document, files={"": document}, references=())


def issue(line: int, severity: Severity = "error", code: str = "bad") -> Issue:
    return Issue(code=code, severity=severity, message=f"issue {line}", pointer=Pointer(f"/{line}"))


def test_so_many_issues_are_written_and_the_others_counted() -> None:
    issues = [issue(line) for line in range(999, 0, -1)]
    lines = issue_lines(issues, documents())
    assert [line.split(":")[1] for line in lines if "error" in line] == [str(n) for n in range(1, MOST + 1)]
    assert lines[-1] == "and 799 more: 799 [bad]"
    assert issue_lines(issues[:MOST], documents())[-1].startswith(" > ")


def test_errors_are_written_before_warnings() -> None:
    issues = [issue(line, "warning", "odd") for line in range(1, 500)] + [issue(900), issue(901)]
    lines = issue_lines(issues, documents())
    assert sum("warning: " in line for line in lines) == MOST - 2
    assert sum("error: " in line for line in lines) == 2
    assert lines[-1] == "and 301 more: 301 [odd]"


def test_a_text_is_split_once(monkeypatch: pytest.MonkeyPatch) -> None:
    split: list[str] = []
    original = reporting.lines_of
    monkeypatch.setattr(reporting, "lines_of", lambda text: split.append(text) or original(text))
    lines = issue_lines([issue(line) for line in range(1, 150)], documents())
    assert split == [TEXT]
    assert len([line for line in lines if re.match(" > ", line)]) == 149


def test_a_long_message_is_cut() -> None:
    long = Issue(code="bad", severity="error", message="m" * 10**6, hint="h" * 10**6, detail=("d" * 10**6,))
    lines = issue_lines([long], documents())
    assert [len(line) for line in lines] == [2013, 2005, 2011]
