"""Choose the HTTP library, share its clients, and speak to whatever client is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from .omit import Omit, omit
from .redaction import Redaction, redact_url
from .types import Timeout

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task

    from .request import PreparedRequest

LIBRARIES = ("httpx2", "httpx")
STACK = {*LIBRARIES, "httpcore2", "httpcore", "h11", "h2", "hpack", "anyio"}
"""Whose exceptions may come out of a client: some come through the libraries as they are."""

FAILURES = {
    "TimeoutError": "timeout",
    "TimeoutException": "timeout",
    "InvalidURL": "final",
    "LocalProtocolError": "final",
    "UnicodeError": "final",  # a host that is none
    "UnsupportedProtocol": "final",
    "DecodingError": "decoding",
    "OSError": "connection",
    "HTTPStatusError": None,  # raised by a hook of the caller
    "StreamError": None,  # a body that is read twice, say
}

Timeouts: TypeAlias = dict[str, float | None]
"""Seconds for connect, read, write and pool, the way the libraries' extensions have them."""

DEFAULT_TIMEOUT: Timeouts = {"connect": 5.0, "read": 60.0, "write": 60.0, "pool": 60.0}
CO_COROUTINE = 0x80
"""The flag of an async function's code, as `inspect` has it, which takes long to import."""
LONGEST_TIMEOUT = 2**31 // 1000
"""Sockets count milliseconds in 32 bits."""

_closing: set[Task[None]] = set()


def _library() -> Any:
    """Import httpx2, or httpx where only that is installed."""
    from importlib.util import find_spec

    for name in LIBRARIES:
        if find_spec(name):
            return import_module(name)
    raise ModuleNotFoundError("no HTTP library: install httpx2 (or httpx)")


def filter_library_logs(redaction: Redaction) -> None:
    """Keep credentials that are in URLs out of what the HTTP libraries log."""
    import logging

    for name in LIBRARIES:
        logging.getLogger(name).addFilter(redaction)


@cache
def _tls_context(library: Any) -> Any:
    """Make the TLS context that all clients share: it takes long."""
    return library.create_ssl_context()


def _new_client(kind: str) -> Any:
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    library = _library()
    limits = library.Limits(max_connections=1000, max_keepalive_connections=100)
    # A server's cookies would go out with the credentials of other copies of the client, too.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return getattr(library, kind)(
        verify=_tls_context(library), limits=limits, timeout=60.0, cookies=cookies
    )


class Pool:
    """What a client and its copies share: one HTTP client, made at the first request."""

    kind, close_name, wanted = "Client", "close", "a sync client"
    is_closed = False
    _http: Any = None

    def __init__(self, given: Any = None) -> None:
        if given is not None and not self._takes(given):
            expected = f"{self.wanted} with request and {self.close_name}"
            found = given if isinstance(given, type) else type(given)
            raise TypeError(f"http_client must be {expected}, got {found}")
        self.given = self._http = given
        self._lock = threading.Lock()
        self.timeout = _own_timeout(given) or omit
        self.headers = {n.lower() for n in getattr(given, "headers", None) or ()}
        """The headers, in lower case, that the caller's client sets by itself."""
        if getattr(given, "auth", None):
            self.headers.add("authorization")

    def _takes(self, given: Any) -> bool:
        code = getattr(getattr(given, "request", None), "__code__", None)
        is_async = bool(code and code.co_flags & CO_COROUTINE)
        return self._meets_protocol(given) and not is_async

    def _meets_protocol(self, given: Any) -> bool:
        needed = "request", self.close_name
        return not isinstance(given, type) and all(hasattr(given, n) for n in needed)

    def get(self) -> Any:
        """Give the HTTP client; raise RuntimeError once it is closed."""
        if self._http is None or self.is_closed:
            self._make()
        return self._http

    def _make(self) -> None:
        with self._lock:
            if self.is_closed:
                raise RuntimeError("the client has been closed")
            if self._http is None:
                self._http = _new_client(self.kind)

    def close(self) -> Any:
        """Close the HTTP client; give what an async one promises to do about it."""
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
    kind, close_name, wanted = "AsyncClient", "aclose", "an async client"
    _loop: AbstractEventLoop | None = None

    def _takes(self, given: Any) -> bool:
        return self._meets_protocol(given)

    async def get(self) -> Any:
        """Give the HTTP client; make it in a thread, for imports and TLS files would block.

        Connections end with the loop they were opened in, so a new loop gets a new client.
        """
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not loop and self.given is None:
            if self._loop is not None and self._loop.is_running():
                raise RuntimeError("the client is in use in another event loop")
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


