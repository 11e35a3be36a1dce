"""Write bodies: JSON, text, forms, and files in chunks, the same bytes at every attempt."""

from __future__ import annotations

import os
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Collection,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import nullcontext
from fnmatch import fnmatchcase
from io import TextIOBase
from typing import Any, TypeAlias

from .encode import dumps, encode
from .kinds import kind_of
from .models import Model
from .omit import omit
from .operation import (
    BinaryBody,
    JSONBody,
    MultipartBody,
    Operation,
    PartEncoding,
    TextBody,
)
from .parameters import query_string, scalar_text
from .types import Arguments

BYTES = (bytes, bytearray, memoryview)
SOURCES = (Iterable, AsyncIterable, os.PathLike)
CHUNK_SIZE = 65_536
NO_ENCODING = PartEncoding()
ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""How browsers write names of parts (HTML, "Multipart form data")."""


class Source:
    """Where bytes come from: a path, a file (from where it stands) or an iterator."""

    length: int | None = None
    """Number of bytes, None for what may be read only once."""

    def __init__(self, value: Any) -> None:
        self.value = value
        with self._open() as file:  # what cannot be read fails before anything is sent
            if not hasattr(file, "read") or isinstance(file, AsyncIterable):
                return
            if isinstance(file, TextIOBase) or not getattr(file, "readable", object)():
                raise TypeError("files must be open for reading in binary mode")
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
    raise TypeError(f"a file or iterator must give bytes, got {type(chunk).__name__}")


Part: TypeAlias = bytes | Source


class SourceError(Exception):
    """What a file or iterator of the caller raised: no failure of the connection."""


class Upload:
    """A body made of bytes and sources; each iteration gives it from its start.

    `length` is None where a part may be read only once; then it cannot be sent again.
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


class AsyncUpload:
    """The same without blocking the event loop: files are read in a thread."""

    def __init__(self, upload: Upload) -> None:
        self.parts = upload.parts

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


def write_body(
    operation: Operation[Any], arguments: Arguments
) -> tuple[bytes | Upload | None, str | None]:
    """Give the body of a call and its content type; None for none."""
    body, extra = arguments.get("body", omit), arguments.get("extra_body")
    is_absent = body is omit
    if operation.optional_body and isinstance(body, Mapping):
        is_absent = all(value is omit for value in body.values())
    if extra is None and (is_absent or not operation.bodies):
        return None, None
    if not operation.bodies and operation.method in ("GET", "HEAD"):
        raise ValueError(f"{operation!r} takes no body, thus no extra_body")
    chosen = arguments.get("content_type")
    kinds = operation.bodies or (JSONBody(),)
    kind = next((kind for kind in kinds if kind.media_type == chosen), kinds[0])
    media_type = chosen if isinstance(chosen, str) else kind.media_type
    if isinstance(kind, (BinaryBody, TextBody)):
        value = body if extra is None else extra
        if isinstance(kind, TextBody) and isinstance(value, (str, int, float)):
            value = scalar_text(encode(value)).encode()
        part = _part(value, "the body")
        return part if isinstance(part, bytes) else Upload(part), media_type
    data: Any = body
    if not (isinstance(kind, MultipartBody) and isinstance(body, Mapping)):
        data = encode(body, kind.params() if kind.params else None)
    if extra is not None:
        data = _merged(data, extra)
    if isinstance(kind, JSONBody):
        data = data if extra is None else encode(data)
        if kind.lines and isinstance(data, list):
            return b"".join(dumps(item) + b"\n" for item in data), media_type
        return dumps(data), media_type
    if not isinstance(data, Mapping):
        raise TypeError(f"the body must be an object, got {type(data).__name__}")
    if isinstance(kind, MultipartBody):
        return multipart_upload(data, kind)
    return query_string(data, kind.styles, "json").encode(), media_type


def _merged(data: object, extra: object) -> object:
    """Lay the extra keys over an object; anything else gives way to the extra body."""
    extra = extra if isinstance(extra, Mapping) else encode(extra)
    if isinstance(data, Mapping) and isinstance(extra, Mapping):
        return {**data, **extra}
    return extra


