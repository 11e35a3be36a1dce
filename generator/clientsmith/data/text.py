"""Text that may enter generated files: each type is made by one encoder here, and by nothing else.

Every string of a document is hostile. Templates print only these types (they are `Markup`, so that Jinja's autoescape
lets them through); a plain string in a template is an error. The encoders assert what their context needs.
"""

from __future__ import annotations

import keyword
import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Self

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
    """Take a name that is a Python identifier already; anything else is a mistake of the plan."""
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
    """Write a value as a Python literal: scalars, lists, tuples and dicts with string keys.

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
    if isinstance(value, dict):
        members = (f"{_literal_text(key)}: {_literal_text(item)}" for key, item in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, tuple):
        items = [_literal_text(item) for item in value]
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    if isinstance(value, list):
        return "[" + ", ".join(_literal_text(item) for item in value) + "]"
    raise TypeError(f"no literal for {type(value).__name__}")


def _string_text(value: str) -> str:
    text = repr(value)
    if text[0] == "'" and '"' not in value:
        return f'"{text[1:-1]}"'
    return text


def code(*parts: str) -> Code:
    """Join fixed text of ours with text that encoders made. Text of a document never comes here bare."""
    return Code("".join(parts))


def comment(text: str) -> Comment:
    """Write one line after a `#`."""
    return Comment("# " + " ".join(printable(text).split()))


_NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """Replace what could steer a terminal or deceive a reader: control, bidirectional and unassigned characters.

    Line feeds stay; tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in _NOT_SHOWN
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
        _escape_sequence(character) if unicodedata.category(character) in _NOT_SHOWN else character
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


_KEPT_LINE = re.compile(r"\s{4,}|\s*([-*+>|#]|\d+[.)])\s|\s*[|<#]|\s*```|\s*~~~")
_FENCE = re.compile(r"\s*(```|~~~)")


def wrapped(text: str, width: int, *, hanging: str = "") -> str:
    """Wrap the prose in a Markdown text, and leave its lists, tables and code alone."""
    result: list[str] = []
    prose: list[str] = []
    fenced = False

    def flush() -> None:
        if prose:
            result.extend(_wrapped_prose(" ".join(prose), width, hanging))
            prose.clear()

    for line in printable(text).strip("\n").split("\n"):
        line = line.rstrip()
        fence = bool(_FENCE.match(line))
        if fenced or fence or not line or _KEPT_LINE.match(line):
            flush()
            result.append(line)
            fenced = fenced != fence
        else:
            prose.append(line.strip())
    flush()
    return "\n".join(_without_blank_runs(result))


def _wrapped_prose(text: str, width: int, hanging: str) -> list[str]:
    if len(text) <= width and text.isprintable():
        return [text]
    return _wrapper(max(width, 40), hanging).wrap(text)


@cache
def _wrapper(width: int, hanging: str) -> textwrap.TextWrapper:
    return textwrap.TextWrapper(width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def _without_blank_runs(lines: Sequence[str]) -> list[str]:
    """Drop blank lines at both ends and doubled ones between."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~!])")


@lru_cache(maxsize=16384)
def markdown(text: str) -> Markdown:
    """Write prose of a document as one line of plain text: none of it is markup, HTML or a link."""
    return Markdown(_MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(printable(text).split())))


@lru_cache(maxsize=16384)
def markdown_code(text: str) -> Markdown:
    """Write text as a code span, with as many backticks as it takes.

    Text without a visible character is escaped: an empty span is none, and its backticks would pair with later ones.
    """
    text = " ".join(printable(text).split()) or visible(text).strip() or '""'
    if "`" not in text:
        return Markdown(f"`{text}`")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{pad}{text}{pad}{fence}")


def markdown_lines(*parts: str) -> Markdown:
    """Join fixed text of ours with Markdown that encoders made."""
    return Markdown("".join(parts))
