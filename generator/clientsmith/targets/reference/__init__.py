"""The target of the reference: a surface goes in, pages for people come out.

Pages are in the words of a language, which its target knows: it comes in as a `Spelling`.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...data.surface import Surface
from .pages import Spelling, api_page

__all__ = ["Spelling", "reference"]


def reference(surface: Surface, spelling: Spelling) -> Mapping[str, str]:
    """Write all pages, by their paths in the package."""
    return {"api.md": str(api_page(surface, spelling))}
