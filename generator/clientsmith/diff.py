"""Two clients, each of a document or a settings file: what changed between them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from .data.collector import no_garbage_collection
from .data.document import Documents, Pointer
from .data.formats import native_sides
from .data.issues import Found, Issue, Rejected
from .data.settings import Settings
from .data.stack import deep_stack
from .pipeline import Run, design_client
from .stages.load import settings_of
from .stages.load.revisions import Revision as Commit
from .targets.changes import Revision, compare
from .targets.changes.change_kinds import Level as Level
from .targets.changes.changelog import with_entry
from .targets.changes.formats import is_at_least as is_at_least
from .targets.changes.formats import write_report as write_report
from .targets.changes.report import Line, located
from .targets.changes.report import Report as Report
from .targets.changes.version import advise

Naming = Callable[[str], str]
"""Names files as the user knows them."""


def as_given(text: str) -> str:
    """Name files by their paths."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class SideIssues:
    """The issues of one side, and what they point into."""

    issues: tuple[Issue, ...]
    documents: Documents | None
    named: Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What came of a comparison. There is a report if, and only if, no issue is an error."""

    sides: tuple[SideIssues, ...]
    report: Report | None


@dataclass(slots=True)
class Side:
    """One side, while it is read."""

    settings: Found[Settings] | None = None
    issues: tuple[Issue, ...] = ()
    """Of settings that could not be read."""
    run: Run | None = None
    revision: Revision | None = None
    commit: Commit | None = None

    @property
    def named(self) -> Naming:
        """How files of this side are named."""
        return self.commit.named if self.commit is not None else as_given

    def found(self) -> SideIssues:
        """Give all issues."""
        if self.run is None:
            return SideIssues(issues=self.issues, documents=None, named=self.named)
        return SideIssues(issues=self.run.graded_issues(), documents=self.run.documents, named=self.named)

    def line(self, pointer: Pointer) -> Line:
        """Find a place in the files of this side, or the closest one around it."""
        assert self.run is not None
        assert self.run.documents is not None
        try:
            document, position = self.run.documents.locate(pointer)
        except LookupError:  # A file of the other side.
            document, position = self.run.documents.locate(Pointer())
        return Line(self.named(document.name), position.line)


def diff(
    old: Path,
    new: Path,
    *,
    base: str | None = None,
    adjust: Callable[[Settings], Settings] = lambda settings: settings,
    progress: Callable[[str], None] = lambda stage: None,
) -> Difference:
    """Compare two clients. With `base`, `old` is read from that commit.

    `adjust` applies the options of the command line. Mistakes of the user are in the result, never raised.
    """
    with sides(old, base) as (before, after):
        read_settings(before, old, adjust, progress)
        read_settings(after, new, adjust, progress)
        share_settings(before, after)
        for side in (before, after):
            understand(side, progress)
        report = None
        if before.revision is not None and after.revision is not None:
            progress("compare")
            with no_garbage_collection():
                comparison = compare(before.revision, after.revision)
                advice = advise(comparison.level, before.revision.surface.version, after.revision.surface.version)
                report = located(comparison, before.line, after.line, advice)
        return Difference(sides=(before.found(), after.found()), report=report)


@contextmanager
def sides(old: Path, base: str | None) -> Iterator[tuple[Side, Side]]:
    """Make both sides; the files of a commit are there as long as this lasts."""
    with ExitStack() as stack:
        before = Side()
        if base is not None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clientsmith-"))
            try:
                before.commit = Commit(base, old, Path(folder).resolve())
            except Rejected as rejected:
                before.issues = rejected.issues
        yield before, Side()


def read_settings(
    side: Side, source: Path, adjust: Callable[[Settings], Settings], progress: Callable[[str], None]
) -> None:
    """Read the settings of a side, or choose the defaults."""
    if side.issues:
        return
    progress("settings")
    try:
        path = side.commit.copy(source) if side.commit is not None else source
        found = settings_of(path, None)
    except Rejected as rejected:
        side.issues = rejected.issues
        return
    side.settings = Found(adjust(found.value), found.issues)


def share_settings(before: Side, after: Side) -> None:
    """Let a document beside a settings file have those settings, and documents alone have one name.

    Names of packages and clients come from the names of files, which say nothing about the API.
    """
    if before.settings is None or after.settings is None:
        return
    old, new = before.settings.value, after.settings.value
    if old.file is None and new.file is not None:
        before.settings = Found(replace(new, spec=old.spec))
    elif old.file is not None and new.file is None:
        after.settings = Found(replace(old, spec=new.spec))
    elif old.file is None:
        before.settings = Found(replace(old, output=new.output), before.settings.issues)


def understand(side: Side, progress: Callable[[str], None]) -> None:
    """Read and design one side; files of a commit that turn out to be needed are copied, and all is read again."""
    if side.settings is None:
        return
    settings = side.settings
    if side.commit is not None:
        side.commit.add(settings.value.spec)
    while True:
        run = side.run = Run(settings)
        try:
            with deep_stack(), no_garbage_collection():
                api, surface = design_client(run, progress)
            side.revision = Revision(
                api=api,
                surface=surface,
                native=native_sides(settings.value.formats),
                core=settings.value.core,
                distribution=surface.project if settings.value.package_metadata else None,
            )
        except Rejected as rejected:
            run.of_document += rejected.issues
        if side.commit is None or not copy_missing(side.commit, run):
            return


def copy_missing(commit: Commit, run: Run) -> bool:
    """Copy the files that references and settings name and that were not there; report whether any is new."""
    missing = run.documents.missing if run.documents is not None else {}
    paths = [run.settings.spec.parent / key for key in missing]
    paths += [Path(issue.file) for issue in run.issues if issue.file is not None]
    copied = [commit.add(path) for path in paths]
    return any(copied)


def add_entry(path: Path, report: Report) -> None:
    """Add what changed to a changelog, which need not be there yet.

    Raises:
        Rejected: the file cannot be read or written.
    """
    try:
        old = path.read_bytes().decode("utf-8") if path.exists() else ""
        new = with_entry(old.replace("\r\n", "\n"), report, release_date())
        if new != old.replace("\r\n", "\n"):
            path.write_bytes((new.replace("\n", "\r\n") if "\r\n" in old else new).encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        issue = Issue(
            code="bad-changelog",
            severity="error",
            message=f"the changelog cannot be written: {reason}",
            file=str(path),
            hint="name a text file in UTF-8, or one that is not there yet",
        )
        raise Rejected([issue]) from None


def release_date() -> str:
    """Give the day of today in UTC, or that of `SOURCE_DATE_EPOCH`, for builds that are repeated."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else time.time()
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d")
