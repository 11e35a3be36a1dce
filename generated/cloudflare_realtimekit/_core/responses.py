"""Answers with their body read, and answers that are still on the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .decode import DecodeError, decode
from .encode import loads
from .errors import APIResponseValidationError
from .operation import JSON, Bytes, EventStream, JSONLines, Text
from .redaction import redact_headers, redact_url

if TYPE_CHECKING:
    from typing import Self

    from .call import Call

__all__ = ["AsyncStreamedResponse", "RawResponse", "StreamedResponse"]

T = TypeVar("T")


class RawResponse(Generic[T]):
    """An answer with its body read; `parse` gives what the method itself would have returned."""

    def __init__(self, call: Call[T], response: Any, content: bytes) -> None:
        self.call: Call[T] | None = call
        self.retries_taken = call.retries_taken
        self.http_request: Any = call.sent
        self.http_response: Any = response
        self.status_code: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.content = content

    @property
    def request(self) -> Any:
        return self.http_request

    @property
    def url(self) -> str:
        return str(self.http_request.url)

    @property
    def text(self) -> str:
        return self.content.decode(charset(self.headers), errors="replace")

    def read(self) -> bytes:
        return self.content

    def json(self) -> Any:
        """Read the body as JSON; raise APIResponseValidationError where it is none."""
        try:
            return loads(self.content)
        except (ValueError, RecursionError) as error:
            reason = (
                str(error) if isinstance(error, ValueError) else "nested too deeply"
            )
            what = (
                "no valid JSON" if self.content.strip() else "empty where JSON is due"
            )
            message = f"the answer is {what}: {reason}"
            raise APIResponseValidationError(
                message, response=self, body=self.text
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
            case EventStream() | JSONLines():
                from .streaming import Stream

                assert self.call is not None
                value = Stream(StreamedResponse.over(self), answer, self.call.strict)
        return value  # type: ignore[no-any-return]

    def _decoded(self, annotation: object) -> Any:
        body = self.json()
        try:
            return decode(body, annotation, strict=bool(self.call and self.call.strict))
        except (DecodeError, RecursionError) as error:
            reason = (
                str(error) if isinstance(error, DecodeError) else "nested too deeply"
            )
            raise APIResponseValidationError(reason, response=self, body=body) from None

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code} {redact_url(self.url)}>"

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


def charset(headers: Mapping[str, str]) -> str:
    """Give the charset of a content type that Python can read any bytes in, else UTF-8."""
    _, found, rest = headers.get("content-type", "").lower().partition("charset=")
    name = rest.partition(";")[0].strip(" \"'")
    try:
        b"\xff".decode(name, "replace")
    except (LookupError, ValueError):
        return "utf-8"
    return name if found else "utf-8"


class _Streamed(Generic[T]):
    def __init__(self, call: Call[T], response: Any) -> None:
        self.call = call
        self.retries_taken = call.retries_taken
        self.http_request: Any = call.sent
        self.http_response: Any = response
        self.status_code: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._content: bytes | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status_code}>"

    def snapshot(self, content: bytes = b"") -> RawResponse[T]:
        """Give the answer as one with its body read."""
        return RawResponse(self.call, self.http_response, content)


class StreamedResponse(_Streamed[T]):
    """An answer on the wire; close it, or use it as a context manager."""

    @classmethod
    def over(cls, raw: RawResponse[T]) -> Self:
        """Give a body that is already read, as if it came from the wire."""
        assert raw.call is not None
        streamed = cls(raw.call, raw.http_response)
        streamed._content = raw.content
        return streamed

    def iter_bytes(self) -> Iterator[bytes]:
        if self._content is not None:
            yield self._content
            return
        try:
            yield from body_chunks(self.http_response)
        except Exception as error:
            raise self.call.stream_failure(error) from error

    def iter_text(self) -> Iterator[str]:
        decoder = text_decoder(self.headers)
        for chunk in self.iter_bytes():
            if text := decoder.decode(chunk):
                yield text
        if text := decoder.decode(b"", True):
            yield text

    def iter_lines(self) -> Iterator[str]:
        from .streaming import LineSplitter

        lines = LineSplitter()
        encoding = charset(self.headers)
        for chunk in self.iter_bytes():
            for line in lines.feed(chunk):
                yield line.decode(encoding, "replace")
        for line in lines.end():
            yield line.decode(encoding, "replace")

    def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join(self.iter_bytes())
        return self._content

    def json(self) -> Any:
        return self.snapshot(self.read()).json()

    def parse(self) -> T:
        from .streaming import Stream

        answer = self.call.operation.answer(self.status_code)
        if isinstance(answer, (EventStream, JSONLines)):
            value: Any = Stream(self, answer, self.call.strict)
            return value  # type: ignore[no-any-return]
        return self.snapshot(self.read()).parse()

    def close(self) -> None:
        if self._content is None and hasattr(self.http_response, "close"):
            self.http_response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncStreamedResponse(_Streamed[T]):
    """An answer on the wire; close it, or use it as an async context manager."""

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        if self._content is not None:
            yield self._content
            return
        try:
            async for chunk in async_body_chunks(self.http_response):
                yield chunk
        except Exception as error:
            raise self.call.stream_failure(error) from error

    async def iter_text(self) -> AsyncIterator[str]:
        decoder = text_decoder(self.headers)
        async for chunk in self.iter_bytes():
            if text := decoder.decode(chunk):
                yield text
        if text := decoder.decode(b"", True):
            yield text

    async def iter_lines(self) -> AsyncIterator[str]:
        from .streaming import LineSplitter

        lines = LineSplitter()
        encoding = charset(self.headers)
        async for chunk in self.iter_bytes():
            for line in lines.feed(chunk):
                yield line.decode(encoding, "replace")
        for line in lines.end():
            yield line.decode(encoding, "replace")

    async def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join([chunk async for chunk in self.iter_bytes()])
        return self._content

    async def json(self) -> Any:
        return self.snapshot(await self.read()).json()

    async def parse(self) -> T:
        from .streaming import AsyncStream

        answer = self.call.operation.answer(self.status_code)
        if isinstance(answer, (EventStream, JSONLines)):
            value: Any = AsyncStream(self, answer, self.call.strict)
            return value  # type: ignore[no-any-return]
        return self.snapshot(await self.read()).parse()

    async def close(self) -> None:
        if self._content is None and hasattr(self.http_response, "aclose"):
            await self.http_response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


def text_decoder(headers: Mapping[str, str]) -> Any:
    import codecs

    return codecs.getincrementaldecoder(charset(headers))("replace")


def body_chunks(response: Any) -> Iterator[bytes]:
    """Give the body in chunks, as far as the transport streams at all."""
    if hasattr(response, "iter_bytes"):
        yield from response.iter_bytes()
    else:
        yield response.content


async def async_body_chunks(response: Any) -> AsyncIterator[bytes]:
    if hasattr(response, "aiter_bytes"):
        async for chunk in response.aiter_bytes():
            yield chunk
    else:
        yield response.content
