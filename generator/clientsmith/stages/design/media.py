"""Which media types a method sends and decodes, of those that the document offers."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.api import Media, ObjectShape, Operation, RequestBody, Response, Schema, UnionShape
from ...data.media import KINDS


def is_success(status: str, operation: Operation) -> bool:
    """Tell whether a response of this status is decoded and returned. `default` is, where no 2xx is declared."""
    if status == "default":
        return not any(response.status.startswith("2") for response in operation.responses)
    return status.startswith("2")


def chosen_bodies(body: RequestBody | None) -> tuple[Media, ...]:
    """Choose the media type that is sent, JSON first.

    Others are kept as a choice of the caller only where they carry something else: a different schema.
    """
    if body is None or not body.content:
        return ()
    ordered = sorted(body.content, key=lambda media: KINDS[media.kind].body_rank)
    first = ordered[0]
    others = [m for m in ordered[1:] if m.schema is not None and not _same_schema(m, first) and m.kind != first.kind]
    return (first, *others)


def _same_schema(one: Media, other: Media) -> bool:
    if one.schema is None or other.schema is None:
        return one.schema is other.schema
    if isinstance(one.schema.shape, (ObjectShape, UnionShape)):
        return _without_place(one.schema) == _without_place(other.schema)
    return one.schema.shape == other.schema.shape


def _without_place(schema: Schema) -> tuple[object, ...]:
    match schema.shape:
        case ObjectShape(properties=members):
            return tuple((m.wire_name, m.required, type(m.schema.shape)) for m in members)
        case _:
            return (schema.pointer,)


_NEVER_A_BODY = ("204", "205", "304")
"""RFC 9110: responses of these statuses are empty, whatever a document says. So are all responses to HEAD."""


def chosen_responses(response: Response, operation: Operation, *, success: bool) -> Iterator[Media | None]:
    """Choose what is decoded of a response: one media type, JSON first, and a stream beside it."""
    if not response.content or response.status in _NEVER_A_BODY or operation.verb == "HEAD":
        yield None
        return
    ranked = [(KINDS[media.kind].response_rank, media) for media in response.content]
    whole = [(rank, media) for rank, media in ranked if rank is not None]
    yield from [media for _, media in sorted(whole, key=lambda found: found[0])][:1]
    if success:
        yield from [media for rank, media in ranked if rank is None][:1]
