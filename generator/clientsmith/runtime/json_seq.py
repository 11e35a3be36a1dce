"""JSON text sequences, in responses and bodies. Source: RFC 7464."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator

from . import streaming
from .bodies import JSONBody, Written
from .encode import dumps
from .parts import JSONTexts
from .streaming import PartDecoder

SEPARATOR = "\x1e"


class JSONSequence(JSONTexts):
    """JSON texts, each behind a record separator; one may have several lines."""

    accept = "application/json-seq"

    def parts(self) -> PartDecoder[str]:
        return records()


class JSONSequenceBody(JSONBody):
    """An array whose items are the texts of a sequence; anything else is one text."""

    media_type = "application/json-seq"

    def write(self, value: object, extra: object, media_type: str) -> Written:
        data = self.data(value, extra)
        texts = data if isinstance(data, list) else [data]
        return b"".join(b"\x1e" + dumps(text) + b"\n" for text in texts), media_type


def records() -> PartDecoder[str]:
    """Split a sequence at its separators; empty records are ignored."""
    decoded = getincrementaldecoder("utf-8-sig")("strict").decode
    kept: list[str] = []
    size = 0

    def decode(chunk: bytes, is_last: bool) -> Iterator[str]:
        nonlocal size
        for number, text in enumerate(decoded(chunk, is_last).split(SEPARATOR)):
            if number > 0:
                record = "".join(kept)
                kept.clear()
                size = 0
                if record.strip():
                    yield record
            kept.append(text)
            size += len(text)
            if size > streaming.LARGEST:
                most = streaming.LARGEST
                raise ValueError(f"a record is longer than {most} characters")
        if is_last and (record := "".join(kept)).strip():
            yield record

    return decode
