"""Clients with the methods of Stainless's for paths that have no method: ``client.get(path, cast_to=...)``."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Generic, TypeVar

from . import client
from .bodies import JSONBody
from .compatible_environment import CompatibleBase
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
R = TypeVar("R")
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
    returns = reader(object if is_response(cast_to) else cast_to)
    operation: Operation[Any] = Operation(method, path, returns=returns, body=bodies)
    arguments = {NAMES[name]: value for name, value in options.items() if name in NAMES}
    if body is not None:
        arguments["body"] = body
    return operation, arguments


def converted(kind: type[R], received: Any) -> R:
    """Copy a response into the class that SDKs have for it."""
    made = object.__new__(class_for(kind, received.declared))
    vars(made).update(vars(received))
    return made


class _ByPath(CompatibleBase, Generic[R]):
    """The methods for paths; `R` is what they return, in an async client a coroutine."""

    def _send_as(
        self,
        method: str,
        path: str,
        cast_to: Any,
        body: object,
        options: Options | None,
    ) -> R:
        raise NotImplementedError

    def get(self, path: str, *, cast_to: Any, options: Options | None = None) -> R:
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
    ) -> R:
        return self._send_as("POST", path, cast_to, body, options)

    def put(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> R:
        return self._send_as("PUT", path, cast_to, body, options)

    def patch(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> R:
        return self._send_as("PATCH", path, cast_to, body, options)

    def delete(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> R:
        return self._send_as("DELETE", path, cast_to, body, options)


class SyncClient(_ByPath[Any], client.SyncClient):
    def _raw(
        self, operation: Operation[T], arguments: Arguments, decodes: bool = False
    ) -> APIResponse[T]:
        return converted(APIResponse, super()._raw(operation, arguments, decodes))

    def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> StreamedAPIResponse[Any]:
        received = super()._streamed(operation, arguments, decodes)
        return converted(StreamedAPIResponse, received)

    def _send_as(
        self,
        method: str,
        path: str,
        cast_to: Any,
        body: object,
        options: Options | None,
    ) -> Any:
        operation, arguments = prepared(method, path, cast_to, body, options or {})
        raw: Any = self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_response(cast_to) else raw.parse()


class AsyncClient(_ByPath[Coroutine[Any, Any, Any]], client.AsyncClient):
    async def _raw(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncAPIResponse[Any]:
        received = await super()._raw(operation, arguments, decodes)
        return converted(AsyncAPIResponse, received)

    async def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncStreamedAPIResponse[Any]:
        received = await super()._streamed(operation, arguments, decodes)
        return converted(AsyncStreamedAPIResponse, received)

    async def _send_as(
        self,
        method: str,
        path: str,
        cast_to: Any,
        body: object,
        options: Options | None,
    ) -> Any:
        operation, arguments = prepared(method, path, cast_to, body, options or {})
        raw: Any = await self._raw(operation, arguments)  # type: ignore[arg-type]
        return raw.http_response if is_response(cast_to) else await raw.parse()
