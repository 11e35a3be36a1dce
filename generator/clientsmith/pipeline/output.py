"""Files that were made are brought to disk, or compared with what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..data.issues import Issue, Rejected, rejected
from ..data.outcome import Outcome
from ..data.output import CORE, MANIFEST, PAGES, Changes, Existing, FileDiff
from ..stages.write import (
    changes,
    file_diffs,
    inspect,
    note_written,
    one_at_a_time,
    read_manifest,
    recover,
    write,
    written_to,
)
from .run import Run
from .surface import counted

KINDS = {PAGES: "a reference", CORE: "a runtime"}


def finish(run: Run, files: dict[str, str], *, check: bool, force: bool, progress: Callable[[str], None]) -> Outcome:
    """Bring the files to disk, or compare them with what is there.

    Raises:
        Rejected: the output folder cannot become what it should be; it is as it was.
    """
    progress(counted("compare" if check else "write", len(files), "file"))
    with one_at_a_time(run.settings.output, shared=check):
        made, diff = compare(run, files) if check else (put(run, files, force), ())
    return Outcome(issues=run.graded_issues(), documents=run.documents, changes=made, diff=diff, report=run.report)


def refused(run: Run, stopped: Rejected) -> Outcome:
    """End a run that cannot go on: nothing was written."""
    run.of_document += stopped.issues
    return Outcome(issues=run.graded_issues(), documents=run.documents, report=run.report)


def compare(run: Run, files: dict[str, str]) -> tuple[Changes, tuple[FileDiff, ...]]:
    """Compare the files with those of the output folder; give the difference also line by line.

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
    return made, file_diffs(existing, files)


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
    """Keep reference, runtime and client out of each other's folder: files that are no longer generated are removed.

    Raises:
        Rejected: the folder holds the other one.
    """
    if existing.manifest is None:
        return
    holds = KINDS.get(existing.manifest.formatter, "a client")
    if holds != KINDS.get(read_manifest(files[MANIFEST]).formatter, "a client"):
        hint = "choose another folder: clients, references and runtimes have one each"
        raise rejected("foreign-output", f"'{output}' holds {holds} that was generated", hint=hint)


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
