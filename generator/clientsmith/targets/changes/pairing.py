"""Which operation of the old document is which of the new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from ...data.api import Operation, Schema
from .offers import Offers
from .shapes import is_telling, look

VARIABLE = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class Pairing:
    """Operations with their partners, and those without one."""

    removed: list[Operation]
    added: list[Operation]
    pairs: list[tuple[Operation, Operation]] = field(default_factory=list)


_Key = Callable[[Operation, Offers], Hashable | None]


def pair_operations(old: Offers, new: Offers) -> Pairing:
    """Find partners: by path and verb, then by operationId, then by what goes in and comes out."""
    pairing = Pairing(old.operations(), new.operations())
    for key in (_path, _blank_path, _operation_id, _shape):
        _pair(old, new, pairing, key)
    order = {id(operation): index for index, operation in enumerate(new.api.operations)}
    pairing.pairs.sort(key=lambda pair: order[id(pair[1])])
    return pairing


def _pair(old: Offers, new: Offers, pairing: Pairing, key: _Key) -> None:
    """Pair what is left and has a key that only one operation on each side has."""
    before, after = _unique(pairing.removed, old, key), _unique(pairing.added, new, key)
    found = [(operation, after[value]) for value, operation in before.items() if value in after]
    gone, fresh = {id(first) for first, _ in found}, {id(second) for _, second in found}
    pairing.pairs += found
    pairing.removed = [operation for operation in pairing.removed if id(operation) not in gone]
    pairing.added = [operation for operation in pairing.added if id(operation) not in fresh]


def _unique(operations: list[Operation], offers: Offers, key: _Key) -> dict[Hashable, Operation]:
    by_key: dict[Hashable, list[Operation]] = {}
    for operation in operations:
        value = key(operation, offers)
        if value is not None:
            by_key.setdefault(value, []).append(operation)
    return {value: found[0] for value, found in by_key.items() if len(found) == 1}


def _path(operation: Operation, offers: Offers) -> Hashable:
    return operation.verb, operation.path


def _blank_path(operation: Operation, offers: Offers) -> Hashable:
    return operation.verb, VARIABLE.sub("{}", operation.path)


def _operation_id(operation: Operation, offers: Offers) -> Hashable | None:
    return operation.operation_id


def _shape(operation: Operation, offers: Offers) -> Hashable | None:
    """Give what goes in and comes out, if that is enough to recognise an operation."""
    schemas = [parameter.schema for parameter in operation.parameters]
    body = operation.request_body.content if operation.request_body else ()
    answers = [(response.status, media) for response in operation.responses for media in response.content]
    schemas += [media.schema for media in (*body, *(media for _, media in answers)) if media.schema is not None]
    if not any(is_telling(schema) for schema in schemas):
        return None
    return (
        operation.verb,
        len(VARIABLE.findall(operation.path)),
        frozenset((p.wire_name, p.location, p.required) for p in operation.parameters if p.location != "path"),
        frozenset((media.content_type, _looks(media.schema, offers)) for media in body),
        frozenset((status, media.content_type, _looks(media.schema, offers)) for status, media in answers),
    )


def _looks(schema: Schema | None, offers: Offers) -> Hashable:
    return look(schema, offers.by_pointer) if schema is not None else None
