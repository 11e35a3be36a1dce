"""From a document to the first settings of its client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..data.collector import no_garbage_collection
from ..data.document import Documents
from ..data.issues import Found, Issue, Rejected
from ..data.settings import Settings
from ..data.stack import deep_stack
from ..disk.relative import relative_to
from ..stages.design.paging.recognition import recognise_paging
from ..stages.load import package_name_by_title
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
    settings: Settings,
    file: Path,
    *,
    with_tree: bool,
    by_title: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Initial:
    """Write the settings that give the client which `settings` give, for a file at this path.

    With `by_title` the title names the package where the name of the document's file says nothing.
    """
    run = Run(Found(replace(settings, allow_skips=True)))
    try:
        with deep_stack(), no_garbage_collection():
            api, surface = design_client(run, progress)
            name = package_name_by_title(settings.spec, api.title) if by_title else None
            if name is not None:
                settings = replace(settings, output=settings.output.with_name(name))
                run = Run(Found(replace(settings, allow_skips=True)))
                api, surface = design_client(run, progress)
    except Rejected as stopped:
        run.of_document += stopped.issues
        return Initial(issues=run.graded_issues(), documents=run.documents, text=None)
    gaps = tuple(dict.fromkeys(issue.code for issue in run.issues if issue.skips))
    spec, output = (relative_to(file.parent, path) for path in (settings.spec, settings.output))
    start = Start(spec=spec, output=output, gaps=gaps)
    text = settings_text(api, surface, recognise_paging(api), start, with_tree=with_tree)
    return Initial(issues=run.graded_issues(), documents=run.documents, text=text)
