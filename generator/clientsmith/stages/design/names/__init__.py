"""Chooses the resource and the method name of each operation, in no language: names are words with underscores.

A name follows the path; the operationId, the tags and the response help where the path says less. `docs/names.md` has the
rule with examples, `docs/decisions/0014-names.md` its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ....data.api import Api, Operation
from .paths import is_plural
from .reading import Reading, read
from .responses import Responses
from .rivals import settle
from .words import words

__all__ = ["CallName", "identity", "name_calls"]

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallName:
    """How a client calls an operation: `client.<resource>.<method>(...)`."""

    resource: Name
    method: str
    rule: str
    """What chose the name: `path: item`, `operationId: verb`, `rival` ..."""


def identity(operation: Operation) -> str:
    """Tell operations apart: two paths may share one path item, and two path items may have one path."""
    return f"{operation.verb} {operation.path} {operation.pointer}"


def name_calls(
    api: Api, operations: Iterable[Operation], occupied: AbstractSet[Name] = frozenset()
) -> Mapping[str, CallName]:
    """Name operations of a document, by their identity.

    `operations` are those that the settings do not name; `occupied` are the names that the settings give to others, as
    paths of the resource tree: (*resource, method).
    """
    responses = Responses({definition.pointer: definition.schema for definition in api.definitions})
    known = _api_names(api)
    read_all = {identity(operation): read(operation, responses, known) for operation in operations}
    placed = _together(read_all)
    hinted = {key: _hinted(reading) for key, reading in placed.items()}
    names = settle(hinted, occupied)
    return {
        key: CallName(
            resource=name[:-1], method=name[-1], rule=f"{hinted[key].rule}, rival" if is_other else hinted[key].rule
        )
        for key, (name, is_other) in names.items()
    }


def _api_names(api: Api) -> frozenset[str]:
    """Give what the API is called: the words of its title, and the first label of its host."""
    hosts = [re.sub(r"^\w*://", "", server.url).partition(".")[0] for server in api.servers]
    return frozenset((*words(api.title), "".join(words(api.title)), *("".join(words(host)) for host in hosts)))


def _together(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Decide what one path alone leaves open.

    The last step of a POST is a method if nothing else is there: `/charges/{id}/capture`. Where something is, it is a
    resource. A POST to the only thing at a path changes it, unless that can be replaced or patched.
    """
    things: set[Name] = set()
    singles: set[Name] = set()
    changed: set[Name] = set()
    for reading in readings.values():
        things |= {reading.resource[:length] for length in range(1, len(reading.resource) + 1)}
        if not reading.is_item and reading.method == "get" and not is_plural(tuple(reading.resource[-1].split("_"))):
            singles.add(reading.resource)
        if not reading.is_item and reading.operation.verb in ("PUT", "PATCH"):
            changed.add(reading.resource)
    return {key: _decided(reading, things, singles - changed) for key, reading in readings.items()}


def _decided(reading: Reading, things: AbstractSet[Name], singles: AbstractSet[Name]) -> Reading:
    if reading.as_thing and reading.as_thing in things:
        return replace(reading, resource=reading.as_thing, method=reading.thing_method, rule="path: collection")
    if not reading.says_create and reading.method == "create" and reading.resource in singles:
        return replace(reading, method="update")
    return reading


def _hinted(reading: Reading) -> Reading:
    """Put in what the document's extensions say."""
    operation = reading.operation
    resource = tuple("_".join(words(step)) for step in (operation.resource_hint or "").split(".") if words(step))
    method = operation.method_hint
    if not resource and not method:
        return reading
    others = () if method else reading.others
    return replace(
        reading, resource=resource or reading.resource, method=method or reading.method, others=others, rule="extension"
    )
