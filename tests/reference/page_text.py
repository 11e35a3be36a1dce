"""The text of a page as a browser gives it with everything expanded: a line for each block."""

from __future__ import annotations

from html.parser import HTMLParser

# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "dd", "details", "dialog", "div", "dl", "dt", "footer", "h1",
    "h2", "h3", "h4", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
))
# fmt: on
NO_TEXT = frozenset({"head", "script", "style"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in NO_TEXT
        if tag in BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in NO_TEXT
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.lines[-1] += data


def text_lines(page: str) -> list[str]:
    """Read the lines of a page."""
    reader = _Reader()
    reader.feed(page)
    return [" ".join(line.split()) for line in reader.lines if line.strip()]
