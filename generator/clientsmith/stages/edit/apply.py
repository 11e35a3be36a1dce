"""The generated files and the patches go in; the files with their edits come out."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...data.document import Position
from ...data.edits import Patch, lines_of
from ...data.issues import Found, Issue
from ...data.output import GENERATED, MANIFEST
from ...data.suggestions import did_you_mean
from .place import Location, Misfit, place
from .scopes import Scopes

RUNTIME = "_core/"
MOST_LINES = 12
"""Lines of each side that a report shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """Files with their edits."""

    files: Mapping[str, str]
    """All of them, edited or not."""
    effective: tuple[Patch, ...] = ()
    """The patches that make a difference."""
    needless: tuple[Patch, ...] = ()
    """Those that make none: what is generated holds the same by now."""


def apply_patches(files: Mapping[str, str], patches: Sequence[Patch]) -> Found[Edited]:
    """Edit files; all that does not fit is in the issues."""
    edited = dict(files)
    issues: list[Issue] = []
    effective: list[Patch] = []
    for patch in patches:
        problem = why_not(patch.path, files)
        if problem is not None:
            issues.append(misplaced(patch, problem, files))
            continue
        found = apply_patch(patch, files[patch.path])
        issues += found.issues
        if found.value != files[patch.path]:
            effective.append(patch)
            edited[patch.path] = found.value
    needless = () if issues else tuple(patch for patch in patches if patch not in effective)
    return Found(Edited(files=edited, effective=tuple(effective), needless=needless), tuple(issues))


def why_not(path: str, files: Mapping[str, str]) -> str | None:
    """Explain why a file cannot be edited; None where it can."""
    if path.startswith(RUNTIME):
        return "it is a part of the runtime, which is the same in all clients"
    if path not in files or path == MANIFEST:
        return "it is not generated"
    return None if files[path] else "it is always empty"


def misplaced(patch: Patch, problem: str, files: Mapping[str, str]) -> Issue:
    """Report a patch of what cannot be edited."""
    drop = f"clientsmith edits drop leaves it out: '{patch.path}'"
    core = "a base class in 'custom/' can do the same (docs/edits.md)"
    hint = core if patch.path.startswith(RUNTIME) else did_you_mean(patch.path, files) or drop
    message = f"'{patch.path}' cannot be edited: {problem}"
    return Issue(
        code="misplaced-edit", severity="error", message=message, file=patch.file, position=Position(1, 1), hint=hint
    )


def apply_patch(patch: Patch, text: str) -> Found[str]:
    """Edit one file. Where a hunk does not fit, the file comes back as it was."""
    lines = lines_of(text)
    scopes = Scopes(patch.path, text)
    located: list[Location] = []
    issues: list[Issue] = []
    for hunk in patch.hunks:
        try:
            located += place(hunk, lines, scopes)
        except Misfit as misfit:
            issues.append(unfit(patch, hunk.label, misfit, lines))
    located.sort(key=lambda found: (found.start, found.end))
    for one, other in pairwise(located):
        if other.start < one.end:
            crossing = Misfit("it meets another edit in the same lines", other.change, other.start, other.end)
            issues.append(unfit(patch, "", crossing, lines))
    if issues:
        return Found(text, tuple(issues))
    edited, origins = put_together(lines, located)
    return Found(edited, tuple(conformance(patch.path, edited, patch.file, origins)))


def put_together(lines: Sequence[str], located: Sequence[Location]) -> tuple[str, Mapping[int, int]]:
    """Put new lines in their places; give the text, and which line of the patch a line of it stands in, from 1."""
    made: list[str] = []
    origins: dict[int, int] = {}
    at = 0
    for found in located:
        made += lines[at : found.start]
        for text, number in zip(found.change.lines, found.change.added_at, strict=True):
            made.append(text)
            origins[len(made)] = number
        at = found.end
    made += lines[at:]
    # A line that ended its file without a line feed may stand before others now.
    return "".join([*(line if line.endswith("\n") else f"{line}\n" for line in made[:-1]), *made[-1:]]), origins


# --- what an edited file must be -------------------------------------------------------------------------------------


def conformance(path: str, text: str, file: str, origins: Mapping[int, int]) -> list[Issue]:
    """Hold an edited file against what every generated one is: Python where it is called so, with its first line.

    `file` is what the report names, and `origins` gives its line for a line of the text.
    """
    problem, line = None, 1
    if GENERATED not in "".join(lines_of(text)[:2]):
        problem = f"'{path}' must keep its first line, which says that it is generated"
    elif path.endswith(".py"):
        found = syntax_error(text)
        if found is not None:
            problem, line = f"'{path}' is no longer Python, in line {found[1]}: {found[0]}", found[1]
    if problem is None:
        return []
    number = origins.get(line) or min(origins.values(), default=line)
    hint = "change the edit so that the file can be imported" if line > 1 else "undo that part of the edit"
    return [
        Issue(code="bad-edit", severity="error", message=problem, file=file, position=Position(number, 1), hint=hint)
    ]


def syntax_error(text: str) -> tuple[str, int] | None:
    """Find what keeps a text from being Python, and its line; None where nothing does."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<edited>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.msg, error.lineno or 1
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or "too deeply nested", 1
    return None


# --- issues ----------------------------------------------------------------------------------------------------------


def unfit(patch: Patch, label: str, misfit: Misfit, lines: Sequence[str]) -> Issue:
    """Report a change that has no place, with both sides of it."""
    where = f" of '{label}'" if label else ""
    generated = list(lines[misfit.start : misfit.end])
    detail = [f"edited ({patch.file}:{misfit.change.number}):", *side(misfit.change.lines, "the lines are removed")]
    if generated:
        detail += [f"generated now ({patch.path}:{misfit.start + 1}):", *side(generated, "")]
    return Issue(
        code="unfit-edit",
        severity="error",
        message=f"the edit{where} in '{patch.path}' no longer fits: {misfit.reason}",
        file=patch.file,
        position=Position(misfit.change.number, 1),
        detail=tuple(detail),
        hint="change the patch, or drop it (clientsmith edits drop), generate, edit again and save",
    )


def side(lines: Sequence[str], otherwise: str) -> list[str]:
    """Write the lines of one side."""
    displayed = [f"    {line.rstrip()}" for line in lines[:MOST_LINES]] or [f"    ({otherwise})"]
    return [*displayed, f"    ... and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else displayed
