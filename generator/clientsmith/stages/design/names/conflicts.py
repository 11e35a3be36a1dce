"""Resolves conflicts of operations that want the same name: readings go in, a name for each comes out.

A name depends on the operations that want it, never on the order of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from .paths import one
from .reading import Reading
from .subject import Words, joined, own_words
from .vocabulary import FILLERS

_VERB_ORDER = ("PATCH", "GET", "POST", "PUT", "DELETE")
Claim = tuple[tuple[tuple[int, str], ...], int, bool, int, int, str, str]


def resolve_conflicts(readings: Mapping[str, Reading], occupied: AbstractSet[Words]) -> dict[str, tuple[Words, bool]]:
    """Give each operation a name of its own, and whether that is another one than its reading wants.

    The operation with the best claim gets the wanted name; the others get the best free alternative.
    """
    groups: dict[Words, list[str]] = {}
    for key, reading in readings.items():
        groups.setdefault((*reading.resource, reading.method), []).append(key)
    closed = occupied | {r.resource[:end] for r in readings.values() for end in range(1, len(r.resource) + 1)}
    names: dict[str, tuple[Words, bool]] = {}
    waiting: list[tuple[Claim, str, str]] = []
    for name, keys in groups.items():
        first, *others = sorted(keys, key=lambda key: _claim(readings[key]))
        if name in closed:
            others.insert(0, first)
        else:
            names[first] = (name, False)
        waiting += [(_claim(readings[key]), key, first) for key in others]
    occupied_names = closed | groups.keys()
    for _, key, other in sorted(waiting):
        name = _next_name(readings[key], readings[other], occupied_names)
        occupied_names |= {name}
        names[key] = (name, True)
    return names


def _claim(reading: Reading) -> Claim:
    """Measure the claim to a name; the smallest is the best: the oldest version, the shortest path.

    What is done to one of several comes before what is done to all of them.
    """
    path, verb = reading.path, reading.operation.verb
    is_late = not reading.is_item and reading.method in ("get", "update", "replace", "delete")
    order = _VERB_ORDER.index(verb) if verb in _VERB_ORDER else len(_VERB_ORDER)
    place = (reading.operation.path, str(reading.operation.pointer))
    return (path.version, len(path.fixed), is_late, len(path.steps), order, *place)


def _next_name(reading: Reading, other: Reading, occupied_names: AbstractSet[Words]) -> Words:
    """Give the best alternative that is free; a number is the last resort. `other` has the wanted name."""
    options = [(*reading.resource, option) for option in _options(reading, other)]
    free = next((option for option in options if option not in occupied_names), None)
    if free is not None:
        return free
    name, number = options[-1][-1], 2
    while (*reading.resource, f"{name}_{number}") in occupied_names:
        number += 1
    return (*reading.resource, f"{name}_{number}")


def _options(reading: Reading, other: Reading) -> Iterator[str]:
    """Give the alternatives to the name of an operation, the best first."""
    path, method = reading.path, reading.method
    if path.steps == other.path.steps and path.version_name not in ("", other.path.version_name):
        yield f"{method}_{path.version_name}"
    if reading.is_item != other.is_item or reading.operation.verb == "PUT":
        yield from reading.others
    context, by = tuple(_context(reading, other)), tuple(_parameters(reading))
    if context:
        yield joined((method, "for", *context))
    if by:
        yield joined((method, "by", *by))
    if by and context:
        yield joined((method, "for", *context, "by", *by))
    yield from reading.others
    if reading.id_words and reading.id_words[-1] not in FILLERS:
        yield joined((method, *reading.id_words))
    if path.version_name:
        yield f"{method}_{path.version_name}"
    yield f"{method}_with_{reading.operation.verb.lower()}"
    yield joined((method, *(word for step in path.fixed for word in step.words)))


def _context(reading: Reading, other: Reading) -> Iterator[str]:
    """Give the parents that only this path has: the nouns of the parameters before its last fixed step."""
    theirs = {step.words for step in other.path.steps if step.is_parameter}
    steps = reading.path.steps
    last = max((index for index, step in enumerate(steps) if not step.is_parameter), default=0)
    for before, step in zip((None, *steps[:last]), steps[:last], strict=False):
        if step.is_parameter and step.words not in theirs:
            yield from one(before.words) if before and not before.is_parameter else step.words[:-1] or step.words


def _parameters(reading: Reading) -> Iterator[str]:
    """Give the parameters at the end of a path: `owner and repo`."""
    steps = reading.path.steps
    last = max((index for index, step in enumerate(steps) if not step.is_parameter), default=-1)
    own = own_words(reading.resource)
    for index, step in enumerate(steps[last + 1 :]):
        yield from ("and",) if index else ()
        yield from tuple(word for word in step.words if word not in own) or step.words
