"""Names: any text of a document goes in, a Python name comes out, distinct within its scope."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...data.modules import types_folder
from ...data.reserved import is_device
from ...data.settings import Settings
from .names.words import singular, words

__all__ = [
    "Casing",
    "Names",
    "casing_of",
    "class_name",
    "env_prefix",
    "module_name",
    "pascal",
    "singular",
    "snake",
    "types_of",
    "words",
    "written_class",
]


LONGEST = 400
"""Characters of a name that is made of one in the document: it is written wherever it is used."""


def snake(text: str) -> str:
    """Give the name of a field, argument, method or module; keep one that is a good name already.

    >>> [snake(name) for name in ("user_Id", "class", "2fa", "a__b", "@type", "")]
    ['user_id', 'class_', 'n2fa', 'a__b', 'type', 'value']
    """
    if (
        text.isascii()
        and text.isidentifier()
        and text == text.lower()
        and not text.startswith("__")
        and text.strip("_")
    ):
        return _public(text, "n")
    return _public("_".join(words(text)) or "value", "n")


def types_of(resource: Iterable[str]) -> str:
    """Give the package of the types that the calls of a resource share, in a folder that any system can have."""
    return types_folder(map(module_name, resource))


def module_name(name: str, longest: int = 80) -> str:
    """Give the name of a file: in ASCII, because file systems differ in how they write other letters, and short.

    >>> module_name("größe")
    'grosse'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    if not plain.strip("_"):
        plain = "x" + name.encode("utf-8").hex()
    name = _public(plain if len(plain) <= longest else plain[:longest].rstrip("_"), "n")
    return f"{name}_" if is_device(name) else name


@dataclass(frozen=True, slots=True)
class Casing:
    """How class names write words."""

    initialisms: frozenset[str] = frozenset()
    """Words in capitals, singular."""
    terms: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """One or more words, and what they are written as."""

    def written(self, parts: Sequence[str]) -> Iterator[str]:
        """Write each term, the longest one at each place, and each other word."""
        longest = max(map(len, self.terms), default=0)
        start = 0
        while start < len(parts):
            ends = range(min(start + longest, len(parts)), start, -1)
            end = next((end for end in ends if tuple(parts[start:end]) in self.terms), start)
            yield self.terms[tuple(parts[start:end])] if end > start else self._capitalised(parts[start])
            start = max(end, start + 1)

    def _capitalised(self, word: str) -> str:
        if re.fullmatch("n?[1-5]xx", word) or word.upper() in self.initialisms:
            return word.upper()
        if word.endswith("s") and word[:-1].upper() in self.initialisms:
            return word[:-1].upper() + "s"
        return word[:1].upper() + word[1:]


def env_prefix(settings: Settings) -> str:
    """Give what environment variables begin with that the settings do not name: the package, in capitals."""
    return "_".join(words(settings.output.name)).upper()


def casing_of(settings: Settings) -> Casing:
    """Give the casing that the settings want."""
    terms = {tuple(term.split("_")): written for term, written in settings.casings.items()}
    return Casing(frozenset(settings.initialisms), terms)


def pascal(parts: Iterable[str], casing: Casing) -> str:
    """Give the name of a class for words.

    >>> pascal(["ai", "config", "ids"], Casing(frozenset({"AI", "ID"})))
    'AIConfigIDs'
    """
    return _public("".join(casing.written(tuple(parts))) or "Value", "N")


def written_class(text: str, casing: Casing) -> str:
    """Give the class that the settings name: as it is where it begins with a capital, else made of its words."""
    return text if text[:1].isupper() else pascal(words(text), casing)


def class_name(text: str, casing: Casing) -> str:
    """Give the class name of a component; keep its key where it can be a class name, or the end of one.

    >>> class_name("4XXError", Casing())
    'N4XXError'
    """
    if text.isascii() and f"N{text}".isidentifier() and text.lstrip("0123456789")[:1].isupper() and "_" not in text:
        return _public(text, "N")
    return pascal(words(text), casing)


def _public(name: str, number: str) -> str:
    """Make an identifier of a name: a keyword gets an underscore behind, a leading digit the letter `number` in front.

    An underscore there would make it private: type checkers report every use of `response._2022`. Words that are joined
    may become other characters under NFKC, which Python reads names by: so the whole name is normalised once more.
    """
    name = unicodedata.normalize("NFKC", name[:LONGEST])[:LONGEST]
    if not name.isidentifier():
        name = unicodedata.normalize("NFKC", f"{number}{name.lstrip(_marks(name))}")
    return f"{name}_" if keyword.iskeyword(name) or name == "_" else name


def _marks(name: str) -> str:
    """Give the marks in a name: one at its beginning would join the letter in front of it."""
    return "".join(character for character in name if unicodedata.category(character).startswith("M"))


class Names:
    """The names of one scope. A name that is occupied gets a number; `renamed` lists such names."""

    def __init__(self, reserved: Iterable[str] = (), *, ignore_case: bool = False) -> None:
        self._ignore_case = ignore_case
        self._occupied = {self._key(name) for name in reserved}
        self.renamed: list[tuple[str, str]] = []
        self._numbers: dict[str, int] = {}
        """The first number that may be free, by the name in front of it."""

    def _key(self, name: str) -> str:
        return name.casefold() if self._ignore_case else name

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._occupied

    def claim(self, *wanted: str, separator: str = "_") -> str:
        """Take the first of the wanted names that is free, else the first one with the lowest free number."""
        name = next((name for name in wanted if name not in self), None)
        if name is None:
            start = f"{wanted[0]}{separator}"
            number = self._numbers.get(start, 2)
            while f"{start}{number}" in self:
                number += 1
            self._numbers[start] = number + 1
            name = f"{start}{number}"
        if name != wanted[0]:
            self.renamed.append((wanted[0], name))
        self._occupied.add(self._key(name))
        return name
