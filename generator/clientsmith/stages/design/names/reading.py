"""Reads one operation: the resource and the method that its path, its operationId and its response ask for.

Nothing here looks at other operations: what one of them is called must not depend on the rest of the document.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from ....data.api import Operation
from .operation_ids import OperationId, group_of, id_group_of, method_words, read_operation_id, tree_of
from .paths import Path, Step, forms, is_plural, one, read_path
from .responses import Responses
from .vocabulary import (
    ADVERBS,
    ASKING,
    CANONICAL,
    CRUD,
    FILLERS,
    HEALTH,
    KEYS,
    LISTING,
    LOOKING,
    NOUN_VERBS,
    RESULTS,
    VERBS,
)

Words = tuple[str, ...]
DEEPEST = 5
"""A path with more steps than this is no name that people type; the operationId's group or the tag is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one operation asks for."""

    operation: Operation
    path: Path
    resource: Words
    method: str
    others: tuple[str, ...] = ()
    """Methods that it can have instead, the nicest first."""
    spoken: Words = ()
    """The words of the operationId that are not in the path."""
    rule: str
    as_thing: Words | None = None
    """The resource that the last step of the path is, if another operation is about that, too."""
    thing_method: str = ""
    """The method that it has there."""
    says_create: bool = True
    """False for a POST of which nothing says that it creates."""

    @property
    def is_item(self) -> bool:
        """Tell whether it is about one of several."""
        return self.path.ends_with_parameter


def read(operation: Operation, responses: Responses, api_names: AbstractSet[str]) -> Reading:
    """Read an operation."""
    path = read_path(operation.path)
    said = read_operation_id(operation)
    if tree := tree_of(operation, api_names):
        return _from_tree(operation, path, tree)
    if not path.fixed:
        return _without_steps(operation, path, said, responses)
    last, where = path.fixed[-1], len(path.steps) - 1
    while path.steps[where].is_parameter:
        where -= 1
    if len(path.fixed) == 1 and _is_verb(last.words) and not (last.is_plural and last.words[0] not in CRUD):
        return _only_a_verb(operation, path, said, responses)
    kind = _kind(operation, path, where, said)
    return _Reader(operation, path, said, responses).reading(where, kind)


# --- what the last fixed step is -------------------------------------------------------------------------------------

Kind = Literal["thing", "action", "unclear", "key"]


def _is_verb(found: Words) -> bool:
    """Tell whether words say what is done: `cancel`, `bulk_create`, `vector_search`."""
    first = next((word for word in found if word not in ADVERBS), found[-1])
    if is_plural(found) and len(found) == 1:
        return False
    return first in VERBS or found[-1] in ("search", "lookup")


def _kind(operation: Operation, path: Path, where: int, said: OperationId) -> Kind:
    step, is_first = path.steps[where], not any(not s.is_parameter for s in path.steps[:where])
    if is_first:
        return "thing"
    before, after = path.steps[where - 1], path.steps[where + 1 :]
    if after and not before.is_parameter and _is_key(step, after):
        return "key"
    if step.words == ("list",) and before.is_parameter and said.verb != "list":
        return "thing"
    if _is_verb(step.words) or _follows_verb(operation, path, where, said):
        return "action"
    if not after and operation.verb in ("POST", "PUT", "PATCH") and _is_said(step, said):
        return "unclear"
    if not step.is_plural and operation.verb == "GET" and said.verb in ASKING and _is_object(step, said):
        return "unclear"
    if after or operation.verb not in ("POST", "PUT", "PATCH", "GET", "DELETE") or step.is_plural:
        return "thing"
    if operation.verb == "GET":
        return "action" if _says_the_step(step, said) or step.words[0] in LOOKING else "thing"
    if operation.verb != "POST":
        return "unclear" if step.words[0] in NOUN_VERBS and before.is_parameter else "thing"
    if step.words[0] in NOUN_VERBS:
        return "unclear"
    return "thing" if said.verb in ("create", "insert", "new") else "unclear"


