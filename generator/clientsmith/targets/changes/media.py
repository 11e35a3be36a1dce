"""Media types: which of them belong together, and what the client has of their schemas."""

from __future__ import annotations

from dataclasses import replace

from ...data.api import Media
from ...data.schemas import Schema, StringShape


def match_media(
    olds: tuple[Media, ...], news: tuple[Media, ...]
) -> tuple[list[tuple[Media, Media]], list[Media], list[Media]]:
    """Pair media types of one name; give the pairs, what is gone and what is new."""
    after = {media.content_type.lower(): media for media in news}
    before = {media.content_type.lower() for media in olds}
    pairs = [(media, after[media.content_type.lower()]) for media in olds if media.content_type.lower() in after]
    removed = [media for media in olds if media.content_type.lower() not in after]
    return pairs, removed, [media for media in news if media.content_type.lower() not in before]


def typed(media: Media) -> Schema | None:
    """Give the schema of a media type as far as the client has it: text and bytes are what they are."""
    if media.schema is None or media.kind == "binary":
        return None
    return replace(media.schema, shape=StringShape()) if media.kind == "text" else media.schema
