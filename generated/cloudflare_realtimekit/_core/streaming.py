"""Decode bodies that come in parts: server-sent events and JSON lines, in bounded memory.

Source: HTML Living Standard, "Server-sent events".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    NamedTuple,
    Self,
    TypeVar,
)

from .decode import DecodeError, decode
from .encode import loads
from .errors import APIResponseValidationError
from .operation import Answer, EventStream

if TYPE_CHECKING:
    from .responses import AsyncStreamedResponse, StreamedResponse

__all__ = ["AsyncStream", "ServerSentEvent", "Stream"]

T = TypeVar("T")
LARGEST_EVENT = 16 * 1024 * 1024
"""Bytes that one line, and the lines of one event together, may have."""


class TooLarge(ValueError):
    """A line or an event is larger than memory should hold."""


class ServerSentEvent(NamedTuple):
    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class LineSplitter:
    """Cut chunks into lines that end in LF, CR or CRLF, wherever the chunks' borders are."""

    def __init__(self, largest: int = LARGEST_EVENT) -> None:
        self._largest = largest
        self._rest = bytearray()
        self._after_cr = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
        if not chunk:
            return
        self._after_cr = chunk.endswith(b"\r")
        *lines, rest = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines:
            self._extend(line)
            yield bytes(self._rest)
            self._rest.clear()
        self._extend(rest)

    def end(self) -> Iterator[bytes]:
        """Give what follows the last line end, if anything does."""
        if self._rest:
            yield bytes(self._rest)

    def _extend(self, part: bytes) -> None:
        if len(self._rest) + len(part) > self._largest:
            raise TooLarge(f"a line of the stream is longer than {self._largest} bytes")
        self._rest += part


class EventDecoder:
    """Collect lines into events."""

    def __init__(self, largest: int = LARGEST_EVENT) -> None:
        self._lines = LineSplitter(largest)
        self._largest = largest
        self._size = 0
        self._data: list[str] = []
        self._event = ""
        self._id = ""
        self._retry: int | None = None
        self._is_first = True

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        for line in self._lines.feed(chunk):
            if self._is_first:
                line = line.removeprefix(b"\xef\xbb\xbf")
                self._is_first = False
            if line:
                self._add(line)
            elif (event := self._take()) is not None:
                yield event

    def end(self) -> Iterator[ServerSentEvent]:
        """Give nothing: an event that no blank line ends is not complete."""
        return iter(())

    def _add(self, line: bytes) -> None:
        self._size += len(line)
        if self._size > self._largest:
            raise TooLarge(
                f"an event of the stream is longer than {self._largest} bytes"
            )
        name, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value[:9])

    def _take(self) -> ServerSentEvent | None:
        data, event = self._data, self._event
        self._size, self._data, self._event = 0, [], ""
        if not data:
            return None
        return ServerSentEvent(
            "\n".join(data), event or "message", self._id, self._retry
        )


class _Items(Generic[T]):
    """Turn chunks into decoded items, for both kinds of stream."""

    def __init__(self, answer: Answer, strict: bool) -> None:
        self.annotation = answer.annotation
        self.strict = strict
        self.parts: Any = (
            EventDecoder() if isinstance(answer, EventStream) else LineSplitter()
        )

    def decode(self, part: ServerSentEvent | bytes, response: Any) -> Iterator[T]:
        data: Any = part.data if isinstance(part, ServerSentEvent) else part
        if not data.strip() or data == "[DONE]":
            return
        value: Any = data
        try:
            if self.annotation is not str or isinstance(data, bytes):
                value = decode(loads(data), self.annotation, strict=self.strict)
        except (DecodeError, ValueError, RecursionError) as error:
            raise invalid(error, response) from None
        yield value


def invalid(error: Exception, response: Any) -> APIResponseValidationError:
    reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return APIResponseValidationError(
        f"in a part of the stream: {reason}", response=response
    )


class Stream(Generic[T]):
    """The parts of an answer, decoded as they come; closed at its end, by `close()` or `with`."""

    def __init__(
        self, response: StreamedResponse[Any], answer: Answer, strict: bool
    ) -> None:
        self.response = response
        self._items: _Items[T] = _Items(answer, strict)
        self._iterator = self._decoded()

    def events(self) -> Iterator[Any]:
        """Give the parts as they are: `ServerSentEvent`s, or lines as bytes."""
        parts = self._items.parts
        try:
            for chunk in self.response.iter_bytes():
                yield from parts.feed(chunk)
            yield from parts.end()
        except TooLarge as error:
            raise invalid(error, self.response.snapshot()) from None
        finally:
            self.close()

    def _decoded(self) -> Iterator[T]:
        try:
            for part in self.events():
                yield from self._items.decode(part, self.response.snapshot())
        finally:
            self.close()

    def __iter__(self) -> Iterator[T]:
        return self._iterator

    def __next__(self) -> T:
        return next(self._iterator)

    def close(self) -> None:
        self.response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncStream(Generic[T]):
    """The parts of an answer, decoded as they come; closed at its end, by `close()` or `async with`."""

    def __init__(
        self, response: AsyncStreamedResponse[Any], answer: Answer, strict: bool
    ) -> None:
        self.response = response
        self._items: _Items[T] = _Items(answer, strict)
        self._iterator = self._decoded()

    async def events(self) -> AsyncIterator[Any]:
        """Give the parts as they are: `ServerSentEvent`s, or lines as bytes."""
        parts = self._items.parts
        try:
            async for chunk in self.response.iter_bytes():
                for part in parts.feed(chunk):
                    yield part
            for part in parts.end():
                yield part
        except TooLarge as error:
            raise invalid(error, self.response.snapshot()) from None
        finally:
            await self.close()

    async def _decoded(self) -> AsyncIterator[T]:
        try:
            async for part in self.events():
                for item in self._items.decode(part, self.response.snapshot()):
                    yield item
        finally:
            await self.close()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._iterator

    async def __anext__(self) -> T:
        return await anext(self._iterator)

    async def close(self) -> None:
        await self.response.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
