"""Make bodies from files: multipart and binary, sent in chunks, the same bytes at every attempt."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

from .encode import dumps, encode
from .omit import Omit
from .operation import MultipartBody, PartEncoding
from .parameters import scalar_text

CHUNK_SIZE = 65_536
NO_ENCODING = PartEncoding()


class Source:
    """A file or an iterator that gives the bytes of a part."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.start: int | None = None
        self.length: int | None = None
        self.replayable = True
        if hasattr(value, "__fspath__"):
            self.length = os.stat(value).st_size
        elif hasattr(value, "read") and getattr(value, "seekable", bool)():
            self.start = value.tell()
            self.length = value.seek(0, os.SEEK_END) - self.start
            value.seek(self.start)
        else:
            self.replayable = isinstance(value, (list, tuple))

    def __iter__(self) -> Iterator[bytes]:
        if hasattr(self.value, "__fspath__"):
            with open(self.value, "rb") as file:
                yield from _chunks(file)
        elif hasattr(self.value, "read"):
            if self.start is not None:
                self.value.seek(self.start)
            yield from _chunks(self.value)
        else:
            yield from self.value


def _chunks(file: Any) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_SIZE):
        if not isinstance(chunk, bytes):
            raise TypeError("a file to be sent must be opened in binary mode")
        yield chunk


class Upload:
    """A body made of bytes and sources; each iteration gives it from its start."""

    def __init__(self, parts: Iterable[bytes | Source]) -> None:
        self.parts = tuple(parts)
        self.replayable = all(
            isinstance(part, bytes) or part.replayable for part in self.parts
        )

    @property
    def length(self) -> int | None:
        """Number of bytes, None where a part does not tell."""
        lengths = [
            len(part) if isinstance(part, bytes) else part.length for part in self.parts
        ]
        return (
            sum(length for length in lengths if length is not None)
            if None not in lengths
            else None
        )

    def chunks(self) -> Iterator[bytes]:
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from part

    async def async_chunks(self) -> AsyncIterator[bytes]:
        """Give the chunks without blocking the event loop: files are read in a thread."""
        import asyncio

        for part in self.parts:
            if isinstance(part, bytes):
                yield part
            elif isinstance(part.value, AsyncIterable):
                async for chunk in part.value:
                    yield chunk
            else:
                chunks = iter(part)
                while (read := await asyncio.to_thread(next, chunks, None)) is not None:
                    yield read


def binary_upload(value: object) -> bytes | Upload:
    """Take bytes as they are; send a file, a path or an iterator in chunks."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if not _is_source(value):
        raise TypeError(
            f"expected bytes, an open file, a path or an iterator, got {type(value)!r}"
        )
    return Upload([Source(value)])


def _is_source(value: object) -> bool:
    return (
        hasattr(value, "read")
        or hasattr(value, "__fspath__")
        or (
            isinstance(value, (Iterable, AsyncIterable))
            and not isinstance(value, (str, Mapping))
        )
    )


def multipart_upload(
    body: Mapping[str, object], kind: MultipartBody
) -> tuple[Upload, str]:
    """Make a multipart body; give it and its content type, boundary included.

    Files are bytes, open files, paths, iterators or `(name, content[, type[, headers]])`; a list
    of them repeats the part. Other values are text, or JSON where they are objects.
    """
    boundary = os.urandom(16).hex()
    files = {name: value for name, value in body.items() if _is_file(_first(value))}
    fields = {name: value for name, value in body.items() if name not in files}
    encoded = encode(fields, kind.params() if kind.params else None)
    assert isinstance(encoded, Mapping)
    parts: list[bytes | Source] = []
    for name in body:
        if name in files:
            value = files[name]
            writer = _file_part
        elif encoded.get(name) is not None:
            value = encoded[name]
            writer = _field_part
        else:
            continue
        for item in value if isinstance(value, list) else [value]:
            head, content = writer(name, item, kind.encoding.get(name, NO_ENCODING))
            parts += [f"--{boundary}\r\n{head}\r\n".encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return Upload(parts), f"{kind.media_type}; boundary={boundary}"


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _is_file(value: object) -> bool:
    if isinstance(value, tuple):
        return len(value) > 1
    is_bytes = isinstance(value, (bytes, bytearray, memoryview))
    return is_bytes or (
        _is_source(value)
        and not isinstance(value, (list, Omit))
        and not hasattr(value, "to_dict")
    )


def _file_part(
    name: str, value: object, encoding: PartEncoding
) -> tuple[str, bytes | Source]:
    file_name, content, media_type, headers = _file_fields(value)
    if file_name is None:
        file_name = os.path.basename(str(getattr(content, "name", content)))
        if not hasattr(content, "__fspath__") and not isinstance(
            getattr(content, "name", 0), str
        ):
            file_name = "upload"
    if media_type is None:
        media_type = _chosen_type(encoding.content_type, _guessed_type(file_name))
    if isinstance(content, str):
        content = content.encode()
    is_bytes = isinstance(content, (bytes, bytearray, memoryview))
    part = bytes(content) if is_bytes else Source(content)
    return _head(name, file_name, media_type, {**encoding.headers, **headers}), part


def _file_fields(value: Any) -> tuple[str | None, Any, str | None, Mapping[str, str]]:
    if not isinstance(value, tuple):
        return None, value, None, {}
    name, content, media_type, headers = (*value, None, None)[:4]
    return name, content, media_type, headers or {}


def _guessed_type(file_name: str) -> str:
    import mimetypes

    return mimetypes.guess_type(file_name)[0] or "application/octet-stream"


def _chosen_type(listed: str | None, usual: str | None) -> str | None:
    """Choose of the media types listed: the usual one, else the first that is no range."""
    if listed is None:
        return usual
    from fnmatch import fnmatchcase

    ranges = [name.strip() for name in listed.split(",")]
    if usual and any(fnmatchcase(usual, allowed) for allowed in ranges):
        return usual
    return next((name for name in ranges if "*" not in name), usual)


def _field_part(name: str, value: object, encoding: PartEncoding) -> tuple[str, bytes]:
    is_json = isinstance(value, (Mapping, list))
    usual = "application/json" if is_json else None
    media_type = _chosen_type(encoding.content_type, usual)
    content = dumps(value) if is_json else scalar_text(value).encode()
    return _head(name, None, media_type, encoding.headers), content


def _head(
    name: str, file_name: str | None, media_type: str | None, headers: Mapping[str, str]
) -> str:
    disposition = f'form-data; name="{_escaped(name)}"'
    if file_name is not None:
        disposition += f'; filename="{_escaped(file_name)}"'
    fields = {"Content-Disposition": disposition, "Content-Type": media_type, **headers}
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError(f"the headers of part {name!r} must not hold line breaks")
    return "".join(f"{line}\r\n" for line in lines)


def _escaped(text: str) -> str:
    """Escape a name the way browsers do (HTML, "Multipart form data")."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
