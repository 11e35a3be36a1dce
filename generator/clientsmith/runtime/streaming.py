"""Go through bodies that come in parts, in bounded memory.

A part decoder is given chunk after chunk, and gives the parts that each of them completes.
"""

from __future__ import annotations

from codecs import getincrementaldecoder, lookup
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, aclosing
from io import StringIO
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

T = TypeVar("T")
PartDecoder: TypeAlias = Callable[[bytes, bool], Iterable[T]]
"""``decode(chunk, is_last)``"""

LARGEST = 16 * 1024 * 1024
"""Characters that one line, and the data of one event, may have."""


LONGEST_CHARSET = 40
NO_CHARSETS = ("utf-7", "punycode", "unicode-escape", "raw-unicode-escape")
"""What Python decodes and servers do not send: some take quadratic time, some warn about what they find."""


def charset_of(content_type: str) -> str:
    """Return the charset of a media type, if Python can read any bytes in it, else UTF-8.

    Python keeps every name that it has looked up, so only names of its own are looked up.
    """
    from encodings import aliases, normalize_encoding
    from importlib.util import find_spec

    found = content_type.partition("charset=")[2].partition(";")[0].strip(" \"'")
    name = normalize_encoding(found[:LONGEST_CHARSET])
    try:
        if name not in aliases.aliases and not find_spec(f"encodings.{name}"):
            return "utf-8"
        b"\xff".decode(name, "replace")
        return "utf-8" if lookup(name).name in NO_CHARSETS else name
    except (ImportError, LookupError, ValueError):
        return "utf-8"


class Ended(ValueError):
    """A part says that it is the last one."""


class Streamed(Protocol):
    """What a stream reads from."""

    def iter_bytes(self) -> Any: ...

    def parts(self) -> PartDecoder[Any]: ...

    def invalid(self, message: str) -> Exception: ...

    def close(self) -> Any: ...


def texts(charset: str) -> PartDecoder[str]:
    """Decode chunks; characters may lie across their borders."""
    decoded = getincrementaldecoder(charset)("replace").decode
    return lambda chunk, is_last: filter(None, [decoded(chunk, is_last)])


def lines(charset: str = "utf-8-sig", errors: str = "replace") -> PartDecoder[str]:
    """Split text into lines that end in LF, CR or CRLF; these may lie across borders, too."""
    decoded = getincrementaldecoder(charset)(errors).decode
    buffer, after_cr = StringIO(), False

    def decode(chunk: bytes, is_last: bool) -> Iterator[str]:
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

    return decode


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
    """The parts of a response as they come; closed at its end, by `close()` or `with`."""

    def __init__(self, response: Streamed, decoder: PartDecoder[T]) -> None:
        self.response: Any = response
        self._parts = _decoded(response, decoder)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        return next(self._parts)

    def events(self) -> Stream[Any]:
        """Give the parts undecoded: `ServerSentEvent`s, or lines."""
        return Stream(self.response, self.response.parts())

    def close(self) -> None:
        self._parts = iter(())
        self.response.close()


class AsyncStream(AsyncClosing, Generic[T]):
    """The same in an async client."""

    def __init__(self, response: Streamed, decoder: PartDecoder[T]) -> None:
        self.response: Any = response
        self._parts = _async_decoded(response, decoder)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        return await anext(self._parts)

    def events(self) -> AsyncStream[Any]:
        """Give the parts undecoded: `ServerSentEvent`s, or lines."""
        return AsyncStream(self.response, self.response.parts())

    async def close(self) -> None:
        self._parts = _no_parts()
        await self.response.close()


# Functions, as methods would make a cycle of stream and generator: a stream that is left in the
# middle would keep its connection until the garbage collector runs.


def check_end(error: ValueError, response: Streamed) -> None:
    """Let a stream end where a part says so.

    Raises:
        APIResponseValidationError: something else is the matter.
    """
    if not isinstance(error, Ended):
        raise response.invalid(str(error)) from None


def _decoded(response: Streamed, decoder: PartDecoder[T]) -> Iterator[T]:
    try:
        for chunk in response.iter_bytes():
            yield from decoder(chunk, False)
        yield from decoder(b"", True)
    except ValueError as error:
        check_end(error, response)
    finally:
        response.close()


async def _async_decoded(
    response: Streamed, decoder: PartDecoder[T]
) -> AsyncIterator[T]:
    opened: AbstractAsyncContextManager[Any] = aclosing(response.iter_bytes())
    try:
        async with opened as chunks:
            async for chunk in chunks:
                for part in decoder(chunk, False):
                    yield part
        for part in decoder(b"", True):
            yield part
    except ValueError as error:
        check_end(error, response)
    finally:
        await response.close()


async def _no_parts() -> AsyncIterator[Any]:
    return
    yield
