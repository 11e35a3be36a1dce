"""From the document to what a client offers: the stages in no language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ..data.api import Api
from ..data.document import Documents
from ..data.settings import Settings
from ..data.surface import Surface
from ..stages.adapt import adapt
from ..stages.design import design
from ..stages.link import link
from ..stages.load import load, load_given, load_mentioned, load_overlays
from ..stages.lower import lower
from ..stages.resolve import resolve
from ..stages.select import select
from ..stages.validate import check_settings, validate
from .run import Run, accept, stop_at_errors


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
    api, settings = read_api(run, progress)
    progress(counted("design", len(api.operations), "operation"))
    surface = accept(run, design(api, settings))
    run.report = surface.report
    run.stop_at_errors()
    return api, surface


def read_api(run: Run, progress: Callable[[str], None]) -> tuple[Api, Settings]:
    """Go from the document to its operations; give the settings without what names nothing in it.

    Raises:
        Rejected: the document has an error.
    """
    progress("load")
    documents = read(run)
    progress(counted("validate", len(documents.files), "file"))
    documents = accept(run, validate(documents))
    checked = check_settings(run.settings, documents, run.of_document)
    run.of_settings += checked.issues
    stop_at_errors(run.of_document)
    progress("resolve")
    spec = accept(run, resolve(documents))
    progress("lower")
    api = accept(run, select(lower(spec, run.settings.limits), checked.value))
    return api, checked.value


def counted(stage: str, count: int, noun: str) -> str:
    """Name a stage with what goes into it, for whoever watches."""
    return f"{stage}: {count:,} {noun}{'' if count == 1 else 's'}"


def read(run: Run) -> Documents:
    """Read the document, change it as the settings want, and find its references.

    Raises:
        Rejected: the root cannot be read.
    """
    settings = run.settings
    external, size = settings.allow_external, settings.max_document_size
    further = partial(load_mentioned, allow_external=external, max_size=size)
    if settings.given is not None:
        loaded = accept(run, load_given(settings.given))
    else:
        loaded = accept(run, load(settings.spec, allow_external=external, max_size=size))
    run.documents = replace(loaded, overlays=accept(run, load_overlays(settings.overlays, max_size=size)))
    run.documents = accept(run, adapt(run.documents, further))
    run.documents = link(run.documents)
    return run.documents
