"""Which operation of the old document is which of the new one."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field

from ...data.api import Operation
from ...data.schemas import Schema
from .matching import pair_up
from .offers import Offers
from .shapes import is_significant, look

VARIABLE = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class Pairing:
    """Operations with their partners, and those without one."""

    removed: list[Operation]
    added: list[Operation]
    pairs: list[tuple[Operation, Operation]] = field(default_factory=list)


def pair_operations(old: Offers, new: Offers) -> Pairing:
    """Find partners: by path and verb, then by operationId, then by what goes in and comes out."""
    pairing = Pairing(old.operations(), new.operations())
    for key in (_path, _blank_path, _operation_id):
        pairing.pairs += pair_up(pairing.removed, pairing.added, key)
    shapes = {id(operation): _shape(operation, old) for operation in pairing.removed}
    shapes |= {id(operation): _shape(operation, new) for operation in pairing.added}
    pairing.pairs += pair_up(pairing.removed, pairing.added, lambda operation: shapes[id(operation)])
    order = {id(operation): index for index, operation in enumerate(new.api.operations)}
    pairing.pairs.sort(key=lambda pair: order[id(pair[1])])
    return pairing


def _path(operation: Operation) -> Hashable:
    return operation.verb, operation.path


def _blank_path(operation: Operation) -> Hashable:
    return operation.verb, VARIABLE.sub("{}", operation.path)


def _operation_id(operation: Operation) -> Hashable | None:
    return operation.operation_id


def _shape(operation: Operation, offers: Offers) -> Hashable | None:
    """Give what goes in and comes out, if that is enough to recognise an operation."""
    schemas = [parameter.schema for parameter in operation.parameters]
    body = operation.request_body.content if operation.request_body else ()
    responses = [(response.status, media) for response in operation.responses for media in response.content]
    schemas += [media.schema for media in (*body, *(media for _, media in responses)) if media.schema is not None]
    if not any(is_significant(schema) for schema in schemas):
        return None
    return (
        operation.verb,
        len(VARIABLE.findall(operation.path)),
        frozenset((p.wire_name, p.location, p.required) for p in operation.parameters if p.location != "path"),
        frozenset((media.content_type, _looks(media.schema, offers)) for media in body),
        frozenset((status, media.content_type, _looks(media.schema, offers)) for status, media in responses),
    )


def _looks(schema: Schema | None, offers: Offers) -> Hashable:
    return look(schema, offers.by_pointer) if schema is not None else None
