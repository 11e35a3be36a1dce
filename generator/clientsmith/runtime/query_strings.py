"""Query strings that are one value. Source: OpenAPI 3.2, section 4.12.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .encode import dumps, sendable
from .parameters import json_pairs, query_string, quoted, scalar_text
from .styles import ContentStyle


class QueryString(ContentStyle):
    """A value that is the whole query string, in its media type."""

    def query(self, name: str, value: object) -> Iterable[str]:
        data = sendable(value)
        if self.media_type.endswith("form-urlencoded") and isinstance(data, Mapping):
            return [query_string(data, {}, "json")]
        is_json = self.media_type.endswith(("/json", "+json"))
        return [quoted(dumps(data).decode() if is_json else scalar_text(data))]


class EachItem(ContentStyle):
    """A list whose items are each written in a media type, with the name again."""

    def query(self, name: str, value: object) -> Iterable[str]:
        return json_pairs(name, sendable(value))
