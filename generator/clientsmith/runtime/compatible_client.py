"""Clients with the methods of Stainless's for paths that have no method: ``client.get(path, cast_to=...)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import client
from .bodies import JSONBody
from .media import JSON, Bytes, Response, Text
from .operation import Operation

Options = Mapping[str, Any]
NAMES = {
    "headers": "extra_headers",
    "params": "extra_query",
    "timeout": "timeout",
    "extra_json": "extra_body",
}
"""What the options of a request are called in the arguments of a call."""


def prepared(
    method: str, path: str, cast_to: Any, body: object, options: Options
) -> tuple[Operation[Any], dict[str, Any]]:
    """Declare the operation of a path, and its arguments."""
    bodies = JSONBody() if body is not None or options.get("extra_json") else ()
    operation: Operation[Any] = Operation(
        method, path, returns=_reader(cast_to), body=bodies
    )
    arguments = {NAMES[name]: value for name, value in options.items() if name in NAMES}
    if body is not None:
        arguments["body"] = body
    return operation, arguments


def _reader(cast_to: Any) -> Response | None:
    if cast_to is None or cast_to is type(None):
        return None
    if cast_to in (str, bytes):
        return Text() if cast_to is str else Bytes()
    plain = {dict: dict[str, object], list: list[object]}
    annotation = plain.get(cast_to, cast_to)
    return JSON(lambda: annotation)


def _is_response(cast_to: Any) -> bool:
    return getattr(cast_to, "__name__", "") == "Response"


class SyncClient(client.SyncClient):
    def _send_as(
        self, method: str, path: str, cast_to: Any, body: object, options: Options
    ) -> Any:
        is_raw = _is_response(cast_to)
        kind = object if is_raw else cast_to
        operation, arguments = prepared(method, path, kind, body, options)
        raw: Any = self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_raw else raw.parse()

    def get(self, path: str, *, cast_to: Any, options: Options = {}) -> Any:
        """Send GET to a path, and decode the response as a type.

        Args:
            cast_to: A model, `dict`, `object`, `str`, `bytes`, None, or the library's `Response`.
            options: `headers`, `params`, `timeout`.
        """
        return self._send_as("GET", path, cast_to, None, options)

    def post(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return self._send_as("POST", path, cast_to, body, options)

    def put(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return self._send_as("PUT", path, cast_to, body, options)

    def patch(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return self._send_as("PATCH", path, cast_to, body, options)

    def delete(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return self._send_as("DELETE", path, cast_to, body, options)


class AsyncClient(client.AsyncClient):
    async def _send_as(
        self, method: str, path: str, cast_to: Any, body: object, options: Options
    ) -> Any:
        is_raw = _is_response(cast_to)
        kind = object if is_raw else cast_to
        operation, arguments = prepared(method, path, kind, body, options)
        raw: Any = await self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_raw else await raw.parse()

    async def get(self, path: str, *, cast_to: Any, options: Options = {}) -> Any:
        return await self._send_as("GET", path, cast_to, None, options)

    async def post(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return await self._send_as("POST", path, cast_to, body, options)

    async def put(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return await self._send_as("PUT", path, cast_to, body, options)

    async def patch(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return await self._send_as("PATCH", path, cast_to, body, options)

    async def delete(
        self, path: str, *, cast_to: Any, body: object = None, options: Options = {}
    ) -> Any:
        return await self._send_as("DELETE", path, cast_to, body, options)
