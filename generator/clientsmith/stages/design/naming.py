"""Names: any text of a document goes in, a Python name comes out, distinct within its scope."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SYMBOLS = {
    "+": "plus",
    "*": "star",
    "<": "less",
    ">": "greater",
    "=": "equal",
    "%": "percent",
    "&": "and",
    "#": "hash",
}
_STATUSES = re.compile(r"(?<![A-Za-z0-9])(N?[1-5])XX(?![a-z])")
"""`4XX` is one word."""
_MINUS = re.compile(r"(?:^|(?<=\s))-(?=\d)")


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Split a name into lower-case words at separators and at changes of case.

    Digits stay with the word before them.

    >>> words("getHTTPServer2 user_Id"), words("userIDs"), words("-1")
    (('get', 'http', 'server2', 'user', 'id'), ('user', 'ids'), ('minus', '1'))
    """
    text = _MINUS.sub("minus ", unicodedata.normalize("NFKC", text)).replace("OAuth", "Oauth")
    text = _STATUSES.sub(r"\1xx", text)
    found = [word for run in _runs(text) for word in _split_by_case(run)]
    if not found:
        found = [_SYMBOLS[character] for character in text if character in _SYMBOLS]
    return tuple(unicodedata.normalize("NFKC", word.lower()) for word in found)


def _runs(text: str) -> Iterable[str]:
    """Give the stretches of characters that may stand in an identifier."""
    run = ""
    for character in text:
        if character != "_" and f"a{character}".isidentifier():
            run += character
            continue
        if run:
            yield run
        run = ""
        if character == "+":
            yield "plus"
    if run:
        yield run


def _split_by_case(run: str) -> list[str]:
    starts = [0]
    for index in range(1, len(run)):
        before, here, after = run[index - 1], run[index], run[index + 1 : index + 2]
        if not here.isupper():
            continue
        plural = after == "s" and not run[index + 2 : index + 3].islower()
        if not before.isupper() or (after.islower() and not plural):
            starts.append(index)
    return [run[start:end] for start, end in zip(starts, [*starts[1:], len(run)], strict=True)]


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


def module_name(name: str, longest: int = 80) -> str:
    """Give the name of a file: in ASCII, because file systems differ in how they write other letters, and short.

    >>> module_name("größe")
    'grosse'
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    if not plain.strip("_"):
        plain = "x" + name.encode("utf-8").hex()
    return _public(plain if len(plain) <= longest else plain[:longest].rstrip("_"), "n")


def pascal(parts: Iterable[str], initialisms: frozenset[str]) -> str:
    """Give the name of a class for words.

    >>> pascal(["ai", "config", "ids"], frozenset({"AI", "ID"}))
    'AIConfigIDs'
    """
    return _public("".join(_capitalised(word, initialisms) for word in parts) or "Value", "N")


def class_name(text: str, initialisms: frozenset[str]) -> str:
    """Give the class name of a component; keep its key where it can be a class name, or the end of one.

    >>> class_name("4XXError", frozenset())
    'N4XXError'
    """
    if text.isascii() and f"N{text}".isidentifier() and text.lstrip("0123456789")[:1].isupper() and "_" not in text:
        return _public(text, "N")
    return pascal(words(text), initialisms)


def _capitalised(word: str, initialisms: frozenset[str]) -> str:
    if re.fullmatch("n?[1-5]xx", word):
        return word.upper()
    if word.upper() in initialisms:
        return word.upper()
    if word.endswith("s") and word[:-1].upper() in initialisms:
        return word[:-1].upper() + "s"
    return word[:1].upper() + word[1:]


def _public(name: str, number: str) -> str:
    """Make an identifier of a name: a keyword gets an underscore behind, a leading digit the letter `number` in front.

    An underscore there would make it private: type checkers report every use of `response._2022`.
    """
    if not name.isidentifier():
        name = f"{number}{name}"
    return f"{name}_" if keyword.iskeyword(name) or name == "_" else name


_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "indices": "index", "matrices": "matrix",
    "vertices": "vertex", "criteria": "criterion", "analyses": "analysis", "statuses": "status", "aliases": "alias",
    "buses": "bus", "series": "series", "species": "species", "news": "news", "data": "data", "media": "media",
    "settings": "settings", "movies": "movie", "cookies": "cookie", "databases": "database", "releases": "release",
    "responses": "response", "expenses": "expense", "licenses": "license", "purchases": "purchase", "cases": "case",
    "leases": "lease", "caches": "cache", "houses": "house", "bases": "base", "phases": "phase", "courses": "course",
    "uses": "use", "causes": "cause", "clauses": "clause", "exercises": "exercise", "enterprises": "enterprise",
    "franchises": "franchise", "sizes": "size", "quizzes": "quiz", "zones": "zone", "gas": "gas", "axes": "axis",
    "bonuses": "bonus", "campuses": "campus", "viruses": "virus", "lens": "lens", "synopses": "synopsis",
}  # fmt: skip
_KEPT_ENDING = re.compile(r"(ss|us|is|ous|ics)$")


def singular(word: str) -> str:
    """Give the singular of an English word, by the common rules and a short list of exceptions.

    >>> [singular(word) for word in ("meetings", "policies", "boxes", "address", "people")]
    ['meeting', 'policy', 'box', 'address', 'person']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if _KEPT_ENDING.search(word) or (len(word) < 4 and word != "ids"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


class Names:
    """The names of one scope. A name that is taken gets a number; what was wanted and given is remembered."""

    def __init__(self, reserved: Iterable[str] = (), *, ignore_case: bool = False) -> None:
        self._ignore_case = ignore_case
        self._taken = {self._key(name) for name in reserved}
        self.renamed: list[tuple[str, str]] = []

    def _key(self, name: str) -> str:
        return name.casefold() if self._ignore_case else name

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._taken

    def claim(self, *wanted: str, separator: str = "_") -> str:
        """Take the first of the wanted names that is free, else the first one with the lowest free number."""
        name = next((name for name in wanted if name not in self), None)
        if name is None:
            number = 2
            while f"{wanted[0]}{separator}{number}" in self:
                number += 1
            name = f"{wanted[0]}{separator}{number}"
        if name != wanted[0]:
            self.renamed.append((wanted[0], name))
        self._taken.add(self._key(name))
        return name
