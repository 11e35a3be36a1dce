"""Decide what is secret and hide it; the one place for redirects, errors, logs and reprs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote_plus

HIDDEN = "***"
SECRET = re.compile("auth|token|secret|passw|credential|cookie|session|signature|key")
USER = re.compile("(?<=://)[^/?#]*@")


class Redaction(NamedTuple):
    """Knows the secrets of one API; also a filter for the logs of the HTTP library.

    `headers_declared` and `keys_declared` are the headers and query keys, in lower case, that its
    credentials are written to.
    """

    headers_declared: frozenset[str] = frozenset()
    keys_declared: frozenset[str] = frozenset()

    def is_secret(self, name: str) -> bool:
        """Report whether a header holds a credential, by declaration or by its name."""
        lowered = name.lower()
        return lowered in self.headers_declared or SECRET.search(lowered) is not None

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Copy headers with the values of secret ones hidden."""
        return {k: HIDDEN if self.is_secret(k) else v for k, v in headers.items()}

    def query(self, query: str) -> str:
        """Drop the declared keys from a query."""
        return "&".join(
            pair
            for pair in query.split("&")
            if unquote_plus(pair.partition("=")[0]).lower() not in self.keys_declared
        )

    def filter(self, record: Any) -> bool:
        """Drop user, password and the declared keys from the URLs that are logged."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(self._redacted, record.args))
        return True

    def _redacted(self, argument: object) -> object:
        before, mark, query = str(argument).partition("?")
        is_url = "://" in before
        return USER.sub("", before) + mark + self.query(query) if is_url else argument


BY_NAME = Redaction()
"""Knows no declared headers and keys: names alone make a header secret."""


def redact_url(url: str) -> str:
    """Drop what may be secret from a URL: user, password, query and fragment."""
    return USER.sub("", re.sub(r"(?s)[?#].*", "", url))


def hide_in(error: BaseException | None, secrets: Iterable[str | None]) -> None:
    """Replace secrets in the texts of an exception and of all behind it: a traceback has them, too."""
    known = [*secrets]
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        error.args = tuple(
            hide(part, known) if isinstance(part, str) else part for part in error.args
        )
        error = error.__cause__ or error.__context__


def hide(text: str, secrets: Iterable[str | None]) -> str:
    """Replace each secret value that a text happens to repeat, quoted as in a URL or not."""
    for secret in secrets:
        if isinstance(secret, str) and len(secret) > 3:
            text = text.replace(secret, HIDDEN)
            text = text.replace(quote(secret, safe=""), HIDDEN)
    return text