def multipart_upload(
    body: Mapping[str, object], kind: MultipartBody
) -> tuple[Upload, str]:
    """Make a multipart body; give it and its content type, boundary included.

    Files are bytes, open files, paths, iterators or `(name, content[, type[, headers]])`; a list
    of them repeats the part. Other values are text, or JSON where they are objects.
    """
    boundary = os.urandom(16).hex()
    given: Mapping[str, object] = {name: _given(value) for name, value in body.items()}
    if kind.params:
        given = kind_of(kind.params()).rename(given)
    parts: list[Part] = []
    content: Any
    for name, value in given.items():
        if isinstance(value, _File):
            write, content = _file_part, value.content
        else:
            write, content = _field_part, encode(value)
        for item in content if isinstance(content, list) else [content]:
            if item is not None and item is not omit:
                encoding = kind.encoding.get(name, NO_ENCODING)
                head, part = write(name, item, encoding)
                parts += [f"--{boundary}\r\n{head}\r\n".encode(), part, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return Upload(*parts), f"{kind.media_type}; boundary={boundary}"


class _File:
    """Marks files, as there is nothing in them to be renamed or encoded."""

    def __init__(self, content: object) -> None:
        self.content = content


def _given(value: object) -> object:
    """Drop from a list what makes no part, as None and `omit` make none by themselves; mark files."""
    if isinstance(value, list):
        value = [item for item in value if item is not None and item is not omit]
    return _File(value) if _is_file(value) else value


def _is_file(value: object) -> bool:
    """Tell a file, or a list of them, from a field; other collections are fields.

    A tuple whose items are all of one type, texts say, is no `(name, content)` but a collection.
    """
    if isinstance(value, list) and value:
        return not isinstance(value[0], list) and _is_file(value[0])
    if isinstance(value, tuple) and len(value) > 1:
        return len(set(map(type, value))) > 1 or _is_file(value[0])
    if isinstance(value, (Collection, Model)):
        return isinstance(value, BYTES)
    return isinstance(value, SOURCES) or hasattr(value, "read")


def _part(value: object, what: str) -> Part:
    if isinstance(value, BYTES):
        return bytes(value)
    if isinstance(value, (list, tuple)):
        return b"".join(map(_checked, value))
    is_source = isinstance(value, SOURCES) or hasattr(value, "read")
    if is_source and not isinstance(value, (str, Mapping)):
        return Source(value)
    expected = "bytes, a file, a path object or an iterator of bytes"
    raise TypeError(f"{what} must be {expected}, got {type(value).__name__}")


def _file_part(name: str, value: object, encoding: PartEncoding) -> tuple[str, Part]:
    match value if isinstance(value, tuple) else (None, value):
        case (str() | None as file_name, content, *more) if len(more) < 3:
            media_type, headers = (*more, None, None)[:2]
        case _:
            expected = "a file or (name, content[, media type[, headers]])"
            raise TypeError(f"part {name!r} must be {expected}")
    if file_name is None:
        is_path = isinstance(content, os.PathLike)
        path = os.fspath(content) if is_path else getattr(content, "name", None)
        file_name = os.path.basename(path) if isinstance(path, str) else "upload"
    if media_type is None:
        from mimetypes import guess_type

        usual = guess_type(file_name)[0] or "application/octet-stream"
        media_type = _chosen_type(encoding.content_type, usual)
    head = _head(name, file_name, media_type, {**encoding.headers, **(headers or {})})
    content = content.encode() if isinstance(content, str) else content
    return head, _part(content, f"part {name!r}")


def _field_part(name: str, value: object, encoding: PartEncoding) -> tuple[str, Part]:
    usual = "application/json" if isinstance(value, (dict, list)) else None
    media_type = _chosen_type(encoding.content_type, usual)
    return _head(name, None, media_type, encoding.headers), scalar_text(value).encode()


def _chosen_type(listed: str | None, usual: str | None) -> str | None:
    """Choose of the media types listed: the usual one, else the first that is no range."""
    if listed is None:
        return usual
    names = [name.strip() for name in listed.split(",")]
    if usual and any(fnmatchcase(usual, name) for name in names):
        return usual
    return next((name for name in names if "*" not in name), usual)


def _head(
    name: str, file_name: str | None, media_type: str | None, headers: Mapping[str, str]
) -> str:
    disposition = f'form-data; name="{name.translate(ESCAPES)}"'
    if file_name is not None:
        disposition += f'; filename="{file_name.translate(ESCAPES)}"'
    fields = {"Content-Disposition": disposition, "Content-Type": media_type, **headers}
    folded = {key.lower(): (key, value) for key, value in fields.items()}
    lines = [f"{key}: {value}" for key, value in folded.values() if value is not None]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError(f"the headers of part {name!r} must not hold line breaks")
    return "".join(f"{line}\r\n" for line in lines)
