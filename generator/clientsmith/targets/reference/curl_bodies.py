"""Bodies in the options of curl: nothing that the document writes is the name of a file, or a setting of a part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from urllib.parse import quote, unquote

from ...data.api import Media, PartEncoding
from ...data.client import Client
from ...data.document import Json
from ...data.types import ListOf, Scalar, TypeExpr, without_null
from .shell import quoted
from .wire_values import form_pairs, has_style, nested, scalar_text, styled_pairs

Fields = list[tuple[str, TypeExpr | None, Json]]
"""The members of a body: name, type where there is one, and value."""


def json_body(value: Json) -> str:
    """Write a body in JSON. It begins with none of the characters that are special to `-d`."""
    return f"-d {quoted(json.dumps(value, indent=2, ensure_ascii=False))}"


def form_options(fields: Fields, media: Media) -> Iterator[str]:
    """Write the members of a form."""
    encodings = {encoding.wire_name: encoding for encoding in media.encoding}
    for name, _, value in fields:
        yield from map(_form_option, form_pairs(name, value, encodings.get(name)))


def _form_option(pair: str) -> str:
    """Let curl encode the value where it does it in the same way. The name is encoded, and ends at the first `=`."""
    name, _, text = pair.partition("=")
    plain = unquote(text)
    if quote(plain, safe="") == text:
        return f"--data-urlencode {quoted(f'{name}={plain}')}"
    return f"--data-raw {quoted(pair)}"


def part_options(fields: Fields, media: Media, client: Client) -> Iterator[str]:
    """Write the parts of a multipart body: files, texts, and JSON with its media type."""
    encodings = {encoding.wire_name: encoding for encoding in media.encoding}
    for name, expression, value in fields:
        encoding = encodings.get(name, PartEncoding(wire_name=name))
        if expression is not None and is_file(expression):
            yield f"-F {quoted(f'{_part_name(name)}=@file{_part_type(encoding.content_type, None)}')}"
        elif client.form_objects == "brackets":
            yield from (_part(key, text, encoding) for key, text in nested(name, value, "brackets", "brackets"))
        elif has_style(encoding):
            pairs = (pair.partition("=") for pair in styled_pairs(name, value, encoding))
            yield from (_text_part(unquote(key), unquote(text)) for key, _, text in pairs)
        else:
            items = value if isinstance(value, list) else [value]
            yield from (_part(name, item, encoding) for item in items if item is not None)


def part_list_options(items: Sequence[tuple[TypeExpr, Json]], media: Media) -> Iterator[str]:
    """Write parts that have places instead of names, with the media types of their places."""
    yield f"-H {quoted(f'Content-Type: {_body_type(media.content_type)}')}"
    for place, (expression, value) in enumerate(items):
        known = media.prefix_encoding[place] if place < len(media.prefix_encoding) else media.item_encoding
        encoding = known or PartEncoding(wire_name="")
        if is_file(expression):
            # The content of the file, without its name.
            yield f"-F {quoted(f'=<file{_part_type(encoding.content_type, None)}')}"
        else:
            yield _part("", value, encoding, usual="text/plain")


def _body_type(media_type: str) -> str:
    """Write the type of a body; curl adds the boundary. A range of types stands for the usual one."""
    line = " ".join(media_type.split())
    return "multipart/mixed" if "*" in line else line


def is_file(expression: TypeExpr) -> bool:
    """Report whether a part is a file, or a list of files."""
    expression = without_null(expression)
    if isinstance(expression, ListOf):
        return is_file(expression.items)
    return isinstance(expression, Scalar) and (expression.kind in ("bytes", "file") or expression.format == "binary")


def _part(name: str, value: Json, encoding: PartEncoding, usual: str | None = None) -> str:
    """Write a text, or JSON; `usual` is the media type of a text that the document gives none."""
    usual = "application/json" if isinstance(value, dict | list) else usual
    media_type = _part_type(encoding.content_type, usual)
    text = scalar_text(value)
    if not media_type:
        return _text_part(name, text)
    # A semicolon would end the value, and the first character could name a file.
    is_plain = isinstance(value, dict | list) and ";" not in text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    content = text if is_plain else f'"{escaped}"'
    return f"-F {quoted(f'{_part_name(name)}={content}{media_type}')}"


def _text_part(name: str, text: str) -> str:
    """Write a text as it is: curl looks for nothing in it."""
    return f"--form-string {quoted(f'{_part_name(name)}={text}')}"


def _part_name(name: str) -> str:
    """Write the name of a part: it ends at the first `=`, and what follows that could name a file."""
    return name.replace("=", "%3D")


def _part_type(listed: str | None, usual: str | None) -> str:
    """Choose a media type as the client does, and write it as the setting of a part."""
    names = [name.strip() for name in (listed or "").split(",") if name.strip()]
    if usual and (not names or any(fnmatchcase(usual, name) for name in names)):
        return f";type={usual}"
    # A type with parameters has a semicolon, which begins another setting.
    return next((f";type={name}" for name in names if "*" not in name and ";" not in name), "")
