"""Which media types a method sends and decodes, of those that the document offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...data.api import Media, Operation, RequestBody, Response
from ...data.media import MEDIA_USES
from ...data.schemas import LiteralShape, ObjectShape, Schema, StringShape, UnionShape, parts_of
from .definitions import Definitions


def is_success(status: str, operation: Operation) -> bool:
    """Report whether a response of this status is decoded and returned. `default` is, where no 2xx is declared."""
    if status == "default":
        return not any(response.status.startswith("2") for response in operation.responses)
    return status.startswith("2")


def chosen_bodies(body: RequestBody | None, definitions: Definitions) -> tuple[Media, ...]:
    """Choose the media types that a caller may send, JSON first; the first one is sent where the caller chooses none.

    Another kind with the schema of the first is no choice, as it carries the same. A body with files is multipart:
    neither JSON nor a form can hold one.
    """
    if body is None or not body.content:
        return ()
    ordered = sorted(body.content, key=lambda media: MEDIA_USES[media.kind].body_rank)
    parts = [media for media in ordered if media.kind == "multipart" and media.schema is not None]
    if any(holds_files(media.schema, definitions) for media in parts if media.schema is not None):
        ordered = [m for m in ordered if m.kind not in ("json", "form") or not _has_same(m, parts)]
    first = ordered[0]
    return (first, *[media for media in ordered[1:] if _is_choice(media, first)])


def _is_choice(media: Media, first: Media) -> bool:
    """Report whether a caller gains something by another media type: a label of its own, or another schema."""
    if not _same_schema(media, first):
        return media.schema is not None or media.kind == first.kind
    if media.kind == "json":
        return first.kind == "json" and _is_own_format(media)
    return media.kind == first.kind


def _is_own_format(media: Media) -> bool:
    """Report whether a media type of JSON says more than that it is JSON."""
    name, _, parameters = media.content_type.partition(";")
    return (name.lower().endswith("+json") and "*" not in name) or bool(parameters)


def are_alike(bodies: Sequence[Media]) -> bool:
    """Report whether bodies differ in nothing but their media types."""
    return all(media.kind == bodies[0].kind and _same_schema(media, bodies[0]) for media in bodies[1:])


def _has_same(media: Media, others: Sequence[Media]) -> bool:
    return any(_same_schema(media, other) for other in others)


def holds_files(schema: Schema, definitions: Definitions) -> bool:
    """Report whether a value of a schema may hold raw bytes, at any depth."""
    stack, seen = [schema], set()
    while stack:
        here = definitions.target(stack.pop())
        if here.pointer in seen:
            continue
        seen.add(here.pointer)
        if isinstance(here.shape, StringShape) and here.shape.format == "binary":
            return True
        stack += parts_of(here)
    return False


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


_SAME_DATA = ("xml", "yaml", "javascript", "*/*", "application/*")
"""How media types end that hold what the JSON beside them holds, or may, unless their schema is one of texts."""


def is_other_data(media: Media, first: Media, definitions: Definitions) -> bool:
    """Report whether a response beside the first one holds something else: a table, a picture, another format of JSON.

    A text that JSON would quote is something else, too.
    """
    name = media.content_type.partition(";")[0].strip().lower()
    is_text = media.schema is not None and takes_text(media.schema, definitions)
    if name.endswith(_SAME_DATA):
        return is_text and first.kind == "json" and not _same_schema(media, first)
    if media.kind == "json" and media.kind == first.kind:
        return not _same_schema(media, first)
    if media.kind not in ("text", "binary") or first.kind not in ("json", "text", "binary"):
        return False
    return media.kind != first.kind and (is_text or not _same_schema(media, first) or media.schema is None)


def takes_text(schema: Schema, definitions: Definitions) -> bool:
    """Report whether a text that is no JSON may be a value of a schema."""
    match definitions.target(schema).shape:
        case StringShape():
            return True
        case LiteralShape(values=values):
            return any(isinstance(value, str) for value in values)
        case UnionShape(variants=variants):
            return any(isinstance(definitions.target(each).shape, StringShape | LiteralShape) for each in variants)
        case _:
            return False


def chosen_responses(
    response: Response, operation: Operation, definitions: Definitions, *, success: bool
) -> Iterator[Media | None]:
    """Choose what is decoded of a response: JSON first, what is other data than that, and a stream beside it."""
    if not response.content or response.status in _NEVER_A_BODY or operation.verb == "HEAD":
        yield None
        return
    ranked = [(MEDIA_USES[media.kind].response_rank, media) for media in response.content]
    whole = [(rank, media) for rank, media in ranked if rank is not None]
    ordered = [media for _, media in sorted(whole, key=lambda found: found[0])]
    yield from ordered[:1]
    if success:
        others = [media for media in ordered[1:] if is_other_data(media, ordered[0], definitions)]
        yield from [_typed_text(media, ordered[0]) for media in others]
        yield from [media for rank, media in ranked if rank is None][:1]


def _typed_text(media: Media, first: Media) -> Media:
    """Give a text the type of the JSON beside it, where both have one schema."""
    is_typed = first.kind == "json" and media.kind == "text" and _same_schema(media, first)
    return replace(media, kind="json") if is_typed else media
