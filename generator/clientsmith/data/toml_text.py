"""Values go in, TOML comes out. Every text of a document passes here: it becomes a value, a key or a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .text import TypedText, printable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
WIDTH = 110


class Toml(TypedText):
    """A value of a TOML file."""

    __slots__ = ()


def toml_key(name: str) -> str:
    """Write a key, in quotes where it must be.

    >>> toml_key("pets"), toml_key("a b")
    ('pets', '"a b"')
    """
    return name if _BARE.fullmatch(name) else toml_string(name)


def toml_path(path: Sequence[str]) -> str:
    """Write the path of a table."""
    return ".".join(map(toml_key, path))


def toml_string(text: str) -> Toml:
    """Write a basic string on one line; what is no character of Unicode is replaced."""
    return Toml('"' + "".join(map(_escaped, text)) + '"')


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    if character.isprintable():
        return character
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def toml_list(texts: Sequence[str]) -> str:
    """Write a list of strings, on several lines where one is not enough."""
    items = [toml_string(text) for text in texts]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH else "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def toml_comment(text: str) -> str:
    """Write a comment on one line; what cannot be displayed is left out."""
    line = printable(text).replace("\n", " ")
    return f"# {''.join(filter(str.isprintable, line))}".rstrip()
