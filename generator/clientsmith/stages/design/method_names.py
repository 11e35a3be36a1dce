"""Names for operations that the settings do not name: nice ones first, longer ones for when those are taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Paths:
    """What the other operations of a document tell about a path."""

    readable: AbstractSet[str]
    """Those that have a GET: what can be read is a thing, not an action."""
    patched: AbstractSet[str]
    """Those that have a PATCH: a POST there is no update."""

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> Paths:
        """Collect them. The names of parameters do not count: `/pets/{id}` and `/pets/{pet}` are one path."""
        asked = [(operation.verb, _bare(operation.path)) for operation in operations]
        return cls(
            frozenset(path for verb, path in asked if verb == "GET"),
            frozenset(path for verb, path in asked if verb == "PATCH"),
        )

    def is_thing(self, path: str) -> bool:
        """Tell whether there is something to read at a path."""
        return _bare(path) in self.readable

    def is_collection(self, path: str) -> bool:
        """Tell whether a path lists what is read one by one below it, whatever the number of its last word."""
        return f"{_bare(path)}/{{}}" in self.readable

    def is_updated_by_post(self, path: str) -> bool:
        """Tell whether a POST changes what is at a path."""
        return self.is_thing(path) and _bare(path) not in self.patched


def _bare(path: str) -> str:
    return re.sub(r"{[^{}]*}", "{}", path.partition("?")[0].rstrip("/"))


def candidates(operation: Operation, resource: str, paths: Paths) -> tuple[str, ...]:
    """Give method names for an operation of a resource, the nicest first, the longest last."""
    if operation.method_hint:
        return (snake(operation.method_hint),)
    of_resource = _forms(words(resource))
    by_path = _names_by_path(operation, of_resource, paths)
    said = _operation_id_words(operation, of_resource)
    if not said or _only_repeats_the_path(said, operation):
        options = [*by_path, *([said] if said else [])]
    else:
        short = _without_words(said, of_resource)
        options = [_without_parameter(short, operation), short, said, *by_path]
    return _snakes(options) or ("call",)


def last_resorts(operation: Operation, resource: str, nicest: str) -> tuple[str, ...]:
    """Give names for where others have better claims to all the candidates: with the parameters, with the steps above
    the resource, with both and the verb of HTTP. What has the same words as another path even so gets a number."""
    if operation.method_hint:
        return ()
    nouns = _nouns(operation)
    by = _by_parameters(operation, _forms(words(resource)))
    options: list[tuple[str, ...]] = [(nicest, *by)]
    if nouns:
        verb = nicest.strip("_").partition("_")[0]
        options += [(verb, *_context(nouns[:-1]), *nouns[-1]), (verb, *_context(nouns[:-1]), *nouns[-1], *by)]
    options.append((operation.verb.lower(), *(word for noun in nouns for word in noun), *by))
    return _snakes(options)


def _snakes(options: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(snake("_".join(option)) for option in options if option))


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


def _names_by_path(operation: Operation, resource: set[str], paths: Paths) -> list[tuple[str, ...]]:
    """Make names of verb and path, each with one more step of the path."""
    steps = [step for step in operation.path.split("?")[0].strip("/").split("/") if step]
    nouns = _nouns(operation)
    is_item = bool(steps) and "{" in steps[-1]
    is_thing = paths.is_thing(operation.path)
    is_one = is_item or (bool(nouns) and _one(nouns[-1]) == nouns[-1] and not paths.is_collection(operation.path))
    verb = _verb(operation, is_one, paths)
    where = next((index for index, noun in enumerate(nouns) if set(noun) <= resource), -1)
    below = nouns[where + 1 :]
    if not below:
        return [(verb,)]
    action = _action(operation, steps, below[-1], is_thing)
    names = []
    for count in range(1, len(below) + 1):
        *before, last = below[-count:]
        context = _context(before)
        if action:
            names += [(*action, *context)] if context or len(below) == 1 else []
            continue
        if is_item or operation.verb == "POST":
            names.append((verb, *context, *_one(last)))
        names.append((verb, *context, *last))
    return names


def _nouns(operation: Operation) -> list[tuple[str, ...]]:
    """Give the words of each step that says what there is."""
    steps = operation.path.split("?")[0].split("/")
    return [words(step) for step in steps if "{" not in step and not _VERSION.match(step) and words(step)]


def _context(nouns: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for noun in nouns for word in _one(noun))


def _by_parameters(operation: Operation, resource: set[str]) -> tuple[str, ...]:
    """Say which parameters a path ends with, or has last: `by_id`; of `{user_id}` in `users` that is `id`."""
    runs = re.findall(r"([^/{}]*)((?:/*{[^{}]*})+)", operation.path.partition("?")[0])
    if not runs:
        return ()
    before, run = runs[-1]
    known = resource | _forms(words(before))
    names = [words(name) for name in re.findall(r"{([^{}]*)}", run)]
    told = [tuple(word for word in name if word not in known) or name for name in names]
    return tuple(word for index, name in enumerate(told) for word in ("and" if index else "by", *name))


def _action(operation: Operation, steps: list[str], last: tuple[str, ...], is_thing: bool) -> tuple[str, ...]:
    """Give what is done where the path ends with it: `POST /charges/{id}/capture`, `GET /charges/search`."""
    if "{" in steps[-1] or _one(last) != last:
        return ()
    if last[0] in _ACTIONS and operation.verb in ("POST", "GET", "PUT"):
        return last
    follows_parameter = len(steps) > 1 and "{" in steps[-2]
    return last if operation.verb == "POST" and follows_parameter and not is_thing else ()


def _one(noun: tuple[str, ...]) -> tuple[str, ...]:
    return (*noun[:-1], singular(noun[-1]))


def _verb(operation: Operation, is_one: bool, paths: Paths) -> str:
    if operation.verb == "POST" and not operation.path.endswith("}"):
        return "update" if is_one and paths.is_updated_by_post(operation.path) else "create"
    table = _ITEM_VERBS if is_one else _COLLECTION_VERBS
    return table.get(operation.verb, operation.verb.lower())
