"""A hook of mkdocs: links to files of the repository that are no part of the site become their words."""

from __future__ import annotations

import posixpath
import re
from typing import Any

_LINK = re.compile(r"\[([^\]]+)\]\((\.\./[^)\s]*)\)")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Drop the links of one page that lead out of `docs/`; mkdocs checks all others."""
    folder = posixpath.dirname(page.file.src_uri)

    def kept(found: re.Match[str]) -> str:
        is_outside = posixpath.normpath(posixpath.join(folder, found[2])).startswith("../")
        return found[1] if is_outside else found[0]

    return _LINK.sub(kept, markdown)
