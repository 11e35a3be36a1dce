"""Names for operations that the settings do not name: nice ones first, longer ones for when those are taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

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


def candidates(operation: Operation, resource: str, readable: AbstractSet[str]) -> tuple[str, ...]:
    """Give method names for an operation of a resource, the nicest first; the last one is its longest.

    `readable` are the paths that have a GET: what can be read is a thing, not an action.
    """
    if operation.method_hint:
        return (snake(operation.method_hint),)
    of_resource = _forms(words(resource))
    by_path = _names_by_path(operation, of_resource, operation.path in readable)
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
    steps = [step for step in operation.path.split("?")[0].split("/") if not _VERSION.match(step)]
    path = "".join(word for step in steps for word in words(step))
    rest = [word for word in said if word != operation.verb.lower()]
    return len(rest) < len(said) and "".join(rest) == path


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


# fmt: off
_ACTIONS = frozenset((
    "accept", "activate", "add", "apply", "approve", "archive", "assign", "attach", "authorize", "batch",
    "block", "calculate", "cancel", "capture", "check", "clear", "clone", "close", "commit", "complete",
    "confirm", "convert", "copy", "count", "create", "deactivate", "decline", "delete", "deny", "detach",
    "disable", "disconnect", "dispatch", "download", "duplicate", "enable", "end", "exchange", "execute",
    "expire", "export", "fetch", "finalize", "find", "generate", "get", "import", "increment", "invite",
    "invoke", "join", "leave", "link", "list", "lock", "login", "logout", "lookup", "merge", "move", "pause",
    "pay", "ping", "poll", "preview", "process", "publish", "query", "queue", "read", "reboot", "rebuild",
    "redeem", "refresh", "register", "reject", "release", "remove", "rename", "renew", "reopen", "replace",
    "report", "request", "resend", "reset", "resolve", "restart", "restore", "resume", "retry", "return",
    "reverse", "revoke", "rollback", "rotate", "run", "save", "search", "send", "share", "sign", "start",
    "stop", "submit", "subscribe", "suspend", "swap", "sync", "terminate", "test", "toggle", "transfer",
    "trigger", "unarchive", "unassign", "unblock", "undo", "unlink", "unlock", "unpublish", "unsubscribe",
    "unsuspend", "update", "upload", "validate", "verify", "void", "withdraw",
))
# fmt: on
"""Last steps of paths that say what is done, not what there is."""


def _names_by_path(operation: Operation, resource: set[str], readable: bool) -> list[tuple[str, ...]]:
    """Make names of verb and path, each with one more step of the path."""
    steps = [step for step in operation.path.split("?")[0].strip("/").split("/") if step]
    nouns = [words(step) for step in steps if "{" not in step and not _VERSION.match(step) and words(step)]
    is_item = bool(steps) and "{" in steps[-1]
    where = next((index for index, noun in enumerate(nouns) if set(noun) <= resource), -1)
    below = nouns[where + 1 :]
    if not below:
        return [(_verb(operation, is_item or (bool(nouns) and _one(nouns[-1]) == nouns[-1]), readable),)]
    action = _action(operation, steps, below[-1], readable)
    names = []
    for count in range(1, len(below) + 1):
        *before, last = below[-count:]
        context = tuple(word for noun in before for word in _one(noun))
        if action:
            names += [(*action, *context)] if context or len(below) == 1 else []
            continue
        verb = _verb(operation, is_item or _one(last) == last, readable)
        if is_item or operation.verb == "POST":
            names.append((verb, *context, *_one(last)))
        names.append((verb, *context, *last))
    return names


def _action(operation: Operation, steps: list[str], last: tuple[str, ...], readable: bool) -> tuple[str, ...]:
    """Give what is done where the path ends with it: `POST /charges/{id}/capture`, `GET /charges/search`."""
    if "{" in steps[-1] or _one(last) != last:
        return ()
    if last[0] in _ACTIONS and operation.verb in ("POST", "GET", "PUT"):
        return last
    follows_parameter = len(steps) > 1 and "{" in steps[-2]
    return last if operation.verb == "POST" and follows_parameter and not readable else ()


def _one(noun: tuple[str, ...]) -> tuple[str, ...]:
    return (*noun[:-1], singular(noun[-1]))


def _verb(operation: Operation, is_one: bool, readable: bool) -> str:
    if operation.verb == "POST" and not operation.path.endswith("}"):
        return "update" if is_one and readable else "create"
    table = _ITEM_VERBS if is_one else _COLLECTION_VERBS
    return table.get(operation.verb, operation.verb.lower())
