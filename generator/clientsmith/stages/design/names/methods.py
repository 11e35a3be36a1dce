"""Chooses the method of an operation: by the HTTP method, the last step of the path or the operationId."""

from __future__ import annotations

from .paths import Step, forms, is_plural, one
from .step_roles import is_created, is_object, is_verb
from .subject import Subject, Words, joined, own_words, parted, without
from .trees import verbs_before
from .vocabulary import ADVERBS, FILLERS, HEALTH, LISTING, RESULTS, WATCHING

_DELETING = frozenset({"clear", "delete", "destroy", "purge", "remove"})
_BY_VERB = {"PUT": "replace", "PATCH": "update", "DELETE": "delete"}


def standard(subject: Subject, resource: Words, *, is_item: bool) -> str:
    """Give the usual method for an HTTP method: list, get, create, update, replace, delete."""
    if subject.verb == "GET":
        if resource[-1] in HEALTH and len(subject.path.steps) == 1:
            return "check"
        return "list" if _lists(subject, resource, is_item=is_item) else "get"
    if subject.verb == "POST":
        return "update" if is_item else "create"
    return _BY_VERB.get(subject.verb, subject.verb.lower())


def own_verb(subject: Subject, resource: Words) -> str | None:
    """Give the verb of the operationId where it is more exact than the HTTP method: `documents.upload` for a POST."""
    operation_id, does = subject.operation_id, subject.operation_id.does
    if (
        does is None
        or does in ("delete", "index")
        or operation_id.verb in forms(tuple(word for name in resource for word in parted(name)))
    ):
        return None
    if subject.verb == "PUT":
        return _put(subject)
    if subject.verb == "GET" and operation_id.verb in WATCHING:
        return operation_id.verb
    if subject.verb != "POST":
        return None
    if does in ("find", "get", "list", "update"):
        return does
    own = own_words(resource)
    if does in own or set(operation_id.rest) - FILLERS - ADVERBS - all_words(subject, resource):
        return None
    adverb = operation_id.rest[:1] if operation_id.rest and operation_id.rest[0] in ADVERBS - own else ()
    return joined((*adverb, does))


def _put(subject: Subject) -> str | None:
    operation_id = subject.operation_id
    if operation_id.rest[:2] == ("or", "update"):
        return "create_or_update"
    does = "add" if operation_id.verb == "add" else operation_id.does
    if does in ("add", "create", "replace", "set", "update", "upsert"):
        return does
    about = set(operation_id.rest) - FILLERS - all_words(subject, ())
    return None if does in ("get", "list") or about else does


def action(subject: Subject, where: int, resource: Words) -> str:
    """Give the method that the last fixed step of the path names: `cancel`, `get_interfaces`, `confirm_trust`."""
    step, own = subject.path.steps[where], own_words(resource)
    if is_object(subject, step) and subject.operation_id.verb:
        return joined(without((subject.operation_id.verb, *step.words), own))
    if subject.verb == "POST" and is_created(subject, step):
        return joined(("create", *step.words))
    done, before = _done(subject, where, own), verbs_before(subject, where)
    return joined(without((*done, *before) if is_verb(done) else (*before, *done), own))


def _done(subject: Subject, where: int, own: frozenset[str]) -> Words:
    step, id_verb = subject.path.steps[where], subject.operation_id.verb
    words = without(step.words, own)
    words = words[1:] if len(words) > 1 and words[0] in own else words
    while len(words) > 1 and words[-1] in FILLERS and words != step.words:
        words = words[:-1]
    first = "".join(words[:1])
    if subject.verb == "DELETE" and not _DELETING & set(words):
        is_undone = id_verb is not None and id_verb != first and first in id_verb
        return (id_verb, *words[1:]) if id_verb and is_undone else ("delete", *words)
    has_parameter = where < len(subject.path.steps) - 1
    if subject.verb == "GET" and has_parameter and first in RESULTS and id_verb != first:
        return ("get", *words)
    return words


def by_key(subject: Subject, where: int, resource: Words) -> str:
    """Give the method for a step that names a key: `get_by_name`, `get_id_for_username`."""
    step, parameter = subject.path.steps[where], subject.path.steps[-1]
    return joined((standard(subject, resource, is_item=True), *_key(step, parameter)))


def _key(step: Step, parameter: Step) -> Words:
    if step.words[0] == "by":
        return step.words
    return (*step.words, *parameter.words) if step.words[-1] in FILLERS else ("by", *step.words)


def method_of_id(subject: Subject, known: frozenset[str]) -> str:
    """Make a method of the operationId: verb first, without the `known` words, without a preposition at the end."""
    operation_id = subject.operation_id
    if operation_id.verb is None or operation_id.does is None:
        return ""
    words = without((operation_id.does, *operation_id.rest), known)
    while len(words) > 1 and words[-1] in FILLERS:
        words = words[:-1]
    while len(words) > 1 and words[1] in FILLERS - {"by", "for", "from", "with"}:
        words = (words[0], *words[2:])
    return joined(words)


def alternatives(subject: Subject, method: str) -> tuple[str, ...]:
    """Give alternatives to the name of a method, for the case that another operation has a better claim to it."""
    if subject.verb == "PUT" and method == "update":
        return ("replace", "replace_all")
    if method == "get" and subject.verb == "GET":
        return ("list", "list_all")
    return (f"{method}_all",) if method in ("delete", "list", "replace", "update") else ()


def all_words(subject: Subject, resource: Words) -> frozenset[str]:
    """Give the words of the path and of the resource, in both numbers."""
    of_path = tuple(word for step in subject.path.steps for word in step.words)
    return forms((*of_path, *(word for name in resource for word in parted(name))))


def _lists(subject: Subject, resource: Words, *, is_item: bool) -> bool:
    words, operation_id = parted(resource[-1]), subject.operation_id
    contents = subject.responses.contents(subject.operation, forms(words))
    id_names_list = operation_id.verb in LISTING or bool(
        {"all", "list"} & (set(operation_id.words) - all_words(subject, resource))
    )
    if is_item:
        return contents == "array" or (operation_id.verb in LISTING and contents in ("paged", "page", "unknown"))
    if id_names_list or contents == "array":
        return True
    if not is_plural(words):
        return contents == "paged" or (contents == "page" and is_plural(operation_id.rest))
    if contents == "unknown":
        return not (
            operation_id.does == "get" and one(words)[-1] in operation_id.rest and words[-1] not in operation_id.rest
        )
    return contents in ("paged", "page", "lists")
