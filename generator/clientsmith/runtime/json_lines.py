"""JSON texts, one a line, in responses and bodies."""

from __future__ import annotations

from collections.abc import Iterator

from .bodies import JSONBody, Written
from .encode import dumps
from .parts import JSONTexts
from .streaming import PartDecoder, lines


class JSONLines(JSONTexts):
    accept = "application/x-ndjson, application/jsonl"

    def parts(self) -> PartDecoder[str]:
        return _valid_lines()


class JSONLinesBody(JSONBody):
    """An array whose items each have a line; anything else is one JSON text."""

    def write(self, value: object, extra: object, media_type: str) -> Written:
        data = self.data(value, extra)
        if isinstance(data, list):
            return b"".join(dumps(item) + b"\n" for item in data), media_type
        return dumps(data), media_type


def _valid_lines() -> PartDecoder[str]:
    """Split a body into lines of UTF-8. Invalid UTF-8 is an error, after the lines before it."""
    decode_lines = lines(errors="surrogateescape")

    def decode(chunk: bytes, is_last: bool) -> Iterator[str]:
        for line in decode_lines(chunk, is_last):
            line.encode()
            yield line

    return decode
