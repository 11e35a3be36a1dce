"""Bodies that are URL-encoded forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .bodies import Body, Written, object_data
from .parameters import Styles, query_string


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
        return query_string(data, self._styles, "json").encode(), media_type
