"""An entry in the form of Keep a Changelog: a report and the text of a changelog go in, its new text comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...data.log_text import one_line
from ...data.text import markdown, markdown_code
from .report import Located, Report

HEAD = """\
# Changelog

The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and versions follow
[Semantic Versioning](https://semver.org/).
"""
SECTIONS = ("Added", "Changed", "Deprecated", "Removed")
_ENDINGS = {"-added": "Added", "-given": "Added", "-deprecated": "Deprecated", "-removed": "Removed"}
_RELEASE = re.compile(r"^## (?!\[?Unreleased\b)", re.IGNORECASE | re.MULTILINE)
_SECTION = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_COUNTED = ("text-changed", "version-changed")
"""Kinds that are counted instead of listed."""


def with_entry(text: str, report: Report, date: str) -> str:
    """Add what changed under the next version, whose heading has the date.

    Where the version has an entry already, only lines that it does not have are added to it.
    """
    if report.advice.level == "none":
        return text
    text = text if text.strip() else HEAD
    version = report.advice.new if report.advice.sufficient else report.advice.next or report.advice.new
    heading = re.compile(rf"^## \[?{re.escape(version)}\]?(?![\w.+-]).*$", re.MULTILINE)
    lines = dict(entry_lines(report))
    found = heading.search(text)
    if found is None:
        return _with_release(text, f"## [{version}] - {date}", lines)
    following = _RELEASE.search(text, found.end())
    end = following.start() if following else len(text)
    merged = text[: found.end()] + _merged(text[found.end() : end], lines) + text[end:]
    return f"{merged.rstrip()}\n"


def entry_lines(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Give the lines of each section that has any."""
    sections: dict[str, list[str]] = {name: [] for name in SECTIONS}
    texts = 0
    for located in report.changes:
        if located.change.kind in _COUNTED:
            texts += 1
        else:
            sections[_section_of(located.change.kind)].append(_line(located))
    if texts:
        sections["Changed"].append(f"- Texts in {texts} place{'' if texts == 1 else 's'}.")
    yield from ((name, lines) for name, lines in sections.items() if lines)


def _section_of(kind: str) -> str:
    return next((section for ending, section in _ENDINGS.items() if kind.endswith(ending)), "Changed")


def _line(located: Located) -> str:
    change = located.change
    breaking = "**Breaking:** " if change.level == "major" else ""
    return f"- {breaking}{markdown_code(one_line(change.place))}: {markdown(one_line(change.message))}."


def _with_release(text: str, heading: str, sections: dict[str, list[str]]) -> str:
    """Put a release before all others, after what is not released."""
    written = "\n".join(_section(name, lines) for name, lines in sections.items())
    entry = f"{heading}\n\n{written}"
    first = _RELEASE.search(text)
    if first is None:
        return f"{text.rstrip()}\n\n{entry}"
    return f"{text[: first.start()]}{entry}\n{text[first.start() :]}"


def _section(name: str, lines: list[str]) -> str:
    return f"### {name}\n\n" + "\n".join(lines) + "\n"


def _merged(body: str, sections: dict[str, list[str]]) -> str:
    """Add lines to the sections of a release."""
    known = set(body.splitlines())
    for name, lines in sections.items():
        fresh = [line for line in lines if line not in known]
        if not fresh:
            continue
        found = next((match for match in _SECTION.finditer(body) if match[1] == name), None)
        if found is None:
            body = f"{body.rstrip()}\n\n{_section(name, fresh)}\n"
            continue
        following = _SECTION.search(body, found.end())
        end = following.start() if following else len(body)
        section = body[found.start() : end].rstrip()
        body = f"{body[: found.start()]}{section}\n" + "\n".join(fresh) + f"\n\n{body[end:]}"
    return f"{body.rstrip()}\n\n"
