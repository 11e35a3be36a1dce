"""Reads an operationId: what people say in it, without what frameworks add."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ....data.api import Operation
from .paths import forms, read_path
from .vocabulary import ADVERBS, CANONICAL, FRAMEWORK, NOUN_VERBS, VERBS
from .words import words

_ALL_VERBS = VERBS | NOUN_VERBS | CANONICAL.keys() | {"index", "browse", "search"}
_GROUP = re.compile(r"(?P<group>[A-Za-z][\w-]*)[./](?P<rest>.+)$|(?P<azure>[A-Z][A-Za-z0-9]*)_(?P<verb>[A-Za-z0-9]+)$")


@dataclass(frozen=True, slots=True)
class OperationId:
    """An operationId as names are made of it."""

    words: tuple[str, ...] = ()
    """All words, without path, verb and tag that a framework added."""
    verb: str | None = None
    """The word that says what is done; none in `SessionReplay`."""
    rest: tuple[str, ...] = ()
    """The words behind the verb."""

    @property
    def from_verb(self) -> tuple[str, ...]:
        """Give the verb and what follows it; all words where there is no verb."""
        return (self.verb, *self.rest) if self.verb else self.words

    @property
    def does(self) -> str | None:
        """Give the verb as it is called everywhere."""
        return CANONICAL.get(self.verb, self.verb) if self.verb else None


def read_operation_id(operation: Operation) -> OperationId:
    """Read the operationId of an operation."""
    said = _without_framework(operation)
    if not said or _repeats_the_path(said, operation):
        return OperationId()
    known = _context(operation)
    found = _verb_at(said, known)
    if found is None:
        return OperationId(said)
    start = found - 1 if found and said[found - 1] in ADVERBS else found
    return OperationId(said, said[found], (*said[start:found], *said[found + 1 :]))


def _verb_at(said: tuple[str, ...], known: AbstractSet[str]) -> int | None:
    """Find the verb: only words of path and tags come before it, and it is rather not one of those itself."""
    places = []
    for index, word in enumerate(said):
        if word in _ALL_VERBS and not (word in NOUN_VERBS and index == len(said) - 1 and index):
            places.append(index)
        if word not in known | ADVERBS | FRAMEWORK:
            break
    return next((index for index in places if said[index] not in known), places[0] if places else None)


def _context(operation: Operation) -> AbstractSet[str]:
    """Give the words of the path and the tags."""
    steps = [word for step in read_path(operation.path).steps for word in step.words]
    tags = [word for tag in operation.tags for word in words(tag)]
    return forms((*steps, *tags))


def _without_framework(operation: Operation) -> tuple[str, ...]:
    text = operation.operation_id or ""
    path = re.sub(r"\W", "_", operation.path)
    for verb in (operation.verb.lower(), operation.verb.upper()):
        text = text.removesuffix(f"{path}_{verb}")
    for tag in operation.tags:
        for separator in "-_:./":
            if text.lower().startswith(f"{tag.lower()}{separator}"):
                text = text[len(tag) + 1 :]
    said = words(text)
    if "controller" in said[:-1]:
        said = said[said.index("controller") + 1 :]
    if said[-2:-1] == ("using",) and said[-1].rstrip("0123456789") == operation.verb.lower():
        said = said[:-2]
    if len(said) > 1 and said[0] == operation.verb.lower() and said[1] in VERBS:
        said = said[1:]
    return said


def _repeats_the_path(said: tuple[str, ...], operation: Operation) -> bool:
    """Tell whether an operationId is verb and path in a row, as in `PostAccountsAccountCapabilities`."""
    path = "".join(word for step in read_path(operation.path).steps for word in step.words)
    rest = [word for word in said if word != operation.verb.lower()]
    return len(rest) < len(said) and "".join(rest) == path and operation.verb != "GET"


def group_of(operation: Operation) -> tuple[str, ...]:
    """Give the words of the group that an operation is in: its first tag, or a part of its operationId."""
    return (words(operation.tags[0]) if operation.tags else ()) or id_group_of(operation)


def id_group_of(operation: Operation) -> tuple[str, ...]:
    """Give the words of the group that an operationId names: `Keys_Create`, `keys/create`, `keys.create`."""
    found = _GROUP.match(operation.operation_id or "")
    return words(found["group"] or found["azure"]) if found else ()


def tree_of(operation: Operation, api_names: AbstractSet[str]) -> tuple[tuple[str, ...], ...]:
    """Give the steps of an operationId that spells a tree with dots, as `run.projects.services.get` does.

    The first step goes where it is the name of the API.
    """
    text = operation.operation_id or ""
    parts = [words(part) for part in text.split(".")]
    if len(parts) < 3 or not all(parts) or re.search(r"[^\w.]", text):
        return ()
    if "".join(parts[0]) in api_names:
        parts = parts[1:]
    return tuple(parts)
