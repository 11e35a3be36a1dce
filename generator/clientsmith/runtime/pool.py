"""What a client and its copies share: one HTTP client, made at the first request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .deadline import time_connections
from .errors import ArgumentTypeError, ClientStateError
from .failures import LIBRARIES
from .omit import omit
from .redaction import Redaction
from .timeouts import own_timeout

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task

CO_COROUTINE = 0x80
"""The flag of an async function's code, as `inspect` has it, which takes long to import."""

_closing: set[Task[None]] = set()


class NoHTTPLibraryError(ClientStateError, ModuleNotFoundError):
    """Neither httpx2 nor httpx is installed."""


def http_library() -> Any:
    """Import httpx2, or httpx where only that is installed.

    Raises:
        NoHTTPLibraryError: neither of them is.
    """
    from importlib.util import find_spec

    for name in LIBRARIES:
        if find_spec(name):
            return import_module(name)
    raise NoHTTPLibraryError("no HTTP library: install httpx2 (or httpx)")


def filter_library_logs(redaction: Redaction) -> None:
    """Keep credentials that are in URLs out of what the HTTP libraries log."""
    import logging

    for name in LIBRARIES:
        logging.getLogger(name).addFilter(redaction)


@cache
def _tls_context(library: Any) -> Any:
    """Make the TLS context that all clients share: it takes long."""
    return library.create_ssl_context()


def own_limits(library: Any) -> Any:
    """Make the limits of connections of a client that nobody passes."""
    return library.Limits(max_connections=1000, max_keepalive_connections=100)


def _new_client(kind: str, library: Any) -> Any:
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    limits = own_limits(library)
    # A server's cookies would go out with the credentials of other copies of the client, too.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return getattr(library, kind)(
        verify=_tls_context(library), limits=limits, timeout=60.0, cookies=cookies
    )


class Pool:
    """Holds the HTTP client of a sync client, and closes it when it goes."""

    kind, close_name, wanted = "Client", "close", "a sync client"
    is_closed = False
    _library = staticmethod(http_library)
    _http: Any = None

    def __init__(self, given: Any = None) -> None:
        """Hold the caller's client, or make one at the first request.

        Raises:
            ArgumentTypeError: the caller's client has not the methods of one.
        """
        if given is not None and not self._accepts(given):
            expected = f"{self.wanted} with request and {self.close_name}"
            found = given if isinstance(given, type) else type(given)
            raise ArgumentTypeError(f"http_client must be {expected}, got {found}")
        self.given = self._http = given
        self._prepare(given)
        self._lock = threading.Lock()
        self.timeout = own_timeout(given) or omit
        self.headers = {n.lower() for n in getattr(given, "headers", None) or ()}
        """The headers, in lower case, that the caller's client sets by itself."""
        if getattr(given, "auth", None):
            self.headers.add("authorization")

    def _accepts(self, given: Any) -> bool:
        code = getattr(getattr(given, "request", None), "__code__", None)
        is_async = bool(code and code.co_flags & CO_COROUTINE)
        return self._meets_protocol(given) and not is_async

    def _meets_protocol(self, given: Any) -> bool:
        needed = "request", self.close_name
        return not isinstance(given, type) and all(hasattr(given, n) for n in needed)

    def _prepare(self, http: Any) -> None:
        time_connections(http)

    def get(self) -> Any:
        """Return the HTTP client.

        Raises:
            ClientStateError: it is closed.
        """
        if self._http is None or self.is_closed:
            self._make()
        return self._http

    def _make(self) -> None:
        with self._lock:
            if self.is_closed:
                raise ClientStateError("the client has been closed")
            if self._http is None:
                self._http = _new_client(self.kind, self._library())
                self._prepare(self._http)

    def close(self) -> Any:
        """Close the HTTP client; return what an async one promises to do about it."""
        with self._lock:
            self.is_closed = True
        if self._http is not None:
            return getattr(self._http, self.close_name)()

    def __del__(self) -> None:
        if self._http is not None and self.given is None and not self.is_closed:
            self._drop()

    def _drop(self) -> None:
        self.close()


class AsyncPool(Pool):
    """The same for an async client."""

    kind, close_name, wanted = "AsyncClient", "aclose", "an async client"
    _loop: AbstractEventLoop | None = None

    def _accepts(self, given: Any) -> bool:
        return self._meets_protocol(given)

    def _prepare(self, http: Any) -> None:
        """Leave the client alone: the event loop ends what outlasts a deadline."""

    async def get(self) -> Any:
        """Return the HTTP client; make it in a thread, for imports and TLS files would block.

        Connections end with the loop they were opened in, so a new loop gets a new client.

        Raises:
            ClientStateError: it is closed, or in use in another loop.
        """
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not loop and self.given is None:
            if self._loop is not None and self._loop.is_running():
                raise ClientStateError("the client is in use in another event loop")
            self._http, self._loop = None, loop
        if self._http is None:
            await asyncio.to_thread(self._make)
        return super().get()

    def close(self) -> Any:
        if self._loop is not None and self._loop.is_closed():
            self._http = None  # it can do nothing any more
        return super().close()

    def _drop(self) -> None:
        loop = self._loop
        if loop and loop.is_running():
            loop.call_soon_threadsafe(_close_soon, loop, self._http.aclose)


def _close_soon(
    loop: AbstractEventLoop, close: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    task = loop.create_task(close())
    _closing.add(task)
    task.add_done_callback(_closing.discard)
