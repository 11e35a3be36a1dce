"""Responses with what those of Stainless's SDKs have: chunks of a size, any type to parse as, text for JSON."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from contextlib import aclosing
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_origin, overload

from .errors import APIResponseValidationError, ArgumentValueError
from .events import EventStream
from .media import JSON, Bytes, Response, Text
from .responses import (
    AsyncRawResponse,
    AsyncStreamedResponse,
    RawResponse,
    StreamedResponse,
    _BaseRawResponse,
)
from .streaming import AsyncStream, PartDecoder, Stream, lines, texts

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R")


def reader(cast_to: Any) -> Response | None:
    """Declare a response of the type that a caller asks for."""
    if cast_to is None or cast_to is type(None):
        return None
    if cast_to in (str, bytes):
        return Text() if cast_to is str else Bytes()
    plain = {dict: dict[str, object], list: list[object]}
    annotation = plain.get(cast_to, cast_to)
    return JSON(lambda: annotation)


def is_response(cast_to: Any) -> bool:
    """Report whether a caller asks for the response of the HTTP library."""
    return getattr(cast_to, "__name__", "") == "Response"


class _Reading(_BaseRawResponse[T]):
    def decoded(self) -> T:
        """Decode the body; what is no JSON where JSON is declared is text, unless this is strict."""
        try:
            return super().decoded()
        except APIResponseValidationError:
            media_type = self.content_type.partition(";")[0].strip()
            if self.strict or media_type.endswith("json"):
                raise
            return cast("T", self.decoded_text())

    def parsed(self, kind: Any) -> Any:
        """Decode the body as the type that a caller asks for; None for the declared one."""
        if kind is None:
            return self.decoded()
        if is_response(kind):
            return self.http_response
        if get_origin(kind) in (Stream, AsyncStream):
            is_async = self.exchange.is_async
            made = AsyncStreamedAPIResponse if is_async else StreamedAPIResponse
            return _stream(made(self.exchange, self.content), kind)
        declared = reader(kind)
        return None if declared is None else declared.read(self)


class APIResponse(_Reading[T], RawResponse[T]):
    """A response with its body read."""

    @overload
    def parse(self) -> T: ...
    @overload
    def parse(self, *, to: type[U]) -> U: ...
    def parse(self, *, to: Any = None) -> Any:
        """Decode the body.

        Args:
            to: A model, `dict`, `str`, `Stream[...]`, the library's `Response` ...; else the declared type.

        Raises:
            APIResponseValidationError: it is something else.
        """
        return self.parsed(to)

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from byte_chunks(chunk_size)(self.content, True)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        yield from text_chunks(chunk_size, self.charset)(self.content, True)

    def iter_lines(self) -> Iterator[str]:
        yield from lines(self.charset)(self.content, True)

    def write_to_file(self, file: str | PathLike[str]) -> None:
        Path(file).write_bytes(self.content)

    def close(self) -> None:
        """Do nothing: the body has been read."""


class AsyncAPIResponse(_Reading[T], AsyncRawResponse[T]):
    """The same in an async client."""

    @overload
    async def parse(self) -> T: ...
    @overload
    async def parse(self, *, to: type[U]) -> U: ...
    async def parse(self, *, to: Any = None) -> Any:
        return self.parsed(to)

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        for chunk in byte_chunks(chunk_size)(self.content, True):
            yield chunk

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        for chunk in text_chunks(chunk_size, self.charset)(self.content, True):
            yield chunk

    async def iter_lines(self) -> AsyncIterator[str]:
        for line in lines(self.charset)(self.content, True):
            yield line

    async def write_to_file(self, file: str | PathLike[str]) -> None:
        import asyncio

        await asyncio.to_thread(Path(file).write_bytes, self.content)

    async def close(self) -> None:
        """Do nothing: the body has been read."""


class StreamedAPIResponse(StreamedResponse[T]):
    """A response on the wire; close it, or use it as a context manager."""

    def read(self) -> bytes:
        """Read the whole body; nothing is on the wire then, so this is closed."""
        content = super().read()
        self.close()
        return content

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Read the body in chunks, as they come, or of a size."""
        decoder = byte_chunks(chunk_size)
        for chunk in super().iter_bytes():
            yield from decoder(chunk, False)
        yield from decoder(b"", True)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        return Stream(self, text_chunks(chunk_size, self.charset))

    def stream_to_file(
        self, file: str | PathLike[str], *, chunk_size: int | None = None
    ) -> None:
        """Write the body to a file while it comes."""
        with open(file, "wb") as opened:
            opened.writelines(self.iter_bytes(chunk_size))

    @overload
    def parse(self) -> T: ...
    @overload
    def parse(self, *, to: type[U]) -> U: ...
    def parse(self, *, to: Any = None) -> Any:
        """Decode the body, as `APIResponse.parse` does."""
        if to is None and (self._mismatch or self.is_stream):
            return super().parse()
        if get_origin(to) is Stream:
            return _stream(self, to)
        return APIResponse(self.exchange, self.read()).parsed(to)


