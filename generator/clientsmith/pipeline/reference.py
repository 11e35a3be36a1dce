"""From a surface to all pages of its reference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .. import __version__
from ..data.issues import rejected
from ..data.output import MANIFEST, PAGES
from ..data.output_budget import OutputBudget
from ..data.settings import Settings
from ..stages.write import make_manifest, manifest_text
from ..targets.reference import render_site
from .run import Run
from .surface import understand


def reference_files(run: Run, progress: Callable[[str], None]) -> dict[str, str]:
    """Make all pages, with their manifest.

    Raises:
        Rejected: something is an error.
    """
    surface = understand(run, progress)
    progress("render")
    files = dict(render_site(surface, OutputBudget(run.settings.limits, run.size)))
    assert run.documents is not None
    manifest = make_manifest(
        generator=__version__, documents=run.documents, settings=run.settings, formatter=PAGES, files=files
    )
    return {**files, MANIFEST: manifest_text(manifest)}


def reference_folder(settings: Settings) -> Path:
    """Give the folder of the reference.

    Raises:
        Rejected: no folder is named.
    """
    if settings.reference_output is None:
        hint = "name one with -o, or with 'output' in the table [reference] of the settings"
        raise rejected("no-output", "nothing says where the reference is written", hint=hint)
    return settings.reference_output
