"""Pairs: two lists go in, the pairs that belong together are removed from both."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


def pair_up(gone: list[T], fresh: list[T], key: Callable[[T], Hashable | None]) -> list[tuple[T, T]]:
    """Take out pairs of a key that only one on each side has. None is no key."""
    before, after = _unique(gone, key), _unique(fresh, key)
    pairs = [(one, after[value]) for value, one in before.items() if value in after]
    paired = {id(one) for pair in pairs for one in pair}
    gone[:] = [one for one in gone if id(one) not in paired]
    fresh[:] = [one for one in fresh if id(one) not in paired]
    return pairs


def _unique(values: list[T], key: Callable[[T], Hashable | None]) -> dict[Hashable, T]:
    by_key: dict[Hashable, list[T]] = {}
    for value in values:
        found = key(value)
        if found is not None:
            by_key.setdefault(found, []).append(value)
    return {found: each[0] for found, each in by_key.items() if len(each) == 1}
