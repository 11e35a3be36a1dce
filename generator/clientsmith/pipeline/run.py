"""One run: the results and issues of its stages, and the severity that the settings give to each issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ..data.document import Documents
from ..data.issues import Found, Issue, Rejected, has_errors
from ..data.report import Report
from ..data.settings import Settings
from ..disk.cache import NO_CACHE, Cache
from ..targets.python.render import NO_TEMPLATES, OwnTemplates

T = TypeVar("T")
GENERAL = "invalid-document"
"""The code of complaints that say less than any other one about the same place."""


class Run:
    """What the stages of one run have found so far."""

    def __init__(self, settings: Found[Settings], cache: Cache = NO_CACHE) -> None:
        self.settings = settings.value
        self.cache = cache
        self.of_settings: list[Issue] = list(settings.issues)
        self.of_document: list[Issue] = []
        self.documents: Documents | None = None
        self.report: Report | None = None
        self.client: str | None = None
        """The name of the client's class."""
        self.templates: OwnTemplates = NO_TEMPLATES
        self.pages: Mapping[str, str] = {}
        """What the target of the reference adds to the package."""

    @property
    def size(self) -> int:
        """The characters of the document's files."""
        return sum(len(document.text) for document in self.documents.files.values()) if self.documents else 0

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues as the stages report them, each once."""
        return tuple(dict.fromkeys((*self.of_settings, *self.of_document)))

    def graded_issues(self) -> tuple[Issue, ...]:
        """Give the issues with the severity that the settings choose."""
        precise = {issue.pointer for issue in self.issues if issue.code != GENERAL and issue.pointer is not None}
        issues = [i for i in self.issues if i.code != GENERAL or i.pointer not in precise]
        return tuple(graded(issue, self.settings) for issue in issues)

    def stop_at_errors(self) -> None:
        """End the run before anything is made.

        Raises:
            Rejected: an issue is an error.
        """
        if has_errors(self.graded_issues()):
            raise Rejected(self.issues)


def stop_at_errors(issues: Iterable[Issue]) -> None:
    """End the run before a stage that needs more than what is there.

    Raises:
        Rejected: an issue is an error.
    """
    found = tuple(issues)
    if has_errors(found):
        raise Rejected(found)


def accept(run: Run, found: Found[T]) -> T:
    """Note the issues of a stage; give its value."""
    run.of_document += found.issues
    return found.value


def graded(issue: Issue, settings: Settings) -> Issue:
    """Give an issue the severity that the settings choose: gaps may be allowed, warnings may be errors."""
    if issue.skips:
        if is_allowed(issue, settings.allow_skips):
            return replace(issue, severity="warning")
        setting = f'allow_skips = ["{issue.code}"] in the settings, or --allow-skips, accepts the gap'
        return replace(issue, severity="error", hint=f"{issue.hint}; {setting}" if issue.hint else setting)
    return replace(issue, severity="error") if settings.strict else issue


def is_allowed(issue: Issue, allow_skips: bool | tuple[str, ...]) -> bool:
    """Report whether the settings accept a gap: all of them, or its code, or its place or one around it."""
    if isinstance(allow_skips, bool):
        return allow_skips
    place = str(issue.pointer) if issue.pointer is not None else None
    return any(
        issue.code == allowed or (place is not None and (place == allowed or place.startswith(f"{allowed}/")))
        for allowed in allow_skips
    )
