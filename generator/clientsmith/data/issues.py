"""What is wrong with a document or its settings: an `Issue` is data; only the command line prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from .document import Pointer, Position

Severity = Literal["error", "warning"]

SKIPS = ("multipart-list", "trace-body")
"""The codes of all gaps: of what the generator may leave out, if `allow_skips` lets it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One mistake of the user's, or one thing the generator cannot express."""

    code: str
    """Stable, kebab-case name of the kind of issue: what `allow_skips` and tests refer to."""
    severity: Severity
    message: str
    """What is wrong, in one sentence without a full stop."""
    pointer: Pointer | None = None
    """The place in the document; None where `position` is given or the whole file is meant."""
    hint: str | None = None
    """What to do about it."""
    file: str | None = None
    """Name of a file that is no part of the document (the settings file, a file that cannot be read)."""
    position: Position | None = None
    """A place in `file`, or in a document that could not be parsed so far that pointers exist."""
    detail: tuple[str, ...] = ()
    """Further lines that are displayed below the place: both sides of a conflict."""
    skips: bool = False
    """True where the generator leaves something out: an error unless the settings allow the gap."""


def has_errors(issues: Iterable[Issue]) -> bool:
    """Report whether an issue is an error."""
    return any(issue.severity == "error" for issue in issues)


class Rejected(Exception):
    """Ends the pipeline: a stage cannot go on. Carries all that it found, never a half-made result."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(f"{len(self.issues)} issue(s)")


def rejected(
    code: str,
    message: str,
    *,
    hint: str | None = None,
    pointer: Pointer | None = None,
    file: str | None = None,
    position: Position | None = None,
) -> Rejected:
    """Make the exception for one error."""
    issue = Issue(
        code=code, severity="error", message=message, hint=hint, pointer=pointer, file=file, position=position
    )
    return Rejected([issue])


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The result of a stage with the issues it met on the way."""

    value: T
    issues: tuple[Issue, ...] = ()
