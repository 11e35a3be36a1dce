"""Makes a text that a regular expression matches: a pattern and bounds go in, one text comes out, always the same."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]  # the parser has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PRINTABLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/ "


def matching(pattern: str, shortest: int = 0, longest: int | None = None) -> str | None:
    """Give a text that matches and is as long as asked for; None where none is found."""
    try:
        parsed = parser.parse(pattern)
    except (re.error, RecursionError):
        return None
    for more in range(70):
        text = "".join(_written(item, more) for item in parsed)
        if len(text) >= shortest and (longest is None or len(text) <= longest) and re.search(pattern, text):
            return text
    return None


def _written(item: tuple[Any, Any], more: int) -> str:
    """Write one item of a parsed pattern; repeats take up to `more` rounds beyond the fewest."""
    kind, value = item
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return next(c for c in PRINTABLE if ord(c) != value)
    if kind is op.ANY:
        return "a"
    if kind is op.IN:
        return _one_of(value)
    if kind is op.BRANCH:
        return "".join(_written(inner, more) for inner in value[1][0])
    if kind is op.SUBPATTERN:
        return "".join(_written(inner, more) for inner in value[-1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        fewest, most, inner = value
        rounds = min(int(most), fewest + more)
        return "".join("".join(_written(part, more) for part in inner) for _ in range(rounds))
    return ""


def _one_of(members: list[tuple[Any, Any]]) -> str:
    """Choose a character of a set, a plain one if there is any."""
    allowed = [c for c in PRINTABLE if _has(members, c)]
    if allowed:
        return allowed[0]
    kind, value = members[0]
    return chr(value if kind is op.LITERAL else value[0]) if kind in (op.LITERAL, op.RANGE) else "\u00e4"


def _has(members: list[tuple[Any, Any]], character: str) -> bool:
    is_negated = members[0][0] is op.NEGATE
    return any(_is(member, character) for member in members) != is_negated


def _is(member: tuple[Any, Any], character: str) -> bool:
    kind, value = member
    if kind is op.LITERAL:
        return ord(character) == value
    if kind is op.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    if kind is op.CATEGORY:
        classes = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_WORD: r"\w", op.CATEGORY_SPACE: r"\s"}
        classes |= {op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_WORD: r"\W", op.CATEGORY_NOT_SPACE: r"\S"}
        return re.fullmatch(classes[value], character) is not None
    return False
