"""Decide what is secret and hide it; the one place for redirects, errors, logs and reprs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote_plus

HIDDEN = "***"
SECRET = re.compile("auth|token|secret|passw|credential|cookie|session|signature|key")
USER = re.compile("(?<=://)[^/?#]*@")
DECLARED: set[str] = set()
"""The headers and query keys, in lower case, that hold credentials of this package's clients."""


def is_secret_name(name: str) -> bool:
    """Tell whether a header holds a credential, by declaration or by its name."""
    lowered = name.lower()
    return lowered in DECLARED or SECRET.search(lowered) is not None


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Copy headers with the values of secret ones hidden."""
    return {
        name: HIDDEN if is_secret_name(name) else value
        for name, value in headers.items()
    }


def redact_url(url: str) -> str:
    """Drop what may be secret from a URL: user, password, query and fragment."""
    return USER.sub("", re.sub(r"(?s)[?#].*", "", url))


def without_credentials(query: str) -> str:
    """Drop the declared keys from a query."""
    return "&".join(
        pair
        for pair in query.split("&")
        if unquote_plus(pair.partition("=")[0]).lower() not in DECLARED
    )


def hide(text: str, secrets: Iterable[str | None]) -> str:
    """Replace each secret value that a text happens to repeat."""
    for secret in secrets:
        if secret and len(secret) > 3:
            text = text.replace(secret, HIDDEN)
    return text


def log_filter(record: Any) -> bool:
    """Drop user, password and the declared keys from the URLs that the HTTP library logs."""

    def shown(argument: object) -> object:
        text = str(argument)
        if "://" not in text:
            return argument
        before, mark, query = text.partition("?")
        return USER.sub("", before) + mark + without_credentials(query)

    if isinstance(record.args, tuple):
        record.args = tuple(map(shown, record.args))
    return True
