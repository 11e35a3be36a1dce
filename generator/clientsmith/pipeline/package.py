"""From the plan of a package to all of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import __version__
from ..data.limits import Limits
from ..data.output import MANIFEST
from ..data.output_budget import OutputBudget, too_large
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
    check_limits(rendered, run.settings.limits, run.size)
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


def check_limits(files: Mapping[str, str], limits: Limits, size: int) -> None:
    """Compare what was rendered of a document of `size` characters with the limits of the settings.

    Raises:
        Rejected: there are too many files, or they are too large.
    """
    if len(files) > limits.files:
        raise too_large(f"the client would have {len(files):,} files", "files", f"more than {limits.files:,}")
    budget = OutputBudget(limits, size)
    for text in files.values():
        budget.spend(text)
