"""Responses of several media types, or of any within a range: the Content-Type says how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from .annotations import CODECS
from .media import JSON, Received, Response


class JSONOrText(JSON):
    """JSON, or where the content type is another one a text, if that is a value of the declared type."""

    accept = "application/json, */*;q=0.5"

    def read(self, response: Received) -> Any:
        name, text = media_type(response.content_type), response.decoded_text()
        codec = CODECS.of(self.annotation)
        if "json" in name or not codec.accepts(text):
            return super().read(response)
        is_text = name and not codec.problem(text, True, {})
        return self._decoded(response, text if is_text else response.body)


class ByContentType(Response):
    """One status with several media types, the first of which is preferred; it reads any other, too."""

    def __init__(self, responses: Mapping[str, Response]) -> None:
        super().__init__()
        self._responses = responses
        self._first = next(iter(responses.values()))
        self.accept = self._first.accept

    def _chosen(self, content_type: str) -> Response:
        """Choose what covers a content type most specifically (RFC 9110, section 12.5.1); a range is no JSON."""
        covering = [key for key in self._responses if covers(key, content_type)]
        if "json" in media_type(content_type):
            covering = [key for key in covering if "*" not in key]
        if not covering:
            return self._first
        weights = {key: ("*" not in key, key.count(";")) for key in covering}
        return self._responses[max(covering, key=weights.__getitem__)]

    def mismatch(self, content_type: str, accept: str) -> str | None:
        return self._chosen(content_type).mismatch(content_type, accept)

    def read(self, response: Received) -> Any:
        return self._chosen(response.content_type).read(response)


def media_type(content_type: str) -> str:
    """Return a content type without its parameters."""
    return content_type.partition(";")[0].strip()


def covers(declared: str, content_type: str) -> bool:
    """Report whether a content type is a declared one, or within a declared range; it may have more parameters."""
    name, *parameters = _split(declared)
    given, *others = _split(content_type)
    return fnmatchcase(given, name) and set(parameters) <= set(others)


def _split(content_type: str) -> list[str]:
    return [part.strip().replace('"', "") for part in content_type.split(";")]
