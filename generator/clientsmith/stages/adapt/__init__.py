"""Stage: the files of a document go in as they were read; they come out as the stages behind it want them.

Each change is a pure function on JSON. It gives, for each part that it moves or adds, the place that it comes from, so
that issues name the line that the user wrote.
"""

from __future__ import annotations

from collections.abc import Callable

from ...data.document import Documents
from ...data.issues import Found
from .maps import expand_maps
from .overlay import apply_overlays
from .swagger2 import upgrade

__all__ = ["adapt"]

LoadMentioned = Callable[[Documents], Found[Documents]]
"""Reads the files that references name and that have not been looked for yet."""


def adapt(documents: Documents, load_mentioned: LoadMentioned) -> Found[Documents]:
    """Apply the overlays, which are written for the document as the user has it; then upgrade what is old."""
    overlaid = apply_overlays(documents)
    complete = load_mentioned(overlaid.value) if documents.overlays else overlaid
    upgraded = upgrade(complete.value)
    return Found(
        expand_maps(upgraded.value), tuple(dict.fromkeys((*overlaid.issues, *complete.issues, *upgraded.issues)))
    )
