"""From settings to a client: the stages, in order. The file to read first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from . import __version__
from .data.api import Api
from .data.collector import no_garbage_collection
from .data.document import Documents, Pointer
from .data.issues import Found, Issue, Rejected, rejected
from .data.outcome import Outcome
from .data.output import MANIFEST, Changes, Existing
from .data.report import Report
from .data.settings import Limits, Settings
from .data.stack import deep_stack
from .data.surface import Surface
from .disk.cache import NO_CACHE, Cache, open_cache
from .disk.regular import noted_reads
from .recall import remember
from .stages.adapt import adapt
from .stages.design import design
from .stages.link import link
from .stages.load import load, load_mentioned, load_overlays
from .stages.load import settings_of as settings_of
from .stages.lower import lower
from .stages.resolve import resolve
from .stages.select import select
from .stages.validate import check_settings, validate
from .stages.write import (
    changes,
    inspect,
    make_manifest,
    manifest_text,
    note_written,
    one_at_a_time,
    read_manifest,
    recover,
    unified_diff,
    write,
    written_to,
)
from .targets.python.format import format as format_files
from .targets.python.format import formatter_version
from .targets.python.package import Package
from .targets.python.plan import plan
from .targets.python.render import render
from .targets.reference import package_pages, render_site

T = TypeVar("T")


class Run:
    """What the stages of one run have found so far."""

    def __init__(self, settings: Found[Settings], cache: Cache = NO_CACHE) -> None:
        self.settings = settings.value
        self.cache = cache
        self.of_settings: list[Issue] = list(settings.issues)
        self.of_document: list[Issue] = []
        self.documents: Documents | None = None
        self.report: Report | None = None
        self.pages: Mapping[str, str] = {}
        """What the target of the reference adds to the package."""

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
            Rejected: an issue is an error.
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

    `progress` gets the name of each stage. Mistakes of the user are in the outcome, never raised.
    """
    with open_cache() as cache, noted_reads() as reads:
        run = Run(settings, cache)
        try:
            # A run makes millions of values without cycles; the collector would visit all of them again and again.
            with deep_stack(), no_garbage_collection():
                surface = understand(run, progress)
                progress("plan")
                run.pages = package_pages(surface, with_pages=run.settings.reference_pages)
                files = complete(run, plan(surface), progress)
            outcome = finish(run, files, check=check, force=force, progress=progress)
        except Rejected as stopped:
            run.of_document += stopped.issues
            return Outcome(issues=run.judged(), documents=run.documents, report=run.report)
        if not check or outcome.is_up_to_date:
            remember(cache, settings, reads, files, outcome)
        return outcome


