"""An overlay as it was read goes in, its actions come out, with errors for what is wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ....data.document import Document, Json, Pointer
from ....data.issues import Issue, Severity

VERSION = re.compile(r"1\.([01])(\.\d+)?([-+].*)?", re.DOTALL)
START = "an overlay starts with its version, like 'overlay: 1.1.0'; versions 1.0 and 1.1 are supported"
KNOWN = frozenset(("target", "description", "update", "copy", "remove"))


@dataclass(frozen=True, slots=True)
class Action:
    """One action: what it selects, and what it does with that."""

    target: str
    verb: Literal["update", "copy", "remove"]
    value: Json
    """What is merged, for `copy` the query for it."""
    place: Pointer
    is_strict: bool
    """True from version 1.1 on, which says what cannot be merged."""


def actions_of(overlay: Document) -> tuple[list[Action], list[Issue]]:
    """Read an overlay."""
    root, place = overlay.value, Pointer(file=overlay.file)
    if not isinstance(root, dict) or "overlay" not in root:
        return [], [problem(overlay, "not-overlay", "this is no overlay", place, START)]
    version = VERSION.fullmatch(str(root["overlay"])) if isinstance(root["overlay"], str | float) else None
    if version is None:
        return [], [problem(overlay, "not-overlay", "this version is not supported", place.child("overlay"), START)]
    listed = root.get("actions")
    if not isinstance(listed, list) or not listed:
        where = place.child("actions") if "actions" in root else place
        return [], [problem(overlay, "bad-overlay", "'actions' must be a list of actions", where, "add an action")]
    found = [action_of(overlay, value, place.below("actions", n), version[1] == "1") for n, value in enumerate(listed)]
    return [each for each in found if isinstance(each, Action)], [each for each in found if isinstance(each, Issue)]


def action_of(overlay: Document, value: Json, place: Pointer, is_strict: bool) -> Action | Issue:
    """Read one action."""
    if not isinstance(value, dict):
        return problem(overlay, "bad-overlay", "an action must be an object", place, "write 'target: $.paths'")
    target = value.get("target")
    if not isinstance(target, str):
        where = place.child("target") if "target" in value else place
        return problem(
            overlay, "bad-overlay", "an action needs a 'target' that is text", where, "it is a JSONPath query"
        )
    for key in value:
        if key not in KNOWN and not key.startswith("x-"):
            hint = f"possible here: {', '.join(sorted(KNOWN))}"
            return problem(overlay, "bad-overlay", f"an action has no '{key}'", place.child(key), hint)
    if not isinstance(value.get("remove", False), bool):
        return problem(overlay, "bad-overlay", "'remove' must be true or false", place.child("remove"), "leave it out")
    if value.get("remove"):
        return Action(target, "remove", None, place, is_strict)
    return change_of(overlay, value, target, place, is_strict)


def change_of(
    overlay: Document, value: dict[str, Json], target: str, place: Pointer, is_strict: bool
) -> Action | Issue:
    """Read an action that adds something."""
    if "copy" not in value and "update" in value:
        return Action(target, "update", value["update"], place, is_strict)
    if "copy" not in value:
        hint = "add 'update', 'copy' or 'remove: true'"
        return problem(overlay, "bad-overlay", "the action says not what to do", place, hint)
    query, where = value["copy"], place.child("copy")
    if "update" in value:
        return problem(overlay, "bad-overlay", "an action has 'update' or 'copy', not both", where, "make two of it")
    if not is_strict:
        return problem(overlay, "bad-overlay", "'copy' is new in version 1.1", where, "write 'overlay: 1.1.0'")
    if not isinstance(query, str):
        return problem(overlay, "bad-overlay", "'copy' must be text", where, "it is a JSONPath query")
    return Action(target, "copy", query, place, is_strict)


def problem(
    overlay: Document, code: str, message: str, place: Pointer, hint: str, severity: Severity = "error"
) -> Issue:
    """Make an issue at a place in an overlay."""
    position = overlay.position(place.path)
    return Issue(code=code, severity=severity, message=message, hint=hint, file=overlay.name, position=position)
