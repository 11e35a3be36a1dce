"""A hook of mkdocs: links to files of the repository that are no part of the site become their words."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+[^)\s]*\)")
_INSIDE = re.compile(r"\((?:\.\./)+(?:guides/|decisions/|settings|support|corpus|glossary|index)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Drop the links of one page that lead out of `docs/`."""
    return _OUTSIDE.sub(lambda found: found[0] if _INSIDE.search(found[0]) else found[1], markdown)
