"""Tells operations apart that ask for the same name. A name depends on its rivals alone, never on their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from .paths import one
from .reading import Reading

_VERB_ORDER = ("PATCH", "GET", "POST", "PUT", "DELETE")
Name = tuple[str, ...]


def settle(readings: Mapping[str, Reading], occupied: AbstractSet[Name]) -> dict[str, tuple[Name, bool]]:
    """Give each operation a name of its own, and whether it is another one than it asked for.

    Whoever has the best claim gets what it asks for; the others take the nicest name that nobody asks for.
    """
    groups: dict[Name, list[str]] = {}
    for key, reading in readings.items():
        groups.setdefault((*reading.resource, reading.method), []).append(key)
    names: dict[str, tuple[Name, bool]] = {}
    resources = {r.resource[:length] for r in readings.values() for length in range(1, len(r.resource) + 1)}
    occupied = occupied | resources
    taken = occupied | groups.keys()
    waiting: list[tuple[str, str]] = []
    for name, keys in groups.items():
        first, *others = sorted(keys, key=lambda key: claim(readings[key]))
        if name in occupied:
            others = [first, *others]
        else:
            names[first] = (name, False)
        waiting += [(key, first) for key in others]
    for key, rival in sorted(waiting, key=lambda pair: claim(readings[pair[0]])):
        reading = readings[key]
        options = [(*reading.resource, option) for option in _options(reading, readings[rival])]
        name = next((option for option in options if option not in taken), _numbered(options[-1], taken))
        taken.add(name)
        names[key] = (name, True)
    return names


def claim(reading: Reading) -> tuple[Any, ...]:
    """Measure the claim to a name; the smallest is the best: the oldest version, the shortest path.

    What is done to one of several comes before what is done to all of them.
    """
    path, verb = reading.path, reading.operation.verb
    is_late = not reading.is_item and reading.method in ("get", "update", "replace", "delete")
    order = _VERB_ORDER.index(verb) if verb in _VERB_ORDER else len(_VERB_ORDER)
    return (
        path.version,
        len(path.fixed),
        is_late,
        len(path.steps),
        order,
        reading.operation.path,
        str(reading.operation.pointer),
    )


def _options(reading: Reading, rival: Reading) -> Iterator[str]:
    """Give the names that an operation can have instead, the nicest first."""
    path, other, method = reading.path, rival.path, reading.method
    if path.steps == other.steps and path.version_name and path.version_name != other.version_name:
        yield f"{method}_{path.version_name}"
    if reading.is_item != rival.is_item or reading.operation.verb == "PUT":
        yield from reading.others
    context, by = tuple(_context(reading, rival)), tuple(_parameters(reading))
    if context:
        yield "_".join((method, "for", *context))
    if by:
        yield "_".join((method, "by", *by))
    if by and context:
        yield "_".join((method, "for", *context, "by", *by))
    yield from reading.others
    if reading.spoken:
        yield "_".join((method, *reading.spoken))
    if path.version_name:
        yield f"{method}_{path.version_name}"
    yield f"{method}_with_{reading.operation.verb.lower()}"
    yield "_".join((method, *(word for step in path.fixed for word in step.words)))


def _context(reading: Reading, rival: Reading) -> Iterator[str]:
    """Give what is above the resource in a path and is not in the rival's: the thing that a parameter names."""
    theirs = {step.words for step in rival.path.steps if step.is_parameter}
    steps = reading.path.steps
    for index, step in enumerate(steps[:-1]):
        if step.is_parameter and not (index + 1 == len(steps)) and any(not s.is_parameter for s in steps[index + 1 :]):
            if step.words not in theirs:
                before = steps[index - 1] if index else step
                yield from one(before.words) if not before.is_parameter else step.words[:-1] or step.words


def _parameters(reading: Reading) -> Iterator[str]:
    """Give the parameters at the end of a path: `owner and repo`."""
    trailing: list[tuple[str, ...]] = []
    for step in reversed(reading.path.steps):
        if not step.is_parameter:
            break
        trailing.insert(0, step.words)
    own = set(one(tuple(reading.resource[-1].split("_"))))
    for index, found in enumerate(trailing):
        yield from ("and",) if index else ()
        yield from tuple(word for word in found if word not in own) or found


def _numbered(name: Name, taken: AbstractSet[Name]) -> Name:
    number = 2
    while (*name[:-1], f"{name[-1]}_{number}") in taken:
        number += 1
    return (*name[:-1], f"{name[-1]}_{number}")
