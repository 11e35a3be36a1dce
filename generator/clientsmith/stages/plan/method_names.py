"""Names for operations that the settings do not name: nice ones first, longer ones for when those are taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...data.api import Api, Operation
from .naming import singular, snake, words

_VERSION = re.compile(r"v?\d+([._]\d+)*([a-z]+\d*)?$|^api$|^rest$", re.IGNORECASE)
_ITEM_VERBS = {"GET": "get", "PUT": "replace", "PATCH": "update", "DELETE": "delete", "POST": "update"}
_COLLECTION_VERBS = {"GET": "list", "PUT": "replace", "PATCH": "update", "DELETE": "delete", "POST": "create"}


def identity(operation: Operation) -> str:
    """Tell operations apart: two paths may share one path item, and two path items may have one path."""
    return f"{operation.verb} {operation.path} {operation.pointer}"


def resource_from_operation(operation: Operation, api: Api) -> str:
    """Choose the resource: the first tag, else the group before the operationId's dot or slash, else the path."""
    if operation.tags and words(operation.tags[0]):
        return operation.tags[0]
    group = re.match(r"([A-Za-z][\w-]*)[./]", operation.operation_id or "")
    if group:
        return group[1]
    steps = _static_steps(operation.path)
    return steps[0] if steps else "root"


def candidates(operation: Operation, resource: str) -> tuple[str, ...]:
    """Give method names for an operation of a resource, the nicest first; the last one is its longest."""
    if operation.method_hint:
        return (snake(operation.method_hint),)
    of_resource = _forms(words(resource))
    by_path = _names_by_path(operation, of_resource)
    said = _operation_id_words(operation, of_resource)
    if not said or _only_repeats_the_path(said, operation):
        options = [*by_path, *([said] if said else [])]
    else:
        short = _without_words(said, of_resource)
        options = [_without_parameter(short, operation), short, said, *by_path]
    names = [snake("_".join(option)) for option in options if option]
    return tuple(dict.fromkeys(names)) or ("call",)


def _operation_id_words(operation: Operation, resource: set[str]) -> tuple[str, ...]:
    """Give the words of the operationId without what frameworks add: path and verb at the end, the tag in front."""
    text = operation.operation_id or ""
    path = re.sub(r"\W", "_", operation.path)
    for verb in (operation.verb.lower(), operation.verb.upper()):
        if text.endswith(f"{path}_{verb}"):
            text = text[: -len(path) - len(verb) - 1]
            break
    group, separator, rest = _partition(text)
    if separator and rest and set(words(group)) <= resource:
        text = rest
    return words(text)


def _partition(text: str) -> tuple[str, str, str]:
    match = re.match(r"([A-Za-z]\w*?)([./:_])(.+)$", text)
    return (match[1], match[2], match[3]) if match else (text, "", "")


def _only_repeats_the_path(said: Sequence[str], operation: Operation) -> bool:
    """Tell whether an operationId is verb and path in a row, as in `PostAccountsAccountCapabilities`."""
    path = [word for step in re.split(r"[/{}]", operation.path) for word in words(step)]
    rest = [word for word in said if word != operation.verb.lower()]
    if len(rest) == len(said) or len(rest) < 2:
        return False
    return ("".join(rest) in "".join(path) and "{" in operation.path) or "".join(rest) == "".join(path)


def _forms(name: Sequence[str]) -> set[str]:
    """Give the words of a resource in both numbers."""
    return {form for word in name for form in (word, singular(word), f"{word}s")}


def _without_words(said: tuple[str, ...], unwanted: set[str]) -> tuple[str, ...]:
    """Leave out the resource's own words behind the verb; a name keeps at least its verb."""
    if len(said) == 1:
        return said
    kept = tuple(word for word in said[1:] if word not in unwanted)
    return (said[0], *kept)


def _without_parameter(said: tuple[str, ...], operation: Operation) -> tuple[str, ...]:
    """Leave out `by id` where the path ends with that parameter anyhow."""
    if "by" not in said or not operation.path.endswith("}"):
        return said
    where = said.index("by")
    last = words(operation.path.rpartition("{")[2])
    tail = said[where + 1 :]
    return said[:where] if where and set(tail) <= {*last, "id", "key", "name"} else said


def _static_steps(path: str) -> list[str]:
    steps = [step for step in path.split("?")[0].split("/") if step and "{" not in step]
    return [step for step in steps if not _VERSION.match(step) and words(step)] or steps


def _names_by_path(operation: Operation, resource: set[str]) -> list[tuple[str, ...]]:
    """Make names of verb and path, each with one more step of the path."""
    steps = [step for step in operation.path.split("?")[0].strip("/").split("/") if step]
    static = [i for i, step in enumerate(steps) if "{" not in step and not _VERSION.match(step) and words(step)]
    is_item = bool(steps) and "{" in steps[-1]
    if not static:
        return [(_verb(operation, is_item),)]
    nouns = [words(steps[index]) for index in static]
    action = _action(operation, steps, static[-1])
    names = []
    for count in range(1, len(nouns) + 1):
        tail = [word for noun in nouns[-count:] for word in noun]
        if action:
            names.append(tuple(tail))
            continue
        tail = [*tail[:-1], singular(tail[-1])] if is_item or operation.verb == "POST" else tail
        kept = [word for word in tail if count > 1 or word not in resource]
        names.append((_verb(operation, is_item or _is_one(nouns[-1])), *kept))
    return names


def _action(operation: Operation, steps: list[str], last: int) -> bool:
    """Tell whether the path ends with what is done: `POST /charges/{id}/capture`."""
    follows_parameter = last == len(steps) - 1 and last > 0 and "{" in steps[last - 1]
    return operation.verb == "POST" and follows_parameter and _is_one(words(steps[last]))


def _is_one(noun: tuple[str, ...]) -> bool:
    return bool(noun) and singular(noun[-1]) == noun[-1]


def _verb(operation: Operation, is_item: bool) -> str:
    table = _ITEM_VERBS if is_item else _COLLECTION_VERBS
    if operation.verb == "POST" and not operation.path.endswith("}"):
        return "create"
    return table.get(operation.verb, operation.verb.lower())
