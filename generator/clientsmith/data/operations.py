"""Where the operations of a document stand: in path items, and in what path items refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .openapi import VERBS
from .pointer import Json, Pointer

Follow = Callable[[Json, Pointer], tuple[Json, Pointer]]
"""Follows the references of the value at a place to their end; gives both as they are where it has none."""


@dataclass(frozen=True, slots=True)
class OperationPlace:
    """An operation object with all that surrounds it."""

    verb: str
    """Upper case, but for additional operations, which stand as the document writes them."""
    path: str
    """The template as it is sent: see `template`."""
    item: dict[str, Json]
    item_pointer: Pointer
    keys: dict[str, Json]
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class PathItem:
    """An entry of `paths`, and the object that it refers to. What stands beside a reference wins."""

    key: str
    values: tuple[tuple[Json, Pointer], ...]


def path_items(root: Json, follow: Follow, keyword: str = "paths") -> Iterator[PathItem]:
    """List the entries of `paths`, or of `webhooks`, in document order."""
    value = root.get(keyword) if isinstance(root, dict) else None
    return path_items_at(value, Pointer().child(keyword), follow)


def path_items_at(value: Json, pointer: Pointer, follow: Follow) -> Iterator[PathItem]:
    """List the path items of a map at any place, such as a callback."""
    for key, item in value.items() if isinstance(value, dict) else ():
        if key.startswith("x-"):
            continue
        here = pointer.child(key)
        end, place = follow(item, here)
        values = ((end, place),) if place == here else ((item, here), (end, place))
        yield PathItem(key, values)


def operation_places(item: PathItem) -> Iterator[OperationPlace]:
    """List the operations of an entry of `paths`, each verb once."""
    seen: set[str] = set()
    for value, place in item.values:
        if not isinstance(value, dict):
            continue
        for verb, keys, pointer in verbs(value, place):
            if isinstance(keys, dict) and verb not in seen:
                seen.add(verb)
                yield OperationPlace(verb, template(item.key), value, place, keys, pointer)


def verbs(item: dict[str, Json], pointer: Pointer) -> Iterator[tuple[str, Json, Pointer]]:
    """List what stands for operations in a path item, in document order."""
    for name, value in item.items():
        if name in VERBS:
            yield name.upper(), value, pointer.child(name)
        elif name == "additionalOperations" and isinstance(value, dict):
            yield from ((verb, inner, pointer.below(name, verb)) for verb, inner in value.items())


def template(path: str) -> str:
    """Write a path as it is sent: with a slash in front, without a fragment.

    Documents use fragments, which are never sent, to distinguish two operations of one path.
    """
    path = path.partition("#")[0]
    return path if path.startswith("/") else f"/{path}"
