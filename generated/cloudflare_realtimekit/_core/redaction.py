"""Decide what is secret and hide it; the one place for redirects, errors, logs and reprs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HIDDEN = "***"
SECRET_WORDS = (
    "auth",
    "token",
    "secret",
    "password",
    "passwd",
    "credential",
    "cookie",
    "session",
    "signature",
    "key",
)


def is_secret_name(name: str, declared: Iterable[str] = ()) -> bool:
    """Tell whether a header or query key holds a credential, by declaration or by its name."""
    lowered = name.lower()
    return lowered in declared or any(word in lowered for word in SECRET_WORDS)


def redact_headers(
    headers: Mapping[str, str], declared: Iterable[str] = ()
) -> dict[str, str]:
    """Copy headers with the values of secret ones hidden."""
    return {
        name: HIDDEN if is_secret_name(name, declared) else value
        for name, value in headers.items()
    }


def redact_url(url: str) -> str:
    """Drop what may be secret from a URL: user, password, query and fragment."""
    before, separator, rest = url.partition("?")[0].partition("#")[0].partition("://")
    authority, slash, path = rest.partition("/")
    return f"{before}{separator}{authority.rpartition('@')[2]}{slash}{path}"


def hide(text: str, secrets: Iterable[str]) -> str:
    """Replace each secret value that a text happens to repeat."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, HIDDEN)
    return text
