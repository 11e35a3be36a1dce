"""Choose the HTTP library, share its clients, and speak to whatever client is in use."""

from __future__ import annotations

import threading
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from .types import Timeout

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task

    from .request import PreparedRequest

LIBRARIES = ("httpx2", "httpx")
Timeouts: TypeAlias = dict[str, float | None]
"""Seconds for connect, read, write and pool, the way the libraries' extensions have them."""

DEFAULT_TIMEOUT: Timeouts = {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": 60.0}
MOST_CONNECTIONS = 1000
MOST_IDLE_CONNECTIONS = 100

_lock = threading.Lock()
_tls_context: Any = None
_closing: set[Task[None]] = set()


def _library() -> Any:
    """Import httpx2, or httpx where only that is installed."""
    import importlib

    for name in LIBRARIES:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    raise ModuleNotFoundError(
        "no HTTP library: install httpx2 (or httpx)", name=LIBRARIES[0]
    )


def _new_client(kind: str) -> Any:
    """Make a client of the library; all share one TLS context, which is slow to make."""
    global _tls_context
    library = _library()
    with _lock:
        if _tls_context is None:
            _tls_context = library.create_ssl_context()
    limits = library.Limits(
        max_connections=MOST_CONNECTIONS,
        max_keepalive_connections=MOST_IDLE_CONNECTIONS,
    )
    return getattr(library, kind)(verify=_tls_context, limits=limits, timeout=60.0)


class Pool:
    """What a client and its copies share: one HTTP client, made at the first request."""

    kind, close_name, wanted = "Client", "close", "a sync client"

    def __init__(self, given: Any = None) -> None:
        if given is not None:
            self._check(given)
        self.given = given
        self.is_closed = False
        self._http: Any = given
        self._lock = threading.Lock()

    def _check(self, given: object) -> None:
        methods = "request", self.close_name
        if not all(callable(getattr(given, name, None)) for name in methods):
            raise TypeError(
                f"http_client must be {self.wanted}, with methods {methods[0]}() and"
                f" {methods[1]}(); got {type(given).__module__}.{type(given).__qualname__}"
            )

    def get(self) -> Any:
        """Give the HTTP client; raise RuntimeError once it is closed."""
        if self.is_closed:
            raise RuntimeError("the client has been closed")
        if self._http is None:
            self._make()
        return self._http

    def _make(self) -> None:
        with self._lock:
            if self._http is None:
                self._http = _new_client(self.kind)

    def close(self) -> Any:
        """Close the HTTP client; give what an async one promises to do about it."""
        self.is_closed = True
        if self._http is not None:
            return getattr(self._http, self.close_name)()

    def __del__(self) -> None:
        if hasattr(self, "_http") and self.given is None and not self.is_closed:
            self.close()


class AsyncPool(Pool):
    kind, close_name, wanted = "AsyncClient", "aclose", "an async client"
    _loop: AbstractEventLoop | None = None

    async def get(self) -> Any:
        """Give the HTTP client; make it in a thread, for imports and TLS files would block.

        Connections end with the loop they were opened in, so a new loop gets a new client.
        """
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not loop and self.given is None and not self.is_closed:
            if self._loop is None or self._loop.is_closed():
                self._http, self._loop = None, loop
            await asyncio.to_thread(self._make)
        return super().get()

    def __del__(self) -> None:
        loop = self._loop
        if loop and loop.is_running() and not self.is_closed:
            loop.call_soon_threadsafe(_close_soon, loop, self._http.aclose)


def _close_soon(loop: AbstractEventLoop, close: Any) -> None:
    closing: Coroutine[Any, Any, None] = close()
    task = loop.create_task(closing)
    _closing.add(task)
    task.add_done_callback(_closing.discard)


def split_timeout(value: float | Timeout | None) -> tuple[Timeouts, float | None]:
    """Give the timeouts of connect, read, write and pool, and the deadline of an attempt."""
    if value is None or isinstance(value, (int, float)):
        return dict.fromkeys(DEFAULT_TIMEOUT, value), value
    if not hasattr(value, "as_dict"):
        raise TypeError(
            f"timeout must be a number, None or the library's Timeout, got {value!r}"
        )
    return dict(value.as_dict()), None


def own_timeout(client: Any) -> Timeout | None:
    """Give the timeout that the caller set on their HTTP client; None where it is the library's."""
    timeout: Any = getattr(client, "timeout", None)
    is_own = hasattr(timeout, "as_dict") and timeout != type(timeout)(5.0)
    return timeout if is_own else None


def _unchanged(request: Any) -> Any:
    return request


def library_request(
    http: Any, request: PreparedRequest, content: object, timeout: Timeouts
) -> tuple[Any, dict[str, Any]]:
    """Make the library's request and the arguments to send it with.

    A foreign request takes nothing from the client: its headers, cookies and auth may be secret.
    """
    built = http.build_request(
        request.method,
        request.url,
        content=content,
        headers=request.headers,
        extensions={"timeout": timeout},
    )
    sending: dict[str, Any] = {"stream": True, "follow_redirects": False}
    if request.foreign:
        built = type(built)(
            request.method,
            request.url,
            content=content,
            headers=request.headers,
            extensions=built.extensions,
        )
        sending["auth"] = None
    elif any(name.lower() == "authorization" for name in request.headers):
        # Else the library lets a user name in the URL, or its client's own auth, replace ours.
        sending["auth"] = _unchanged
    for name in request.removed:
        built.headers.pop(name, None)
    return built, sending


def plain_arguments(
    request: PreparedRequest, content: object, timeout: Timeouts
) -> dict[str, Any]:
    """Give the arguments of `request` for a client that only meets the protocol."""
    return {
        "content": content,
        "headers": request.headers,
        "timeout": tuple(timeout.values()),
        "follow_redirects": False,
    }


def failure_kind(error: Exception) -> str | None:
    """Classify what the HTTP client raised: timeout, connection, decoding, final, or None.

    By the names of the library's classes, so that neither library has to be imported.
    """
    names = {
        base.__name__
        for base in type(error).__mro__
        if base.__module__.partition(".")[0] in LIBRARIES
    }
    if isinstance(error, TimeoutError) or "TimeoutException" in names:
        return "timeout"
    if names & {"UnsupportedProtocol", "LocalProtocolError", "InvalidURL"}:
        return "final"
    if "DecodingError" in names:
        return "decoding"
    if isinstance(error, OSError) or names & {"RequestError", "StreamError"}:
        return "connection"
    return None
