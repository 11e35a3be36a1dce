"""Colours for examples: code of ours goes in, the same text in HTML comes out, with its strings and words marked."""

from __future__ import annotations

import re

from ...data.text import Html, html, html_text

_PYTHON = re.compile(
    r"""(?P<hs>[bf]?"(?:[^"\\\n]|\\.)*"|[bf]?'(?:[^'\\\n]|\\.)*')"""
    r"|(?P<hc>\#[^\n]*)"
    r"|(?P<hk>\b(?:import|from|async|await|def|with|as|for|in|try|except|None|True|False)\b)"
    r"|(?P<hn>\b\d[\d.]*\b)"
)
_JSON = re.compile(
    r'(?P<ha>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<hs>"(?:[^"\\]|\\.)*")'
    r"|(?P<hk>\b(?:true|false|null)\b)|(?P<hn>-?\b\d[\d.eE+-]*)"
)
_SHELL = re.compile(r"(?P<hs>'[^']*')|(?P<hk>(?<!\S)-{1,2}[A-Za-z-]+)")
_LANGUAGES = {"python": _PYTHON, "json": _JSON, "shell": _SHELL}


def highlighted(code: str, language: str) -> Html:
    """Mark the parts of a text: strings, comments, words of the language, numbers, names of members."""
    parts: list[str] = []
    end = 0
    for found in _LANGUAGES[language].finditer(code):
        parts.append(html_text(code[end : found.start()]))
        parts += ('<span class="', found.lastgroup or "", '">', html_text(found[0]), "</span>")
        end = found.end()
    return html(*parts, html_text(code[end:]))
