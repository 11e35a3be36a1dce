"""Text that may enter generated files: each type is made by one encoder here, and by nothing else.

Every string of a document is hostile. Templates print only these types (they are `Markup`, so that Jinja's autoescape
lets them through); a plain string in a template is an error. The encoders assert what their context needs.
"""

from __future__ import annotations

import json
import keyword
import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Self
from urllib.parse import quote

from markupsafe import Markup

LINE_WIDTH = 88


class TypedText(Markup):
    """Text that an encoder made."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Take text as it is. `Markup` itself would look for other kinds of objects at each of a million calls."""
        return str.__new__(cls, text)


class Identifier(TypedText):
    """A Python name."""

    __slots__ = ()


class ModulePath(TypedText):
    """A dotted, possibly relative, module path."""

    __slots__ = ()


class Code(TypedText):
    """Python expression text: type annotations, literals, calls. Made from the other types and fixed text only."""

    __slots__ = ()


class Docstring(TypedText):
    """A string literal in triple quotes, wrapped and indented for its place."""

    __slots__ = ()


class Comment(TypedText):
    """The text of a one-line comment, with its `#`."""

    __slots__ = ()


class Markdown(TypedText):
    """Text for a Markdown file."""

    __slots__ = ()


@lru_cache(maxsize=16384)
def identifier(text: str) -> Identifier:
    """Take a name that is a Python identifier already; anything else is a mistake of the plan.

    Raises:
        ValueError: the text is no identifier, or NFKC would change it.
    """
    if not text.isidentifier() or keyword.iskeyword(text):
        raise ValueError(f"not an identifier: {text!r}")
    if not text.isascii() and unicodedata.normalize("NFKC", text) != text:
        raise ValueError(f"identifier changes under NFKC: {text!r}")
    return Identifier(text)


def module_path(text: str) -> ModulePath:
    """Take a module path: leading dots, then identifiers joined by dots."""
    steps = text.lstrip(".").split(".") if text.strip(".") else []
    for step in steps:
        identifier(step)
    return ModulePath(text)


def literal(value: object) -> Code:
    """Write a value as a Python literal: scalars, ASCII bytes, lists, tuples and dicts with string keys.

    >>> str(literal({"a": [1, None, 'say "hi"']}))
    '{"a": [1, None, \\'say "hi"\\']}'
    """
    return Code(_literal_text(value))


def _literal_text(value: object) -> str:
    if isinstance(value, str):
        return _string_text(str(value))
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, bytes):
        return f"b{_string_text(value.decode('ascii'))}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal_text(key)}: {_literal_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        items = [_literal_text(item) for item in value]
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    if isinstance(value, list):
        return "[" + ", ".join(_literal_text(item) for item in value) + "]"
    raise TypeError(f"no literal for {type(value).__name__}")


def _string_text(value: str) -> str:
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in value else text


def code(*parts: str) -> Code:
    """Join fixed text of ours with text that encoders made. Text of a document never comes here bare."""
    return Code("".join(parts))


def comment(text: str) -> Comment:
    """Write one line after a `#`."""
    return Comment("# " + " ".join(printable(text).split()))


_ORDINARY = re.compile(r"[ -~\n]*")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """Replace what could steer a terminal or deceive a reader: control, bidirectional and unassigned characters.

    Line feeds stay; tabs become spaces.
    """
    if _ORDINARY.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in _INVISIBLE
        else ""
        if unicodedata.category(character) == "Cf"
        else " "
        for character in text
    )


def visible(text: str) -> str:
    """Write such characters as escapes, for a terminal. Tabs become spaces, line feeds are escaped."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escape_sequence(character) if unicodedata.category(character) in _INVISIBLE else character
        for character in text.replace("\t", " ")
    )


def _escape_sequence(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def docstring(paragraphs: Iterable[str], indent: int) -> Docstring:
    """Write paragraphs as a docstring for a place that is indented by so many blanks.

    Prose is wrapped; lines that Markdown keeps as they are (lists, tables, code, headings) are kept. A paragraph whose
    first line starts with blanks is kept as it is.
    """
    return _docstring(tuple(paragraphs), indent)


@lru_cache(maxsize=16384)  # Documents repeat themselves: requests and responses have the same members.
def _docstring(paragraphs: tuple[str, ...], indent: int) -> Docstring:
    blocks = [wrapped(paragraph, LINE_WIDTH - indent) for paragraph in paragraphs]
    text = "\n\n".join(block for block in blocks if block)
    margin = " " * indent
    lines = _SPECIAL.sub(_escaped, text).split("\n")
    if len(lines) == 1 and len(lines[0]) + 6 + indent <= LINE_WIDTH:
        return Docstring(f'"""{_SPECIAL_IN_ONE_LINE.sub(_escaped, text)}"""')
    body = "\n".join([lines[0], *(margin + line if line else "" for line in lines[1:])])
    return Docstring(f'"""{body}\n{margin}"""')


_SPECIAL = re.compile(r'\\|"{3,}')
_SPECIAL_IN_ONE_LINE = re.compile(r'\\|"{3,}|"+\Z')


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in found[0])


_KEPT_LINE = re.compile(r"\s{4,}|\s*([-*+>|#]|\d+[.)])\s|\s*[|<#]|\s*```|\s*~~~|`[^`]+`\Z")
_FENCE = re.compile(r"\s*(```|~~~)")


def wrapped(text: str, width: int) -> str:
    """Wrap the prose in a Markdown text, and leave its lists, tables and code alone."""
    result: list[str] = []
    prose: list[str] = []
    fenced = False

    def flush() -> None:
        if prose:
            result.extend(_wrapped_prose(" ".join(prose), width))
            prose.clear()

    for line in printable(text).strip("\n").split("\n"):
        line = line.rstrip()
        if fenced or not line or _KEPT_LINE.match(line):
            flush()
            result.append(line)
            fenced = fenced != bool(_FENCE.match(line))
        else:
            prose.append(line.strip())
    flush()
    return "\n".join(_without_blank_runs(result))


def _wrapped_prose(text: str, width: int) -> list[str]:
    width = max(width, 40)
    if text.isprintable() and "  " not in text:
        return _wrapped_words(text, width)
    return _wrapper(width).wrap(text)


def _wrapped_words(text: str, width: int) -> list[str]:
    """Wrap words with one blank between them as `textwrap` does, which lists all words and blanks for that."""
    lines, start = [], 0
    while len(text) - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end < 0:  # The word is longer than the line.
            end = text.find(" ", start)
        if end < 0:
            break
        lines.append(text[start:end])
        start = end + 1
    return [*lines, text[start:]]


@cache
def _wrapper(width: int) -> textwrap.TextWrapper:
    return textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)


def _without_blank_runs(lines: Sequence[str]) -> list[str]:
    """Drop blank lines at both ends and doubled ones between."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~!]|&(?=#?\w+;))")


