"""Responses with their body read, and responses that are still on the wire."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar, cast

from .bounds import BodyRefused, Bound, is_small
from .encode import loads
from .errors import APIResponseValidationError, ClientStateError
from .media import Response
from .operation import Operation
from .redaction import redact_url
from .streaming import (
    AsyncClosing,
    AsyncStream,
    Closing,
    PartDecoder,
    Stream,
    charset_of,
    lines,
    texts,
)
from .transport import close_async

T = TypeVar("T")


class Exchange(Protocol[T]):
    """What responses know of the call that they belong to."""

    @property
    def operation(self) -> Operation[T]: ...

    response: Any
    sent: Any
    retries_taken: int
    strict: bool
    is_async: bool
    url: str
    """The URL as it was written, before redirects."""
    seconds: float

    @property
    def max_response_size(self) -> int | None: ...

    def stream_failure(self, error: Exception) -> Exception:
        """Translate what breaks a body while it is read."""
        ...


class _BaseResponse(Generic[T]):
    """A response, of which the headers are there, and the content if it has been read."""

    def __init__(self, exchange: Exchange[T], content: Any = None) -> None:
        self.content = content
        self.exchange: Exchange[T] = exchange
        self.retries_taken = exchange.retries_taken
        self.http_request: Any = exchange.sent
        self.http_response: Any = exchange.response
        self.status_code: int = exchange.response.status_code
        self.headers: Mapping[str, str] = exchange.response.headers
        self.seconds = exchange.seconds

    @property
    def http_version(self) -> str:
        return str(getattr(self.http_response, "http_version", "HTTP/1.1"))

    @property
    def elapsed(self) -> timedelta:
        """The time from the start of the attempt until the response could be used."""
        return timedelta(seconds=self.seconds)

    @property
    def declared(self) -> Response | None:
        """What the document says about a response of this status."""
        return self.exchange.operation.response(self.status_code)

    @property
    def method(self) -> str:
        return str(self.http_request.method)

    @property
    def url(self) -> str:
        return str(self.http_request.url)

    @property
    def accept(self) -> str:
        """The media types that were asked for."""
        return self.exchange.operation.accept

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()

    @property
    def charset(self) -> str:
        """The charset of the content type, if it is a known one, else UTF-8."""
        return charset_of(self.content_type)

    @property
    def is_stream(self) -> bool:
        """Whether this comes in parts: it is declared so, and does not say otherwise."""
        declared = self.declared
        return declared is not None and declared.is_stream(
            self.content_type, self.accept
        )

    def invalid(self, message: str) -> APIResponseValidationError:
        """Make the exception that reports what is wrong with this response."""
        raise NotImplementedError

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name} {self.status_code} {redact_url(self.url)}>"


class _BaseRawResponse(_BaseResponse[T]):
    """A response with its body read."""

    is_closed = True
    content: bytes

    @property
    def strict(self) -> bool:
        return self.exchange.strict

    @property
    def body(self) -> object:
        """The body as JSON data, else as text."""
        try:
            return loads(self.content)
        except ValueError:
            return self.decoded_text()

    def decoded_text(self) -> str:
        return self.content.decode(self.charset, errors="replace")

    def decoded_json(self) -> Any:
        """Read the body as JSON.

        Raises:
            APIResponseValidationError: the body is not JSON.
        """
        try:
            return loads(self.content)
        except ValueError as error:
            what = "no valid JSON" if self.content.strip() else "empty, not JSON"
            raise self.invalid(f"the response is {what}: {error}") from error

    def decoded(self) -> T:
        """Decode the body into the declared type.

        Raises:
            APIResponseValidationError: it is something else.
            ClientStateError: the response was pickled, without what it is declared as.
        """
        if self.exchange is None:
            raise ClientStateError(
                "an unpickled response keeps headers and body only: use json(), not parse()"
            )
        declared = self.declared
        return cast("T", None if declared is None else declared.read(self))

    def stream(self) -> Any:
        """Go through the parts of a body that is there as a whole."""
        is_async = self.exchange.is_async
        streamed = AsyncStreamedResponse if is_async else StreamedResponse
        return streamed(self.exchange, self.content).stream()

    def invalid(self, message: str) -> APIResponseValidationError:
        return APIResponseValidationError(message, response=self, body=self.body)

    def __getstate__(self) -> dict[str, Any]:
        """Pickle the response alone: what decodes it is code."""
        return {**self.__dict__, "exchange": None, "http_response": None}


class RawResponse(_BaseRawResponse[T]):
    """A response with its body read; `parse` gives what the method itself would have returned."""

    def read(self) -> bytes:
        return self.content

    def text(self) -> str:
        return self.decoded_text()

    def json(self) -> Any:
        """Read the body as JSON.

        Raises:
            APIResponseValidationError: the body is not JSON.
        """
        return self.decoded_json()

    def parse(self) -> T:
        """Decode the body into the declared type.

        Raises:
            APIResponseValidationError: it is something else.
        """
        return self.decoded()


class AsyncRawResponse(_BaseRawResponse[T]):
    """The same in an async client; the body has been read, though its readers are awaited."""

    async def read(self) -> bytes:
        return self.content

    async def text(self) -> str:
        return self.decoded_text()

    async def json(self) -> Any:
        return self.decoded_json()

    async def parse(self) -> T:
        return self.decoded()


class _BaseStreamedResponse(_BaseResponse[T]):
    """A response whose body is on the wire, unless `content` is given."""

    content: bytes | None
    _iterate: str
    _stream_class: Any
    pool: Any = None
    """Kept, as it closes when nobody does, and then this could not be read on."""

    def __init__(self, exchange: Exchange[T], content: bytes | None = None) -> None:
        super().__init__(exchange, content)
        if content is None and not hasattr(self.http_response, self._iterate):
            self.content = self.http_response.content
        self.is_closed = self.content is not None

    def stream(self) -> Any:
        """Decode the parts of the body as they come."""
        assert self.declared is not None
        return self._stream_class(self, self.declared.values(self))

    def parts(self) -> PartDecoder[Any]:
        """Make what gives the parts of the body undecoded."""
        assert self.declared is not None
        decoder: PartDecoder[Any] = self.declared.parts()
        return decoder

    def invalid(self, message: str) -> APIResponseValidationError:
        return self._invalid(f"in a part of the response: {message}")

    def _invalid(
        self, message: str, content: bytes = b""
    ) -> APIResponseValidationError:
        return RawResponse(self.exchange, content).invalid(message)

    @property
    def _bound(self) -> Bound:
        return Bound(self.exchange.max_response_size)

    @property
    def _mismatch(self) -> str | None:
        """Why the body, by its content type alone, cannot be parsed."""
        if self.content is not None or self.declared is None:
            return None
        return self.declared.mismatch(self.content_type, self.accept)


class StreamedResponse(_BaseStreamedResponse[T], Closing):
    """A response on the wire; close it, or use it as a context manager."""

    _iterate, _stream_class = "iter_bytes", Stream

    def iter_bytes(self) -> Iterator[bytes]:
        """Read the body in chunks, as they come.

        Raises:
            APIConnectionError: the connection broke, or the time is over.
        """
        if self.content is not None:
            yield self.content
            return
        try:
            yield from self.http_response.iter_bytes()
        except Exception as error:
            raise self.exchange.stream_failure(error) from error

    def iter_text(self) -> Iterator[str]:
        return Stream(self, texts(self.charset))

    def iter_lines(self) -> Iterator[str]:
        return Stream(self, lines(self.charset))

    def read(self) -> bytes:
        """Read the whole body.

        Raises:
            APIResponseValidationError: it is larger than `max_response_size`.
        """
        if self.content is None:
            try:
                self.content = b"".join(self._bound.chunks(self.iter_bytes()))
            except BodyRefused as error:
                self.close()
                raise self._invalid(str(error)) from None
        return self.content

    def text(self) -> str:
        return RawResponse(self.exchange, self.read()).text()

    def json(self) -> Any:
        return RawResponse(self.exchange, self.read()).json()

    def parse(self) -> T:
        """Decode the body as the operation declares it.

        Raises:
            APIResponseValidationError: it has another media type or shape.
        """
        if mismatch := self._mismatch:
            content = self.read() if is_small(self.http_response) else b""
            self.close()
            raise self._invalid(mismatch, content)
        if self.is_stream:
            return cast("T", self.stream())
        return RawResponse(self.exchange, self.read()).parse()

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self.http_response.close()


class AsyncStreamedResponse(_BaseStreamedResponse[T], AsyncClosing):
    """The same in an async client."""

    _iterate, _stream_class = "aiter_bytes", AsyncStream

    async def iter_bytes(self) -> AsyncGenerator[bytes, None]:
        """Async form of `StreamedResponse.iter_bytes`."""
        if self.content is not None:
            yield self.content
            return
        try:
            async with aclosing(self.http_response.aiter_bytes()) as chunks:
                async for chunk in chunks:
                    yield chunk
        except Exception as error:
            raise self.exchange.stream_failure(error) from error

    def iter_text(self) -> AsyncIterator[str]:
        return AsyncStream(self, texts(self.charset))

    def iter_lines(self) -> AsyncIterator[str]:
        return AsyncStream(self, lines(self.charset))

    async def read(self) -> bytes:
        """Async form of `StreamedResponse.read`."""
        if self.content is None:
            chunks = self._bound.async_chunks(self.iter_bytes())
            try:
                self.content = b"".join([chunk async for chunk in chunks])
            except BodyRefused as error:
                await self.close()
                raise self._invalid(str(error)) from None
        return self.content

    async def text(self) -> str:
        return RawResponse(self.exchange, await self.read()).text()

    async def json(self) -> Any:
        return RawResponse(self.exchange, await self.read()).json()

    async def parse(self) -> T:
        """Async form of `StreamedResponse.parse`."""
        if mismatch := self._mismatch:
            content = await self.read() if is_small(self.http_response) else b""
            await self.close()
            raise self._invalid(mismatch, content)
        if self.is_stream:
            return cast("T", self.stream())
        return RawResponse(self.exchange, await self.read()).parse()

    async def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            await close_async(self.http_response)

    aclose = close  # as in the HTTP library
