"""Multipart responses: their parts, one by one. Source: RFC 2046, section 5.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from . import streaming
from .decode import decode
from .encode import loads
from .parts import StreamOf
from .streaming import PartDecoder

LONGEST_LINE = 1000
"""Bytes of the line of a delimiter; a boundary has 70 at most, and blanks may follow."""


class ReceivedPart(NamedTuple):
    """A part as it came; the names of headers are in lower case."""

    headers: dict[str, str]
    content: bytes


class PartList(StreamOf):
    """Parts that are values: JSON, text or bytes, as their Content-Type says."""

    accept = "multipart/mixed"

    def is_stream(self, content_type: str, accept: str) -> bool:
        return content_type.startswith("multipart/")

    def parts(self) -> PartDecoder[ReceivedPart]:
        return received_parts()

    def values(self, response: Any) -> PartDecoder[Any]:
        decode_parts, annotation = self.parts(), self.annotation
        strict = response.exchange.strict

        def decode_values(chunk: bytes, is_last: bool) -> Iterator[Any]:
            for part in decode_parts(chunk, is_last):
                yield decode(_value(part), annotation, strict=strict)

        return decode_values


def _value(part: ReceivedPart) -> object:
    """Read a part by its Content-Type; one without is JSON if it can be, else text."""
    declared = part.headers.get("content-type", "").lower()
    name = declared.partition(";")[0].strip()
    if name.endswith(("/json", "+json")):
        return loads(part.content)
    if name and not name.startswith("text/"):
        return part.content
    try:
        return part.content.decode() if name else loads(part.content)
    except ValueError:
        return part.content.decode(errors="replace")


def received_parts() -> PartDecoder[ReceivedPart]:
    """Cut a body at its boundary, which its first delimiter shows.

    What has been searched is not searched again: chunks may be of one byte.
    """
    buffer = bytearray(b"\r\n")
    delimiter, searched, is_over = b"", 0, False

    def decode(chunk: bytes, is_last: bool) -> Iterator[ReceivedPart]:
        nonlocal delimiter, searched, is_over
        if is_over:
            return
        buffer.extend(chunk)
        if not delimiter:
            delimiter, searched = _first_delimiter(buffer, searched)
        while delimiter and not is_over:
            at = buffer.find(delimiter, searched)
            after = at + len(delimiter)
            end = -1 if at < 0 else _end_of_line(buffer, after)
            is_over = at >= 0 and buffer[after : after + 2] == b"--"
            if at < 0 or (end < 0 and not is_over):
                searched = max(0, len(buffer) - len(delimiter)) if at < 0 else at
                break
            content = bytes(buffer[:at])
            del buffer[: after if is_over else end]
            searched = 0
            yield _part(content)
        if len(buffer) > streaming.LARGEST:
            raise ValueError(f"a part is longer than {streaming.LARGEST} bytes")
        if is_last and not is_over and not delimiter.endswith(b"--"):
            raise ValueError("the last part is not complete")

    return decode


def _first_delimiter(buffer: bytearray, searched: int) -> tuple[bytes, int]:
    """Find the first delimiter, and drop all up to the part behind it; else return where to search on."""
    start = buffer.find(b"\r\n--", searched)
    if start < 0:
        return b"", max(0, len(buffer) - 3)
    end = _end_of_line(buffer, start + 4)
    if end < 0:
        return b"", start
    found = bytes(buffer[start:end]).rstrip()
    del buffer[:end]
    return found, 0


def _end_of_line(buffer: bytearray, start: int) -> int:
    """Find the end of the line of a delimiter; -1 if it is not there yet.

    Raises:
        ValueError: the line is too long for one.
    """
    end = buffer.find(b"\r\n", start, start + LONGEST_LINE)
    if end < 0 and len(buffer) >= start + LONGEST_LINE:
        raise ValueError(
            f"the boundary of the parts has more than {LONGEST_LINE} bytes"
        )
    return end


def _part(text: bytes) -> ReceivedPart:
    """Read the headers of a part; a line break is in front of them."""
    written, _, content = text.partition(b"\r\n\r\n")
    lines = written.decode("latin-1").split("\r\n")
    pairs = (line.partition(":")[::2] for line in lines if ":" in line)
    return ReceivedPart({k.strip().lower(): v.strip() for k, v in pairs}, content)
