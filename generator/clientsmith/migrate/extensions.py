"""`x-stainless-*` in a document: what they say becomes actions of an overlay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .config import Notes
from .overlay import Overlay, query
from .paths import Steps
from .source import Source

PREFIX = "x-stainless-"
ABOUT = "in the document"
DOCUMENTATION = ("title", "description", "example", "examples", "deprecated", "readOnly", "writeOnly", "nullable")


def read_extensions(source: Source, overlay: Overlay, notes: Notes) -> None:
    """Read every extension of the document.

    What is left out comes last and from behind: items of lists are found by number.
    """
    found = list(_extensions(source.root, ()))
    left_out = [each for each in found if each[2] == f"{PREFIX}skip"]
    for steps, holder, name in [*(each for each in found if each not in left_out), *reversed(left_out)]:
        place = (ABOUT, name)
        act = ACTIONS.get(name.removeprefix(PREFIX))
        if act is not None:
            act(steps, holder, holder[name], overlay)
            notes.note(place, "carried", "the overlay")
        elif name.removeprefix(PREFIX) in NOT_NEEDED:
            notes.note(place, "not needed", NOT_NEEDED[name.removeprefix(PREFIX)])
        else:
            notes.note(place, "not possible", "nothing of the client is changed by it")


def _extensions(value: Any, steps: Steps) -> Iterator[tuple[Steps, Mapping[str, Any], str]]:
    """Give every extension: the steps to what has it, that, and the name. Extensions are not searched."""
    stack: list[tuple[Any, Steps]] = [(value, steps)]
    while stack:
        here, way = stack.pop()
        if isinstance(here, dict):
            yield from ((way, here, name) for name in here if name.startswith(PREFIX))
            stack += [(inner, (*way, key)) for key, inner in here.items() if not key.startswith(PREFIX)][::-1]
        elif isinstance(here, list):
            stack += [(inner, (*way, n)) for n, inner in enumerate(here)][::-1]


def _any(steps: Steps, holder: Mapping[str, Any], value: Any, overlay: Overlay) -> None:
    """Take every constraint from a schema that takes any value."""
    if value is not True:
        return
    for key in holder:
        if key not in DOCUMENTATION and not key.startswith("x-"):
            overlay.remove(query(*steps, key), "The document says that any value may stand here.")


def _skip(steps: Steps, holder: Mapping[str, Any], value: Any, overlay: Overlay) -> None:
    """Leave out a parameter or a member."""
    if value is True or (isinstance(value, list) and "python" in value):
        place = steps[:-1] if steps[-1:] == ("schema",) else steps
        overlay.remove(query(*place), "The document says that Python does not have it.")


def _override(steps: Steps, holder: Mapping[str, Any], value: Any, overlay: Overlay) -> None:
    """Put another schema in the place of one."""
    if isinstance(value, dict):
        overlay.remove(f"{query(*steps)}.*", "The document has another schema for generators.")
        overlay.update(query(*steps), value, "The document has another schema for generators.")


def _variant(steps: Steps, holder: Mapping[str, Any], value: Any, overlay: Overlay) -> None:
    """Name a variant of a union."""
    if isinstance(value, str):
        overlay.set(query(*steps), "title", value, exists="title" in holder, reason="The document names the variant.")


def _deprecated(steps: Steps, holder: Mapping[str, Any], value: Any, overlay: Overlay) -> None:
    """Add a message to what is deprecated."""
    message = value.get("python", value.get("default")) if isinstance(value, dict) else value
    if isinstance(message, str):
        about = "\n\n".join(filter(None, (str(holder.get("description") or ""), f"Deprecated: {message}")))
        reason = "The document says why it is deprecated."
        overlay.set(query(*steps), "description", about, exists="description" in holder, reason=reason)
        overlay.set(query(*steps), "deprecated", True, exists="deprecated" in holder, reason=reason)


ACTIONS: Mapping[str, Callable[[Steps, Mapping[str, Any], Any, Overlay], None]] = {
    "any": _any,
    "skip": _skip,
    "override-schema": _override,
    "variantName": _variant,
    "variant-name": _variant,
    "deprecation-message": _deprecated,
    "deprecated": _deprecated,
}
NOT_NEEDED = {
    "empty-object": "an object without members takes any member",
    "const": "a single value is a literal type",
    "renameMap": "values of enumerations are literals, which have no names",
    "snippets": "examples are made anew",
    "pagination-property": "paging schemes name what they use",
    "model": "names of models come from the config",
    "only": "it is about other targets",
}
"""Extensions that change nothing of a Python client."""
