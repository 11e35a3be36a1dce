"""Answers with their body read, and answers that are still on the wire."""

from __future__ import annotations

from codecs import lookup
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import streaming
from .decode import decode
from .encode import loads
from .errors import APIResponseValidationError
from .operation import JSON, Bytes, EventStream, JSONLines, Text
from .redaction import BY_NAME, redact_url
from .streaming import AsyncClosing, AsyncStream, Closing, Stream

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
    def declared(self) -> Any:
        """What the document says about an answer of this status."""
        return self.call.operation.answer(self.status_code)

    @property
    def url(self) -> str:
        return str(self.http_request.url)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()

    @property
    def charset(self) -> str:
        """The charset of the content type, if Python can read any bytes in it, else UTF-8.

        UTF-7 counts as none: to decode it chunk by chunk takes quadratic time.
        """
        found = self.content_type.partition("charset=")[2]
        charset = found.partition(";")[0].strip(" \"'")
        try:
            b"\xff".decode(charset, "replace")
            is_known = lookup(charset).name != "utf-7"
        except (LookupError, ValueError):
            return "utf-8"
        return charset if is_known else "utf-8"

    @property
    def is_stream(self) -> bool:
        """Tell whether this comes in parts: it is declared so, and does not say otherwise."""
        media_type = self.content_type.partition(";")[0].strip()
        match self.declared:
            case EventStream():
                return media_type in ("", "text/event-stream")
            case JSONLines():  # they have many names, but one JSON text is none of them
                is_whole = media_type.endswith(("/json", "+json", "/html"))
                asked_for = self.call.operation.accept.split(", ")
                return not is_whole or media_type in asked_for
        return False

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name} {self.status_code} {redact_url(self.url)}>"


class RawResponse(_Answered[T]):
    """An answer with its body read; `parse` gives what the method itself would have returned."""

    def __init__(
        self, call: Call[T], content: bytes | None = None, *, is_async: bool = False
    ) -> None:
        super().__init__(call)
        self.content = call.content if content is None else content
        self._is_async = is_async

    @property
    def text(self) -> str:
        return self.content.decode(self.charset, errors="replace")

    @property
    def body(self) -> object:
        """The body as JSON data, else as text."""
        try:
            return loads(self.content)
        except ValueError:
            return self.text

    def read(self) -> bytes:
        return self.content

    def json(self) -> Any:
        """Read the body as JSON; raise APIResponseValidationError where it is none."""
        try:
            return loads(self.content)
        except ValueError as error:
            what = "no valid JSON" if self.content.strip() else "empty, not JSON"
            raise self.invalid(f"the answer is {what}: {error}") from error

    def parse(self) -> T:
        """Decode the body into the declared type."""
        if self.call is None:
            raise RuntimeError(
                "an unpickled answer keeps headers and body only: use json(), not parse()"
            )
        value: Any = None
        declared = self.declared
        match declared:
            case JSON():
                data, strict = self.json(), self.call.strict
                try:
                    value = decode(data, declared.annotation, strict=strict)
                except ValueError as error:
                    raise self.invalid(str(error)) from None
            case Text():
                value = self.text
            case Bytes():
                value = self.content
            case EventStream() | JSONLines() if self.is_stream:
                kind = AsyncStreamedResponse if self._is_async else StreamedResponse
                value = kind(self.call, self.content).stream()
            case EventStream() | JSONLines():
                what = f"{self.content_type}, not {declared.accept}"
                raise self.invalid(f"the answer is {what}")
        return value  # type: ignore[no-any-return]

    def invalid(self, message: str) -> APIResponseValidationError:
        """Make the exception that says what is wrong with this answer."""
        return APIResponseValidationError(message, response=self, body=self.body)

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
    redaction = getattr(request, "redaction", BY_NAME)
    headers = redaction.headers(request.headers)
    return PreparedRequest(request.method, redact_url(str(request.url)), headers)


class _Streamed(_Answered[T]):
    """An answer whose body is on the wire, unless `content` is given."""

    _iterate: str
    _stream_class: Any
    pool: Any = None
    """Kept, as it closes when nobody does, and then this could not be read on."""

    def __init__(self, call: Call[T], content: bytes | None = None) -> None:
        super().__init__(call)
        if content is None and not hasattr(self.http_response, self._iterate):
            content = self.http_response.content
        self._content = content

    def stream(self) -> Any:
        """Decode the parts of the body as they come."""
        cutter = streaming.values(self.declared, self.call.strict)
        return self._stream_class(self, cutter)

    def invalid_part(self, error: ValueError) -> APIResponseValidationError:
        raw = RawResponse(self.call, b"")
        return raw.invalid(f"in a part of the answer: {error}")


class StreamedResponse(_Streamed[T], Closing):
    """An answer on the wire; close it, or use it as a context manager."""

    _iterate, _stream_class = "iter_bytes", Stream

    def iter_bytes(self) -> Iterator[bytes]:
        if self._content is not None:
            yield self._content
            return
        try:
            yield from self.http_response.iter_bytes()
        except Exception as error:
            raise self.call.stream_failure(error) from error

    def iter_text(self) -> Iterator[str]:
        return Stream(self, streaming.texts(self.charset))

    def iter_lines(self) -> Iterator[str]:
        return Stream(self, streaming.lines(self.charset))

    def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join(self.iter_bytes())
        return self._content

    def json(self) -> Any:
        return RawResponse(self.call, self.read()).json()

    def parse(self) -> T:
        if not self.is_stream:
            raw: RawResponse[T] = RawResponse(self.call, self.read())
            return raw.parse()
        stream: T = self.stream()
        return stream

    def close(self) -> None:
        if self._content is None:
            self.http_response.close()


class AsyncStreamedResponse(_Streamed[T], AsyncClosing):
    """The same in an async client."""

    _iterate, _stream_class = "aiter_bytes", AsyncStream

    async def iter_bytes(self) -> AsyncGenerator[bytes, None]:
        if self._content is not None:
            yield self._content
            return
        try:
            async with aclosing(self.http_response.aiter_bytes()) as chunks:
                async for chunk in chunks:
                    yield chunk
        except Exception as error:
            raise self.call.stream_failure(error) from error

    def iter_text(self) -> AsyncIterator[str]:
        return AsyncStream(self, streaming.texts(self.charset))

    def iter_lines(self) -> AsyncIterator[str]:
        return AsyncStream(self, streaming.lines(self.charset))

    async def read(self) -> bytes:
        if self._content is None:
            self._content = b"".join([chunk async for chunk in self.iter_bytes()])
        return self._content

    async def json(self) -> Any:
        return RawResponse(self.call, await self.read()).json()

    async def parse(self) -> T:
        if not self.is_stream:
            raw: RawResponse[T] = RawResponse(self.call, await self.read())
            return raw.parse()
        stream: T = self.stream()
        return stream

    async def close(self) -> None:
        if self._content is None:
            await self.http_response.aclose()
