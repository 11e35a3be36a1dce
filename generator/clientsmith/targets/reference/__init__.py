"""Target: a surface goes in, the pages of a reference come out, in HTML and in Markdown."""

from .render import render_site

__all__ = ["render_site"]
