"""Descriptions in the README and in Markdown pages: Markdown of a document goes in, Markdown without HTML comes out.

It is read and written anew, so that what looks like text to one reader is no markup to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..data.text import Markdown, Url, markdown, markdown_block, markdown_code, markdown_lines, printable, url

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_PLAIN = re.compile(r"[A-Za-z0-9 ,;:.?'\"()/=+-]*[A-Za-z0-9,.?'\"()]")
_BLOCK_START = re.compile(r" {0,3}(([-+]|\d+[.)])(\s|\Z)|-{3}|=+\Z)| {4}")
_LINE_START = re.compile(r"([-+=]|\d+(?=[.)]))")
_AROUND = {
    "strong_open": "**",
    "strong_close": "**",
    "em_open": "*",
    "em_close": "*",
    "s_open": "~~",
    "s_close": "~~",
}


def is_plain(text: str) -> bool:
    """Report whether a text is one line that is the same in Markdown and as text: most are, and need no parser."""
    return _PLAIN.fullmatch(text) is not None and "://" not in text and not _BLOCK_START.match(text)


@lru_cache(maxsize=4096)
def one_line(text: str) -> Markdown:
    """Write a description on one line: paragraphs, items and cells one after the other."""
    if is_plain(text):
        return markdown(text)
    parts = [_flat(token) for token in _PARSER.parse(printable(text)) if token.content]
    return markdown_lines(" ".join(part for part in parts if part))


def _flat(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return markdown_code(token.content)
    return _inline(token.children or ())


@lru_cache(maxsize=1024)
def blocks(text: str, level: int | None = None) -> Markdown:
    """Write a description as paragraphs, lists, tables and code.

    Headings are moved down, so that the highest has this level; without one they become paragraphs.
    """
    if is_plain(text):
        return markdown_lines(_protected(markdown(text)))
    return _written(_PARSER.parse(printable(text)), level)


def opening_and_rest(text: str, level: int) -> tuple[Markdown, Markdown]:
    """Write a description in two parts: what a reader needs first, and all that follows it.

    A short one without headings comes first as a whole, of others the first paragraph below the first headings, if it
    stands alone. Headings are moved as `blocks` does it.
    """
    tokens = _PARSER.parse(printable(text))
    start, end = _opening(tokens, is_short=len(text) <= _SHORT)
    return _written(tokens[start:end], None), _written(tokens[end:], level)


_SHORT = 600


def _opening(tokens: Sequence[Token], *, is_short: bool) -> tuple[int, int]:
    """Find where the opening begins and ends; nothing where something else than prose comes first."""
    if is_short and all(token.type != "heading_open" for token in tokens):
        return 0, len(tokens)
    first = next((n for n in range(0, len(tokens), 3) if tokens[n].type != "heading_open"), len(tokens))
    if first < len(tokens) and tokens[first].type == "paragraph_open" and _stands_alone(tokens[first + 1]):
        return first, first + 3
    return 0, 0


def _stands_alone(paragraph: Token) -> bool:
    """Recognise prose among HTML, rows of images, and lines that lead to a list."""
    has_words = any(token.type == "text" and token.content.strip() for token in paragraph.children or ())
    return has_words and not paragraph.content.startswith("<") and not paragraph.content.endswith(":")


def _written(tokens: Sequence[Token], level: int | None) -> Markdown:
    lines = list(_lines(tokens, _Headings(tokens, level)))
    while lines and not lines[-1].strip("> "):
        lines.pop()
    return markdown_lines("\n".join(lines))


class _Headings:
    """Moves headings down, or makes paragraphs of them where there is no level."""

    def __init__(self, tokens: Sequence[Token], level: int | None) -> None:
        levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        self._shift = None if level is None else level - min(levels, default=level)

    def marks(self, token: Token) -> str:
        """Give what stands before the text of a heading."""
        return "" if self._shift is None else "#" * min(int(token.tag[1]) + self._shift, 6) + " "


# --- inline ----------------------------------------------------------------------------------------------------------


def _inline(tokens: Sequence[Token]) -> str:
    links: list[Url | None] = []
    return "".join(_piece(token, links) for token in tokens).strip()


def _piece(token: Token, links: list[Url | None]) -> str:
    match token.type:
        case "text" | "text_special" | "html_inline":
            return _text(token.content)
        case "code_inline":
            return markdown_code(token.content)
        case "softbreak" | "hardbreak":
            return " "
        case "link_open":
            href = str(token.attrs.get("href", ""))
            links.append(None if href.startswith("#") else url(href))
            return "[" if links[-1] is not None else ""
        case "link_close":
            link = links.pop() if links else None
            return f"]({_in_parentheses(link)})" if link is not None else ""
        case "image":
            return _image(token, bool(links))
        case kind:
            return _AROUND.get(kind, "")


def _text(text: str) -> str:
    """Escape text; blanks at its ends count, because it may stand beside markup."""
    escaped = markdown(text)
    before = " " if text[:1].isspace() else ""
    after = " " if escaped and text[-1:].isspace() else ""
    return f"{before}{escaped}{after}"


def _image(token: Token, is_in_link: bool) -> str:
    words = markdown(token.content or "image")
    link = url(str(token.attrs.get("src", "")))
    return words if link is None or is_in_link else f"[{words}]({_in_parentheses(link)})"


def _in_parentheses(link: Url) -> str:
    return link.replace("(", "%28").replace(")", "%29")


# --- blocks ----------------------------------------------------------------------------------------------------------


def _lines(tokens: Sequence[Token], headings: _Headings) -> Iterator[str]:
    """Write blocks one after the other, each behind the marks of the lists and quotes that it is in."""
    marks: list[str] = []
    heading = ""
    rows = _Rows()
    for token in tokens:
        match token.type:
            case "list_item_open":
                marks.append(f"{token.info}. " if token.markup in (".", ")") else "- ")
            case "blockquote_open":
                marks.append("> ")
            case "list_item_close" | "blockquote_close":
                marks.pop()
            case "heading_open":
                heading = headings.marks(token)
            case "inline" if not rows.has_row:
                words = _inline(token.children or ())
                yield from _behind(marks, [f"{heading}{words}" if heading else _protected(words)])
            case "paragraph_close" | "heading_close" | "table_close":
                heading = ""
                yield _margin(marks).rstrip()
            case _:
                yield from _behind(marks, rows.lines(token) or _block(token))


def _block(token: Token) -> list[str]:
    """Write a block that has no tokens inside; nothing for other tokens."""
    match token.type:
        case "fence" | "code_block":
            return [*markdown_block(token.content.rstrip("\n"), "").split("\n"), ""]
        case "hr":
            return ["---", ""]
        case _:
            return []


class _Rows:
    """Writes the rows of tables: cells are collected until their row ends."""

    def __init__(self) -> None:
        self._cells: list[str] = []
        self._width = 0
        self.has_row = False

    def lines(self, token: Token) -> list[str]:
        """Take a token of a table, and give the lines that it completes."""
        match token.type:
            case "tr_open":
                self.has_row, self._cells = True, []
            case "inline" if self.has_row:
                self._cells.append(_inline(token.children or ()) or " ")
            case "tr_close":
                self.has_row, self._width = False, len(self._cells)
                return [f"| {' | '.join(self._cells)} |"]
            case "thead_close":
                return [f"|{' --- |' * self._width}"]
            case _:
                pass
        return []


def _behind(marks: list[str], lines: Sequence[str]) -> Iterator[str]:
    """Put the marks before the first line of an item, and blanks for them from then on."""
    for line in lines:
        yield ("".join(marks) + line).rstrip()
        marks[:] = [mark if mark == "> " else " " * len(mark) for mark in marks]


def _margin(marks: list[str]) -> str:
    return "".join(mark if mark == "> " else " " * len(mark) for mark in marks)


def _protected(line: str) -> str:
    """Keep a line from being an item, or the underline of a heading."""
    found = _LINE_START.match(line)
    if not found or line.startswith("**"):
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdigit() else f"\\{line}"
