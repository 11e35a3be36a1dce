"""Chains: definitions that hold each other in a long row share modules, as Python imports one module inside another.

Groups of definitions go in, larger groups come out: one module each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...data.document import Pointer

MOST_IN_A_ROW = 60
"""Modules that import each other in a row. Each takes seven frames of Python's stack, which has 1,000 for all."""
FEWEST_LEVELS, MOST_BANDS = 50, 50
"""A longer chain is cut into bands: each of so many levels at least, and so many of them at most."""

Group = list[Pointer]


def without_long_chains(
    groups: list[Group], graph: Mapping[Pointer, tuple[Pointer, ...]], inlined: frozenset[Pointer]
) -> list[Group]:
    """Join groups until no chain of modules is long.

    The groups of one band that hold each other become one. References never go to a higher band, so no circle arises.
    """
    below = _groups_below(groups, graph)
    levels = _levels(below, [all(pointer in inlined for pointer in group) for group in groups])
    longest = max(levels, default=0)
    if longest <= MOST_IN_A_ROW:
        return groups
    height = max(FEWEST_LEVELS, -(-longest // MOST_BANDS))
    bands = [level // height for level in levels]
    owners = _joined(
        len(groups), ((up, down) for up, targets in enumerate(below) for down in targets if bands[up] == bands[down])
    )
    made: dict[int, Group] = {}
    for group, owner in zip(groups, owners, strict=True):
        made.setdefault(owner, []).extend(group)
    return list(made.values())


def _groups_below(groups: Sequence[Group], graph: Mapping[Pointer, tuple[Pointer, ...]]) -> list[set[int]]:
    """Give the numbers of the groups that each group refers to, itself left out."""
    number = {pointer: index for index, group in enumerate(groups) for pointer in group}
    return [
        {number[target] for pointer in group for target in graph[pointer]} - {index}
        for index, group in enumerate(groups)
    ]


def _levels(below: Sequence[set[int]], without_module: Sequence[bool]) -> list[int]:
    """Count the modules in the longest chain that begins at each group, from those that refer to nothing upwards."""
    above: list[list[int]] = [[] for _ in below]
    for up, targets in enumerate(below):
        for down in targets:
            above[down].append(up)
    waiting = [len(targets) for targets in below]
    levels = [0] * len(below)
    ready = [index for index, count in enumerate(waiting) if not count]
    while ready:
        down = ready.pop()
        levels[down] += not without_module[down]
        for up in above[down]:
            levels[up] = max(levels[up], levels[down])
            waiting[up] -= 1
            if not waiting[up]:
                ready.append(up)
    return levels


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Give the first of all that hang together with each, by pairs that do (union-find)."""
    owners = list(range(count))

    def owner(index: int) -> int:
        while owners[index] != index:
            owners[index] = owners[owners[index]]
            index = owners[index]
        return index

    for one, other in pairs:
        first, second = sorted((owner(one), owner(other)))
        owners[second] = first
    return [owner(index) for index in range(count)]
