"""What was edited in an output folder becomes patches beside the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..data.collector import no_garbage_collection
from ..data.document import Documents
from ..data.edits import Patch
from ..data.issues import Found, Issue, Rejected, rejected
from ..data.output import MANIFEST, Existing, Manifest
from ..data.settings import Settings
from ..data.stack import deep_stack
from ..disk.cache import open_cache
from ..stages.edit import (
    SUFFIX,
    Edited,
    apply_patches,
    conformance,
    digest,
    make_patch,
    over_limit,
    why_not,
    write_patches,
)
from ..stages.write import changes, content_hash, inspect, one_at_a_time, written_to
from .edits import apply_edits, read_edits
from .output import put, refuse_other_kind
from .package import with_manifest
from .run import Run

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of saving edits. Where `patches` is None, an issue is an error, and nothing was written."""

    issues: tuple[Issue, ...]
    documents: Documents | None = None
    patches: tuple[Patch, ...] | None = None
    """All patches, saved now or before."""
    before: tuple[Patch, ...] = ()
    """The patches as they were."""
    is_fresh: bool = True
    """False where the folder is not what is generated now, apart from edits."""


def save_edits(
    settings: Found[Settings], generated_files: Callable[[Run, Progress], dict[str, str]], progress: Progress
) -> Saved:
    """Compare an output folder with what is generated, and write what was edited as patches.

    `generated_files` makes a client without edits. Mistakes of the user are in the result, never raised.
    """
    with open_cache() as cache:
        run = Run(settings, cache)
        try:
            with deep_stack(), no_garbage_collection():
                before = read_edits(run)
                files = generated_files(run, progress)
            progress("compare")
            with one_at_a_time(run.settings.output):
                return save(run, files, before)
        except Rejected as stopped:
            run.of_document += stopped.issues
            return Saved(issues=run.graded_issues(), documents=run.documents)


def save(run: Run, files: dict[str, str], before: tuple[Patch, ...]) -> Saved:
    """Write the patches, and a manifest that knows them.

    Raises:
        Rejected: something was edited that cannot be saved; nothing was written.
    """
    settings = run.settings
    edited = apply_edits(run, files, before)
    planned = with_manifest(run, dict(edited.files), digest(edited.effective))
    existing = inspect(settings.output, planned, written_to(run.cache, settings.output))
    refuse_other_kind(settings.output, existing, planned)
    if existing.manifest is None:
        message = f"'{settings.output}' holds no client that was generated"
        raise rejected("nothing-generated", message, hint="generate it first, then edit it")
    patches = Comparison(run, files, edited, before, existing, existing.manifest).patches()
    run.of_settings += over_limit(patches, settings.edits_limit, settings.file, settings.edits_limit_position)
    run.stop_at_errors()
    write_patches(settings.edits, patches)
    is_fresh = put_manifest(run, files, patches, existing)
    issues = run.graded_issues()
    return Saved(issues=issues, documents=run.documents, patches=patches, before=before, is_fresh=is_fresh)


def put_manifest(run: Run, files: Mapping[str, str], patches: Sequence[Patch], existing: Existing) -> bool:
    """Write the manifest, if nothing else differs from what is generated; report whether that is so.

    Raises:
        Rejected: the disk refuses.
    """
    edited = apply_patches(files, patches).value
    planned = with_manifest(run, dict(edited.files), digest(edited.effective))
    found = changes(existing, planned)
    if {*found.added, *found.changed, *found.removed} - {MANIFEST}:
        return False
    put(run, planned, force=False)
    return True


class Comparison:
    """What is generated, with the patches of before and without, and what is in the folder."""

    def __init__(
        self,
        run: Run,
        files: Mapping[str, str],
        edited: Edited,
        before: Sequence[Patch],
        existing: Existing,
        manifest: Manifest,
    ) -> None:
        self._run = run
        self._settings = run.settings
        self._files = files
        self._edited = edited
        self._before = {patch.path: patch for patch in before}
        self._existing = existing
        self._manifest = manifest

    def patches(self) -> tuple[Patch, ...]:
        """Give the patches of all files; what cannot be saved is an issue of the run."""
        found = [self._patch(path) for path in sorted(self._files)]
        return tuple([patch for patch in found if patch is not None])

    def _patch(self, path: str) -> Patch | None:
        """Give the patch of one file, as it was or as it is now; None if it was never edited."""
        before = self._before.get(path)
        content = self._existing.contents.get(path)
        if content is None:
            self._report_missing(path)
            return before
        if content == self._edited.files[path].encode() or not self._is_edited(path, content):
            return before
        text = self._text(path, content)
        return before if text is None else self._made(path, text)

    def _is_edited(self, path: str, content: bytes) -> bool:
        """Report whether a file was edited, as opposed to one that is as it was generated, but out of date."""
        record = self._manifest.files.get(path)
        return record is None or record.written != content_hash(content)

    def _text(self, path: str, content: bytes) -> str | None:
        """Give the text of a file whose edit can be saved; else report why it cannot, and give None."""
        record = self._manifest.files.get(path)
        problem = why_not(path, self._files)
        if problem is not None:
            self._report("bad-edit", path, f"'{path}' cannot be edited: {problem}", "undo the edit")
        elif record is None:
            self._report("bad-edit", path, f"'{path}' was there before it was generated", "move it elsewhere")
        elif record.written != content_hash(self._edited.files[path].encode()):
            hint = "go back to the document and settings that it was generated from, save, and then change them"
            self._report("stale-edit", path, f"'{path}' was edited, and what is generated has changed since", hint)
        else:
            try:
                return content.decode()
            except UnicodeDecodeError:
                self._report("bad-edit", path, f"'{path}' is no UTF-8 text", "save it as UTF-8")
        return None

    def _made(self, path: str, text: str) -> Patch | None:
        """Make the patch of an edited file."""
        issues = conformance(path, text, str(self._settings.output / path), {})
        self._run.of_document += issues
        file = str(self._settings.edits / f"{path}{SUFFIX}")
        return None if issues else make_patch(path, file, self._files[path], text)

    def _report(self, code: str, path: str, message: str, hint: str) -> None:
        """Add an error."""
        file = str(self._settings.output / path)
        self._run.of_document.append(Issue(code=code, severity="error", message=message, file=file, hint=hint))

    def _report_missing(self, path: str) -> None:
        """Warn of a file that is not there: that is no edit."""
        message = f"'{path}' is missing, which is no edit that can be saved"
        hint = "generate writes it again; [select] in the settings leaves operations out"
        file = str(self._settings.output / path)
        issue = Issue(code="missing-file", severity="warning", message=message, file=file, hint=hint)
        self._run.of_document.append(issue)
