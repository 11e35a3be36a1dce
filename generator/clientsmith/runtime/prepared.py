"""A request that is ready to be sent, and what its content has to offer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Any, Protocol

from .errors import ArgumentTypeError, ArgumentValueError
from .redaction import BY_NAME, Redaction, redact_url

is_token = lru_cache(re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII).fullmatch)
"""Match the name of a header: a token of RFC 9110, section 5.6.2."""


class Content(Protocol):
    """A body in chunks; each iteration gives it from its start.

    `length` is the number of bytes, None where the body can be read only once.
    """

    @property
    def length(self) -> int | None: ...

    def __iter__(self) -> Iterator[bytes]: ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class AsyncContent:
    """Content that an HTTP library can only iterate over without blocking."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._content.__aiter__()


def header_value(name: str, value: object) -> str:
    """Check a header, and strip its value. No error quotes the value: it may be a secret.

    Raises:
        ArgumentTypeError: the value is no text.
        ArgumentValueError: the name is no token, or the value is not one line of printable ASCII.
    """
    if not is_token(name):
        raise ArgumentValueError(f"header name {name!r} must be a token of RFC 9110")
    if not isinstance(value, str):
        raise ArgumentTypeError(
            f"header {name!r} must be a str or omit, got {type(value)}"
        )
    text = value.strip(" \t")
    if not (text.isascii() and text.replace("\t", "").isprintable()):
        raise ArgumentValueError(f"header {name!r} must be one line of printable ASCII")
    return text


class PreparedRequest:
    """One request, complete but for what the HTTP library adds.

    `removed` names the headers to drop from what the library adds. `cross_origin` marks a request
    that takes nothing from the caller's HTTP client. `auxiliary` marks one that a security scheme
    makes for itself, for a token say: other schemes leave it alone, and its body is read. `secrets`
    are what its body holds that no message may repeat.
    """

    def __init__(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | Content | None = None,
        removed: tuple[str, ...] = (),
        cross_origin: bool = False,
        redaction: Redaction = BY_NAME,
        auxiliary: bool = False,
        secrets: tuple[str, ...] = (),
    ) -> None:
        self.method, self.url, self.headers = method, url, headers
        self.content, self.removed = content, removed
        self.cross_origin = cross_origin or auxiliary
        self.redaction, self.auxiliary = redaction, auxiliary
        self.secrets = secrets

    def copy(self) -> PreparedRequest:
        copied = object.__new__(PreparedRequest)
        vars(copied).update(vars(self))
        return copied

    @property
    def is_repeatable(self) -> bool:
        """Whether the same bytes can be sent again."""
        return getattr(self.content, "length", 0) is not None

    def with_header(self, name: str, value: str) -> PreparedRequest:
        """Copy the request with one more header, in place of any of that name.

        Raises:
            ArgumentValueError: the value is not one line of printable ASCII.
        """
        copied, lowered = self.copy(), name.lower()
        others = self.headers.items()
        copied.headers = {k: v for k, v in others if k.lower() != lowered}
        copied.headers[name] = header_value(name, value)
        return copied

    def with_query(self, pair: str) -> PreparedRequest:
        """Copy the request with one more pair, which is percent-encoded already, in its query."""
        copied = self.copy()
        copied.url = f"{self.url}{'&' if '?' in self.url else '?'}{pair}"
        return copied

    def with_cookie(self, pair: str) -> PreparedRequest:
        """Copy the request with one more cookie, written as ``name=value``."""
        others = [v for k, v in self.headers.items() if k.lower() == "cookie"]
        return self.with_header("Cookie", "; ".join([*others, pair]))

    def __repr__(self) -> str:
        headers = self.redaction.headers(self.headers)
        return f"<PreparedRequest {self.method} {redact_url(self.url)} {headers}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the request without its body and credentials."""
        headers = self.redaction.headers(self.headers)
        return PreparedRequest, (self.method, redact_url(self.url), headers)


class SentRequest:
    """The HTTP library's request, with a repr and a pickled form that hold no secret."""

    def __init__(self, request: Any, redaction: Redaction) -> None:
        self._request = request
        self._redaction = redaction

    def __getattr__(self, name: str) -> Any:
        """Give what the library's request has.

        Raises:
            AttributeError: it has no such attribute.
        """
        if name.startswith("_"):  # while it is unpickled or copied
            raise AttributeError(name)
        return getattr(self._request, name)

    def __repr__(self) -> str:
        return f"<Request {self.method} {redact_url(str(self.url))}>"

    def __reduce__(self) -> tuple[Any, ...]:
        headers = self._redaction.headers(self.headers)
        return PreparedRequest, (self.method, redact_url(str(self.url)), headers)