def split_timeout(
    value: float | Timeout | Omit | None,
) -> tuple[Timeouts, float | None]:
    """Give the timeouts of connect, read, write and pool, and the deadline of an attempt."""
    if isinstance(value, Omit):
        return DEFAULT_TIMEOUT, None
    if as_dict := getattr(value, "as_dict", None):
        return dict(as_dict()), None
    if value is not None:
        expected = (
            "timeout must be seconds above 0, None (no end) or the library's Timeout"
        )
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{expected}, got {value!r}")
        if not 0 < value <= LONGEST_TIMEOUT:
            raise ValueError(f"{expected}, got {value!r}")
    return dict.fromkeys(DEFAULT_TIMEOUT, value), value


def _own_timeout(client: Any) -> Timeout | None:
    """Give the timeout that the caller set on their HTTP client; None where it is the library's."""
    timeout: Any = getattr(client, "timeout", None)
    is_own = hasattr(timeout, "as_dict") and timeout != type(timeout)(5.0)
    return timeout if is_own else None


def _as_built(request: Any) -> Any:
    return request


@cache
def _discreet(kind: Any, redaction: Redaction) -> Any:
    """Derive from the library's class of requests one whose repr shows no secret."""

    def shown(request: Any) -> str:
        url = redact_url(str(request.url))
        return f"<{kind.__name__}({request.method!r}, {url!r})>"

    def reduced(request: Any) -> tuple[Any, ...]:
        return _unpickled, (kind, redaction, kind.__getstate__(request))

    members: dict[str, Any] = {"__repr__": shown, "__reduce__": reduced}
    members |= {"__slots__": (), "redaction": redaction}
    return type(kind.__name__, (kind,), members)


def _unpickled(kind: Any, redaction: Redaction, state: Any) -> Any:
    made = _discreet(kind, redaction)
    request = made.__new__(made)
    request.__setstate__(state)
    return request


def library_request(
    http: Any, request: PreparedRequest, content: object, timeout: Timeouts
) -> tuple[Any, dict[str, Any]]:
    """Make the library's request and the arguments to send it with.

    A foreign request takes nothing from the client: its headers, cookies and auth may be secret.
    """
    method, url, headers = request.method, request.url, request.headers
    extensions = {"timeout": dict(timeout)}
    built = http.build_request(
        method, url, content=content, headers=headers, extensions=extensions
    )
    sending: dict[str, Any] = {"stream": True, "follow_redirects": False}
    if request.foreign:
        extensions = built.extensions
        built = type(built)(
            method, url, content=content, headers=headers, extensions=extensions
        )
        sending["auth"] = None
    else:
        if "Authorization" in headers or _names_authorization(headers, request.removed):
            # Else the library lets a user name in the URL, or its client's own auth, replace ours.
            sending["auth"] = _as_built
        if getattr(http, "params", None):
            _keep_query(built, url, http.params)
    for name in request.removed:
        built.headers.pop(name, None)
    kind: Any = type(built)
    built.__class__ = _discreet(kind, request.redaction)
    return built, sending


def _names_authorization(*headers: Iterable[str]) -> bool:
    return any(name.lower() == "authorization" for names in headers for name in names)


def _keep_query(built: Any, url: str, others: Any) -> None:
    """Put our query back, which the library has replaced by that of its client; add what is not in ours."""
    ours = type(built.url)(url)
    for name in ours.params:
        others = others.remove(name)
    query = b"&".join(filter(None, [ours.query, str(others).encode()]))
    built.url = ours.copy_with(query=query)


def watch_chunks(response: Any, check: Callable[[], None]) -> None:
    """Have a body checked at each chunk off the wire: what is compressed may give nothing for long."""
    stream: Any = getattr(response, "stream", None)
    bases = [b for b in type(stream).__mro__ if b.__name__ == "SyncByteStream"]
    if not bases:
        return

    class Watched(*bases):  # type: ignore[misc]
        def __iter__(self) -> Iterator[bytes]:
            for chunk in stream:
                check()
                yield chunk

        def close(self) -> None:
            stream.close()

    response.stream = Watched()


def plain_arguments(
    request: PreparedRequest, content: object, timeout: Timeouts
) -> dict[str, Any]:
    """Give the arguments of `request` for a client that only meets the protocol."""
    return {
        "content": content,
        "headers": dict(request.headers),
        "timeout": tuple(timeout.values()),
        "follow_redirects": False,
    }


def failure_kind(error: Exception) -> str | None:
    """Classify what the HTTP client raised: timeout, connection, decoding, final, or None.

    By the names of classes, so that neither library has to be imported.
    """
    found = None
    for base in type(error).__mro__:
        package = base.__module__.partition(".")[0]
        if package in ("builtins", *STACK) and base.__name__ in FAILURES:
            return FAILURES[base.__name__]
        if package in STACK:
            found = "connection"
    return found
