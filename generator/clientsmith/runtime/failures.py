"""Classify what an HTTP client raises."""

from __future__ import annotations

from .bounds import BodyRefused

LIBRARIES = ("httpx2", "httpx")
STACK = {*LIBRARIES, "httpcore2", "httpcore", "h11", "h2", "hpack", "anyio"}
"""Whose exceptions may come out of a client: some come through the libraries as they are."""

FAILURES = {
    "TimeoutError": "timeout",
    "TimeoutException": "timeout",
    "InvalidURL": "final",
    "LocalProtocolError": "final",
    "UnicodeError": "final",  # no host has such a name
    "UnsupportedProtocol": "final",
    "DecodingError": "decoding",
    "OSError": "connection",
    "HTTPStatusError": None,  # raised by a hook of the caller
    "StreamError": None,  # a body that is read twice, say
}

UNSENT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ConnectionRefusedError"}


def never_sent(error: Exception) -> bool:
    """Report whether no connection was made, so that the server has seen nothing of the request."""
    return any(base.__name__ in UNSENT for base in type(error).__mro__)


def failure_kind(error: Exception) -> str | None:
    """Classify what the HTTP client raised: timeout, connection, decoding, refused, final,
    or None.

    By the names of classes, so that neither library has to be imported.
    """
    if isinstance(error, BodyRefused):
        return "refused"
    found = None
    for base in type(error).__mro__:
        package = base.__module__.partition(".")[0]
        if package in ("builtins", *STACK) and base.__name__ in FAILURES:
            return FAILURES[base.__name__]
        if package in STACK:
            found = "connection"
    return found
