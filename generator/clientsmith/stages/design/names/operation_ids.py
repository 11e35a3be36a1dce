"""Reads an operationId: the words that people chose, without those that frameworks add."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ....data.api import Operation
from .paths import forms, read_path
from .vocabulary import ADVERBS, CANONICAL, FRAMEWORK, GROUP_SUFFIXES, NOUN_VERBS, VERBS
from .words import words

_ALL_VERBS = VERBS | NOUN_VERBS | CANONICAL.keys() | {"index", "browse", "search"}
_GROUP = re.compile(r"(?P<group>[A-Za-z][\w-]*)[./](?P<rest>.+)$|(?P<azure>[A-Z][A-Za-z0-9]*)_(?P<verb>[A-Za-z0-9]+)$")


@dataclass(frozen=True, slots=True)
class OperationId:
    """The words of an operationId that a name can use."""

    words: tuple[str, ...] = ()
    """All words, without path, verb and tag that a framework added."""
    verb: str | None = None
    """The verb; None in `SessionReplay`."""
    rest: tuple[str, ...] = ()
    """The words behind the verb."""

    @property
    def from_verb(self) -> tuple[str, ...]:
        """Give the verb and what follows it; all words where there is no verb."""
        return (self.verb, *self.rest) if self.verb else self.words

    @property
    def does(self) -> str | None:
        """Give the verb in its usual form: `create` for `add`."""
        return CANONICAL.get(self.verb, self.verb) if self.verb else None


def read_operation_id(operation: Operation) -> OperationId:
    """Read the operationId of an operation."""
    id_words = _without_framework(operation)
    if not id_words or _repeats_the_path(id_words, operation):
        return OperationId()
    known = _context(operation)
    found = _verb_at(id_words, known)
    if found is None:
        return OperationId(id_words)
    start = found - 1 if found and id_words[found - 1] in ADVERBS else found
    return OperationId(id_words, id_words[found], (*id_words[start:found], *id_words[found + 1 :]))


def _verb_at(id_words: tuple[str, ...], known: AbstractSet[str]) -> int | None:
    """Find the verb: only words of path and tags come before it. One that is not such a word itself is preferred."""
    places = []
    for index, word in enumerate(id_words):
        if word in _ALL_VERBS and not (word in NOUN_VERBS and index == len(id_words) - 1 and index):
            places.append(index)
        if word not in known | ADVERBS | FRAMEWORK:
            break
    return next((index for index in places if id_words[index] not in known), places[0] if places else None)


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
    id_words = words(text)
    if "controller" in id_words[:-1]:
        id_words = id_words[id_words.index("controller") + 1 :]
    if id_words[-2:-1] == ("using",) and id_words[-1].rstrip("0123456789") == operation.verb.lower():
        id_words = id_words[:-2]
    if len(id_words) > 1 and id_words[0] == operation.verb.lower() and id_words[1] in VERBS:
        id_words = id_words[1:]
    return id_words


def _repeats_the_path(id_words: tuple[str, ...], operation: Operation) -> bool:
    """Report whether an operationId only repeats verb and path, as `PostAccountsAccountCapabilities` does."""
    path = "".join(word for step in read_path(operation.path).steps for word in step.words)
    rest = [word for word in id_words if word != operation.verb.lower()]
    return len(rest) < len(id_words) and "".join(rest) == path and operation.verb != "GET"


def group_of(operation: Operation) -> tuple[str, ...]:
    """Give the words of the group that an operation is in: its first tag, or a part of its operationId."""
    return (group_words(operation.tags[0]) if operation.tags else ()) or id_group_of(operation)


def group_words(text: str) -> tuple[str, ...]:
    """Give the words of a group without what frameworks add: `pet-controller`, `PetApi`, `UploadResource`.

    A name with blanks that ends with `service` is one that people chose: `Customer Service`.
    """
    found = words(text)
    for suffix in GROUP_SUFFIXES:
        is_written = suffix != ("service",) or " " not in text.strip()
        if is_written and len(found) > len(suffix) and found[-len(suffix) :] == suffix:
            return found[: -len(suffix)]
    return found


def id_group_of(operation: Operation) -> tuple[str, ...]:
    """Give the words of the group that an operationId names: `Keys_Create`, `keys/create`, `keys.create`."""
    found = _GROUP.match(operation.operation_id or "")
    return group_words(found["group"] or found["azure"]) if found else ()


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
