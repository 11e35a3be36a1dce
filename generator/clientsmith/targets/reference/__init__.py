"""The target of the reference: a surface goes in, pages for people come out, in HTML and in Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.surface import Surface
from .api_page import Spelling, api_page
from .render import render_site

__all__ = ["Spelling", "reference", "render_site"]


def reference(surface: Surface, spelling: Spelling) -> Mapping[str, str]:
    """Write all pages, by their paths in the package."""
    return {"api.md": str(api_page(surface, spelling))}
