"""What streams of events and of JSON lines have in common: each part holds a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .decode import decode
from .encode import loads
from .media import Received, Response
from .streaming import PartDecoder


class StreamOf(Response):
    """A response whose parts each hold one value."""

    def mismatch(self, content_type: str, accept: str) -> str | None:
        if self.is_stream(content_type, accept):
            return None
        return f"the response is {content_type}, not {self.accept}"

    def read(self, response: Received) -> Any:
        """Read the parts of a body that is there as a whole.

        Raises:
            APIResponseValidationError: the media type is that of no stream.
        """
        mismatch = self.mismatch(response.content_type, response.accept)
        if mismatch is not None:
            raise response.invalid(mismatch)
        return response.stream()

    def data_of(self, part: Any) -> str:
        """Return the text of a part that holds its value."""
        raise NotImplementedError

    def may_be_text(self) -> bool:
        """Report whether data that is no JSON may stand for itself."""
        return False

    def values(self, response: Any) -> PartDecoder[Any]:
        decode_parts, annotation = self.parts(), self.annotation
        may_be_text, strict = self.may_be_text(), response.exchange.strict
        is_text = may_be_text and annotation is str

        def decode_values(chunk: bytes, is_last: bool) -> Iterator[Any]:
            for part in decode_parts(chunk, is_last):
                data = self.data_of(part)
                if data == "[DONE]" or not (is_text or data.strip()):
                    continue
                value = data if is_text else _json_or_text(data, may_be_text)
                yield decode(value, annotation, strict=strict)

        return decode_values


class JSONTexts(StreamOf):
    """A response of several JSON texts, which have many media types."""

    def is_stream(self, content_type: str, accept: str) -> bool:
        """Take any type that was asked for, or that is not one of single JSON texts and pages."""
        media_type = content_type.partition(";")[0].strip()
        is_whole = media_type.endswith(("/json", "+json", "/html"))
        return not is_whole or media_type in accept.split(", ")

    def data_of(self, part: str) -> str:
        return part


def _json_or_text(data: str, may_be_text: bool) -> object:
    try:
        return loads(data.strip())
    except ValueError:
        if not may_be_text:
            raise
        return data
