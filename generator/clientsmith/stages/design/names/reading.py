"""Reads one operation: its path, operationId and response go in, the resource and method that it wants come out.

Nothing here looks at other operations, so a name does not depend on the rest of the document.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ....data.api import Operation
from .methods import action, all_words, alternatives, by_key, method_of_id, own_verb, standard
from .operation_ids import group_of, read_operation_id, tree_of
from .paths import Path, forms, one, read_path
from .responses import Responses
from .step_roles import is_verb, role_of
from .subject import Subject, Words, joined, own_words, without
from .trees import resource_above, resource_at
from .vocabulary import ADVERBS, CANONICAL, CRUD, VERBS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The names that one operation wants."""

    operation: Operation
    path: Path
    resource: Words
    method: str
    others: tuple[str, ...] = ()
    """Alternatives to `method`, the best first."""
    id_words: Words = ()
    """The words of the operationId that are not in the path."""
    rule: str
    """What chose the name; docs/names.md explains each."""
    as_thing: Words | None = None
    """The last step of the path as a resource; the operation goes there if another operation is about that resource."""
    thing_method: str = ""
    """Its method in that resource."""
    may_update: bool = False
    """True for a POST whose operationId does not say that it creates."""

    @property
    def is_item(self) -> bool:
        """Report whether the path ends with a parameter: the operation is about one of several."""
        return self.path.ends_with_parameter


def read(operation: Operation, responses: Responses, api_names: AbstractSet[str]) -> Reading:
    """Read an operation. `api_names` are what the API itself is called."""
    subject = Subject(operation, read_path(operation.path), read_operation_id(operation), responses)
    if tree := tree_of(operation, api_names):
        return _from_tree(subject, tree)
    if not subject.path.fixed:
        return _without_steps(subject)
    if len(subject.path.fixed) == 1 and _is_command(subject.path.fixed[0].words):
        return _command(subject)
    where = max(index for index, step in enumerate(subject.path.steps) if not step.is_parameter)
    return _by_path(subject, where)


def _by_path(subject: Subject, where: int) -> Reading:
    role = role_of(subject, where)
    if role == "thing":
        return _thing(subject, resource_at(subject, where))
    resource = resource_above(subject, where)
    if role == "key":
        return _reading(subject, resource, by_key(subject, where, resource), "path: key")
    found = _reading(
        subject, resource, action(subject, where, resource), "path: action", subject.path.steps[where].name
    )
    if role == "action":
        return found
    thing = resource_at(subject, where)
    return replace(found, as_thing=thing, thing_method=_thing(subject, thing).method)


def _thing(subject: Subject, resource: Words) -> Reading:
    is_item = subject.path.ends_with_parameter
    method = standard(subject, resource, is_item=is_item)
    own = own_verb(subject, resource)
    if own and own != method:
        return _reading(subject, resource, own, "operationId: verb", method)
    found = _reading(subject, resource, method, "path: item" if is_item else "path: collection")
    return replace(found, may_update=subject.verb == "POST" and not is_item and subject.operation_id.does != "create")


def _reading(subject: Subject, resource: Words, method: str, rule: str, *others: str) -> Reading:
    if method in (resource[-1], *one((resource[-1],))):  # `chat.chat` says nothing
        usual = standard(subject, resource, is_item=subject.path.ends_with_parameter)
        method, others = usual, (method, *others)
    known = all_words(subject, resource)
    of_id = method_of_id(subject, known)
    options = (*alternatives(subject, method), *others, of_id)
    return Reading(
        operation=subject.operation,
        path=subject.path,
        resource=resource,
        method=method,
        others=tuple(option for option in options if option not in ("", resource[-1])),
        id_words=tuple(word for word in subject.operation_id.words if word not in known),
        rule=rule,
    )


# --- where the path names no resource ---------------------------------------------------------------------------------

_PLAIN = {"patch": "update", "post": "create", "put": "replace"}


def _from_tree(subject: Subject, tree: tuple[Words, ...]) -> Reading:
    """Name an operation as its operationId spells it: `run.projects.services.get`."""
    resource = tuple(joined(step) for step in tree[:-1])
    words = without(tree[-1], own_words(resource))
    method = CANONICAL.get(words[0], _PLAIN.get(words[0], words[0])) if len(words) == 1 else joined(words)
    return _reading(subject, resource, method, "operationId: tree")


def _without_steps(subject: Subject) -> Reading:
    """Name an operation whose path has parameters only, or nothing but a query or a fragment."""
    resource = (joined(group_of(subject.operation)) or "root",)
    of_id = method_of_id(subject, own_words(resource))
    if of_id and any("?" in token or "#" in token for token in subject.operation.pointer.tokens[1:2]):
        return _reading(subject, resource, of_id, "operationId: words")
    return replace(_thing(subject, resource), rule="tag" if subject.operation.tags else "path: item")


def _is_command(words: Words) -> bool:
    """Report whether the only step of a path is an action: `login`, `createUser`; `verify_profiles` are things."""
    is_things = len(words) > 1 and joined(one(words)) != joined(words) and words[0] not in CRUD
    return is_verb(words) and not is_things


def _command(subject: Subject) -> Reading:
    """Name an operation whose path is a verb: `/send`, `/createUser`, `/search`."""
    step, group = subject.path.fixed[0], group_of(subject.operation)
    if group and group != step.words:
        return _reading(subject, (joined(group),), joined(without(step.words, forms(group))), "tag")
    first = next((index for index, word in enumerate(step.words) if word not in ADVERBS), 0)
    about, verb = (*step.words[:first], *step.words[first + 1 :]), step.words[first]
    if about and verb in VERBS:
        return _reading(subject, (joined(about),), CANONICAL.get(verb, verb), "path: action")
    return _thing(subject, (step.name,))
