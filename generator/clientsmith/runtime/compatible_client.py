"""Clients with the methods of Stainless's for paths that have no method: ``client.get(path, cast_to=...)``."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Generic, TypeVar

from . import client
from .bodies import JSONBody
from .bracket_parts import BracketBody
from .compatible import sdk_library
from .compatible_environment import CompatibleBase
from .compatible_responses import (
    APIResponse,
    AsyncAPIResponse,
    AsyncStreamedAPIResponse,
    StreamedAPIResponse,
    converted,
    is_response,
    reader,
)
from .operation import Operation
from .pool import AsyncPool, Pool
from .types import Arguments
from .uploads import BinaryBody

T = TypeVar("T")
R = TypeVar("R")
Options = Mapping[str, Any]


class Asked:
    """What a call of a path asks for."""

    def __init__(
        self,
        cast_to: Any,
        options: Options | None,
        body: Any = None,
        files: Any = None,
        content: Any = None,
        stream_cls: Any = None,
    ) -> None:
        self.cast_to = cast_to
        self.options: Options = options or {}
        self.body = {**(body or {}), **by_name(files)} if files else body
        self.stream_cls = stream_cls
        self.declared: Any = ()
        """How the body is written."""
        if content is not None:
            self.body, self.declared = content, BinaryBody()
        elif files:
            self.declared = BracketBody()
        elif body is not None or self.options.get("extra_json"):
            self.declared = JSONBody()


def by_name(files: Any) -> dict[str, Any]:
    """Collect files by the names of their parts; what has brackets is a list, they come back."""
    pairs = list(files.items() if isinstance(files, Mapping) else files)
    whole = [name for name, _ in pairs]
    found: dict[str, list[Any]] = {}
    for name, file in pairs:
        found.setdefault(name.removesuffix("[]"), []).append(file)
    return {n: each[0] if whole.count(n) == 1 else each for n, each in found.items()}


class SdkPool(Pool):
    _library = staticmethod(sdk_library)


class AsyncSdkPool(AsyncPool):
    _library = staticmethod(sdk_library)


NAMES = {
    "headers": "extra_headers",
    "params": "extra_query",
    "timeout": "timeout",
    "extra_json": "extra_body",
}
"""What the options of a request are called in the arguments of a call."""


class _ByPath(CompatibleBase, Generic[R]):
    """The methods for paths; `R` is what they return, in an async client a coroutine."""

    def _send_as(self, method: str, path: str, asked: Asked) -> R:
        raise NotImplementedError

    def get(
        self,
        path: str,
        *,
        cast_to: Any,
        options: Options | None = None,
        stream: bool = False,
        stream_cls: Any = None,
    ) -> R:
        """Send GET to a path, and decode the response as a type.

        Args:
            cast_to: A model, `dict`, `object`, `str`, `bytes`, None, or the library's `Response`.
            options: `headers`, `params`, `timeout`, `max_retries`, `extra_json`, `idempotency_key`.
            stream: Give the events of the response one by one.
            stream_cls: What they are given as: `Stream[Event]`.
        """
        as_stream = stream_cls if stream else None
        return self._send_as("GET", path, Asked(cast_to, options, stream_cls=as_stream))

    def post(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        content: Any = None,
        options: Options | None = None,
        files: Any = None,
        stream: bool = False,
        stream_cls: Any = None,
    ) -> R:
        """Send POST to a path.

        Args:
            content: Bytes that are the whole body: themselves, a file, or an iterator of them.
        """
        as_stream = stream_cls if stream else None
        asked = Asked(cast_to, options, body, files, content, as_stream)
        return self._send_as("POST", path, asked)

    def put(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        content: Any = None,
        files: Any = None,
        options: Options | None = None,
    ) -> R:
        asked = Asked(cast_to, options, body, files, content)
        return self._send_as("PUT", path, asked)

    def patch(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        content: Any = None,
        files: Any = None,
        options: Options | None = None,
    ) -> R:
        asked = Asked(cast_to, options, body, files, content)
        return self._send_as("PATCH", path, asked)

    def delete(
        self,
        path: str,
        *,
        cast_to: Any,
        body: object = None,
        options: Options | None = None,
    ) -> R:
        return self._send_as("DELETE", path, Asked(cast_to, options, body))

    def _prepared(
        self, method: str, path: str, asked: Asked
    ) -> tuple[Any, dict[str, Any]]:
        """Declare the operation of a path, and its arguments."""
        kind = object if is_response(asked.cast_to) else asked.cast_to
        operation = Operation[Any](
            method, path, returns=reader(kind), body=asked.declared
        )
        arguments = {NAMES[n]: v for n, v in asked.options.items() if n in NAMES}
        header = self._config.idempotency_header
        if header and method != "GET" and (key := asked.options.get("idempotency_key")):
            arguments["headers"] = {header: key}
        if asked.body is not None:
            arguments["body"] = asked.body
        return operation, arguments

    def _sender(self, options: Options) -> Any:
        """Return what sends: a copy with the retries that a call asks for."""
        if "max_retries" not in options:
            return self
        return self._copy(credentials={}, max_retries=options["max_retries"])


class SyncClient(_ByPath[Any], client.SyncClient):
    _pool_class = SdkPool

    def _raw(
        self, operation: Operation[T], arguments: Arguments, decodes: bool = False
    ) -> APIResponse[T]:
        return converted(APIResponse, super()._raw(operation, arguments, decodes))

    def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> StreamedAPIResponse[Any]:
        received = super()._streamed(operation, arguments, decodes)
        return converted(StreamedAPIResponse, received)

    def _send_as(self, method: str, path: str, asked: Asked) -> Any:
        operation, arguments = self._prepared(method, path, asked)
        sender = self._sender(asked.options)
        if asked.stream_cls is not None:
            streamed = sender._streamed(operation, arguments)
            return streamed.parse(to=asked.stream_cls)
        raw = sender._raw(operation, arguments)
        return raw.http_response if is_response(asked.cast_to) else raw.parse()


class AsyncClient(_ByPath[Coroutine[Any, Any, Any]], client.AsyncClient):
    _pool_class = AsyncSdkPool

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

    async def _send_as(self, method: str, path: str, asked: Asked) -> Any:
        operation, arguments = self._prepared(method, path, asked)
        sender = self._sender(asked.options)
        if asked.stream_cls is not None:
            streamed = await sender._streamed(operation, arguments)
            return await streamed.parse(to=asked.stream_cls)
        raw = await sender._raw(operation, arguments)
        return raw.http_response if is_response(asked.cast_to) else await raw.parse()
