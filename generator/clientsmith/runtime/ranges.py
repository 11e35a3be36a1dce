"""Responses whose media type the document leaves open: the Content-Type says how to read them."""

from __future__ import annotations

from typing import Any

from .annotations import CODECS
from .media import JSON, Received


class JSONOrText(JSON):
    """JSON, or a text where the content type is that of one and the declared type takes it."""

    accept = "application/json, */*;q=0.5"

    def read(self, response: Received) -> Any:
        content_type = response.content_type
        is_text = content_type.startswith("text/") and "json" not in content_type
        if is_text and CODECS.of(self.annotation).accepts(""):
            return response.decoded_text()
        return super().read(response)