class AsyncStreamedAPIResponse(AsyncStreamedResponse[T]):
    """The same in an async client."""

    async def read(self) -> bytes:
        content = await super().read()
        await self.close()
        return content

    async def iter_bytes(
        self, chunk_size: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        decoder = byte_chunks(chunk_size)
        async with aclosing(super().iter_bytes()) as chunks:
            async for chunk in chunks:
                for part in decoder(chunk, False):
                    yield part
        for part in decoder(b"", True):
            yield part

    def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        return AsyncStream(self, text_chunks(chunk_size, self.charset))

    async def stream_to_file(
        self, file: str | PathLike[str], *, chunk_size: int | None = None
    ) -> None:
        import asyncio

        opened = await asyncio.to_thread(open, file, "wb")
        try:
            async with aclosing(self.iter_bytes(chunk_size)) as chunks:
                async for chunk in chunks:
                    await asyncio.to_thread(opened.write, chunk)
        finally:
            await asyncio.to_thread(opened.close)

    @overload
    async def parse(self) -> T: ...
    @overload
    async def parse(self, *, to: type[U]) -> U: ...
    async def parse(self, *, to: Any = None) -> Any:
        if to is None and (self._mismatch or self.is_stream):
            return await super().parse()
        if get_origin(to) is AsyncStream:
            return _stream(self, to)
        return APIResponse(self.exchange, await self.read()).parsed(to)


class BinaryAPIResponse(APIResponse[bytes]):
    """A response that is declared as bytes."""

    def stream_to_file(
        self, file: str | PathLike[str], *, chunk_size: int | None = None
    ) -> None:
        """Write the body to a file, as `write_to_file` does: it has been read."""
        self.write_to_file(file)


class AsyncBinaryAPIResponse(AsyncAPIResponse[bytes]):
    """The same in an async client."""

    async def stream_to_file(
        self, file: str | PathLike[str], *, chunk_size: int | None = None
    ) -> None:
        await self.write_to_file(file)


class StreamedBinaryAPIResponse(StreamedAPIResponse[bytes]):
    """A response on the wire that is declared as bytes."""


class AsyncStreamedBinaryAPIResponse(AsyncStreamedAPIResponse[bytes]):
    """The same in an async client."""


_BINARY: dict[type[Any], type[Any]] = {
    APIResponse: BinaryAPIResponse,
    AsyncAPIResponse: AsyncBinaryAPIResponse,
    StreamedAPIResponse: StreamedBinaryAPIResponse,
    AsyncStreamedAPIResponse: AsyncStreamedBinaryAPIResponse,
}


def class_for(kind: type[R], declared: Response | None) -> type[R]:
    """Return the class of a response, which is another one for bytes."""
    return cast("type[R]", _BINARY[kind]) if isinstance(declared, Bytes) else kind


def converted(kind: type[R], received: Any) -> R:
    """Copy a response into the class that SDKs have for it."""
    made = object.__new__(class_for(kind, received.declared))
    vars(made).update(vars(received))
    return made


def _stream(response: Any, kind: Any) -> Any:
    """Decode events as the type that stands in the brackets of a stream."""
    item = get_args(kind)[0]
    decoder = EventStream(lambda: item).values(response)
    return response._stream_class(response, decoder)


def byte_chunks(size: int | None) -> PartDecoder[bytes]:
    """Make what passes chunks on, or cuts them to a size."""

    def unchanged(chunk: bytes, is_last: bool) -> Iterable[bytes]:
        return [chunk] if chunk else []

    return unchanged if size is None else _sized(size, unchanged, b"")


def text_chunks(size: int | None, charset: str) -> PartDecoder[str]:
    """Make what decodes chunks, and cuts the text to a size."""
    return texts(charset) if size is None else _sized(size, texts(charset), "")


def _sized(size: int, decoder: PartDecoder[Any], kept: Any) -> PartDecoder[Any]:
    if size < 1:
        raise ArgumentValueError(f"chunk_size must be 1 or more, got {size}")

    def decode(chunk: bytes, is_last: bool) -> Iterator[Any]:
        nonlocal kept
        for part in decoder(chunk, is_last):
            kept += part
        end = len(kept) if is_last else len(kept) // size * size
        for start in range(0, end, size):
            yield kept[start : start + size]
        kept = kept[end:]

    return decode
