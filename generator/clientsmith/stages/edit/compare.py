"""A generated file and its edited form go in; the patch that makes one of the other comes out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...data.edits import Hunk, HunkLine, Patch, lines_of
from .patch_text import patch_text, read_patch
from .scopes import Scope, Scopes

CONTEXTS = (3, 6, 12, 25, 50)
"""Lines around a change: the fewest of these that stand in one place only of the definition."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines `[start, end)` of the generated file are `lines` in the edited one."""

    start: int
    end: int
    lines: tuple[str, ...]


def make_patch(path: str, file: str, generated: str, edited: str) -> Patch | None:
    """Compare a file with its edited form; None where they are equal."""
    old, new = lines_of(generated), lines_of(edited)
    if old == new:
        return None
    scopes = Scopes(path, generated)
    found = [outermost(difference, old, scopes) for difference in differences(old, new)]
    hunks: list[Hunk] = []
    for context in CONTEXTS:
        hunks = list(make_hunks(found, old, scopes, context))
        if all(is_unique(hunk, old) for hunk in hunks):
            break
    # Only as a text does a patch have lines, which messages name.
    return read_patch(patch_text(Patch(path=path, file=file, hunks=tuple(hunks))), path, file)


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """List what differs."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield Difference(old_start, old_end, tuple(new[new_start:new_end]))


def outermost(difference: Difference, old: Sequence[str], scopes: Scopes) -> Difference:
    """Describe added lines so that they stand in the outermost scope that they can.

    A method that is added behind another one may end as that does: a diff can as well show it as added inside it.
    """
    candidates = [difference]
    if difference.start == difference.end:
        lines, at = difference.lines, difference.start
        while at > 0 and lines and old[at - 1] == lines[-1]:
            at, lines = at - 1, (lines[-1], *lines[:-1])
            candidates.append(Difference(at, at, lines))
        lines, at = difference.lines, difference.start
        while at < len(old) and lines and old[at] == lines[0]:
            at, lines = at + 1, (*lines[1:], lines[0])
            candidates.append(Difference(at, at, lines))
    return max(candidates, key=lambda found: scopes.around(found.start, found.end).size)


def make_hunks(found: Sequence[Difference], old: Sequence[str], scopes: Scopes, context: int) -> Iterator[Hunk]:
    """Write differences as hunks, with lines around them."""
    groups = grouped(found, scopes, context)
    free = 0
    for index, (_, group) in enumerate(groups):
        end = groups[index + 1][1][0].start if index + 1 < len(groups) else len(old)
        start = max(free, group[0].start - context)
        # What lies between two hunks is split, so that they never share a line.
        gap = end - group[-1].end
        free = group[-1].end + min(context, gap if index + 1 == len(groups) else gap // 2)
        label = scopes.around(group[0].start, group[-1].end).label
        yield make_hunk(label, group, old, start, free)


def grouped(found: Sequence[Difference], scopes: Scopes, context: int) -> list[tuple[Scope, list[Difference]]]:
    """Put differences together that are close and in one scope, or that have no two lines between them."""
    groups: list[tuple[Scope, list[Difference]]] = []
    for difference in found:
        scope = scopes.around(difference.start, difference.end)
        gap = difference.start - groups[-1][1][-1].end if groups else 0
        if groups and (gap < 2 or (groups[-1][0] == scope and gap <= 2 * context)):
            together = [*groups[-1][1], difference]
            groups[-1] = (scopes.around(together[0].start, difference.end), together)
        else:
            groups.append((scope, [difference]))
    return groups


def make_hunk(label: str, group: Sequence[Difference], old: Sequence[str], start: int, end: int) -> Hunk:
    """Write one hunk over the lines `[start, end)`."""
    lines: list[HunkLine] = []
    at = start
    for difference in group:
        lines += [HunkLine(" ", text) for text in old[at : difference.start]]
        lines += [HunkLine("-", text) for text in old[difference.start : difference.end]]
        lines += [HunkLine("+", text) for text in difference.lines]
        at = difference.end
    lines += [HunkLine(" ", text) for text in old[at:end]]
    return Hunk(start=start, label=label, lines=tuple(lines))


def is_unique(hunk: Hunk, old: Sequence[str]) -> bool:
    """Report whether the old lines of a hunk stand in one place only."""
    return len(places_of(hunk.old, old)) == 1


def places_of(wanted: Sequence[str], lines: Sequence[str]) -> list[int]:
    """List the indexes where lines stand, one behind the other."""
    # Texts are searched many times as fast as lists of lines.
    text, part = "".join(lines), "".join(wanted)
    starts = {offset: index for index, offset in enumerate(accumulate(map(len, lines), initial=0))}
    found: list[int] = []
    at = text.find(part) if part else -1
    while at >= 0:
        if at in starts and at + len(part) in starts:
            found.append(starts[at])
        at = text.find(part, at + 1)
    return found
