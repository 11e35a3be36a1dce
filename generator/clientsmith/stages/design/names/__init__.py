"""Chooses the resource and the method of each operation, in no language: names are words with underscores.

A name follows the path; operationId, tags and response help where the path says less. `docs/names.md` has the rule with
examples, `docs/decisions/0014-names.md` its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ....data.api import Api, Operation
from .conflicts import resolve_conflicts
from .paths import is_plural
from .reading import Reading, read
from .responses import Responses
from .subject import Words, joined, parted
from .tag_trees import below_parents, by_groups
from .words import words

__all__ = ["CallName", "identity", "name_calls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallName:
    """How a client calls an operation: `client.<resource>.<method>(...)`."""

    resource: Words
    method: str
    rule: str
    """What chose the name: `path: item`, `operationId: verb`, `path: collection, conflict` ..."""


def identity(operation: Operation) -> str:
    """Identify an operation: two paths may share one path item, and two path items may have one path."""
    return f"{operation.verb} {operation.path} {operation.pointer}"


def name_calls(
    api: Api, operations: Iterable[Operation], occupied: AbstractSet[Words] = frozenset()
) -> Mapping[str, CallName]:
    """Name operations of a document, by their identity.

    `operations` are those that the settings do not name; `occupied` are the names that the settings give to others, as
    paths of the resource tree: (*resource, method).
    """
    responses = Responses({definition.pointer: definition.schema for definition in api.definitions})
    known = _api_names(api)
    tags = {tag.name: tag for tag in api.tags}
    alone = {identity(each): read(by_groups(each, tags), responses, known) for each in operations}
    parents = {tag.parent for tag in api.tags}
    readings = {key: below_parents(_hinted(reading), tags, parents) for key, reading in _together(alone).items()}
    return {
        key: CallName(resource=name[:-1], method=name[-1], rule=readings[key].rule + (", conflict" if is_other else ""))
        for key, (name, is_other) in resolve_conflicts(readings, occupied).items()
    }


def _api_names(api: Api) -> frozenset[str]:
    """Give what the API is called: its title, the words of that, and the first label of its host."""
    hosts = [re.sub(r"^\w*://", "", server.url).partition(".")[0] for server in api.servers]
    return frozenset((*words(api.title), "".join(words(api.title)), *("".join(words(host)) for host in hosts)))


def _together(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Decide what one operation alone leaves open.

    The last step of a POST is a method if nothing else is there: `/charges/{id}/capture`. Where something is, it is a
    resource. A POST to the only thing at a path changes it, unless that can be replaced or patched.
    """
    things = {r.resource[:end] for r in readings.values() for end in range(1, len(r.resource) + 1)}
    singles = {r.resource for r in readings.values() if r.method == "get" and not is_plural(parted(r.resource[-1]))}
    others = {r.resource for r in readings.values() if r.is_item or r.operation.verb in ("PUT", "PATCH")}
    return {key: _decided(reading, things, singles - others) for key, reading in readings.items()}


def _decided(reading: Reading, things: AbstractSet[Words], singles: AbstractSet[Words]) -> Reading:
    if reading.as_thing and reading.as_thing in things:
        return replace(reading, resource=reading.as_thing, method=reading.thing_method, rule="path: collection")
    if reading.may_update and reading.method == "create" and reading.resource in singles:
        return replace(reading, method="update")
    return reading


def _hinted(reading: Reading) -> Reading:
    """Put in what the document's extensions say."""
    operation = reading.operation
    resource = tuple(joined(words(step)) for step in (operation.resource_hint or "").split(".") if words(step))
    method = operation.method_hint
    if not resource and not method:
        return reading
    return replace(
        reading,
        resource=resource or reading.resource,
        method=method or reading.method,
        others=() if method else reading.others,
        rule="extension",
    )
