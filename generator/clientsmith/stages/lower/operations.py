"""Operations: the paths of a document go in, one operation for each verb of each path comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...data.api import Operation
from ...data.document import Pointer
from .bodies import lower_request_body, lower_responses
from .budget import OPERATION
from .context import Lowering
from .notes import more
from .parameters import lower_parameters
from .reading import Keys, as_keys, flag, members, text, texts
from .security import lower_security
from .servers import lower_servers

WORDS = ("summary", "description")
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True, slots=True)
class Place:
    """An operation object with all that surrounds it."""

    verb: str
    path: str
    item: Keys
    item_pointer: Pointer
    keys: Keys
    pointer: Pointer


def lower_operations(lowering: Lowering, schemes: Mapping[str, bool]) -> tuple[Operation, ...]:
    """Lower every operation of the document, in its order."""
    made = [operation(lowering, place, schemes) for place in places(lowering)]
    report_duplicates(lowering, made)
    return tuple(made)


def places(lowering: Lowering) -> Iterator[Place]:
    """Find the operations: in path items, and in what path items refer to."""
    for path, value in members(as_keys(lowering.spec.value()), "paths").items():
        if path.startswith("x-"):
            continue
        pointer = Pointer().below("paths", path)
        target = lowering.follow(value, pointer)
        items = [(as_keys(target.value), target.pointer)]
        if target.pointer != pointer:  # What stands beside the reference wins.
            items.insert(0, (as_keys(value), pointer))
        seen: set[str] = set()
        for item, place in items:
            for verb, keys, inner in verbs(item, place):
                if verb not in seen:
                    seen.add(verb)
                    yield Place(verb, template(path), item, place, keys, inner)


def verbs(item: Keys, pointer: Pointer) -> Iterator[tuple[str, Keys, Pointer]]:
    """List the operations of a path item, in document order."""
    for name, value in item.items():
        if name in VERBS and isinstance(value, dict):
            yield name.upper(), value, pointer.child(name)
        elif name == "additionalOperations":
            for verb, inner in as_keys(value).items():
                yield verb, as_keys(inner), pointer.below(name, verb)


def template(path: str) -> str:
    """Write a path as it is sent: with a slash in front, without a fragment.

    Documents use fragments, which are never sent, to tell two operations of one path apart.
    """
    path = path.partition("#")[0]
    return path if path.startswith("/") else f"/{path}"


def operation(lowering: Lowering, place: Place, schemes: Mapping[str, bool]) -> Operation:
    """Lower one operation object."""
    keys, pointer = place.keys, place.pointer
    lowering.budget.spend(OPERATION, pointer)
    lowering.budget.spend_text(pointer, *[text(each, name) for each in (keys, place.item) for name in WORDS])
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
        responses=lower_responses(lowering, keys, pointer),
        security=lower_security(lowering, keys, pointer, schemes),
        servers=lower_servers(keys) or lower_servers(place.item),
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
