"""Puts resources below those of parent tags (OpenAPI 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ....data.api import Operation, Tag
from .paths import one
from .reading import Reading
from .subject import Words, joined, parted
from .words import words

NAVIGATION = (None, "nav")
"""The kinds of tags that group operations; others mark them, as `badge` does."""


def by_groups(operation: Operation, tags: Mapping[str, Tag]) -> Operation:
    """Put the tags that group an operation before those that mark it."""
    first = dict.fromkeys(name for name in operation.tags if name not in tags or tags[name].kind in NAVIGATION)
    return replace(operation, tags=(*first, *(name for name in dict.fromkeys(operation.tags) if name not in first)))


def below_parents(reading: Reading, tags: Mapping[str, Tag], parents: AbstractSet[str | None]) -> Reading:
    """Put a resource below those of the tag's parents; what the path repeats of them is not repeated.

    `parents` names all tags that are parents.
    """
    chain = _chain(reading.operation, tags)
    is_parent = not parents.isdisjoint(reading.operation.tags[:1])
    if not chain or not (is_parent or chain[1:]) or reading.operation.resource_hint:
        return reading
    ones = [one(parted(name)) for name in chain]
    last = max((i for i, name in enumerate(reading.resource) if one(parted(name)) in ones), default=-1)
    is_tag = last >= 0 and one(parted(reading.resource[last])) == ones[-1]
    resource = (*(chain[:-1] if is_tag else chain), *reading.resource[last if is_tag else last + 1 :])
    return replace(reading, resource=resource, rule=f"{reading.rule}, tag tree")


def _chain(operation: Operation, tags: Mapping[str, Tag]) -> Words:
    """Name the tag of an operation and those above it, the outermost first."""
    names: dict[str, None] = {}
    tag = tags.get(operation.tags[0]) if operation.tags else None
    while tag is not None and tag.name not in names:
        names[tag.name] = None
        tag = tags.get(tag.parent or "")
    return tuple(joined(words(name)) for name in reversed(names) if words(name))