def _is_key(step: Step, after: tuple[Step, ...]) -> bool:
    words = step.words[1:] if step.words[0] == "by" else step.words
    if words and (step.words[0] == "by" or step.words[-1] in FILLERS):
        return True
    return len(after) == 1 and step.name in KEYS and after[0].words[-len(step.words) :] == step.words


def _follows_verb(operation: Operation, path: Path, where: int, said: OperationId) -> bool:
    """Tell whether the step before is a verb that makes one name with a step: `/get/interfaces`."""
    before = path.steps[where - 1]
    if before.is_parameter or (where == 1 and before.words != ("search",) and operation.verb != "POST"):
        return False
    verbs = VERBS if operation.verb == "POST" and said.verb != "create" else CRUD
    return before.words[-1] in verbs and all(word in ADVERBS for word in before.words[:-1])


def _is_said(step: Step, said: OperationId) -> bool:
    """Tell whether an operationId begins with a step as its verb: `bookmarkTopic` for `PUT /topics/{id}/bookmark`."""
    if len(step.words) == 1 and step.is_plural and (said.verb is None or not step.words[0].startswith(said.verb)):
        return False
    return "".join(said.from_verb).startswith("".join(step.words)) and said.from_verb[0] != "".join(step.words) + "s"


def _is_object(step: Step, said: OperationId) -> bool:
    """Tell whether a step is what an operationId does something with: `validateToken` for `POST /account/token`."""
    return (
        said.verb in VERBS
        and said.does not in ("create", "get")
        and step.words[-1] in said.rest
        and said.verb not in step.words
    )


def _says_the_step(step: Step, said: OperationId) -> bool:
    """Tell whether an operationId calls a GET as the last step is called: `SessionReplay`, `cloneSession`."""
    if said.verb is None:
        return step.words[0] in NOUN_VERBS and said.words[-len(step.words) :] == step.words
    return said.verb == step.words[0]


