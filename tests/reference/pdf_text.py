"""The text of a PDF that Chromium has printed: its glyphs in the order in which they are drawn, without blanks.

It reads what Chromium's PDF library (Skia) writes, and no more: objects one after the other, streams with Flate or
none, and for each font a table from glyphs to text (ISO 32000-1, section 9.10.3).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

Font = tuple[Mapping[int, str], int]
"""The text of each glyph, and how many digits a glyph has."""


def pdf_text(pdf: bytes) -> str:
    """Give the text of all pages."""
    objects = {int(found[1]): found[2] for found in re.finditer(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)}
    fonts = dict(_fonts(objects))
    drawn = (_stream(each) for each in objects.values() if b"stream\n" in each and b"/Subtype" not in each)
    return "".join("".join(_glyphs(stream, fonts)).replace(" ", "") for stream in drawn if b" Tf" in stream)


def _stream(content: bytes) -> bytes:
    head, _, rest = content.partition(b"stream\n")
    body = rest.rpartition(b"\nendstream")[0]
    return zlib.decompress(body) if b"/FlateDecode" in head else body


def _fonts(objects: Mapping[int, bytes]) -> Iterator[tuple[int, Font]]:
    for number, content in objects.items():
        if found := re.search(rb"/ToUnicode (\d+) 0 R", content):
            yield number, (dict(_mapping(_stream(objects[int(found[1])]).decode())), 4 if b"/Type0" in content else 2)


def _mapping(table: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(r"<(\w+)> <(\w+)>", block):
            yield int(glyph, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange\n(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)> <(\w+)> <(\w+)>", block):
            for glyph in range(int(first, 16), int(last, 16) + 1):
                yield glyph, chr(int(text, 16) + glyph - int(first, 16))


def _glyphs(stream: bytes, fonts: Mapping[int, Font]) -> Iterator[str]:
    """Follow the changes of the font; its name has the number of its object."""
    texts, digits = fonts[min(fonts)]
    for found in re.finditer(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", stream):
        if found[1]:
            texts, digits = fonts[int(found[1])]
        else:
            run = found[2].decode()
            yield from (texts[int(run[at : at + digits], 16)] for at in range(0, len(run), digits))
