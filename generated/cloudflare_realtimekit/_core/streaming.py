"""Decode bodies that come in parts: server-sent events and JSON lines, in bounded memory.

A cutter is given chunk after chunk, and gives the parts that each of them completes.
Source: HTML Living Standard, "Server-sent events".
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import aclosing
from io import StringIO
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeAlias, TypeVar

from .decode import decode
from .encode import loads
from .kinds import kind_of
from .operation import Answer, EventStream

if TYPE_CHECKING:
    from .responses import AsyncStreamedResponse, StreamedResponse

T = TypeVar("T")
Cutter: TypeAlias = Callable[[bytes, bool], Iterable[T]]
"""``cut(chunk, is_last)``"""

LARGEST = 16 * 1024 * 1024
"""Characters that one line, and the data of one event, may have."""


class ServerSentEvent(NamedTuple):
    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


def texts(charset: str) -> Cutter[str]:
    """Decode chunks; characters may lie across their borders."""
    decoded = getincrementaldecoder(charset)("replace").decode
    return lambda chunk, is_last: filter(None, [decoded(chunk, is_last)])


def lines(charset: str = "utf-8-sig", errors: str = "replace") -> Cutter[str]:
    """Cut text into lines that end in LF, CR or CRLF; these may lie across borders, too."""
    decoded = getincrementaldecoder(charset)(errors).decode
    buffer, after_cr = StringIO(), False

    def cut(chunk: bytes, is_last: bool) -> Iterator[str]:
        nonlocal buffer, after_cr
        if text := decoded(chunk, is_last):
            text = text.removeprefix("\n") if after_cr else text
            after_cr = text.endswith("\r")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate(text.split("\n")):
            if number > 0:
                yield buffer.getvalue()
                buffer = StringIO()
            if buffer.tell() + len(line) > LARGEST:
                raise ValueError(f"a line is longer than {LARGEST} characters")
            buffer.write(line)
        if is_last and buffer.tell():
            yield buffer.getvalue()

    return cut


def events() -> Cutter[ServerSentEvent]:
    """Collect lines into events; one that no blank line ends is not complete."""
    cut_lines = lines()
    data: list[str] = []
    size, kind, last_id = 0, "", ""
    retry: int | None = None

    def cut(chunk: bytes, is_last: bool) -> Iterator[ServerSentEvent]:
        nonlocal size, kind, last_id, retry
        for line in cut_lines(chunk, is_last):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                if data:
                    text = "\n".join(data)
                    yield ServerSentEvent(text, kind or "message", last_id, retry)
                data.clear()
                size, kind = 0, ""
            elif name == "data":
                data.append(value)
                size += len(value) + 1
                if size > LARGEST:
                    raise ValueError(f"an event is longer than {LARGEST} characters")
            elif name == "event":
                kind = value
            elif name == "id" and "\0" not in value:
                last_id = value
            elif name == "retry" and value.isascii() and value.isdigit():
                retry = int(value[:9])

    return cut


def _valid_lines() -> Cutter[str]:
    """Cut lines of UTF-8; one that is none is refused, and those before it are given."""
    cut_lines = lines(errors="surrogateescape")

    def cut(chunk: bytes, is_last: bool) -> Iterator[str]:
        for line in cut_lines(chunk, is_last):
            line.encode()
            yield line

    return cut


def parts(answer: Answer) -> Cutter[Any]:
    """Cut a body into its parts as they are: events, or lines."""
    return events() if isinstance(answer, EventStream) else _valid_lines()


def values(answer: Answer, strict: bool) -> Cutter[Any]:
    """Cut a body into its parts, and decode the data of each.

    The data of an event is a text where one is declared, or where it is no JSON and may be one.
    """
    cut_parts, annotation = parts(answer), answer.annotation
    is_event = isinstance(answer, EventStream)
    is_text = is_event and annotation is str
    may_be_text = is_event and kind_of(annotation).takes("")

    def cut(chunk: bytes, is_last: bool) -> Iterator[Any]:
        for part in cut_parts(chunk, is_last):
            data = part if isinstance(part, str) else part.data
            if data == "[DONE]" or not (is_text or data.strip()):
                continue
            value: object = data
            if not is_text:
                try:
                    value = loads(data.strip())
                except ValueError:
                    if not may_be_text:
                        raise
            yield decode(value, annotation, strict=strict)

    return cut


class Closing:
    """Closed at the end of a `with` block."""

    close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncClosing:
    """Closed at the end of an `async with` block."""

    close: Callable[[], Coroutine[Any, Any, None]]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


class Stream(Closing, Generic[T]):
    """The parts of an answer as they come; closed at its end, by `close()` or `with`."""

    def __init__(self, response: StreamedResponse[Any], cutter: Cutter[T]) -> None:
        self.response = response
        self._parts = _cut(response, cutter)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        return next(self._parts)

    def events(self) -> Stream[Any]:
        """Give the parts undecoded: `ServerSentEvent`s, or lines."""
        return Stream(self.response, parts(self.response.declared))

    def close(self) -> None:
        self._parts = iter(())
        self.response.close()


class AsyncStream(AsyncClosing, Generic[T]):
    """The same in an async client."""

    def __init__(self, response: AsyncStreamedResponse[Any], cutter: Cutter[T]) -> None:
        self.response = response
        self._parts = _async_cut(response, cutter)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        return await anext(self._parts)

    def events(self) -> AsyncStream[Any]:
        """Give the parts undecoded: `ServerSentEvent`s, or lines."""
        return AsyncStream(self.response, parts(self.response.declared))

    async def close(self) -> None:
        self._parts = _no_parts()
        await self.response.close()


# Functions, as methods would make a cycle of stream and generator: a stream that is left in the
# middle would keep its connection until the garbage collector runs.


def _cut(response: StreamedResponse[Any], cutter: Cutter[T]) -> Iterator[T]:
    try:
        for chunk in response.iter_bytes():
            yield from cutter(chunk, False)
        yield from cutter(b"", True)
    except ValueError as error:
        raise response.invalid_part(error) from None
    finally:
        response.close()


async def _async_cut(
    response: AsyncStreamedResponse[Any], cutter: Cutter[T]
) -> AsyncIterator[T]:
    try:
        async with aclosing(response.iter_bytes()) as chunks:
            async for chunk in chunks:
                for part in cutter(chunk, False):
                    yield part
        for part in cutter(b"", True):
            yield part
    except ValueError as error:
        raise response.invalid_part(error) from None
    finally:
        await response.close()


async def _no_parts() -> AsyncIterator[Any]:
    return
    yield
