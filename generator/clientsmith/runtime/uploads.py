"""Bodies of bytes and text: in memory, from files or from iterators, the same at every attempt."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import nullcontext
from io import TextIOBase
from typing import Any, TypeAlias

from .bodies import Body, Written
from .encode import encode
from .errors import ArgumentTypeError, SourceError
from .parameters import scalar_text

BYTES = (bytes, bytearray, memoryview)

SOURCES = (Iterable, AsyncIterable, os.PathLike)
CHUNK_SIZE = 65_536


class Source:
    """Where bytes come from: a path, a file (from where it stands) or an iterator."""

    length: int | None = None
    """Number of bytes, None for what may be read only once."""

    def __init__(self, value: Any) -> None:
        """Take a path, a file or an iterator, and open it once.

        Raises:
            ArgumentTypeError: it is not open for reading in binary mode.
            OSError: there is no such file.
        """
        self.value = value
        with self._open() as file:  # what cannot be read fails before anything is sent
            if not hasattr(file, "read") or isinstance(file, AsyncIterable):
                return
            if isinstance(file, TextIOBase) or not getattr(file, "readable", object)():
                raise ArgumentTypeError("files must be open for reading in binary mode")
            if getattr(file, "seekable", bool)():
                self.start = file.tell()
                self.length = max(0, file.seek(0, os.SEEK_END) - self.start)
                file.seek(self.start)

    def _open(self) -> Any:
        is_path = isinstance(self.value, os.PathLike)
        return open(self.value, "rb") if is_path else nullcontext(self.value)

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes; of a file that has grown since, those that were announced."""
        with self._open() as file:
            if self.length is None:
                is_file = hasattr(file, "read")
                chunks = iter(lambda: file.read(CHUNK_SIZE), b"") if is_file else file
                yield from map(_checked, chunks)
                return
            file.seek(self.start)
            left = self.length
            while left and (chunk := _checked(file.read(min(CHUNK_SIZE, left)))):
                left -= len(chunk)
                yield chunk


def _checked(chunk: object) -> bytes:
    if isinstance(chunk, BYTES):
        return bytes(chunk)
    raise ArgumentTypeError(
        f"a file or iterator must give bytes, got {type(chunk).__name__}"
    )


Part: TypeAlias = bytes | Source


class Upload:
    """Content made of bytes and sources.

    `length` is None where a part may be read only once; then it cannot be sent again. The async
    iterator reads files in a thread.
    """

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        lengths = [p.length if isinstance(p, Source) else len(p) for p in parts]
        self.length = None if None in lengths else sum(filter(None, lengths))

    def __iter__(self) -> Iterator[bytes]:
        try:
            for part in self.parts:
                yield from [part] if isinstance(part, bytes) else part.chunks()
        except OSError as error:
            raise SourceError(error) from error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        from asyncio import to_thread

        try:
            for part in self.parts:
                if isinstance(part, bytes):
                    yield part
                elif isinstance(part.value, AsyncIterable):
                    async for chunk in part.value:
                        yield _checked(chunk)
                else:
                    chunks = part.chunks()
                    while (read := await to_thread(next, chunks, None)) is not None:
                        yield read
        except OSError as error:
            raise SourceError(error) from error


class BinaryBody(Body):
    """Bytes, a file, a path or an iterator of bytes; an extra body takes its place."""

    media_type = "application/octet-stream"
    reads_files = True

    def write(self, value: object, extra: object, media_type: str) -> Written:
        part = as_part(value if extra is None else extra, "the body")
        return part if isinstance(part, bytes) else Upload(part), media_type


class TextBody(BinaryBody):
    """A text, or what a `BinaryBody` takes."""

    media_type = "text/plain"

    def write(self, value: object, extra: object, media_type: str) -> Written:
        value = value if extra is None else extra
        if isinstance(value, (str, int, float)):
            value = scalar_text(encode(value)).encode()
        return super().write(value, None, media_type)


def as_part(value: object, what: str) -> Part:
    """Return bytes, or where to read them.

    Raises:
        ArgumentTypeError: the value holds no bytes.
    """
    if isinstance(value, BYTES):
        return bytes(value)
    if isinstance(value, (list, tuple)):
        return b"".join(map(_checked, value))
    is_source = isinstance(value, SOURCES) or hasattr(value, "read")
    if is_source and not isinstance(value, (str, Mapping)):
        return Source(value)
    expected = "bytes, a file, a path object or an iterator of bytes"
    raise ArgumentTypeError(f"{what} must be {expected}, got {type(value).__name__}")
