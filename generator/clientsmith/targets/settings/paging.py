"""Schemes of paging go in; the tables of a settings file that say the same come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...data.toml_text import toml_comment, toml_key, toml_list, toml_string
from ...stages.design.paging.recognition import Recognised

MOST_OPERATIONS = 3
"""Operations that a comment names."""


def paging_tables(recognised: Iterable[Recognised]) -> Iterator[str]:
    """Write a table for each scheme, line by line, with the operations that it fits."""
    for number, found in enumerate(recognised):
        if number:
            yield ""
        yield toml_comment(_operations(found))
        yield f"[paging.{toml_key(found.scheme.name)}]"
        for key, value in found.keys.items():
            yield f"{key} = {_value(value)}"


def _operations(found: Recognised) -> str:
    names = [f"{operation.verb} {operation.path}" for operation in found.operations]
    more = len(names) - MOST_OPERATIONS
    rest = f", and {more} more" if more > 0 else ""
    counted = f"{len(names)} operation{'' if len(names) == 1 else 's'}"
    return f"{counted}: {', '.join(names[:MOST_OPERATIONS])}{rest}"


def _value(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return toml_list(value)
    return toml_string(value) if isinstance(value, str) else str(value)
