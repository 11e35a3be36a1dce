"""Read bodies within bounds: none is inflated in one step, none grows beyond what the client allows."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from functools import cache
from typing import Any

from .transport import close_async

LARGEST = 128 * 1024 * 1024
"""Bytes that a body read as a whole may have once decompressed, unless the client says otherwise."""
LARGEST_ERROR = 1024 * 1024
"""Bytes that are read of the body of an error."""
LARGEST_UNWANTED = 64 * 1024
"""Bytes that are read, for the connection's sake, of a body that nobody asked for."""
MOST_ENCODINGS = 2
DECODED = ("gzip", "deflate", "br", "zstd")
"""The encodings that the libraries know; others they leave as they are."""
SLICES = {"gzip": 1024, "deflate": 1024}
"""Compressed bytes that are given to a decoder at once, which make a thousand times as many."""
SMALLEST_SLICE = 16
"""The same for encodings without such a limit, and for two of them on top of each other."""


class BodyRefused(Exception):
    """A body is not read, or not read on."""


def too_large(limit: int) -> BodyRefused:
    return BodyRefused(
        f"the body has more than max_response_size={limit} bytes: "
        "raise the option, or read the body with with_streaming_response"
    )


class Bound:
    """How many bytes may be read of a body; one that `cuts` ends there, another one is refused."""

    def __init__(self, limit: int | None, cuts: bool = False) -> None:
        self.limit = limit
        self.cuts = cuts

    def fits(self, response: Any) -> bool:
        """Report by the headers alone whether the body stays within the bound.

        Raises:
            BodyRefused: they say that it does not.
        """
        headers, limit = response.headers, self.limit
        if limit is None:
            return True
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not length.isdecimal():
            return False
        if int(length[:20]) > limit and not self.cuts:
            raise too_large(limit)
        return int(length[:20]) <= limit and "content-encoding" not in headers

    def pieces(self, chunk: bytes, size: int) -> bytes | None:
        """Return what is kept of a chunk after so many bytes; None at the end of what may be read.

        Raises:
            BodyRefused: that is the end.
        """
        if self.limit is None or size + len(chunk) <= self.limit:
            return chunk
        if not self.cuts:
            raise too_large(self.limit)
        return chunk[: self.limit - size] or None

    def chunks(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Pass chunks on, up to the bound."""
        size = 0
        for chunk in chunks:
            kept = self.pieces(chunk, size)
            if kept is None:
                return
            size += len(chunk)
            yield kept

    async def async_chunks(
        self, chunks: AsyncGenerator[bytes, None]
    ) -> AsyncGenerator[bytes, None]:
        size = 0
        async with aclosing(chunks) as opened:
            async for chunk in opened:
                kept = self.pieces(chunk, size)
                if kept is None:
                    return
                size += len(chunk)
                yield kept

    def checked(self, content: bytes) -> bytes:
        """Hold content that is there already against the bound."""
        if self.limit is None or len(content) <= self.limit:
            return content
        return self.pieces(content, 0) or b""


def is_small(response: Any) -> bool:
    """Report whether headers announce a body so small that it is read even where nobody asked for it."""
    return Bound(LARGEST_UNWANTED, cuts=True).fits(response)


def read(response: Any, bound: Bound) -> bytes:
    """Read a body as a whole; the library's response has its content afterwards, too.

    Raises:
        BodyRefused: it is too large.
    """
    if not hasattr(response, "read"):
        return bound.checked(response.content)
    if bound.fits(response) or not hasattr(response, "iter_bytes"):
        return bound.checked(response.read())
    iterate = type(response).iter_bytes
    response.iter_bytes = lambda: bound.chunks(iterate(response))
    try:
        return bound.checked(response.read())
    finally:
        del response.iter_bytes
        response.close()


async def read_async(response: Any, bound: Bound) -> bytes:
    """The same in an async client."""
    if not hasattr(response, "aread"):
        return bound.checked(response.content)
    if bound.fits(response) or not hasattr(response, "aiter_bytes"):
        return bound.checked(await response.aread())
    iterate = type(response).aiter_bytes
    response.aiter_bytes = lambda: bound.async_chunks(iterate(response))
    try:
        return bound.checked(await response.aread())
    finally:
        del response.aiter_bytes
        await close_async(response)


def slice_size(encodings: str) -> int | None:
    """Return how many bytes a decoder is given at once; None where nothing is encoded.

    Raises:
        BodyRefused: there are more encodings than servers use.
    """
    names = [name.strip() for name in encodings.lower().split(",")]
    known = [name for name in names if name in DECODED]
    if not known:
        return None
    if len(known) > MOST_ENCODINGS:
        raise BodyRefused(f"the body has {len(known)} content encodings")
    if len(known) > 1 and not all(name in SLICES for name in known):
        raise BodyRefused("the body has content encodings that cannot be combined")
    return SLICES.get(known[0], SMALLEST_SLICE) if len(known) == 1 else SMALLEST_SLICE


def watch(response: Any, check: Callable[[], None] | None) -> None:
    """Watch what comes off the wire: cut what is compressed into slices; check the time.

    The check makes a body that is read before a deadline be closed to its end, too.

    Raises:
        BodyRefused: the body cannot be decompressed within bounds.
    """
    size = slice_size(response.headers.get("content-encoding", ""))
    if size is None and check is None:
        return
    stream: Any = getattr(response, "stream", None)
    names = {base.__name__: base for base in type(stream).__mro__}
    if base := names.get("SyncByteStream"):
        response.stream = _watched_class(base)(stream, size, check)
    elif base := names.get("AsyncByteStream"):
        response.stream = _async_watched_class(base)(stream, size, check)


def _slices(chunk: bytes, size: int | None) -> Iterator[bytes]:
    if size is None:
        yield chunk
        return
    for start in range(0, len(chunk), size):
        yield chunk[start : start + size]


class _Watched:
    def __init__(self, stream: Any, size: int | None, check: Any) -> None:
        self.stream, self.size, self.check = stream, size, check

    def parts(self, chunk: bytes) -> Iterator[bytes]:
        for part in _slices(chunk, self.size):
            if self.check is not None:
                self.check()
            yield part


@cache
def _watched_class(base: Any) -> Any:
    class Watched(_Watched, base):  # type: ignore[misc]
        def __iter__(self) -> Iterator[bytes]:
            for chunk in self.stream:
                yield from self.parts(chunk)

        def close(self) -> None:
            self.stream.close()

    return Watched


@cache
def _async_watched_class(base: Any) -> Any:
    class Watched(_Watched, base):  # type: ignore[misc]
        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for chunk in self.stream:
                for part in self.parts(chunk):
                    yield part

        async def aclose(self) -> None:
            await close_async(self.stream)

    return Watched
