"""From settings to a client: the stages, in order. The file to read first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from . import __version__
from .data.document import Documents
from .data.issues import Found, Issue, Rejected
from .data.output import MANIFEST, Changes, Existing
from .data.report import Report
from .data.settings import Settings
from .stages.adapt import adapt
from .stages.link import link
from .stages.load import default_settings, load, load_mentioned, load_overlays, load_settings
from .stages.lower import lower
from .stages.resolve import resolve
from .stages.select import select
from .stages.validate import check_settings, validate
from .stages.write import (
    changes,
    inspect,
    make_manifest,
    manifest_text,
    reusable,
    unified_diff,
    write,
)
from .targets.python.format import format as format_files
from .targets.python.format import formatter_version
from .targets.python.package import Package
from .targets.python.plan import plan
from .targets.python.render import render

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run. No issue is an error if, and only if, there are `changes`."""

    issues: tuple[Issue, ...]
    documents: Documents | None = None
    """Where the pointers of the issues point; None where the spec could not be read."""
    changes: Changes | None = None
    diff: str = ""
    """What `check` would change."""
    report: Report | None = None


def settings_of(source: Path, output: Path | None) -> Found[Settings]:
    """Read a settings file, or choose the defaults for a spec: the name decides which it is.

    Raises:
        Rejected: the settings cannot be read.
    """
    if source.suffix.lower() == ".toml":
        return load_settings(source, output)
    return Found(default_settings(source, output))


class Run:
    """What the stages of one run have found so far."""

    def __init__(self, settings: Found[Settings]) -> None:
        self.settings = settings.value
        self.of_settings: list[Issue] = list(settings.issues)
        self.of_document: list[Issue] = []
        self.documents: Documents | None = None
        self.report: Report | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues as the stages report them, each once."""
        return tuple(dict.fromkeys((*self.of_settings, *self.of_document)))

    def judged(self) -> tuple[Issue, ...]:
        """Give the issues as the settings want them taken."""
        precise = {issue.pointer for issue in self.issues if issue.code != GENERAL and issue.pointer is not None}
        issues = [i for i in self.issues if i.code != GENERAL or i.pointer not in precise]
        return tuple(judge(issue, self.settings) for issue in issues)

    def stop_at_errors(self) -> None:
        """End the run before anything is made.

        Raises:
            Rejected: the settings take an issue as an error.
        """
        if has_errors(self.judged()):
            raise Rejected(self.issues)


def stop_at_errors(issues: Iterable[Issue]) -> None:
    """End the run before a stage that needs more than what is there.

    Raises:
        Rejected: an issue is an error.
    """
    found = tuple(issues)
    if has_errors(found):
        raise Rejected(found)


def has_errors(issues: Iterable[Issue]) -> bool:
    """Report whether an issue is an error."""
    return any(issue.severity == "error" for issue in issues)


GENERAL = "invalid-document"
"""The code of complaints that say less than any other one about the same place."""


def generate(
    settings: Found[Settings],
    *,
    check: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome:
    """Generate a client and write it, or (`check`) compare it with what is there.

    `progress` is told the name of each stage. Mistakes of the user are in the outcome, never raised.
    """
    run = Run(settings)
    try:
        package = understand(run, progress)
        return finish(run, package, check=check, force=force, progress=progress)
    except Rejected as rejected:
        run.of_document += rejected.issues
    return Outcome(issues=run.judged(), documents=run.documents, report=run.report)


def understand(run: Run, progress: Callable[[str], None]) -> Package:
    """Go from the document to the plan of a package, and stop if anything is wrong.

    Each stage runs if its own input is right, so that as many mistakes as possible are found at once.

    Raises:
        Rejected: the client cannot be made, or not be written.
    """
    progress("load")
    documents = read(run)
    progress("validate")
    documents = taken(run, validate(documents))
    checked = check_settings(run.settings, documents, run.of_document)
    run.of_settings += checked.issues
    stop_at_errors(run.of_document)
    progress("resolve")
    spec = taken(run, resolve(documents))
    progress("lower")
    api = taken(run, select(lower(spec), checked.value))
    stop_at_errors(run.of_settings)
    progress("plan")
    package = taken(run, plan(api, checked.value))
    run.report = package.report
    run.stop_at_errors()
    return package


def read(run: Run) -> Documents:
    """Read the document, change it as the settings want, and find its references.

    Raises:
        Rejected: the root cannot be read.
    """
    further = partial(load_mentioned, allow_external=run.settings.allow_external)
    loaded = taken(run, load(run.settings.spec, allow_external=run.settings.allow_external))
    run.documents = replace(loaded, overlays=taken(run, load_overlays(run.settings.overlays)))
    run.documents = taken(run, adapt(run.documents, further))
    run.documents = link(run.documents)
    return run.documents


def finish(run: Run, package: Package, *, check: bool, force: bool, progress: Callable[[str], None]) -> Outcome:
    """Go from the plan to the disk, or to the difference.

    Raises:
        Rejected: the client cannot be made, or not be written.
    """
    progress("render")
    existing = inspect(run.settings.output)
    files = complete(run, package, existing, progress)
    diff = ""
    if check:
        progress("compare")
        diff = unified_diff(existing, files)
        made = changes(existing, files)
    else:
        progress("write")
        made = write(run.settings.output, files, existing, force=force)
    return Outcome(
        issues=run.judged(),
        documents=run.documents,
        changes=made,
        diff=diff,
        report=package.report,
    )


def complete(run: Run, package: Package, existing: Existing, progress: Callable[[str], None]) -> dict[str, str]:
    """Render and format all files of a package, its manifest included."""
    assert run.documents is not None
    rendered = render(package)
    progress("format")
    formatter = formatter_version(run.settings.formatter)
    known = reusable(existing, rendered, formatter, __version__)
    formatted = format_files(rendered, run.settings.formatter, known)
    manifest = make_manifest(
        generator=__version__,
        documents=run.documents,
        settings=run.settings,
        formatter=formatter,
        rendered=rendered,
        formatted=formatted,
    )
    return {**formatted, MANIFEST: manifest_text(manifest)}


# --- issues ----------------------------------------------------------------------------------------------------------


def taken(run: Run, found: Found[T]) -> T:
    """Note the issues of a stage; give its value."""
    run.of_document += found.issues
    return found.value


def judge(issue: Issue, settings: Settings) -> Issue:
    """Say how bad an issue is under the settings: gaps may be allowed, warnings may be errors."""
    if issue.skips:
        if is_allowed(issue, settings.allow_skips):
            return replace(issue, severity="warning")
        setting = f'allow_skips = ["{issue.code}"] in the settings, or --allow-skips, accepts the gap'
        return replace(issue, severity="error", hint=f"{issue.hint}; {setting}" if issue.hint else setting)
    return replace(issue, severity="error") if settings.strict else issue


def is_allowed(issue: Issue, allow_skips: bool | tuple[str, ...]) -> bool:
    """Tell whether the settings accept a gap: all of them, or its code, or its place or one around it."""
    if isinstance(allow_skips, bool):
        return allow_skips
    place = str(issue.pointer) if issue.pointer is not None else None
    return any(
        issue.code == allowed or (place is not None and (place == allowed or place.startswith(f"{allowed}/")))
        for allowed in allow_skips
    )
