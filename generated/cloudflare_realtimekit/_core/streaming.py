"""Decode bodies that come in parts: server-sent events and JSON lines, in bounded memory.

Source: HTML Living Standard, "Server-sent events".
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from .bridge import AsyncClosing, Closing, Cutter, async_cut, cut
from .decode import decode
from .encode import loads
from .errors import APIResponseValidationError
from .operation import Answer, EventStream

if TYPE_CHECKING:
    from .responses import AsyncStreamedResponse, StreamedResponse

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


class LineSplitter(Cutter[bytes]):
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


class EventDecoder(Cutter[ServerSentEvent]):
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


class _Parts(Cutter[Any]):
    """Cut the body of a stream into its parts, and decode their data if `typed`."""

    def __init__(
        self, response: Any, answer: Answer, strict: bool, typed: bool
    ) -> None:
        self._response = response
        self._answer = answer
        self._strict = strict
        self._typed = typed
        is_events = isinstance(answer, EventStream)
        self._cutter: Any = EventDecoder() if is_events else LineSplitter()

    def feed(self, chunk: bytes) -> Iterator[Any]:
        return self._decoded(self._cutter.feed(chunk))

    def end(self) -> Iterator[Any]:
        return self._decoded(self._cutter.end())

    def _decoded(self, parts: Iterator[Any]) -> Iterator[Any]:
        try:
            for part in parts:
                if not self._typed:
                    yield part
                    continue
                data = part.data if isinstance(part, ServerSentEvent) else part
                if data.strip() and data != "[DONE]":
                    yield self._value(data)
        except ValueError as error:
            raise APIResponseValidationError(
                f"in a part of the stream: {error}", response=self._response.snapshot()
            ) from None

    def _value(self, data: str | bytes) -> Any:
        annotation = self._answer.annotation
        if annotation is str and isinstance(data, str):
            return data
        return decode(loads(data), annotation, strict=self._strict)


class Stream(Closing, Generic[T]):
    """The parts of an answer, decoded as they come; closed at its end, by `close()` or `with`."""

    def __init__(
        self, response: StreamedResponse[Any], answer: Answer, strict: bool
    ) -> None:
        self.response = response
        self._declared = answer, strict
        self._items = self._parts(typed=True)

    def events(self) -> Iterator[Any]:
        """Give the parts as they are: `ServerSentEvent`s, or lines as bytes."""
        return self._parts(typed=False)

    def _parts(self, *, typed: bool) -> Iterator[Any]:
        try:
            parts = _Parts(self.response, *self._declared, typed)
            yield from cut(self.response.iter_bytes(), parts)
        finally:
            self.close()

    def __iter__(self) -> Iterator[T]:
        return self._items

    def __next__(self) -> T:
        return next(self._items)  # type: ignore[no-any-return]

    def close(self) -> None:
        self.response.close()


class AsyncStream(AsyncClosing, Generic[T]):
    """The parts of an answer, decoded as they come; closed at its end, by `close()` or `async with`."""

    def __init__(
        self, response: AsyncStreamedResponse[Any], answer: Answer, strict: bool
    ) -> None:
        self.response = response
        self._declared = answer, strict
        self._items = self._parts(typed=True)

    def events(self) -> AsyncIterator[Any]:
        """Give the parts as they are: `ServerSentEvent`s, or lines as bytes."""
        return self._parts(typed=False)

    async def _parts(self, *, typed: bool) -> AsyncIterator[Any]:
        try:
            parts = _Parts(self.response, *self._declared, typed)
            async for part in async_cut(self.response.iter_bytes(), parts):
                yield part
        finally:
            await self.close()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._items

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def close(self) -> None:
        await self.response.close()
