"""Which operations `[select]` of the settings keeps: one rule for the stages that check and apply it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .openapi import VERBS
from .settings import SelectSettings

TAG = "tag:"
"""How a pattern for tags begins."""


@dataclass(frozen=True, slots=True)
class Described:
    """What patterns look at in an operation."""

    verb: str
    """Upper case."""
    path: str
    """The template, with a slash in front; a query behind it may be missing in the pattern."""
    operation_id: str | None
    tags: tuple[str, ...]


def is_selected(select: SelectSettings, operation: Described, *, is_named: bool) -> bool:
    """Decide whether an operation is kept. `is_named` is true where a resource of the settings has it as a method."""
    if select.only_named and not is_named:
        return False
    if select.include and not any(matches(pattern.text, operation) for pattern in select.include):
        return False
    return not any(matches(pattern.text, operation) for pattern in select.exclude)


def matches(pattern: str, operation: Described) -> bool:
    """Hold an operation against `tag:NAME`, `/path`, `VERB /path` or an operationId, each with `*` for any text.

    In paths `*` stays within a segment, and `**` does not.
    """
    verb, path = verb_and_path(pattern)
    if path is not None:
        places = {operation.path, operation.path.partition("?")[0]}
        return verb in (None, operation.verb) and any(path_glob(path).fullmatch(place) for place in places)
    if pattern.startswith(TAG):
        return any(text_glob(pattern.removeprefix(TAG)).fullmatch(tag) for tag in operation.tags)
    return operation.operation_id is not None and text_glob(pattern).fullmatch(operation.operation_id) is not None


def verb_and_path(pattern: str) -> tuple[str | None, str | None]:
    """Take `GET /pets` apart; both are None in a pattern for tags or operationIds, the first in one for paths."""
    if pattern.startswith("/"):
        return None, pattern
    verb, _, path = pattern.partition(" ")
    path = path.lstrip()
    return (verb.upper(), path) if path.startswith("/") and verb.lower() in VERBS else (None, None)


@cache
def path_glob(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for paths."""
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts), re.DOTALL)


@cache
def text_glob(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for names."""
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", pattern))), re.DOTALL)
