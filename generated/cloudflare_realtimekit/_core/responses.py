"""Answers with their body read, and answers that are still on the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .bridge import AsyncClosing, Closing, Cutter, async_cut, cut
from .decode import DecodeError, decode
from .encode import loads
from .errors import APIResponseValidationError
from .operation import JSON, Bytes, EventStream, JSONLines, Text
from .redaction import redact_headers, redact_url
from .streaming import AsyncStream, LineSplitter, Stream

if TYPE_CHECKING:
    from .call import Call

T = TypeVar("T")


class _Answered(Generic[T]):
    """What is known of an answer once its headers are there."""

    def __init__(self, call: Call[T]) -> None:
        self.call: Any = call
        self.retries_taken = call.retries_taken
        self.http_request: Any = call.sent
        self.http_response: Any = call.response
        self.status_code: int = call.response.status_code
        self.headers: Mapping[str, str] = call.response.headers

    @property
    def url(self) -> str:
        return str(self.http_request.url)

    @property
    def charset(self) -> str:
        """The charset of the content type, if Python can read any bytes in it, else UTF-8."""
        content_type = self.headers.get("content-type", "").lower()
        _, found, rest = content_type.partition("charset=")
        name = rest.partition(";")[0].strip(" \"'")
        try:
            b"\xff".decode(name, "replace")
        except (LookupError, ValueError):
            return "utf-8"
        return name if found else "utf-8"

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__.strip('_')} {self.status_code}"
            f" {redact_url(self.url)}>"
        )


class RawResponse(_Answered[T]):
    """An answer with its body read; `parse` gives what the method itself would have returned."""

    def __init__(self, call: Call[T], content: bytes | None = None) -> None:
        super().__init__(call)
        self.content = call.content if content is None else content

    @property
    def text(self) -> str:
        return self.content.decode(self.charset, errors="replace")

    def read(self) -> bytes:
        return self.content

    def json(self) -> Any:
        """Read the body as JSON; raise APIResponseValidationError where it is none."""
        try:
            return loads(self.content)
        except ValueError as error:
            is_empty = not self.content.strip()
            what = "empty where JSON is due" if is_empty else "no valid JSON"
            raise APIResponseValidationError(
                f"the answer is {what}: {error}", response=self, body=self.text
            ) from error

    def parse(self) -> T:
        """Decode the body into the declared type."""
        answer = self.call.operation.answer(self.status_code) if self.call else None
        value: Any = None
        match answer:
            case JSON():
                value = self._decoded(answer.annotation)
            case Text():
                value = self.text
            case Bytes():
                value = self.content
            case EventStream() | JSONLines() if self.call:
                streamed = StreamedResponse(self.call, self.content)
                value = Stream(streamed, answer, self.call.strict)
        return value  # type: ignore[no-any-return]

    def _decoded(self, annotation: object) -> Any:
        body = self.json()
        try:
            return decode(body, annotation, strict=bool(self.call and self.call.strict))
        except DecodeError as error:
            raise APIResponseValidationError(
                str(error), response=self, body=body
            ) from None

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the answer alone: what decodes it is code, and the request may hold secrets."""
        request = without_secrets(self.http_request)
        dropped = {"call": None, "http_response": None, "http_request": request}
        return {**self.__dict__, **dropped}


def without_secrets(request: Any) -> Any:
    """Copy a request, in the runtime's own type, without body and credentials."""
    from .request import PreparedRequest

    if request is None:
        return None
    return PreparedRequest(
        request.method, redact_url(str(request.url)), redact_headers(request.headers)
    )


class _Streamed(_Answered[T]):
    """An answer whose body is on the wire, unless `content` is given."""

    def __init__(self, call: Call[T], content: bytes | None = None) -> None:
        super().__init__(call)
        self._content = content

    def snapshot(self, content: bytes = b"") -> RawResponse[T]:
        """Give the answer as one with its body read."""
        return RawResponse(self.call, content)


class StreamedResponse(_Streamed[T], Closing):
    """An answer on the wire; close it, or use it as a context manager."""

    def iter_bytes(self) -> Iterator[bytes]:
        response = self.http_response
        try:
            if self._content is not None:
                yield self._content
            elif hasattr(response, "iter_bytes"):
                yield from response.iter_bytes()
            else:
                yield response.content
        except Exception as error:
            raise self.call.stream_failure(error) from error

    def iter_text(self) -> Iterator[str]:
        return cut(self.iter_bytes(), _Text(self.charset))

    def iter_lines(self) -> Iterator[str]:
        return cut(self.iter_bytes(), _Lines(self.charset))

    def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join(self.iter_bytes())
        return self._content

    def json(self) -> Any:
        return self.snapshot(self.read()).json()

    def parse(self) -> T:
        answer = self.call.operation.answer(self.status_code)
        if isinstance(answer, (EventStream, JSONLines)):
            return Stream(self, answer, self.call.strict)  # type: ignore[return-value]
        return self.snapshot(self.read()).parse()

    def close(self) -> None:
        if self._content is None and hasattr(self.http_response, "close"):
            self.http_response.close()


class AsyncStreamedResponse(_Streamed[T], AsyncClosing):
    """An answer on the wire; close it, or use it as an async context manager."""

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        response = self.http_response
        try:
            if self._content is not None:
                yield self._content
            elif hasattr(response, "aiter_bytes"):
                async for chunk in response.aiter_bytes():
                    yield chunk
            else:
                yield response.content
        except Exception as error:
            raise self.call.stream_failure(error) from error

    def iter_text(self) -> AsyncIterator[str]:
        return async_cut(self.iter_bytes(), _Text(self.charset))

    def iter_lines(self) -> AsyncIterator[str]:
        return async_cut(self.iter_bytes(), _Lines(self.charset))

    async def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join([chunk async for chunk in self.iter_bytes()])
        return self._content

    async def json(self) -> Any:
        return self.snapshot(await self.read()).json()

    async def parse(self) -> T:
        answer = self.call.operation.answer(self.status_code)
        if isinstance(answer, (EventStream, JSONLines)):
            return AsyncStream(self, answer, self.call.strict)  # type: ignore[return-value]
        return self.snapshot(await self.read()).parse()

    async def close(self) -> None:
        if self._content is None and hasattr(self.http_response, "aclose"):
            await self.http_response.aclose()


class _Text(Cutter[str]):
    """Decode chunks; characters may lie across their borders."""

    def __init__(self, charset: str) -> None:
        import codecs

        self._decode = codecs.getincrementaldecoder(charset)("replace").decode

    def feed(self, chunk: bytes) -> Iterator[str]:
        if text := self._decode(chunk):
            yield text

    def end(self) -> Iterator[str]:
        if text := self._decode(b"", True):
            yield text


class _Lines(Cutter[str]):
    """Cut chunks into lines of text."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._lines = LineSplitter()

    def feed(self, chunk: bytes) -> Iterator[str]:
        return self._decoded(self._lines.feed(chunk))

    def end(self) -> Iterator[str]:
        return self._decoded(self._lines.end())

    def _decoded(self, lines: Iterator[bytes]) -> Iterator[str]:
        return (line.decode(self._charset, "replace") for line in lines)
