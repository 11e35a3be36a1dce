"""Classifies the last fixed step of a path: a thing, an action, or a key that finds a thing."""

from __future__ import annotations

from typing import Literal

from .paths import Step, is_plural
from .subject import Subject, Words
from .vocabulary import ADVERBS, ASKING, CRUD, FILLERS, KEYS, LOOKING, NOUN_VERBS, VERBS

StepRole = Literal["thing", "action", "unclear", "key"]
"""`unclear`: an action, unless another operation has a thing of that name."""

_CHANGING = frozenset({"add", "delete", "replace", "set", "update", "upsert"})


def role_of(subject: Subject, where: int) -> StepRole:
    """Classify the last fixed step of a path; `where` is its index."""
    steps = subject.path.steps
    step, before, after = steps[where], subject.before(where), steps[where + 1 :]
    if all(other.is_parameter for other in steps[:where]):
        return "thing"
    if after and before is not None and not before.is_parameter and _is_key(step, after):
        return "key"
    if step.words == ("list",) and before is not None and before.is_parameter and subject.operation_id.verb != "list":
        return "thing"  # the list that a card belongs to: `/cards/{id}/list`
    if is_verb(step.words) or _follows_verb(subject, where):
        return "action"
    if subject.verb == "GET":
        return _of_get(subject, step, is_last=not after)
    if after or subject.verb not in ("POST", "PUT", "PATCH", "DELETE"):
        return "thing"
    return _of_post(subject, step) if subject.verb == "POST" else _of_change(subject, where)


def is_verb(words: Words) -> bool:
    """Report whether words name an action: `cancel`, `bulk_create`, `vector_search`."""
    if len(words) == 1 and is_plural(words):
        return False
    first = next((word for word in words if word not in ADVERBS), words[-1])
    return first in VERBS or words[-1] in ("search", "lookup")


def is_object(subject: Subject, step: Step) -> bool:
    """Report whether a step is the object of the operationId's verb: `validateToken` for `POST /account/token`."""
    verb = subject.operation_id.verb
    if verb not in VERBS or subject.operation_id.does in ("create", "get") or is_verb(step.words):
        return False
    above = {word for other in subject.path.fixed for word in other.words}
    return step.words[-1] in subject.operation_id.rest and verb not in above


def _follows_verb(subject: Subject, where: int) -> bool:
    """Report whether a step is the object of a verb before it: `/get/interfaces`, `/reset/password`."""
    before = subject.before(where)
    if before is None or before.is_parameter:
        return False
    if where == 1 and before.words != ("search",) and subject.verb != "POST":
        return False
    verbs = VERBS if subject.verb == "POST" and subject.operation_id.verb != "create" else CRUD | {"search"}
    return before.words[-1] in verbs and all(word in ADVERBS for word in before.words[:-1])


def _is_key(step: Step, after: tuple[Step, ...]) -> bool:
    """Report whether a step names the parameter behind it: `/email/{email}`, `/by-slug/{slug}`, `/id_for/{name}`."""
    if step.words[0] == "by" or step.words[-1] in FILLERS:
        return len(step.words) > 1
    parameter, *further = after
    if further or parameter.words[-len(step.words) :] != step.words:
        return False
    return step.name in KEYS or (step.words[-1] in KEYS and parameter.words == step.words)


def _of_get(subject: Subject, step: Step, *, is_last: bool) -> StepRole:
    if step.is_plural:
        return "thing"
    if subject.operation_id.verb in ASKING and is_object(subject, step):
        return "unclear"
    return "unclear" if is_last and (step.words[0] in LOOKING or _names_the_step(subject, step)) else "thing"


def _names_the_step(subject: Subject, step: Step) -> bool:
    """Report whether the operationId of a GET has the same verb as the last step: `SessionReplay`, `cloneSession`."""
    operation_id = subject.operation_id
    if operation_id.verb is None:
        return step.words[0] in NOUN_VERBS and operation_id.words[-len(step.words) :] == step.words
    return operation_id.verb == step.words[0]


def _of_post(subject: Subject, step: Step) -> StepRole:
    if _is_verb_of_id(subject, step):
        return "unclear"
    if step.is_plural:
        return "thing"
    if step.words[0] in NOUN_VERBS:
        return "unclear"
    if subject.operation_id.does in _CHANGING - {"add"}:
        return "thing"
    creates = subject.operation_id.verb in ("create", "insert", "new")
    return "thing" if creates and not is_created(subject, step) else "unclear"


def is_created(subject: Subject, step: Step) -> bool:
    """Report whether the operationId creates a step: `createCustomerPortal` for `POST /customers/{id}/portal`.

    `createUniversalClassification` for `POST /classifications/universal` does not: there the step is an adjective.
    """
    is_thing = not is_verb(step.words) and (len(step.words) > 1 or NOUN_VERBS.isdisjoint(step.words))
    return (
        is_thing
        and subject.operation_id.verb == "create"
        and subject.operation_id.rest[-len(step.words) :] == step.words
    )


def _of_change(subject: Subject, where: int) -> StepRole:
    step, before = subject.path.steps[where], subject.before(where)
    if subject.verb != "DELETE" and _is_verb_of_id(subject, step):
        return "unclear"
    if not step.is_plural and is_object(subject, step) and subject.operation_id.does not in _CHANGING:
        return "unclear"
    is_done = step.words[0] in NOUN_VERBS and not step.is_plural and before is not None and before.is_parameter
    return "unclear" if is_done else "thing"


def _is_verb_of_id(subject: Subject, step: Step) -> bool:
    """Report whether a step is the verb of the operationId: `bookmarkTopic` for `PUT /topics/{id}/bookmark`."""
    name, operation_id = "".join(step.words), subject.operation_id
    if not operation_id.words or (step.is_plural and not (operation_id.verb and name.startswith(operation_id.verb))):
        return False
    return "".join(operation_id.from_verb).startswith(name)
