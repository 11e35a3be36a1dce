"""Clients with the methods of Stainless's for paths that have no method: ``client.get(path, cast_to=...)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from . import client
from .bodies import JSONBody
from .compatible_environment import FromEnvironment
from .compatible_responses import (
    APIResponse,
    AsyncAPIResponse,
    AsyncStreamedAPIResponse,
    StreamedAPIResponse,
    class_for,
    is_response,
    reader,
)
from .operation import Operation
from .types import Arguments

T = TypeVar("T")
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
        method, path, returns=reader(cast_to), body=bodies
    )
    arguments = {NAMES[name]: value for name, value in options.items() if name in NAMES}
    if body is not None:
        arguments["body"] = body
    return operation, arguments


class SyncClient(FromEnvironment, client.SyncClient):
    def _raw(
        self, operation: Operation[T], arguments: Arguments, decodes: bool = False
    ) -> APIResponse[T]:
        received = super()._raw(operation, arguments, decodes)
        made = class_for(APIResponse, received.declared)
        return made(received.exchange, received.content)

    def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> StreamedAPIResponse[Any]:
        received = super()._streamed(operation, arguments, decodes)
        made = class_for(StreamedAPIResponse, received.declared)
        streamed = made(received.exchange)
        streamed.pool = received.pool
        return streamed

    def _send_as(
        self,
        method: str,
        path: str,
        cast_to: Any,
        body: object,
        options: Options | None,
    ) -> Any:
        is_raw = is_response(cast_to)
        kind = object if is_raw else cast_to
        operation, arguments = prepared(method, path, kind, body, options or {})
        raw: Any = self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_raw else raw.parse()

    def get(self, path: str, *, cast_to: Any, options: Options | None = None) -> Any:
        """Send GET to a path, and decode the response as a type.

        Args:
            cast_to: A model, `dict`, `object`, `str`, `bytes`, None, or the library's `Response`.
            options: `headers`, `params`, `timeout`.
        """
        return self._send_as("GET", path, cast_to, None, options)

    def post(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return self._send_as("POST", path, cast_to, body, options)

    def put(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return self._send_as("PUT", path, cast_to, body, options)

    def patch(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return self._send_as("PATCH", path, cast_to, body, options)

    def delete(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return self._send_as("DELETE", path, cast_to, body, options)


class AsyncClient(FromEnvironment, client.AsyncClient):
    async def _raw(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncAPIResponse[Any]:
        received = await super()._raw(operation, arguments, decodes)
        made = class_for(AsyncAPIResponse, received.declared)
        return made(received.exchange, received.content)

    async def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncStreamedAPIResponse[Any]:
        received = await super()._streamed(operation, arguments, decodes)
        made = class_for(AsyncStreamedAPIResponse, received.declared)
        streamed = made(received.exchange)
        streamed.pool = received.pool
        return streamed

    async def _send_as(
        self,
        method: str,
        path: str,
        cast_to: Any,
        body: object,
        options: Options | None,
    ) -> Any:
        is_raw = is_response(cast_to)
        kind = object if is_raw else cast_to
        operation, arguments = prepared(method, path, kind, body, options or {})
        raw: Any = await self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_raw else await raw.parse()

    async def get(
        self, path: str, *, cast_to: Any, options: Options | None = None
    ) -> Any:
        return await self._send_as("GET", path, cast_to, None, options)

    async def post(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return await self._send_as("POST", path, cast_to, body, options)

    async def put(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return await self._send_as("PUT", path, cast_to, body, options)

    async def patch(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return await self._send_as("PATCH", path, cast_to, body, options)

    async def delete(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> Any:
        return await self._send_as("DELETE", path, cast_to, body, options)
