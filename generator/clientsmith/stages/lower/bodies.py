"""Request bodies and responses: their objects go in, media types by status come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...data.api import Media, RequestBody, Response, ResponseHeader
from ...data.document import Pointer
from ...data.schemas import AnyShape, ArrayShape, Schema, TupleShape
from .context import Lowering
from .media import is_list, lower_content
from .reading import Keys, as_keys, child_keys, flag, text
from .same_type import alternative
from .shared_bodies import with_shared_schemas
from .values import reached


def lower_request_body(lowering: Lowering, verb: str, keys: Keys, place: Pointer) -> RequestBody | None:
    """Lower what an operation sends; nothing where the content is empty."""
    if not isinstance(keys.get("requestBody"), dict):
        return None
    target = lowering.follow(keys["requestBody"], place.child("requestBody"))
    body = as_keys(target.value)
    content = with_shared_schemas(lowering, lower_content(lowering, body, target.pointer), target.pointer)
    content = tuple([media for media in content if can_be_written(lowering, media)])
    if not content:
        return None
    if verb == "TRACE":
        message = "the body of a TRACE request is left out: HTTP forbids it"
        lowering.error("trace-body", message, place.child("requestBody"), skips=True)
        return None
    lowering.budget.spend(1, target.pointer)
    lowering.budget.spend_text(target.pointer, text(body, "description"))
    return RequestBody(
        required=flag(body, "required"),
        content=content,
        description=text(body, "description"),
        pointer=target.pointer,
    )


def can_be_written(lowering: Lowering, media: Media) -> bool:
    """Report whether a body has a form on the wire, and say so where it has none."""
    if media.kind != "multipart" or not is_list(lowering, media.schema):
        return True
    message = f"the parts of '{media.content_type}' have names, and a list has none; this body cannot be sent"
    hint = "describe an object with a member for each part; in 3.2 'multipart/mixed' may be a list"
    lowering.error("multipart-list", message, media.pointer, hint=hint, skips=True)
    return False


def lower_responses(lowering: Lowering, verb: str, keys: Keys, place: Pointer) -> tuple[Response, ...]:
    """Lower the responses of an operation, by status."""
    made: dict[str, Response] = {}
    for code, value in child_keys(keys, "responses").items():
        pointer = place.below("responses", code)
        status = normal_status(code)
        if status is None:
            if not code.startswith("x-"):
                lowering.warn(
                    "bad-status",
                    f"'{code}' is no status; the response is ignored",
                    pointer,
                    hint="a status is like '200', '2XX' or 'default'",
                )
            continue
        target = lowering.follow(value, pointer)
        described = response(lowering, status, as_keys(target.value), target.pointer)
        # HEAD is described like GET, but its responses have no content (RFC 9110, section 9.3.2).
        made.setdefault(status, replace(described, content=()) if verb == "HEAD" else described)
    return tuple(made.values())


def normal_status(code: str) -> str | None:
    """Write a status as `200`, `2XX` or `default`; give None for anything else."""
    if re.fullmatch(r"[1-5][0-9]{2}|[1-5]XX", code.upper()):
        return code.upper()
    return "default" if code.lower() == "default" else None


def response(lowering: Lowering, status: str, keys: Keys, pointer: Pointer) -> Response:
    """Lower a response object."""
    description = text(keys, "description")
    lowering.budget.spend(1, pointer)
    lowering.budget.spend_text(pointer, description)
    content = with_shared_schemas(lowering, lower_content(lowering, keys, pointer), pointer)
    return Response(
        status=status,
        content=tuple([received(lowering, media) for media in content]),
        description=description,
        headers=tuple(response_headers(lowering, keys, pointer)),
        pointer=pointer,
    )


def response_headers(lowering: Lowering, keys: Keys, pointer: Pointer) -> Iterator[ResponseHeader]:
    """Lower the headers of a response; OpenAPI wants a declared Content-Type to be ignored."""
    for name, value in child_keys(keys, "headers").items():
        if name.lower() != "content-type":
            place = pointer.below("headers", name)
            lowering.budget.spend(1, place)
            lowering.budget.spend_text(place, name)
            required = flag(as_keys(lowering.follow(value, place).value), "required")
            yield ResponseHeader(name=name.lower(), required=required, pointer=place)


def part_of(lowering: Lowering, media: Media) -> Schema | None:
    """Give the schema of one part of a response: that of the items, or of any of the places."""
    shape = reached(lowering, media.schema.shape) if media.schema is not None else None
    match shape:
        case ArrayShape(items):
            return items
        case TupleShape(places, rest):
            further = [rest] if rest is not None and rest.shape != AnyShape() else []
            return alternative([*places, *further], media.pointer)
    return media.schema


def received(lowering: Lowering, media: Media) -> Media:
    """Read a form as text and a multipart response as bytes: only requests write their members."""
    if media.kind == "form":
        return replace(media, kind="text", encoding=())
    if media.kind == "multipart":
        return replace(media, kind="binary", encoding=())
    if media.kind == "parts":
        return replace(media, schema=part_of(lowering, media))
    return media
