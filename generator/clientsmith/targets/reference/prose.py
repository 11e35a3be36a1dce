"""Descriptions: Markdown of a document goes in, HTML without any markup of the document's own comes out.

HTML in it is text. Headings become bold lines, since the page has its own; images become links, since a page loads
nothing from elsewhere; links go to `http`, `https` and `mailto` only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from ...data.text import Html, attribute, html, html_text, printable, url
from ..markdown_prose import is_plain

LONGEST = 50_000
"""Longer texts are printed as they are: nobody reads them as a description."""


def description(text: str) -> Html:
    """Write a description as paragraphs, lists, tables and code; nothing where it is blank."""
    text = printable(text).strip("\n")
    if is_plain(text):
        return html("<p>", html_text(text.strip()), "</p>")
    return _rendered(text)


@lru_cache(maxsize=4096)
def _rendered(text: str) -> Html:
    if len(text) > LONGEST:
        return html("<pre>", html_text(text), "</pre>")
    return html(_MARKDOWN.render(text).strip())


class _Renderer(RendererHTML):
    """Prints the tokens of Markdown; every text of the document goes through our own encoders."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print text; addresses in it are links, as authors expect."""
        return html_text(tokens[idx].content) if _open_links(env) else _linked(tokens[idx].content)

    def text_special(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print an escaped character."""
        return html_text(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a code span."""
        return html("<code>", html_text(tokens[idx].content), "</code>")

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a block of code; the language is left out."""
        return html('<pre tabindex="0"><code>', html_text(tokens[idx].content), "</code></pre>\n")

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a fenced block of code."""
        return self.code_block(tokens, idx, options, env)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print HTML as text: it is switched off, so that none should come here."""
        return html_text(tokens[idx].content)

    def html_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a block of HTML as text."""
        return html_text(tokens[idx].content)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print the end of a line."""
        return "\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Open a link, or what stands for one that leads nowhere from here."""
        link = _external(str(tokens[idx].attrs.get("href", "")))
        _open_links(env).append("</a>" if link else "</span>")
        return html('<a href="', link, '" rel="noopener noreferrer">') if link else "<span>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Close what `link_open` has opened."""
        return _open_links(env).pop()

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Print a link to the image, unless it stands in a link already."""
        token = tokens[idx]
        words = html_text(token.content or "image")
        link = _external(str(token.attrs.get("src", "")))
        if link is None or _open_links(env):
            return words
        return html('<a href="', link, '" rel="noopener noreferrer">', words, "</a>")

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Open a bold line."""
        return '<p class="heading"><strong>'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Close a bold line."""
        return "</strong></p>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Open a table that can be scrolled on a narrow screen."""
        return '<div class="table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Close a table."""
        return "</table></div>\n"

    @staticmethod
    def renderAttrs(token: Token) -> str:
        """Print the attributes that the library gives itself: where a list starts, how a column is aligned."""
        kept = {name: value for name, value in token.attrs.items() if name == "start"}
        return "".join(html(" ", name, '="', attribute(str(value)), '"') for name, value in kept.items())


def _open_links(env: Any) -> list[str]:
    """Give what closes each link that is open; the tokens are printed in their order."""
    found: list[str] = env.setdefault("open links", [])
    return found


_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]*[^\s<>\"'()\[\].,;:!?]")


def _linked(text: str) -> Html:
    """Write text with links to the addresses in it."""
    parts: list[Html] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        link = _external(found[0])
        if link is not None:
            anchor = html('<a href="', link, '" rel="noopener noreferrer">', html_text(found[0]), "</a>")
            parts += [html_text(text[end : found.start()]), anchor]
            end = found.end()
    return html(*parts, html_text(text[end:]))


def _external(href: str) -> Html | None:
    """Take a link out of the page; anchors of the document are no places of ours."""
    link = None if href.startswith("#") else url(href)
    return html(link) if link is not None else None


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
