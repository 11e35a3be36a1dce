"""Operations: the paths of a document go in, one operation for each verb of each path comes out."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.api import Operation
from ...data.document import Json, Pointer
from ...data.operations import Follow, OperationPlace, operation_places, path_items
from .bodies import lower_request_body, lower_responses
from .budget import OPERATION
from .context import Lowering
from .notes import more
from .parameters import lower_parameters
from .reading import flag, text, texts
from .security import Schemes, lower_security
from .servers import lower_servers, texts_of

WORDS = ("summary", "description")


def lower_operations(lowering: Lowering, schemes: Schemes) -> tuple[Operation, ...]:
    """Lower every operation of the document, in its order."""
    made = [operation(lowering, place, schemes) for place in places(lowering)]
    report_duplicates(lowering, made)
    return tuple(made)


def places(lowering: Lowering) -> Iterator[OperationPlace]:
    """Find the operations of the document."""
    for item in path_items(lowering.spec.value(), follower(lowering)):
        yield from operation_places(item)


def follower(lowering: Lowering) -> Follow:
    """Give what follows references to path items."""

    def follow(value: Json, pointer: Pointer) -> tuple[Json, Pointer]:
        end = lowering.follow(value, pointer)
        return end.value, end.pointer

    return follow


def operation(lowering: Lowering, place: OperationPlace, schemes: Schemes) -> Operation:
    """Lower one operation object."""
    keys, pointer = place.keys, place.pointer
    lowering.budget.spend(OPERATION, pointer)
    servers = lower_servers(keys) or lower_servers(place.item)
    lowering.budget.spend_text(pointer, *[text(each, name) for each in (keys, place.item) for name in WORDS])
    lowering.budget.spend_text(pointer, place.path, *texts(keys, "tags"), *texts_of(servers))
    path, parameters = lower_parameters(lowering, place.path, place.item, place.item_pointer, keys, pointer)
    return Operation(
        verb=place.verb,
        path=path,
        operation_id=text(keys, "operationId"),
        tags=texts(keys, "tags"),
        summary=text(keys, "summary") or text(place.item, "summary"),
        description=text(keys, "description") or text(place.item, "description"),
        more=more(keys),
        deprecated=flag(keys, "deprecated"),
        parameters=parameters,
        request_body=lower_request_body(lowering, place.verb, keys, pointer),
        responses=lower_responses(lowering, place.verb, keys, pointer),
        security=lower_security(lowering, keys, pointer, schemes),
        servers=servers,
        resource_hint=text(keys, "x-clientsmith-resource") or text(place.item, "x-clientsmith-resource"),
        method_hint=text(keys, "x-clientsmith-method"),
        pointer=pointer,
    )


def report_duplicates(lowering: Lowering, operations: list[Operation]) -> None:
    """Report operationIds that several operations have."""
    first: dict[str, Operation] = {}
    for each in operations:
        if each.operation_id is None:
            continue
        other = first.setdefault(each.operation_id, each)
        if other is not each:
            lowering.warn(
                "duplicate-operation-id",
                f"the operationId '{each.operation_id}' of {each.verb} {each.path} is also that of "
                f"{other.verb} {other.path}; their methods have distinct names",
                each.pointer.child("operationId"),
                hint=f"the other one is at '{other.pointer}'; give each a name of its own",
            )
