"""Multipart bodies in which each value within an object or a list is a part of its own: ``a[b]``, ``a[]``."""

from __future__ import annotations

from typing import Any

from .encode import sendable
from .multipart import (
    MarkedFile,
    MultipartBody,
    PartEncoding,
    field_part,
)
from .omit import omit
from .queries import NestedQuery
from .uploads import Part

PAIRS = NestedQuery("brackets")


class BracketBody(MultipartBody):
    def written(
        self, name: str, value: object, encoding: PartEncoding
    ) -> list[tuple[str, Part]]:
        if isinstance(value, MarkedFile):
            is_list = isinstance(value.content, list)
            return super().written(f"{name}[]" if is_list else name, value, encoding)
        if value is omit:
            return []
        content: Any = sendable(value)
        return [
            field_part(key, text, encoding) for key, text in PAIRS.pairs(name, content)
        ]