@lru_cache(maxsize=16384)
def markdown(text: str) -> Markdown:
    """Write prose of a document as one line of plain text: none of it is markup, HTML or a link."""
    return Markdown(_MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(printable(text).split())))


@lru_cache(maxsize=16384)
def markdown_code(text: str) -> Markdown:
    """Write text as a code span, with as many backticks as it takes.

    Text without a visible character is escaped: Markdown has no empty code spans.
    """
    text = " ".join(printable(text).split()) or visible(text).strip() or '""'
    if "`" not in text:
        return Markdown(f"`{text}`")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{pad}{text}{pad}{fence}")


def markdown_block(text: str, language: str) -> Markdown:
    """Write text as a fenced block of code, with as many backticks as it takes."""
    text = printable(text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown(f"{fence}{language}\n{text}\n{fence}")


def markdown_link(words: Markdown, target: Url) -> Markdown:
    """Write a link with words that an encoder made."""
    return Markdown(f"[{words}]({target.replace('(', '%28').replace(')', '%29')})")


def markdown_lines(*parts: str) -> Markdown:
    """Join fixed text of ours with Markdown that encoders made."""
    return Markdown("".join(parts))


# --- HTML ------------------------------------------------------------------------------------------------------------


class Html(Markup):
    """Text for the body of an HTML page: escaped text, and elements of ours around it."""

    __slots__ = ()


class Attribute(Markup):
    """The value of an attribute in double quotes."""

    __slots__ = ()


class Url(Attribute):
    """The value of an attribute that holds a link."""

    __slots__ = ()


class Script(Markup):
    """A JavaScript expression."""

    __slots__ = ()


def html_text(text: str) -> Html:
    """Write text of a document between the elements of a page."""
    return Html(_escaped_html(text))


def html(*parts: str) -> Html:
    """Join fixed elements of ours with text that encoders made. Text of a document never comes here bare."""
    return Html("".join(parts))


def attribute(text: str) -> Attribute:
    """Write text as the value of an attribute, on one line."""
    return Attribute(" ".join(_escaped_html(text).split()))


def _escaped_html(text: str) -> str:
    return _without_markup(printable(text))


def _without_markup(text: str) -> str:
    # A chain of `replace` takes a third of the time of `translate`.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


_LINK = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"


def _is_anchor(text: str) -> bool:
    """Report whether a text is identifiers with dots and dashes between; combining marks are parts of identifiers."""
    return bool(text) and f"a{text.replace('.', '').replace('-', '')}".isidentifier()


def anchor(text: str) -> Attribute:
    """Take the name of a place in a page: identifiers with dots and dashes between; else it is a mistake of ours.

    Raises:
        ValueError: the text is no such name.
    """
    if not _is_anchor(text):
        raise ValueError(f"not an anchor: {text!r}")
    return Attribute(text)


def url(text: str) -> Url | None:
    """Write a link of a document: to `http`, `https` or `mailto`, or to an anchor; None for all others."""
    text = text.strip()
    if _LINK.fullmatch(text):
        return Url(_without_markup(quote(text, safe=_URL_SAFE, errors="replace")))
    return local_url("", text[1:]) if text.startswith("#") and _is_anchor(text[1:]) else None


@lru_cache(maxsize=65536)
def local_url(page: str, place: str = "") -> Url:
    """Write a link to a page of ours in the same folder, to a place in it, or both."""
    return Url(quote(page, safe="/") + (f"#{quote(anchor(place))}" if place else ""))


def script_value(value: object) -> Script:
    """Write a JSON value for a script: it cannot end the script, wherever it stands."""
    text = json.dumps(value, separators=(",", ":"))
    return Script(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
