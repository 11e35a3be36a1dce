"""The target of the reference: a surface goes in, pages for people come out, in HTML and in Markdown."""

from __future__ import annotations

from .package_pages import package_pages
from .render import render_site

__all__ = ["package_pages", "render_site"]
