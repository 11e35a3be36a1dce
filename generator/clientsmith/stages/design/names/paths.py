"""Reads the template of a path: its steps, without versions and what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .vocabulary import EXTENSIONS, PREFIXES, VERSION
from .words import singular, words


@dataclass(frozen=True, slots=True)
class Step:
    """A fixed step of a path, or a parameter."""

    words: tuple[str, ...]
    is_parameter: bool = False

    @property
    def name(self) -> str:
        """Give the words as one name."""
        return "_".join(self.words)

    @property
    def is_plural(self) -> bool:
        """Report whether the last word is a plural."""
        return is_plural(self.words)


@dataclass(frozen=True, slots=True)
class Path:
    """A path as names are made of it."""

    steps: tuple[Step, ...]
    version: tuple[tuple[int, str], ...] = ()
    """Its numbers, in the order of their values: the count of their digits goes first."""
    version_name: str = ""

    @property
    def fixed(self) -> tuple[Step, ...]:
        """Give the steps that are no parameters."""
        return tuple(step for step in self.steps if not step.is_parameter)

    @property
    def ends_with_parameter(self) -> bool:
        """Report whether it names one of several."""
        return bool(self.steps) and self.steps[-1].is_parameter


def is_plural(found: tuple[str, ...]) -> bool:
    """Report whether the last of some words is a plural."""
    return bool(found) and singular(found[-1]) != found[-1]


def one(found: tuple[str, ...]) -> tuple[str, ...]:
    """Give words in the singular."""
    return (*found[:-1], singular(found[-1])) if found else found


def forms(found: tuple[str, ...]) -> frozenset[str]:
    """Give words in both numbers."""
    return frozenset(form for word in found for form in (word, singular(word), f"{word}s"))


@lru_cache(maxsize=4096)
def read_path(template: str) -> Path:
    """Read a path; its query and fragment do not count.

    >>> [step.name for step in read_path("/api/v1/users/{userId}/sessions:cancel").steps]
    ['users', 'user_id', 'sessions', 'cancel']
    """
    segments = [segment for segment in re.split("[?#]", template)[0].split("/") if segment]
    versions = [segment for segment in segments if VERSION.match(segment)]
    kept = [segment for segment in segments if not VERSION.match(segment) and not re.match(r"v{\w+}$", segment)]
    steps = tuple(step for segment in _without_provider(_without_prefix(kept)) for step in _steps(segment))
    digits = [number.lstrip("0") for number in re.findall(r"\d+", " ".join(versions))]
    numbers = tuple((len(number), number) for number in digits)
    return Path(steps, numbers, "_".join("_".join(words(version)) for version in versions))


def _without_prefix(segments: list[str]) -> list[str]:
    """Leave out `api` and the like at the beginning, unless nothing else follows."""
    start = 0
    while start < len(segments) - 1 and segments[start].lower() in PREFIXES:
        start += 1
    rest = segments[start:]
    if rest and rest[0].lower() in PREFIXES and "{" in "".join(rest[1:2]):
        return rest[1:]
    return rest


def _without_provider(segments: list[str]) -> list[str]:
    """Leave out all before and with `providers/Microsoft.Sql`: it is where a resource is, not what it is."""
    for index, segment in enumerate(segments[:-2]):
        if segment.lower() == "providers" and "." in segments[index + 1]:
            return segments[index + 2 :]
    return segments


def _steps(segment: str) -> Iterator[Step]:
    """Split a segment at parameters, colons and dots: `{name}:cancel`, `Users({id})`, `chat.post`, `calls.json`."""
    for piece in re.findall(r"{[^{}]*}|[^{}]+", segment):
        if piece.startswith("{"):
            yield Step(words(piece) or ("value",), is_parameter=True)
            continue
        for part in re.split(r"[:.]", re.sub(r"[\w-]*=$", "", piece)):
            found = words(part)
            if found and not (len(found) == 1 and found[0] in EXTENSIONS and part is not segment):
                yield Step(found)
