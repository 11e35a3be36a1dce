"""From the plan of a package to all of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import __version__
from ..data.document import Pointer
from ..data.issues import Rejected, rejected
from ..data.limits import Limits
from ..data.output import MANIFEST
from ..stages.write import make_manifest, manifest_text
from ..targets.python.format import format as format_files
from ..targets.python.format import formatter_version
from ..targets.python.package import Package
from ..targets.python.render import render
from .run import Run
from .surface import counted


def make_files(run: Run, package: Package, progress: Callable[[str], None]) -> dict[str, str]:
    """Render and format all files of a package. Nothing comes from the output folder.

    Raises:
        Rejected: the formatter is not installed, or there is more than the settings allow.
    """
    progress("render")
    rendered = dict(sorted({**render(package, run.cache, run.templates), **run.pages}.items()))
    check_limits(rendered, run.settings.limits)
    progress(counted("format", len(rendered), "file"))
    return format_files(rendered, run.settings.formatter, run.cache)


def with_manifest(run: Run, files: Mapping[str, str], edits: str = "") -> dict[str, str]:
    """Add the manifest to all files of a package. `edits` is the hash of the patches that were applied.

    Raises:
        Rejected: the formatter is not installed.
    """
    assert run.documents is not None
    manifest = make_manifest(
        generator=__version__,
        documents=run.documents,
        settings=run.settings,
        formatter=formatter_version(run.settings.formatter),
        edits=edits,
        templates=run.templates.digest,
        files=files,
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
