"""Overlays (OpenAPI Overlay 1.0 and 1.1) change the root file as the user has it, in the order of the settings."""

from __future__ import annotations

from dataclasses import replace

from ....data.document import Document, Documents, Pointer
from ....data.issues import Found, Issue
from ....data.nesting import MAX_NESTING, has_long_places, most_places, nesting
from ....data.stack import deep_stack
from .actions import Run
from .reading import actions_of, problem
from .tree import unshared

__all__ = ["apply_overlays"]


def apply_overlays(documents: Documents) -> Found[Documents]:
    """Apply all overlays. What is wrong is an error of the result: the values are not to be used then."""
    issues: list[Issue] = []
    with deep_stack():
        for overlay in documents.overlays:
            documents, found = applied(documents, overlay)
            issues += found
    return Found(documents, tuple(issues))


def applied(documents: Documents, overlay: Document) -> tuple[Documents, list[Issue]]:
    """Apply one overlay."""
    actions, issues = actions_of(overlay)
    run = Run(unshared(documents.root.value), overlay)
    for action in actions:
        run.apply(action)
    if nesting(run.value) > MAX_NESTING:
        place = Pointer(file=overlay.file)
        message = f"after this overlay values are nested more than {MAX_NESTING} deep"
        return documents, [*issues, problem(overlay, "too-deep", message, place, "leave out what nests them")]
    if has_long_places(run.value, most_places(len(documents.root.text) + len(overlay.text))):
        place = Pointer(file=overlay.file)
        message = "after this overlay keys are so long that the places below them have too many characters"
        return documents, [*issues, problem(overlay, "too-large", message, place, "write shorter keys")]
    root = replace(documents.root, value=run.value)
    files = {**documents.files, "": root}
    return replace(documents, root=root, files=files, origins=(*documents.origins, *run.moves)), [*issues, *run.issues]
