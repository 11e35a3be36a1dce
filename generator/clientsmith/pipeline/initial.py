"""From a document to the first settings of its client."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..data.collector import no_garbage_collection
from ..data.document import Documents
from ..data.issues import Found, Issue, Rejected
from ..data.settings import Settings
from ..data.stack import deep_stack
from ..stages.design.paging.recognition import recognise_paging
from ..targets.settings import Start, settings_text
from .run import Run
from .surface import design_client


@dataclass(frozen=True, slots=True, kw_only=True)
class Initial:
    """What came of it. There is no text if, and only if, an issue is an error."""

    issues: tuple[Issue, ...]
    documents: Documents | None
    text: str | None


def initial_settings(
    settings: Settings, file: Path, *, with_tree: bool, progress: Callable[[str], None] = lambda stage: None
) -> Initial:
    """Write the settings that give the client which `settings` give, for a file at this path."""
    run = Run(Found(replace(settings, allow_skips=True)))
    try:
        with deep_stack(), no_garbage_collection():
            api, surface = design_client(run, progress)
    except Rejected as stopped:
        run.of_document += stopped.issues
        return Initial(issues=run.graded_issues(), documents=run.documents, text=None)
    gaps = tuple(dict.fromkeys(issue.code for issue in run.issues if issue.skips))
    start = Start(spec=relative(settings.spec, file), output=relative(settings.output, file), gaps=gaps)
    text = settings_text(api, surface, recognise_paging(api), start, with_tree=with_tree)
    return Initial(issues=run.graded_issues(), documents=run.documents, text=text)


def relative(path: Path, file: Path) -> str:
    """Give a path as a settings file names it: relative to its folder, with slashes."""
    try:
        return Path(os.path.relpath(path, file.parent)).as_posix()
    except ValueError:  # On another drive.
        return path.absolute().as_posix()