# --- names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    operation: Operation
    path: Path
    said: OperationId
    responses: Responses

    def reading(self, where: int, kind: Kind) -> Reading:
        """Give resource and method for the kind of the last fixed step, which is at `where`."""
        steps = self.path.steps
        if kind == "thing":
            return self._thing(self._resource(where + 1))
        resource = self._resource(where)
        if kind == "key":
            verb = self._verb(resource, is_item=True)
            return self._made(resource, _joined(verb, *_key(steps[where], steps[-1])), "path: key")
        folded = self._folded(where)
        action = self._action(steps[where], resource, has_parameter=where < len(steps) - 1)
        method = _joined(*action, *folded) if _is_verb(action) else _joined(*folded, *action)
        if kind != "unclear":
            return self._made(resource, method, "path: action")
        thing = self._resource(where + 1)
        if not _is_verb(steps[where].words) and _is_object(steps[where], self.said) and self.said.verb:
            return self._made(
                resource, _joined(self.said.verb, *steps[where].words), "operationId: verb", as_thing=thing
            )
        return self._made(resource, method, "path: action", as_thing=thing)

    def _thing(self, resource: Words) -> Reading:
        is_item = self.path.ends_with_parameter
        method, rule = self._verb(resource, is_item=is_item), "path: item" if is_item else "path: collection"
        if (own := self._own_verb(resource)) and own != method:
            return self._made(resource, own, "operationId: verb", method)
        says_create = self.operation.verb != "POST" or is_item or self.said.does == "create"
        return self._made(resource, method, rule, says_create=says_create)

    def _made(
        self,
        resource: Words,
        method: str,
        rule: str,
        *others: str,
        as_thing: Words | None = None,
        says_create: bool = True,
    ) -> Reading:
        if method in (resource[-1], "_".join(one((resource[-1],)))) and not as_thing:
            method, others = self._verb(resource, is_item=self.path.ends_with_parameter), (method, *others)
        known = _all_words(self.path, resource)
        spoken = method_words(self.said, known)
        return Reading(
            operation=self.operation,
            path=self.path,
            resource=resource,
            method=method,
            others=(*others, *_alternatives(method, self.operation.verb), *([_joined(*spoken)] if spoken else [])),
            spoken=tuple(word for word in self.said.words if word not in known),
            rule=rule,
            as_thing=as_thing,
            thing_method=self._thing(as_thing).method if as_thing else "",
            says_create=says_create,
        )

    def _resource(self, end: int) -> Words:
        """Give the resource of the steps before `end`: a verb in the middle goes with the noun behind it."""
        names: list[str] = []
        verbs: Words = ()
        for step in self.path.steps[:end]:
            if step.is_parameter:
                continue
            if names and _is_verb(step.words):
                verbs += step.words
            else:
                names.append(_joined(*verbs, *step.words))
                verbs = ()
        group = group_of(self.operation)
        if names and len(names[0]) == 1 and group:
            names[0] = _joined(*group)
        if len(names) > DEEPEST:
            names = _shortened(names, _joined(*group), id_group_of(self.operation))
        return tuple(names)

    def _folded(self, where: int) -> Words:
        """Give the verbs right before the last step, which its method is about: `confirm_trust`."""
        found: list[str] = []
        for step in reversed(self.path.steps[:where]):
            if step.is_parameter:
                continue
            if not _is_verb(step.words) or step is self.path.fixed[0]:
                break
            found = [*step.words, *found]
        return tuple(found)

    def _action(self, step: Step, resource: Words, *, has_parameter: bool) -> Words:
        own = {form for name in resource[-1:] for form in forms(tuple(name.split("_")))}
        words = (step.words[0], *(word for word in step.words[1:] if word not in own))
        words = words[1:] if len(words) > 1 and words[0] in own else words
        while len(words) > 1 and words[-1] in FILLERS and words != step.words:
            words = words[:-1]
        if self.operation.verb == "DELETE" and not {"delete", "remove", "clear", "purge", "destroy"} & set(words):
            undone = (
                self.said.verb if self.said.verb and self.said.verb != words[0] and words[0] in self.said.verb else None
            )
            return (undone, *words[1:]) if undone else ("delete", *words)
        if self.operation.verb == "GET" and has_parameter and words[0] in RESULTS and self.said.verb != words[0]:
            return ("get", *words)
        return words

    def _own_verb(self, resource: Words) -> str | None:
        """Give the verb of the operationId where the HTTP method says less: `documents.upload` for a POST."""
        does, verb = self.said.does, self.operation.verb
        if does is None or verb not in ("POST", "PUT") or does == "delete":
            return None
        if verb == "PUT":
            if self.said.rest[:2] == ("or", "update"):
                return "create_or_update"
            does = "add" if self.said.verb == "add" else does
            if does in ("update", "replace", "create", "upsert", "set", "add"):
                return does
        elif does in ("get", "list", "update", "find"):
            return does
        own = forms(tuple(word for name in resource for word in name.split("_")))
        if does in own or set(self.said.rest) - FILLERS - ADVERBS - _all_words(self.path, resource):
            return None
        adverb = self.said.rest[:1] if self.said.rest[:1] and self.said.rest[0] in ADVERBS - own else ()
        return _joined(*adverb, does)

    def _verb(self, resource: Words, *, is_item: bool) -> str:
        verb = self.operation.verb
        if verb == "GET":
            if resource[-1] in HEALTH and len(self.path.steps) == 1:
                return "check"
            return "list" if self._lists(resource, is_item=is_item) else "get"
        if verb == "POST":
            return "update" if is_item else "create"
        return {"PUT": "replace", "PATCH": "update", "DELETE": "delete"}.get(verb, verb.lower())

    def _lists(self, resource: Words, *, is_item: bool) -> bool:
        words = tuple(resource[-1].split("_"))
        kind = self.responses.kind(self.operation, forms(words))
        says_list = self.said.verb in LISTING or bool({"list", "all"} & set(self.said.words))
        if is_item:
            return kind == "array" or (says_list and kind in ("page", "unknown"))
        if says_list or kind == "array":
            return True
        if not is_plural(words):
            return False
        if kind == "unknown":
            says_one = self.said.does == "get" and one(words)[-1] in self.said.rest and words[-1] not in self.said.rest
            return not says_one
        return kind in ("page", "lists")


