"""A patch goes in, a unified diff comes out, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from ...data.document import Position
from ...data.edits import Hunk, HunkLine, LineKind, Patch, lines_of
from ...data.issues import Rejected, rejected

HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: (.*))?")
NO_NEWLINE = "\\ No newline at end of file"


def patch_text(patch: Patch) -> str:
    """Write a patch: the same patch has the same bytes everywhere, without a time or a place."""
    shift = 0
    parts = [f"--- a/{patch.path}\n", f"+++ b/{patch.path}\n"]
    for hunk in patch.hunks:
        new = sum(line.kind != "-" for line in hunk.lines)
        label = f" {hunk.label}" if hunk.label else ""
        parts.append(f"@@ -{span(hunk.start, len(hunk.old))} +{span(hunk.start + shift, new)} @@{label}\n")
        parts += [written_line(line) for line in hunk.lines]
        shift += new - len(hunk.old)
    return "".join(parts)


def span(start: int, count: int) -> str:
    """Write where lines begin and how many there are, as `diff -u` does."""
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def written_line(line: HunkLine) -> str:
    """Write one line of a hunk."""
    text = f"{line.kind}{line.text}"
    return text if text.endswith("\n") else f"{text}\n{NO_NEWLINE}\n"


def read_patch(text: str, path: str, file: str) -> Patch:
    """Read the patch of one file.

    Raises:
        Rejected: the text is no such patch.
    """
    lines = [line.removesuffix("\n") for line in lines_of(text)]
    for number, expected in enumerate((f"--- a/{path}", f"+++ b/{path}"), 1):
        if lines[number - 1 : number] != [expected]:
            hint = "its name says which file it changes: PATH.patch"
            raise bad_patch(file, number, f"the patch must have '{expected}' here", hint)
    hunks = tuple(read_hunks(lines, file))
    if not hunks:
        raise bad_patch(file, len(lines), "the patch changes nothing")
    return Patch(path=path, file=file, hunks=hunks)


def read_hunks(lines: Sequence[str], file: str) -> Iterator[Hunk]:
    """Read what follows the names.

    Raises:
        Rejected: a line is not what it must be there.
    """
    number, last = 2, 0
    while number < len(lines):
        found = HUNK.fullmatch(lines[number])
        if found is None:
            raise bad_patch(file, number + 1, "a hunk must begin here, like '@@ -1,3 +1,4 @@'")
        old_count, new_count = (1 if count is None else int(count) for count in (found[2], found[4]))
        start = int(found[1]) - (1 if old_count else 0)
        if start < last or not old_count:
            raise bad_patch(
                file, number + 1, "hunks must follow the order of the file, each with lines around its change"
            )
        body = read_body(lines, number + 1, old_count, new_count, file)
        hunk = Hunk(start=start, label=found[5] or "", lines=tuple(body), number=number + 1)
        if not hunk.changes:
            raise bad_patch(file, number + 1, "the hunk changes nothing")
        yield hunk
        last = start + old_count
        number += 1 + sum(1 if line.text.endswith("\n") else 2 for line in body)


def read_body(lines: Sequence[str], number: int, old: int, new: int, file: str) -> list[HunkLine]:
    """Read the lines of a hunk, as many as its head says.

    Raises:
        Rejected: there are fewer, or others.
    """
    found: list[HunkLine] = []
    while old > 0 or new > 0:
        line = lines[number] if number < len(lines) else None
        kind = " " if line == "" else (line or "\\")[0]  # Editors take the blank from a line that has nothing else.
        if line is None or kind not in " -+" or (kind != "+" and old == 0) or (kind != "-" and new == 0):
            raise bad_patch(file, min(number + 1, len(lines)), "the hunk has other lines than its first one says")
        old -= kind != "+"
        new -= kind != "-"
        ends = lines[number + 1 : number + 2] == [NO_NEWLINE]
        found.append(HunkLine(cast("LineKind", kind), line[1:] if ends else f"{line[1:]}\n"))
        number += 2 if ends else 1
    return found


def bad_patch(file: str, line: int, message: str, hint: str | None = None) -> Rejected:
    """Make the exception for a text that is no patch."""
    again = "generate from an older copy of it, or drop it: clientsmith edits drop"
    return rejected("bad-patch", message, file=file, position=Position(max(line, 1), 1), hint=hint or again)
