"""The formats of a report: text for a terminal, Markdown, JSON and annotations of GitHub Actions.

Messages hold text of documents, which is hostile: each format has its own encoder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from ...data.log_text import one_line, workflow_command
from ...data.text import markdown, markdown_code
from .change_kinds import LEVELS, Level
from .report import Line, Located, Report

FORMATS = ("text", "markdown", "json", "github")
_LISTED = 5
"""Calls that a change lists."""
_GRAVEST_FIRST: tuple[Level, ...] = ("major", "minor", "patch")

Paint = Callable[[str, str], str]


def write_report(report: Report, form: str, paint: Paint) -> str:
    """Write a report in one of `FORMATS`, with a line feed at its end."""
    if form == "json":
        return as_json(report)
    lines = {
        "text": lambda: as_text(report, paint),
        "markdown": lambda: as_markdown(report),
        "github": lambda: as_github(report),
    }
    return "\n".join(lines[form]()) + "\n"


def used_by(located: Located) -> str:
    """List the calls that a change reaches, where its place does not name the only one."""
    uses = located.change.uses
    if not uses or (len(uses) == 1 and located.change.place.startswith(uses[0].removesuffix(")"))):
        return ""
    count = located.change.use_count
    more = f" and {count - _LISTED} more" if count > _LISTED else ""
    return ", ".join(uses[:_LISTED]) + more


def counts(report: Report) -> str:
    """Count the changes of each level."""
    found = [(len(report.of_level(level)), level) for level in _GRAVEST_FIRST]
    return ", ".join(f"{count} {level}" for count, level in found if count) or "no changes"


# --- text ------------------------------------------------------------------------------------------------------------

_PAINTS = {"major": "error", "minor": "warning", "patch": "hint"}


def as_text(report: Report, paint: Paint) -> Iterator[str]:
    """Write a change a paragraph, in the manner of issues."""
    for located in report.changes:
        change = located.change
        level = paint(f"{change.level}:", _PAINTS.get(change.level, "hint"))
        where = paint(f"{one_line(str(located.new))}: ", "place")
        yield f"{where}{level} {one_line(change.place)}: {one_line(change.message)} [{change.kind}]"
        details = [f"old: {located.old}", change.direction or "", f"wire: {change.wire}", f"typing: {change.typing}"]
        yield f"   = {one_line('; '.join(detail for detail in details if detail))}"
        if used_by(located):
            yield f"   = used by: {one_line(used_by(located))}"
    yield counts(report)
    yield one_line(str(report.advice))


# --- Markdown --------------------------------------------------------------------------------------------------------


def as_markdown(report: Report) -> Iterator[str]:
    """Write a section a level, fit for a comment on a pull request."""
    yield f"## API changes: {report.advice.level}"
    yield ""
    for level in _GRAVEST_FIRST:
        found = report.of_level(level)
        if found:
            yield f"### {level.capitalize()} ({len(found)})"
            yield ""
            yield from (f"- {_markdown_item(located)}" for located in found)
            yield ""
    yield f"{markdown(str(report.advice))}"


def _markdown_item(located: Located) -> str:
    change = located.change
    details = [
        str(markdown_code(change.kind)),
        change.direction or "",
        f"{markdown_code(str(located.old))} to {markdown_code(str(located.new))}",
    ]
    uses = used_by(located)
    used = f"; used by {markdown_code(one_line(uses))}" if uses else ""
    described = "; ".join(detail for detail in details if detail)
    return f"{markdown_code(one_line(change.place))}: {markdown(one_line(change.message))} ({described}{used})"


# --- JSON ------------------------------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """Write all, as `docs/diff.schema.json` describes it."""
    advice = report.advice
    value = {
        "level": advice.level,
        "version": {"old": advice.old, "new": advice.new, "next": advice.next, "sufficient": advice.sufficient},
        "changes": [_json_change(located) for located in report.changes],
    }
    return json.dumps(value, indent=2) + "\n"


def _json_change(located: Located) -> dict[str, object]:
    change = located.change
    return {
        "level": change.level,
        "kind": change.kind,
        "place": change.place,
        "message": change.message,
        "direction": change.direction,
        "wire": change.wire,
        "typing": change.typing,
        "old": _json_line(located.old),
        "new": _json_line(located.new),
        "uses": list(change.uses),
        "use_count": change.use_count,
    }


def _json_line(line: Line) -> dict[str, object]:
    return {"file": line.file, "line": line.number}


# --- GitHub Actions --------------------------------------------------------------------------------------------------

_COMMANDS = {"major": "error", "minor": "notice", "patch": "notice"}


def as_github(report: Report) -> Iterator[str]:
    """Write an annotation a change, at its line in the new document."""
    for located in report.changes:
        change = located.change
        properties = {
            "file": located.new.file,
            "line": str(located.new.number),
            "title": f"{change.level}: {change.kind}",
        }
        yield workflow_command(_COMMANDS[change.level], properties, f"{change.place}: {change.message}")
    yield one_line(str(report.advice))


def is_at_least(level: Level, limit: Level) -> bool:
    """Report whether a level is as grave as another one."""
    return LEVELS.index(level) >= LEVELS.index(limit)
