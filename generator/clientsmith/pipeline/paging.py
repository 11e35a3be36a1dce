"""From settings to the schemes of paging that their document seems to have."""

from __future__ import annotations

from collections.abc import Callable

from ..data.collector import no_garbage_collection
from ..data.issues import Found, Rejected
from ..data.settings import Settings
from ..data.stack import deep_stack
from ..stages.design.paging.recognition import Recognised, recognise_paging
from ..targets.settings import paging_tables
from .run import Run
from .surface import read_api

__all__ = ["paging_of", "paging_tables"]


def paging_of(settings: Found[Settings], progress: Callable[[str], None]) -> tuple[Run, tuple[Recognised, ...]]:
    """Recognise how a document pages; none where it has errors, which are in the run."""
    run = Run(settings)
    try:
        with deep_stack(), no_garbage_collection():
            api, _ = read_api(run, progress)
            run.stop_at_errors()
            return run, recognise_paging(api)
    except Rejected as stopped:
        run.of_document += stopped.issues
        return run, ()