def _key(step: Step, parameter: Step) -> Words:
    if step.words[0] == "by":
        return step.words
    return (*step.words, *parameter.words) if step.words[-1] in FILLERS else ("by", *step.words)


def _shortened(names: list[str], tag: str, id_group: Words) -> list[str]:
    """Make a tree shorter that is too deep: from the step on that is called like the tag, or as the operationId has it."""
    if tag in names[1:]:
        return names[names.index(tag) :][:DEEPEST]
    return [_joined(*id_group)] if id_group and _joined(*id_group) not in names else names[-DEEPEST:]


def _alternatives(method: str, verb: str) -> tuple[str, ...]:
    """Give what a method is called where another one has a better claim to its name."""
    if verb == "PUT" and method == "update":
        return ("replace", "replace_all")
    return {
        "get": ("list",), "list": ("list_all",), "delete": ("delete_all",), "update": ("update_all",),
        "replace": ("replace_all",),
    }.get(method, ())  # fmt: skip


def _all_words(path: Path, resource: Words) -> frozenset[str]:
    of_path = tuple(word for step in path.steps for word in step.words)
    return forms((*of_path, *(word for name in resource for word in name.split("_"))))


def _joined(*words: str) -> str:
    return "_".join(words)


# --- where the path says less ----------------------------------------------------------------------------------------


def _from_tree(operation: Operation, path: Path, tree: tuple[Words, ...]) -> Reading:
    """Name an operation as its operationId spells it: `run.projects.services.get`."""
    *above, last = tree
    resource = tuple(_joined(*step) for step in above)
    own = forms(tuple(resource[-1].split("_")))
    words = (last[0], *(word for word in last[1:] if word not in own))
    method = _joined(CANONICAL.get(words[0], words[0]) if len(words) == 1 else words[0], *words[1:])
    return Reading(operation=operation, path=path, resource=resource, method=method, rule="operationId: tree")


def _without_steps(operation: Operation, path: Path, said: OperationId, responses: Responses) -> Reading:
    """Name an operation whose path has parameters only, or nothing but a query or a fragment."""
    resource = (_joined(*group_of(operation)) or "root",)
    reader = _Reader(operation, path, said, responses)
    spoken = method_words(said, forms(tuple(resource[0].split("_"))))
    if spoken and any("?" in token or "#" in token for token in operation.pointer.tokens[1:2]):
        return reader._made(resource, _joined(*spoken), "operationId: words")
    return reader._thing(resource)


def _only_a_verb(operation: Operation, path: Path, said: OperationId, responses: Responses) -> Reading:
    """Name an operation whose path is a verb: `/login`, `/createUser`, `/search`."""
    step = path.fixed[0]
    reader = _Reader(operation, path, said, responses)
    first = next((i for i, word in enumerate(step.words) if word not in ADVERBS), 0)
    group, about = group_of(operation), (*step.words[:first], *step.words[first + 1 :])
    if group and group != step.words:
        words = (*step.words[: first + 1], *(w for w in step.words[first + 1 :] if w not in forms(group)))
        return reader._made((_joined(*group),), _joined(*words), "tag")
    if about and step.words[first] in VERBS:
        verb = step.words[first]
        return reader._made((_joined(*about),), CANONICAL.get(verb, verb), "path: verb")
    return reader._thing((step.name,))
