"""From settings to a client: the stages, in order. The file to read first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from . import __version__
from .data.document import Documents
from .data.issues import Found, Issue, Rejected
from .data.output import MANIFEST, Changes, Existing
from .data.report import Report
from .data.settings import Settings
from .stages.design import design
from .stages.load import default_settings, load, load_settings
from .stages.lower import lower
from .stages.resolve import resolve
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
from .targets.python.plan.display import PythonDisplay
from .targets.python.render import render
from .targets.reference import reference

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
    """Read a settings file, or choose the defaults for a spec: the name tells which it is.

    Raises `Rejected`.
    """
    if source.suffix.lower() == ".toml":
        return load_settings(source, output)
    return Found(default_settings(source, output))


class Run:
    """What the stages of one run have found so far."""

    def __init__(self, settings: Settings, issues: tuple[Issue, ...]) -> None:
        self.settings = settings
        self.issues: list[Issue] = list(issues)
        self.documents: Documents | None = None
        self.report: Report | None = None
        self.pages: Mapping[str, str] = {}
        """What the target of the reference adds to the package."""

    def judged(self) -> tuple[Issue, ...]:
        """Give the issues as the settings want them taken, each once."""
        precise = {issue.pointer for issue in self.issues if issue.code != GENERAL}
        issues = [i for i in self.issues if i.code != GENERAL or i.pointer not in precise]
        return tuple(judge(issue, self.settings) for issue in dict.fromkeys(issues))

    def stop_at_errors(self) -> None:
        """End the run before anything is made.

        Raises `Rejected`.
        """
        stop_at_errors(self.judged())


def stop_at_errors(issues: Iterable[Issue]) -> None:
    """End the run before a stage that needs more than what is there.

    Raises `Rejected`.
    """
    if any(issue.severity == "error" for issue in issues):
        raise Rejected(())


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
    run = Run(settings.value, settings.issues)
    try:
        package = understand(run, progress)
        return finish(run, package, check=check, force=force, progress=progress)
    except Rejected as rejected:
        run.issues += rejected.issues
    return Outcome(issues=run.judged(), documents=run.documents, report=run.report)


def understand(run: Run, progress: Callable[[str], None]) -> Package:
    """Go from the document to the plan of a package, and stop if anything is wrong.

    Each stage runs if its own input is right, so that as many mistakes as possible are found at once.

    Raises `Rejected`.
    """
    of_settings = run.issues.copy()
    progress("load")
    loaded = load(run.settings.spec, allow_external=run.settings.allow_external)
    run.documents = loaded.value
    run.issues += loaded.issues
    progress("validate")
    documents = taken(run, validate(loaded.value))
    of_document = run.issues[len(of_settings) :]
    settings = taken(run, check_settings(run.settings, documents, of_document))
    stop_at_errors(of_document)
    progress("resolve")
    spec = taken(run, resolve(documents))
    progress("lower")
    api = taken(run, lower(spec))
    stop_at_errors(of_settings)
    progress("design")
    surface = taken(run, design(api, settings))
    run.report = surface.report
    run.stop_at_errors()
    progress("plan")
    run.pages = reference(surface, PythonDisplay(surface))
    return plan(surface)


def finish(run: Run, package: Package, *, check: bool, force: bool, progress: Callable[[str], None]) -> Outcome:
    """Go from the plan to the disk, or to the difference.

    Raises `Rejected`.
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
    rendered = dict(sorted({**render(package), **run.pages}.items()))
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
    run.issues += found.issues
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
