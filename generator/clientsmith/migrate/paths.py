"""Places in a document: references and JSONPath queries go in, the steps to what they select come out."""

from __future__ import annotations

import re
from typing import Any

from ..data.pointer import Json

Steps = tuple[str | int, ...]


def as_steps(reference: str, root: Any) -> Steps | None:
    """Give the steps of a local reference; None where the document has no such place."""
    here = root
    steps: list[str | int] = []
    for step in reference.removeprefix("#").strip("/").split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, list) and step.isdigit() and int(step) < len(here):
            steps.append(int(step))
            here = here[int(step)]
        elif isinstance(here, dict) and step in here:
            steps.append(step)
            here = here[step]
        else:
            return None
    return tuple(steps)


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
