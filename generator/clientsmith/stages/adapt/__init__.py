"""Stage: the files of a document go in as they were read; they come out as the stages behind it want them.

Each change is a pure function on JSON. It gives, for each part that it moves or adds, the place that it comes from, so
that issues name the line that the user wrote.
"""

from __future__ import annotations

from collections.abc import Callable

from ...data.document import Documents
from ...data.issues import Found
from ...data.settings import Settings
from .swagger2 import upgrade

__all__ = ["adapt"]

LoadMentioned = Callable[[Documents], Found[Documents]]
"""Reads the files that references name and that have not been looked for yet."""


def adapt(documents: Documents, settings: Settings, load_mentioned: LoadMentioned) -> Found[Documents]:
    """Change a document before its references are linked."""
    return upgrade(documents)
