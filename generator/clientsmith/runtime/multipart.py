"""Multipart bodies: fields and files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from . import file_names
from .bodies import Body, Written, merged, object_data
from .encode import sendable
from .errors import ArgumentTypeError, ArgumentValueError
from .models import Model
from .omit import omit
from .parameters import ParameterStyle, scalar_text
from .prepared import is_token
from .uploads import BYTES, SOURCES, Part, Upload, as_part

ESCAPES = {ord(c): f"%{ord(c):02X}" for c in ('"', *map(chr, range(32)), "\x7f")}
"""How names of parts are written: as by browsers (HTML, "Multipart form data"), and without control characters."""


class PartEncoding(NamedTuple):
    """How one part of a multipart body is sent.

    ``content_type`` may list several (``image/png, image/*``): the file's name chooses. ``base64``
    writes bytes so, as a field. A `style` writes fields, without a content type.
    """

    content_type: str | None = None
    base64: bool = False
    style: ParameterStyle | None = None


class MultipartBody(Body):
    media_type = "multipart/form-data"
    reads_files = True

    def __init__(
        self,
        media_type: str | None = None,
        *,
        params: Callable[[Any], Any] | None = None,
        encoding: Mapping[str, PartEncoding] | None = None,
    ) -> None:
        super().__init__(media_type, params=params)
        self._encoding = encoding or {}

    def write(self, value: object, extra: object, media_type: str) -> Written:
        data = value if isinstance(value, Mapping) else self.data(value, None)
        return self.upload(object_data(data if extra is None else merged(data, extra)))

    def upload(self, body: Mapping[str, object]) -> tuple[Upload, str]:
        """Make the content of a body; return it and its content type, boundary included.

        Files are bytes, open files, paths, iterators or `(name, content[, type[, headers]])`; a
        list of them repeats the part. Other values are text, or JSON where they are objects.

        Raises:
            ArgumentTypeError: a part is neither a file nor JSON data.
            ArgumentValueError: a header of a part holds a line break.
        """
        marked: Mapping[str, object] = {
            name: v if self._is_encoded(name, v) else _marked(v)
            for name, v in body.items()
        }
        if self.params:
            marked = self.params(marked)
        parts: list[tuple[str, Part]] = []
        for name, value in marked.items():
            encoding = self._encoding.get(name, PartEncoding())
            parts += self.written(name, value, encoding)
        return joined(parts, self.media_type)

    def written(
        self, name: str, value: object, encoding: PartEncoding
    ) -> list[tuple[str, Part]]:
        """Write the parts of one name: head and content of each."""
        write: Callable[[str, Any, PartEncoding], tuple[str, Part]]
        content: Any
        if isinstance(value, MarkedFile):
            write, content = _file_part, value.content
        elif encoding.style is not None:
            pairs = (pair.partition("=") for pair in encoding.style.query(name, value))
            return [
                (_head(unquote(part), None, None, {}), unquote(text).encode())
                for part, _, text in pairs
            ]
        else:
            write, content = field_part, sendable(value)
        items = content if isinstance(content, list) else [content]
        return [
            write(name, item, encoding)
            for item in items
            if item is not None and item is not omit
        ]

    def _is_encoded(self, name: str, value: object) -> bool:
        """Report whether a value is bytes, or a list of bytes, that are written in base64."""
        items = value if isinstance(value, list) else [value]
        encoding = self._encoding.get(name, PartEncoding())
        return encoding.base64 and all(isinstance(item, BYTES) for item in items)


class MarkedFile:
    """Marks files, as there is nothing in them to be renamed or encoded."""

    def __init__(self, content: object) -> None:
        self.content = content


def _marked(value: object) -> object:
    """Mark files. A list drops what makes no part, as None and `omit` make none by themselves."""
    if isinstance(value, list):
        value = [item for item in value if item is not None and item is not omit]
    return MarkedFile(value) if is_file(value) else value


def is_file(value: object) -> bool:
    """Distinguish a file, or a list of files, from a field; other collections are fields.

    A tuple whose items are all of one type, texts say, is no `(name, content)` but a collection.
    """
    if isinstance(value, list) and value:
        return not isinstance(value[0], list) and is_file(value[0])
    if isinstance(value, tuple) and len(value) > 1:
        return len(set(map(type, value))) > 1 or is_file(value[0])
    if isinstance(value, (Collection, Model)):
        return isinstance(value, BYTES)
    return isinstance(value, SOURCES) or hasattr(value, "read")


def joined(parts: Iterable[tuple[str, Part]], media_type: str) -> tuple[Upload, str]:
    """Make a body of parts, head and content of each; return it and its content type, boundary included."""
    boundary = os.urandom(16).hex()
    body: list[Part] = []
    for head, content in parts:
        body += [f"--{boundary}\r\n{head}\r\n".encode(), content, b"\r\n"]
    body.append(f"--{boundary}--\r\n".encode())
    return Upload(*body), f"{media_type}; boundary={boundary}"


def _file_part(name: str, value: object, encoding: PartEncoding) -> tuple[str, Part]:
    what = f"part {name!r}"
    file_name, media_type, headers, content = file_part(
        value, encoding.content_type, what
    )
    return _head(name, file_name, media_type, headers), content


def file_part(
    value: object, listed: str | None, what: str
) -> tuple[str, str | None, Mapping[str, str], Part]:
    """Return the name, media type, headers and content of a file.

    Args:
        listed: The media types of which the file's name chooses.
        what: Names the part in messages.

    Raises:
        ArgumentTypeError: the value is no file.
    """
    match value if isinstance(value, tuple) else (None, value):
        case (str() | None as name, content, *more) if len(more) < 3:
            media_type, headers = (*more, None, None)[:2]
        case _:
            expected = "a file or (name, content[, media type[, headers]])"
            raise ArgumentTypeError(f"{what} must be {expected}")
    name = file_names.file_name(content) if name is None else name
    if media_type is None:
        usual = file_names.usual_type(name) or "application/octet-stream"
        media_type = part_type(listed, usual)
    content = content.encode() if isinstance(content, str) else content
    return name or "upload", media_type, headers or {}, as_part(content, what)


def field_part(name: str, value: object, encoding: PartEncoding) -> tuple[str, Part]:
    usual = "application/json" if isinstance(value, (dict, list)) else None
    media_type = part_type(encoding.content_type, usual)
    headers = {"Content-Transfer-Encoding": "base64"} if encoding.base64 else {}
    return _head(name, None, media_type, headers), scalar_text(value).encode()


def part_type(listed: str | None, usual: str | None) -> str | None:
    """Choose of the media types listed: the usual one, else the first that is no range."""
    if listed is None:
        return usual
    if file_names.is_within(usual, listed):
        return usual
    names = (name.strip() for name in listed.split(","))
    return next((name for name in names if "*" not in name), usual)


def _head(
    name: str, file_name: str | None, media_type: str | None, headers: Mapping[str, str]
) -> str:
    disposition = f'form-data; name="{name.translate(ESCAPES)}"'
    if file_name is not None:
        disposition += f'; filename="{file_name.translate(ESCAPES)}"'
    fields = {"Content-Disposition": disposition, "Content-Type": media_type, **headers}
    return part_head(fields, f"part {name!r}")


def part_head(fields: Mapping[str, str | None], what: str) -> str:
    """Write the headers of a part, the last of each name.

    Raises:
        ArgumentValueError: a name is no token, or a value has control characters.
    """
    folded = {key.lower(): (key, value) for key, value in fields.items()}
    sent = [(key, value) for key, value in folded.values() if value is not None]
    for key, value in sent:
        if not is_token(key):
            raise ArgumentValueError(
                f"header name {key!r} of {what} must be a token of RFC 9110"
            )
        if any(ord(c) < 32 or ord(c) == 127 for c in value.replace("\t", " ")):
            raise ArgumentValueError(
                f"header {key!r} of {what} must not hold line breaks or control characters"
            )
    return "".join(f"{key}: {value}\r\n" for key, value in sent)
