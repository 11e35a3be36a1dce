"""Let the deadline of an attempt end whatever a blocking client waits for.

The library's timeouts hold for one read. A server that sends a byte now and then, in the head, in
1xx responses or in a body, meets each of them; here each read gets only the time that is left.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LARGEST_WRITE = 64 * 1024


class _Running(threading.local):
    deadline: float | None = None


_running = _Running()


@contextmanager
def ends_after(seconds: float) -> Iterator[None]:
    """Give what this thread sends and reads in the block so much time."""
    before = _running.deadline
    _running.deadline = time.monotonic() + seconds
    try:
        yield
    finally:
        _running.deadline = before


def time_left(timeout: float | None) -> float | None:
    """Return a timeout that does not outlast the deadline.

    Raises:
        TimeoutError: the deadline is over.
    """
    if _running.deadline is None:
        return timeout
    left = _running.deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the response was not complete before the deadline")
    return left if timeout is None else min(left, timeout)


class TimedStream:
    """A connection of the library (its `NetworkStream`) whose reads and writes end at the deadline."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        return self._stream.read(max_bytes, time_left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), LARGEST_WRITE):
            part = buffer[start : start + LARGEST_WRITE]
            self._stream.write(part, time_left(timeout))

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> TimedStream:
        left = time_left(timeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class TimedBackend:
    """What opens connections (the library's `NetworkBackend`): they are `TimedStream`s."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(self, *args: Any, timeout: float | None, **options: Any) -> Any:
        left = time_left(timeout)
        return TimedStream(self._backend.connect_tcp(*args, timeout=left, **options))

    def connect_unix_socket(
        self, *args: Any, timeout: float | None, **options: Any
    ) -> Any:
        connect, left = self._backend.connect_unix_socket, time_left(timeout)
        return TimedStream(connect(*args, timeout=left, **options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


def time_connections(http: Any) -> None:
    """Have the connections that an HTTP client opens end at deadlines.

    Neither library has a public place for that. Where a version has it elsewhere, the deadline is
    checked between the chunks of a body only.
    """
    mounted = getattr(http, "_mounts", None) or {}
    for transport in (getattr(http, "_transport", None), *mounted.values()):
        pool: Any = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None and not isinstance(backend, TimedBackend):
            pool._network_backend = TimedBackend(backend)
