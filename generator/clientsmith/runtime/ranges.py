"""Responses of several media types, or of any within a range: the Content-Type says how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from .annotations import CODECS
from .media import JSON, Received, Response


class JSONOrText(JSON):
    """JSON, or a text where the content type is that of one and the declared type takes it."""

    accept = "application/json, */*;q=0.5"

    def read(self, response: Received) -> Any:
        content_type = response.content_type
        is_text = content_type.startswith("text/") and "json" not in content_type
        if is_text and CODECS.of(self.annotation).accepts(""):
            return response.decoded_text()
        return super().read(response)


class ByContentType(Response):
    """One status with several media types; any other media type is read as the first."""

    def __init__(self, first: Response, others: Mapping[str, Response]) -> None:
        super().__init__()
        self._first, self._others = first, others
        self.accept = first.accept

    def _chosen(self, content_type: str) -> Response:
        name = content_type.partition(";")[0].strip()
        found = (r for pattern, r in self._others.items() if fnmatchcase(name, pattern))
        return next(found, self._first)

    def mismatch(self, content_type: str, accept: str) -> str | None:
        return self._chosen(content_type).mismatch(content_type, accept)

    def read(self, response: Received) -> Any:
        return self._chosen(response.content_type).read(response)
