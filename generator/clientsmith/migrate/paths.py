"""Places in a document: references and JSONPath queries go in, the steps to what they select come out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..data.pointer import INDEX, Json, Pointer, walk
from ..data.references import named_place

Steps = tuple[str | int, ...]


def as_steps(reference: str, root: Json) -> Steps | None:
    """Give the steps of a local reference; None where the document has no such place."""
    place = _local(reference)
    if place is None:
        return None
    here, steps = root, list[str | int]()
    for token in place.tokens:
        steps.append(int(token) if isinstance(here, list) and INDEX.fullmatch(token) else token)
        here = value_at(here, [token])
    return None if here is None else tuple(steps)


def value_at(root: Json, steps: Iterable[str | int]) -> Any:
    """Give the value at a place; None where nothing is there."""
    try:
        return walk(root, map(str, steps))
    except LookupError:
        return None


def referred(reference: str, root: Json) -> Any:
    """Give the value at a local reference; None where nothing is there."""
    place = _local(reference)
    return value_at(root, place.tokens) if place is not None else None


def _local(reference: str) -> Pointer | None:
    """Read a reference within the document itself."""
    place = named_place(reference, "", "")
    return place if place is not None and not place.file else None


def select(query: str, root: Json, *, strict: bool = False) -> list[Steps] | None:
    """Evaluate a JSONPath query; None if its syntax is wrong.

    `strict` takes queries of RFC 9535 only, as overlays do; the usual extensions of it are known, too.
    """
    from jsonpath import JSONPathEnvironment, JSONPathError

    find: Any = JSONPathEnvironment(strict=strict).finditer
    try:
        return list(dict.fromkeys(match.parts for match in find(query, root)))
    except (JSONPathError, RecursionError, ValueError, OverflowError):
        return None


def plain(query: str) -> str:
    """Write what other dialects spell in their own way as RFC 9535 has it."""
    return re.sub(r"(?<![=!<>])===", "==", query).replace("!==", "!=")


_LAST = re.compile(
    r"(.*?)(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\['((?:[^'\\]|\\.)*)'\]|\[\"((?:[^\"\\]|\\.)*)\"\])", re.DOTALL
)


def parent_and_name(query: str) -> tuple[str, str] | None:
    """Split a query whose last step is one name: the query for what holds it, and the name."""
    found = _LAST.fullmatch(query)
    if found is None or found[1].endswith(".") or not found[1].startswith("$"):
        return None
    name = next(part for part in found.groups()[1:] if part is not None)
    return found[1], re.sub(r"\\(.)", r"\1", name)
