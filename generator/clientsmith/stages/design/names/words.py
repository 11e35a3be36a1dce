"""Words: any text of a document goes in, its words in lower case come out; and the singular of a word."""

from __future__ import annotations

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
            is_loose = not run and unicodedata.category(character).startswith("M")
            run += "" if is_loose else character  # a mark belongs to a letter; alone it would join the next word's
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
