"""A loopback server that answers as scripted, byte for byte, faults included."""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Received:
    """One request as it came."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str | None:
        values = self.all(name)
        return values[0] if values else None

    def json(self) -> Any:
        return json.loads(self.body)


Step = Callable[[socket.socket], bool]
"""Writes a response; reports whether the connection stays open."""


def answer(
    status: int = 200,
    body: object = None,
    headers: Mapping[str, str] | list[tuple[str, str]] | None = None,
    *,
    content_type: str = "application/json",
    length: int | None = None,
) -> Step:
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers or [])
    lines = [f"HTTP/1.1 {status} Any", f"Content-Length: {len(content) if length is None else length}"]
    lines += [f"Content-Type: {content_type}"] if content else []
    lines += [f"{name}: {value}" for name, value in pairs]
    data = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content

    def step(connection: socket.socket) -> bool:
        connection.sendall(data)
        return length is None

    return step


def raw_bytes(data: bytes, *, pause: float = 0.0, piece: int | None = None) -> Step:
    """Write bytes as they are, in pieces with pauses between them, then close."""

    def step(connection: socket.socket) -> bool:
        size = piece or len(data) or 1
        for start in range(0, len(data), size):
            connection.sendall(data[start : start + size])
            time.sleep(pause)
        return False

    return step


def reset(before: bytes = b"") -> Step:
    """Break the connection the hard way, after some bytes."""

    def step(connection: socket.socket) -> bool:
        connection.sendall(before)
        time.sleep(0.01)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    return step


def half_closed() -> Step:
    """End what is written without a byte of a response, and go on reading."""

    def step(connection: socket.socket) -> bool:
        connection.shutdown(socket.SHUT_WR)
        time.sleep(0.02)
        return False

    return step


def silent(seconds: float = 60.0) -> Step:
    """Write nothing until the client leaves, for some seconds at most."""

    def step(connection: socket.socket) -> bool:
        select.select([connection], [], [], seconds)
        return False

    return step


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def chunked(chunks: list[bytes], *, content_type: str, pause: float = 0.0) -> Step:
    def step(connection: socket.socket) -> bool:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        for chunk in chunks:
            connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            time.sleep(pause)
        connection.sendall(b"0\r\n\r\n")
        return True

    return step


class Server:
    """Answers with `script`, in order, then with `default`; `route` overrides both."""

    def __init__(self) -> None:
        self.script: list[Step] = []
        self.default: Step = answer(200, {"id": "1"})
        self.route: Callable[[Received], Step | None] | None = None
        self.received: list[Received] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._open: set[socket.socket] = set()
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def settle(self) -> None:
        """Wait until every connection is served, of which the clients are gone."""
        for _ in range(1000):
            with self._lock:
                if not self._open:
                    return
            time.sleep(0.01)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as reader:
                while (request := _read(reader)) is not None:
                    if not self._choose(request)(connection):
                        return
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(connection)

    def _choose(self, request: Received) -> Step:
        with self._lock:
            self.received.append(request)
            routed = self.route(request) if self.route else None
            if routed is not None:
                return routed
            return self.script.pop(0) if self.script else self.default


def _read(reader: Any) -> Received | None:
    line = reader.readline().decode("latin-1")
    if not line.strip():
        return None
    method, target, _ = line.split(" ", 2)
    headers = []
    while (line := reader.readline().decode("latin-1").rstrip("\r\n")) != "":
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    given = {name.lower(): value for name, value in headers}
    if given.get("transfer-encoding") == "chunked":
        body = b""
        while (size := int(reader.readline() or b"0", 16)) > 0:  # the client may give up in between
            body += reader.read(size)
            reader.readline()
        reader.readline()
    else:
        body = reader.read(int(given.get("content-length", 0)))
    return Received(method, target, headers, body)