def generate_reference(
    settings: Found[Settings],
    *,
    check: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome:
    """Generate the pages of the reference and write them, or (`check`) compare them with what is there.

    They are in `reference_output` of the settings, with a manifest of their own.
    """
    with open_cache() as cache:
        run = Run(settings, cache)
        try:
            with deep_stack():
                files = reference_files(run, progress)
            run.settings = replace(run.settings, output=reference_folder(run.settings))
            return finish(run, files, check=check, force=force, progress=progress)
        except Rejected as stopped:
            run.of_document += stopped.issues
            return Outcome(issues=run.judged(), documents=run.documents, report=run.report)


def reference_files(run: Run, progress: Callable[[str], None]) -> dict[str, str]:
    """Make all pages, with their manifest.

    Raises:
        Rejected: something is an error.
    """
    surface = understand(run, progress)
    progress("render")
    files = dict(render_site(surface))
    assert run.documents is not None
    manifest = make_manifest(
        generator=__version__, documents=run.documents, settings=run.settings, formatter=PAGES, files=files
    )
    return {**files, MANIFEST: manifest_text(manifest)}


PAGES = "reference"
"""What stands for a formatter in the manifest of a reference."""


def reference_folder(settings: Settings) -> Path:
    """Give the folder of the reference.

    Raises:
        Rejected: no folder is named.
    """
    if settings.reference_output is None:
        hint = "name one with -o, or with 'output' in the table [reference] of the settings"
        raise rejected("no-output", "nothing says where the reference is written", hint=hint)
    return settings.reference_output


def understand(run: Run, progress: Callable[[str], None]) -> Surface:
    """Go from the document to what a client offers, and stop if anything is wrong.

    Raises:
        Rejected: something is an error.
    """
    _, surface = design_client(run, progress)
    return surface


def design_client(run: Run, progress: Callable[[str], None]) -> tuple[Api, Surface]:
    """Go from the document to what a client offers, and stop if anything is wrong.

    Each stage runs if its own input is right, so that as many mistakes as possible are found at once.

    Raises:
        Rejected: something is an error.
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
    api = taken(run, select(lower(spec, run.settings.limits), checked.value))
    stop_at_errors(run.of_settings)
    progress("design")
    surface = taken(run, design(api, checked.value))
    run.report = surface.report
    run.stop_at_errors()
    return api, surface


def read(run: Run) -> Documents:
    """Read the document, change it as the settings want, and find its references.

    Raises:
        Rejected: the root cannot be read.
    """
    settings = run.settings
    external, size = settings.allow_external, settings.max_document_size
    further = partial(load_mentioned, allow_external=external, max_size=size)
    loaded = taken(run, load(settings.spec, allow_external=external, max_size=size))
    run.documents = replace(loaded, overlays=taken(run, load_overlays(settings.overlays, max_size=size)))
    run.documents = taken(run, adapt(run.documents, further))
    run.documents = link(run.documents)
    return run.documents


def complete(run: Run, package: Package, progress: Callable[[str], None]) -> dict[str, str]:
    """Render and format all files of a package, its manifest included. Nothing is taken from the output folder.

    Raises:
        Rejected: the formatter is not installed, or there is more than the settings allow.
    """
    assert run.documents is not None
    progress("render")
    rendered = dict(sorted({**render(package, run.cache), **run.pages}.items()))
    check_limits(rendered, run.settings.limits)
    progress("format")
    formatter = formatter_version(run.settings.formatter)
    files = format_files(rendered, run.settings.formatter, run.cache)
    manifest = make_manifest(
        generator=__version__, documents=run.documents, settings=run.settings, formatter=formatter, files=files
    )
    return {**files, MANIFEST: manifest_text(manifest)}


def check_limits(files: Mapping[str, str], limits: Limits) -> None:
    """Compare what was rendered with the limits of the settings.

    Raises:
        Rejected: there are too many files, or they are too large.
    """
    size = sum(map(len, files.values()))
    if len(files) > limits.files:
        raise too_large(f"the client would have {len(files):,} files", "files", f"more than {limits.files:,}")
    if size > limits.size * 1_000_000:
        raise too_large(f"the client would have {size:,} characters", "size", f"more than {limits.size:,} megabytes")


def too_large(message: str, limit: str, allows: str) -> Rejected:
    """Make the exception for a client that is larger than a limit."""
    hint = f"'{limit}' under [limits] in the settings allows {allows}; [select] leaves operations out"
    return rejected("too-large", message, pointer=Pointer(), hint=hint)


def finish(run: Run, files: dict[str, str], *, check: bool, force: bool, progress: Callable[[str], None]) -> Outcome:
    """Bring the files to disk, or compare them with what is there.

    Raises:
        Rejected: the output folder cannot become what it should be; it is as it was.
    """
    progress("compare" if check else "write")
    with one_at_a_time(run.settings.output, shared=check):
        made, diff = compare(run, files) if check else (put(run, files, force), "")
    return Outcome(issues=run.judged(), documents=run.documents, changes=made, diff=diff, report=run.report)


def compare(run: Run, files: dict[str, str]) -> tuple[Changes, str]:
    """Compare the files with those of the output folder; give the difference also as text.

    Raises:
        Rejected: the folder cannot be read.
    """
    output = run.settings.output
    existing = inspect(output, files, written_to(run.cache, output))
    refuse_other_kind(output, existing, files)
    if existing.was_interrupted:
        run.of_document.append(interrupted_issue(output))
    made = changes(existing, files)
    run.of_document += unknown_file_issues(output, made)
    return made, unified_diff(existing, files)


def put(run: Run, files: dict[str, str], force: bool) -> Changes:
    """Write the files. What is about to be written is noted before, so that an interrupted run proves its files, too.

    Raises:
        Rejected: something would be lost, the disk refuses, or a file that is not generated is an error.
    """
    output = run.settings.output
    recover(output)
    written = written_to(run.cache, output)
    existing = inspect(output, files, written)
    refuse_other_kind(output, existing, files)
    run.of_document += unknown_file_issues(output, changes(existing, files))
    run.stop_at_errors()
    note_written(run.cache, output, files, written)
    made = write(output, files, existing, force=force)
    note_written(run.cache, output, files, {})
    return made


def refuse_other_kind(output: Path, existing: Existing, files: Mapping[str, str]) -> None:
    """Keep a reference and a client out of each other's folder: files that are no longer generated are removed.

    Raises:
        Rejected: the folder holds the other one.
    """
    if existing.manifest is None:
        return
    is_reference = existing.manifest.formatter == PAGES
    if is_reference != (read_manifest(files[MANIFEST]).formatter == PAGES):
        holds = "a reference" if is_reference else "a client"
        hint = "choose another folder: a client and its reference have one each"
        raise rejected("foreign-output", f"'{output}' holds {holds} that was generated", hint=hint)


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


def unknown_file_issues(output: Path, made: Changes) -> list[Issue]:
    """Report files that Python would import as parts of the client, and that no run wrote."""
    return [
        Issue(
            code="unknown-file",
            severity="warning",
            message="Python would import this as a part of the client, and it was not generated",
            file=str(output / path),
            hint="remove it, or keep it outside the folders that are generated",
        )
        for path in made.unknown
    ]


def interrupted_issue(output: Path) -> Issue:
    """Report that a run was ended while it wrote."""
    return Issue(
        code="interrupted-write",
        severity="warning",
        message=f"a run was ended while it wrote '{output}'",
        hint="generate again: that completes the folder, and removes what was left",
    )
