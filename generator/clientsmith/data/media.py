"""Kinds of media: one row each. Lower ranks are chosen first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .api import Media, MediaKind
from .types import BYTES, Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaUse:
    """What methods make of one kind of media."""

    body_rank: int
    response_rank: int | None = None
    """None: a stream, which is offered beside the others."""
    has_members: bool = False
    """True where the members of an object that is the body become arguments."""
    takes_content: bool = False
    """True where a body may be given as content that is sent as it is: bytes, text, a file."""
    is_typed_body: bool = True
    """False where a body can be nothing but such content."""
    undecoded: Scalar | None = None
    """What a response is, whatever its schema; None where it is decoded into the type of that."""


MEDIA_USES: Mapping[MediaKind, MediaUse] = {
    "json": MediaUse(body_rank=0, response_rank=0, has_members=True),
    "form": MediaUse(body_rank=1, response_rank=3, has_members=True, undecoded=Scalar("string")),
    "multipart": MediaUse(body_rank=2, response_rank=4, has_members=True, undecoded=BYTES),
    "parts": MediaUse(body_rank=2),
    "binary": MediaUse(body_rank=3, response_rank=2, takes_content=True, is_typed_body=False, undecoded=BYTES),
    "text": MediaUse(body_rank=4, response_rank=1, takes_content=True, undecoded=Scalar("string")),
    "json-lines": MediaUse(body_rank=5),
    "json-seq": MediaUse(body_rank=5),
    "event-stream": MediaUse(body_rank=6),
    "events": MediaUse(body_rank=6),
}


EVENTS: frozenset[MediaKind] = frozenset(("event-stream", "events"))


def takes_content_type(bodies: Sequence[Media]) -> bool:
    """Report whether a caller chooses the media type: of several, or within a range."""
    return len(bodies) > 1 or any("*" in media.content_type and media.kind != "json" for media in bodies)


def is_bytes(kind: MediaKind | None) -> bool:
    """Report whether responses of a kind are given as bytes."""
    return kind is not None and MEDIA_USES[kind].undecoded == BYTES


def are_bytes(kinds: Iterable[MediaKind | None]) -> bool:
    """Report whether all that has content is given as bytes."""
    found: list[MediaKind] = [kind for kind in kinds if kind is not None]
    return bool(found) and all(map(is_bytes, found))


def named_types(bodies: Sequence[Media]) -> tuple[str, ...]:
    """Give the media types of which the name of a file chooses one; none where that is no choice."""
    kind = bodies[0].kind if bodies else None
    named = tuple(media.content_type for media in bodies if media.kind == kind)
    is_choice = len(named) > 1 or any("*" in name for name in named)
    return named if kind is not None and MEDIA_USES[kind].takes_content and is_choice else ()


def is_stream(kind: MediaKind | None) -> bool:
    """Report whether responses of a kind are given item by item."""
    return kind is not None and MEDIA_USES[kind].response_rank is None
