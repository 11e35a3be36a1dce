"""A name that does not exist goes in, what may have been meant comes out: one rule for every `did you mean`."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

CUTOFF = 0.6
"""How alike two last segments must be: difflib's own measure of a close match."""
MOST_NAMES = 20
"""Names that a hint lists."""


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """Make a hint that names what may have been meant."""
    found = closest(name, candidates)
    return f"did you mean '{found}'?" if found is not None else None


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """Make a hint that names what may have been meant, else all there are; None where there are no names."""
    names = list(dict.fromkeys(known))
    return did_you_mean(name, names) or possible(names)


def possible(names: Collection[str]) -> str | None:
    """Make a hint that lists names, or only counts them where they are many; None where there are no names."""
    listed = ", ".join(names) if len(names) <= MOST_NAMES else f"one of {len(names)}"
    return f"possible here: {listed}" if names else None


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """Find the candidate whose last segment is most like that of a name, upper and lower case being the same.

    What comes before only decides between equals: pointers and paths are alike in their first segments anyway, and a
    mistake in these is no reason to give up.
    """
    by_last: dict[str, list[str]] = {}
    for candidate in candidates:
        by_last.setdefault(last_segment(candidate), []).append(candidate)
    near = difflib.get_close_matches(last_segment(name), by_last, n=1, cutoff=CUTOFF)
    if not near:
        return None
    return max(by_last[near[0]], key=lambda candidate: difflib.SequenceMatcher(None, candidate, name).ratio())


def last_segment(name: str) -> str:
    """Give the distinctive part of a name: `pets` of `GET /pets/{id}`."""
    segments = [segment for segment in name.split("/") if segment and not segment.startswith("{")]
    return (segments or [name])[-1].casefold()
