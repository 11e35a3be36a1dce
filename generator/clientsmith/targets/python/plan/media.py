"""How Python declares media: one row a kind."""

from __future__ import annotations

from dataclasses import dataclass

from ....data.api import Media, MediaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonMedia:
    """The declarations of one kind."""

    body: str
    """The class of the runtime that writes bodies."""
    usual_body: str
    """The media type that it sends on its own."""
    response: str
    """The class that reads responses."""
    is_typed: bool = False
    """True where that class decodes into a type."""
    has_keys: bool = False
    """True where bodies have keys, which may be renamed."""
    usual_responses: tuple[str, ...] = ()
    """The media types that the runtime asks for on its own."""
    range: str = "application/octet-stream"
    """What is sent for a range of media types."""


MEDIA: dict[MediaKind, PythonMedia] = {
    "json": PythonMedia(
        body="JSONBody",
        usual_body="application/json",
        response="JSON",
        is_typed=True,
        has_keys=True,
        usual_responses=("application/json",),
        range="application/json",
    ),
    "form": PythonMedia(
        body="FormBody", usual_body="application/x-www-form-urlencoded", response="Text", has_keys=True
    ),
    "multipart": PythonMedia(body="MultipartBody", usual_body="multipart/form-data", response="Bytes", has_keys=True),
    "text": PythonMedia(
        body="TextBody",
        usual_body="text/plain",
        response="Text",
        usual_responses=("text/plain",),
        range="text/plain",
    ),
    "binary": PythonMedia(
        body="BinaryBody",
        usual_body="application/octet-stream",
        response="Bytes",
        usual_responses=("application/octet-stream",),
    ),
    "event-stream": PythonMedia(
        body="TextBody",
        usual_body="text/plain",
        response="EventStream",
        is_typed=True,
        usual_responses=("text/event-stream",),
    ),
    "json-lines": PythonMedia(
        body="JSONBody",
        usual_body="application/json",
        response="JSONLines",
        is_typed=True,
        has_keys=True,
        usual_responses=("application/x-ndjson", "application/jsonl"),
    ),
}


def concrete(media: Media) -> str:
    """Give a media type that can be sent for one that may be a range."""
    return MEDIA[media.kind].range if "*" in media.content_type else media.content_type
