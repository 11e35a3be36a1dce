"""Public aliases and protocols; nothing here imports an HTTP library."""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Mapping,
)
from os import PathLike
from typing import IO, Any, Protocol, TypeAlias, TypedDict

from .config import Scheme
from .omit import Omit

Headers: TypeAlias = Mapping[str, str | Omit]
"""Header values by name; ``omit`` removes the header."""

Query: TypeAlias = Mapping[str, object]
Body: TypeAlias = object

Secret: TypeAlias = str | Callable[[], str] | Scheme
"""A credential, or what gives it: asked at each request, and once more after a 401. Or what signs
requests in place of the scheme that the credential is for."""
AsyncSecret: TypeAlias = str | Callable[[], str | Awaitable[str]] | Scheme

FileContent: TypeAlias = (
    bytes | IO[bytes] | PathLike[str] | Iterable[bytes] | AsyncIterable[bytes]
)
FileTypes: TypeAlias = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
"""A file: its content, or ``(name, content[, media type[, headers]])``."""


class Timeout(Protocol):
    """The ``Timeout`` of httpx2 or httpx."""

    def as_dict(self) -> Mapping[str, float | None]: ...


class HTTPResponse(Protocol):
    """What a transport returns; httpx responses are more than that."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def content(self) -> bytes: ...


class HTTPClient(Protocol):
    """What sends requests: ``httpx2.Client``, ``httpx.Client`` or anything of this shape.

    ``request(method, url, *, content, headers, timeout, follow_redirects)``, where the timeout is
    the seconds for connect, read, write and pool (None waits without end). Headers of responses are
    looked up in lower case. Failures are ``OSError`` (``TimeoutError`` for timeouts) or the
    exceptions of either library.
    """

    @property
    def request(self) -> Callable[..., HTTPResponse]: ...

    def close(self) -> None: ...


class AsyncHTTPClient(Protocol):
    """What sends requests without blocking, of the same shape as ``HTTPClient``."""

    @property
    def request(self) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]: ...

    def aclose(self) -> Coroutine[Any, Any, None]: ...


class Arguments(TypedDict, total=False):
    """The arguments of one call, by where they go; keys of the mappings are wire names."""

    path: Mapping[str, object]
    query: Mapping[str, object]
    headers: Mapping[str, object]
    cookies: Mapping[str, object]
    body: object
    content_type: str | Omit | None
    extra_headers: Headers | None
    extra_query: Query | None
    extra_body: Body | None
    timeout: float | Timeout | Omit | None
