"""Bodies that are URL-encoded forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .bodies import Body, Written, object_data
from .parameters import Styles, query_string, scalar_text


class FormBody(Body):
    """A form; its pairs have the styles of a query, but objects are JSON."""

    media_type = "application/x-www-form-urlencoded"

    def __init__(
        self,
        media_type: str | None = None,
        *,
        params: Callable[[Any], Any] | None = None,
        styles: Styles | None = None,
    ) -> None:
        super().__init__(media_type, params=params)
        self._styles = styles or {}

    def write(self, value: object, extra: object, media_type: str) -> Written:
        data = object_data(self.data(value, extra))
        pairs = {k: v if k in self._styles else _texts(v) for k, v in data.items()}
        return query_string(pairs, self._styles, "form").encode(), media_type


def _texts(value: object) -> object:
    """Write objects as JSON, which is their media type by default; so is each in an array."""
    if isinstance(value, list):
        return [_text(item) for item in value]
    return _text(value)


def _text(value: object) -> object:
    return scalar_text(value) if isinstance(value, (dict, list)) else value
