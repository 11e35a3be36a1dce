"""Changing a JSON tree of one's own in place, with the moves that say where each part comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....data.document import Json, Moves, Pointer
from ....data.pointer import walk

Steps = tuple[str | int, ...]


class Incompatible(Exception):
    """A value cannot be merged with another one."""

    def __init__(self, place: Pointer, source: Pointer) -> None:
        self.place = place
        self.source = source
        super().__init__(str(place))


def unshared(value: Json) -> Json:
    """Copy a value, each part anew: YAML's aliases stand for parts that change apart from each other."""
    if isinstance(value, dict):
        return {key: unshared(inner) for key, inner in value.items()}
    return [unshared(inner) for inner in value] if isinstance(value, list) else value


def is_container(value: Json) -> bool:
    """Report whether a value is an object or a list."""
    return isinstance(value, dict | list)


def merge(target: dict[str, Json], update: dict[str, Json], place: Pointer, source: Pointer, strict: bool) -> Moves:
    """Merge an object into another one; `place` and `source` are where they stand.

    Raises:
        Incompatible: a value is of another kind than the one that it is merged with.
    """
    moves: dict[Pointer, Pointer] = {}
    for key, value in update.items():
        here, there = place.child(key), source.child(key)
        old = target.get(key)
        if key not in target or not (is_container(old) or is_container(value)):
            target[key] = unshared(value)
            moves[here] = there
        elif isinstance(old, dict) and isinstance(value, dict):
            moves.update(merge(old, value, here, there, strict))
        elif isinstance(old, list) and isinstance(value, list):
            moves.update(extend(old, value, here, there))
        elif strict:
            raise Incompatible(here, there)
        elif value is not None:  # In version 1.0 an empty key names a part and leaves it as it is.
            target[key] = unshared(value)
            moves[here] = there
    return moves


def extend(target: list[Json], values: list[Json], place: Pointer, source: Pointer) -> Moves:
    """Add items to a list."""
    first = len(target)
    target += [unshared(value) for value in values]
    return {place.child(first + n): source.child(n) for n in range(len(values))}


def append(target: list[Json], value: Json, place: Pointer, source: Pointer) -> Moves:
    """Add one item to a list."""
    target.append(unshared(value))
    return {place.child(len(target) - 1): source}


def remove(root: Json, places: Iterable[Steps]) -> Iterator[Moves]:
    """Remove values, the deepest first; give the moves of one depth after the other."""
    by_depth: dict[int, dict[Steps, list[str | int]]] = {}
    for steps in places:
        by_depth.setdefault(len(steps), {}).setdefault(steps[:-1], []).append(steps[-1])
    for depth in sorted(by_depth, reverse=True):
        moves: dict[Pointer, Pointer] = {}
        for parent, keys in by_depth[depth].items():
            container = walk(root, map(str, parent))
            if isinstance(container, list):
                moves.update(shrink(container, set(keys), Pointer().below(*parent)))
            elif isinstance(container, dict):
                for key in keys:
                    del container[str(key)]
        yield moves


def shrink(items: list[Json], indexes: set[str | int], place: Pointer) -> Moves:
    """Remove items of a list; those behind them move up."""
    kept = [n for n in range(len(items)) if n not in indexes]
    items[:] = [items[n] for n in kept]
    return {place.child(new): place.child(old) for new, old in enumerate(kept) if new != old}
