"""How Python declares media: one row a kind."""

from __future__ import annotations

from dataclasses import dataclass

from ....data.api import Media, MediaKind
from .expressions import Symbol, core


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonMedia:
    """The declarations of one kind."""

    body: Symbol
    """The class of the runtime that writes bodies."""
    usual_body: str
    """The media type that it sends on its own."""
    response: Symbol
    """The class that reads responses."""
    range_response: Symbol | None = None
    """The class for a range of media types, where that is another one."""
    is_typed: bool = False
    """True where that class decodes into a type."""
    has_keys: bool = False
    """True where bodies have keys, which may be renamed."""
    usual_responses: tuple[str, ...] = ()
    """The media types that the runtime requests on its own."""
    range: str = "application/octet-stream"
    """What is sent for a range of media types."""


MEDIA: dict[MediaKind, PythonMedia] = {
    "json": PythonMedia(
        body=core("bodies", "JSONBody"),
        usual_body="application/json",
        response=core("media", "JSON"),
        range_response=core("ranges", "JSONOrText"),
        is_typed=True,
        has_keys=True,
        usual_responses=("application/json",),
        range="application/json",
    ),
    "form": PythonMedia(
        body=core("forms", "FormBody"),
        usual_body="application/x-www-form-urlencoded",
        response=core("media", "Text"),
        has_keys=True,
    ),
    "multipart": PythonMedia(
        body=core("multipart", "MultipartBody"),
        usual_body="multipart/form-data",
        response=core("media", "Bytes"),
        has_keys=True,
    ),
    "parts": PythonMedia(
        body=core("part_lists", "PartListBody"),
        usual_body="multipart/mixed",
        response=core("received_parts", "PartList"),
        is_typed=True,
        has_keys=True,
        usual_responses=("multipart/mixed",),
    ),
    "text": PythonMedia(
        body=core("uploads", "TextBody"),
        usual_body="text/plain",
        response=core("media", "Text"),
        usual_responses=("text/plain",),
        range="text/plain",
    ),
    "binary": PythonMedia(
        body=core("uploads", "BinaryBody"),
        usual_body="application/octet-stream",
        response=core("media", "Bytes"),
        usual_responses=("application/octet-stream",),
    ),
    "event-stream": PythonMedia(
        body=core("uploads", "TextBody"),
        usual_body="text/plain",
        response=core("events", "EventStream"),
        is_typed=True,
        usual_responses=("text/event-stream",),
    ),
    "events": PythonMedia(
        body=core("uploads", "TextBody"),
        usual_body="text/plain",
        response=core("event_objects", "EventObjects"),
        is_typed=True,
        usual_responses=("text/event-stream",),
    ),
    "json-seq": PythonMedia(
        body=core("json_seq", "JSONSequenceBody"),
        usual_body="application/json-seq",
        response=core("json_seq", "JSONSequence"),
        is_typed=True,
        has_keys=True,
        usual_responses=("application/json-seq",),
    ),
    "json-lines": PythonMedia(
        body=core("json_lines", "JSONLinesBody"),
        usual_body="application/json",
        response=core("json_lines", "JSONLines"),
        is_typed=True,
        has_keys=True,
        usual_responses=("application/x-ndjson", "application/jsonl"),
    ),
}


def concrete(media: Media) -> str:
    """Give a media type that can be sent for one that may be a range."""
    if "*" not in media.content_type:
        return media.content_type
    top_level = media.content_type.partition("/")[0]
    usual = MEDIA[media.kind].range
    return TOP_LEVEL_RANGES.get(top_level, usual) if media.kind == "binary" else usual


def asked_for(kind: MediaKind, content_type: str) -> str:
    """Write a declared media type for `Accept`: of a range that has JSON, that first."""
    if kind == "json" and "*" in content_type:
        return f"application/json, {content_type};q=0.5"
    return content_type


TOP_LEVEL_RANGES = {
    "image": "image/png",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "font": "font/woff2",
    "model": "model/gltf-binary",
}
"""What is sent for a range of one top-level type, where the caller does not choose."""
