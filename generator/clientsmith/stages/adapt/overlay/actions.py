"""Actions of an overlay go in one by one; the tree that they change stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ....data.document import Document, Json, Moves, Pointer
from ....data.issues import Issue, Severity
from ....data.pointer import walk
from .reading import Action, problem
from .tree import Incompatible, Steps, append, extend, is_container, merge, remove, unshared


class BadQuery(Exception):
    """A text is no JSONPath query, or takes too much work."""


class Run:
    """One overlay, and the document that it changes."""

    def __init__(self, value: Json, overlay: Document) -> None:
        self.value = value
        self.moves: list[Moves] = []
        self.issues: list[Issue] = []
        self._overlay = overlay

    def apply(self, action: Action) -> None:
        """Do what an action says, or report why it cannot be done."""
        targets = self._selected(action.target, action.place.child("target"))
        if targets is None:
            return
        if not targets:
            message = f"nothing in the document is '{action.target}': the action changes nothing"
            self._report(
                "unmatched-action", message, action.place.child("target"), "correct it, or leave it out", "warning"
            )
        elif action.verb == "remove":
            self._remove(action, targets)
        else:
            self._change(action, targets)

    # --- removing ---

    def _remove(self, action: Action, targets: list[Steps]) -> None:
        if () in targets:
            self._bad(action, "the whole document cannot be removed", "select a part of it")
            return
        self.moves += remove(self.value, targets)

    # --- changing ---

    def _change(self, action: Action, targets: list[Steps]) -> None:
        """Merge a value of the overlay, or of the document, into each target."""
        found = self._value(action)
        if found is None:
            return
        value, source = found
        kinds = {json_type(walk(self.value, map(str, steps))) for steps in targets}
        if len(kinds) > 1:
            self._bad(action, f"the target selects {' and '.join(sorted(kinds))}", "select one kind of values")
            return
        moves: dict[Pointer, Pointer] = {}
        try:
            for steps in targets:
                moves.update(self._into(steps, value, source, action))
        except Incompatible as error:
            message = f"the value of '{error.place}' is of another kind: they cannot be merged"
            self._report(
                "incompatible-overlay", message, self._place_of(error.source, action), "remove the old one first"
            )
        self.moves.append(moves)

    def _value(self, action: Action) -> tuple[Json, Pointer] | None:
        """Give what is merged, and where it stands; None where that is an error."""
        if action.verb == "update":
            return action.value, action.place.child("update")
        place = action.place.child("copy")
        sources = self._selected(str(action.value), place)
        if sources is None:
            return None
        if len(sources) != 1:
            message = f"'copy' selects {len(sources)} values of the document"
            self._report("bad-overlay", message, place, "it must select one")
            return None
        return unshared_at(self.value, sources[0]), Pointer().below(*sources[0])

    def _into(self, steps: Steps, value: Json, source: Pointer, action: Action) -> Moves:
        """Merge a value into one target.

        Raises:
            Incompatible: the target is of another kind.
        """
        place = Pointer().below(*steps)
        target = walk(self.value, map(str, steps))
        if isinstance(target, dict) and isinstance(value, dict):
            return merge(target, value, place, source, action.is_strict)
        if isinstance(target, list) and isinstance(value, list) and action.is_strict:
            return extend(target, value, place, source)
        if isinstance(target, list):
            return append(target, value, place, source)
        if is_container(target) or is_container(value) or not steps:
            raise Incompatible(place, source)
        holder: Any = walk(self.value, map(str, steps[:-1]))
        holder[steps[-1]] = value
        return {place: source}

    # --- queries ---

    def _selected(self, query: str, place: Pointer) -> list[Steps] | None:
        """Select places of the document; None where that is an error."""
        try:
            return select(query, self.value)
        except BadQuery as error:
            hint = "write a JSONPath query (RFC 9535) like $.paths['/pets'].get"
            self._report("bad-query", f"'{query}' is no query: {error}", place, hint)
            return None

    # --- issues ---

    def _place_of(self, source: Pointer, action: Action) -> Pointer:
        """Give the place in the overlay that is to blame."""
        return source if source.file == self._overlay.file else action.place

    def _bad(self, action: Action, message: str, hint: str) -> None:
        self._report("bad-overlay", message, action.place.child("target"), hint)

    def _report(self, code: str, message: str, place: Pointer, hint: str, severity: Severity = "error") -> None:
        self.issues.append(problem(self._overlay, code, message, place, hint, severity))


def json_type(value: Json) -> str:
    """Name the kind of a target."""
    return "objects" if isinstance(value, dict) else "lists" if isinstance(value, list) else "other values"


def unshared_at(root: Json, steps: Steps) -> Json:
    """Copy a value of the document: it may be merged into itself."""
    return unshared(walk(root, map(str, steps)))


def select(query: str, value: Json) -> list[Steps]:
    """Evaluate a JSONPath query; give the steps to each value that it selects, each once.

    Raises:
        BadQuery: the text is no JSONPath query, or takes too much work.
    """
    # Imported here: most documents have no overlay.
    from jsonpath import JSONPathEnvironment, JSONPathError

    find: Callable[[str, Any], Any] = JSONPathEnvironment(strict=True).finditer
    try:
        return list(dict.fromkeys(match.parts for match in find(query, value)))
    except JSONPathError as error:
        raise BadQuery(str(error).partition("\n")[0]) from None
    except (RecursionError, ValueError, OverflowError) as error:
        raise BadQuery(type(error).__name__) from None
