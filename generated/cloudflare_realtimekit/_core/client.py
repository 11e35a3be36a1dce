"""The two clients: a driver each that performs what `Call` decides."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from .base_client import BaseClient
from .call import Call
from .config import ClientConfig
from .multipart import Upload
from .operation import BinaryBody, MultipartBody, Operation
from .paging import AsyncPaginator, Paginator, Paging
from .request import PreparedRequest, build_request
from .responses import (
    AsyncStreamedResponse,
    RawResponse,
    StreamedResponse,
    body_chunks,
)
from .streaming import AsyncStream, Stream
from .transport import (
    AsyncPool,
    Pool,
    check_client,
    library_request,
    plain_arguments,
)
from .types import Arguments, AsyncHTTPClient, HTTPClient

__all__ = ["AsyncClient", "SyncClient"]

T = TypeVar("T")
Item = TypeVar("Item")


def _reads_files(operation: Operation[Any]) -> bool:
    return any(
        isinstance(kind, (MultipartBody, BinaryBody)) for kind in operation.bodies
    )


class SyncClient(BaseClient):
    """The base of a generated client that blocks."""

    _sleep: Callable[[float], None] = staticmethod(time.sleep)

    def __init__(
        self,
        config: ClientConfig,
        *,
        http_client: HTTPClient | None = None,
        **options: Any,
    ) -> None:
        self._pool = self._new_pool(http_client)
        super().__init__(config, http_client=http_client, **options)

    def _new_pool(self, http_client: HTTPClient | None) -> Pool:
        if http_client is not None:
            check_client(http_client, close="close", wanted="a sync client")
        return Pool(http_client)

    def request(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and decode its answer."""
        return self._raw(operation, arguments).parse()

    def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> Stream[T]:
        """Call an operation and decode the parts of its answer as they come."""
        return self._streamed(operation, arguments).parse()  # type: ignore[return-value]

    def paginate(
        self,
        operation: Operation[Any],
        paging: Paging[Item],
        **arguments: Unpack[Arguments],
    ) -> Paginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return Paginator(self, operation, paging, arguments)

    def _raw(self, operation: Operation[T], arguments: Arguments) -> RawResponse[T]:
        call = self._prepared(operation, arguments, streams=False)
        response, content = self._perform(call)
        return RawResponse(call, response, content or b"")

    def _streamed(
        self, operation: Operation[T], arguments: Arguments
    ) -> StreamedResponse[T]:
        call = self._prepared(operation, arguments, streams=True)
        return StreamedResponse(call, self._perform(call)[0])

    def _prepared(
        self, operation: Operation[T], arguments: Arguments, streams: bool
    ) -> Call[T]:
        credentials = self._credentials()
        request = build_request(self._settings, operation, credentials, arguments)
        return self._call(operation, request, credentials, arguments, streams)

    def _perform(self, call: Call[Any]) -> tuple[Any, bytes | None]:
        http = self._pool.get()
        while True:
            try:
                response, content = self._attempt(http, call)
            except Exception as error:  # noqa: BLE001 - it may be retried
                delay: float | None = call.after_failure(error)
            else:
                delay = call.after_answer(response, content)
                if delay is None:
                    return response, content
            self._sleep(delay or 0.0)

    def _attempt(self, http: Any, call: Call[Any]) -> tuple[Any, bytes | None]:
        following: PreparedRequest | None = call.begin_attempt()
        while following is not None:
            response = self._send(http, call, following)
            try:
                following = call.redirected(response)
                if following is None:
                    leaves = call.leaves_body(response)
                    return response, None if leaves else self._read(response, call)
            except BaseException:
                _close(response)
                raise
            _close(response)
        raise AssertionError("unreachable")

    def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content = request.content
        body = content.chunks() if isinstance(content, Upload) else content
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, body, call.timeout)
            return http.request(request.method, request.url, **arguments)
        call.sent, sending = library_request(http, request, body, call.timeout)
        return http.send(call.sent, **sending)

    def _read(self, response: Any, call: Call[Any]) -> bytes:
        if call.deadline is None:
            return response.read() if hasattr(response, "read") else response.content  # type: ignore[no-any-return]
        chunks = []
        for chunk in body_chunks(response):
            call.check_deadline()
            chunks.append(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Close the pool, for this client and its copies."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()


async def _async_sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


class AsyncClient(BaseClient):
    """The base of a generated client that awaits."""

    _sleep: Callable[[float], Coroutine[Any, Any, None]] = staticmethod(_async_sleep)

    def __init__(
        self,
        config: ClientConfig,
        *,
        http_client: AsyncHTTPClient | None = None,
        **options: Any,
    ) -> None:
        self._pool = self._new_pool(http_client)
        super().__init__(config, http_client=http_client, **options)

    def _new_pool(self, http_client: AsyncHTTPClient | None) -> AsyncPool:
        if http_client is not None:
            check_client(http_client, close="aclose", wanted="an async client")
        return AsyncPool(http_client)

    async def request(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> T:
        """Call an operation and decode its answer."""
        return (await self._raw(operation, arguments)).parse()

    async def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> AsyncStream[T]:
        """Call an operation and decode the parts of its answer as they come."""
        streamed = await self._streamed(operation, arguments)
        return await streamed.parse()  # type: ignore[return-value]

    def paginate(
        self,
        operation: Operation[Any],
        paging: Paging[Item],
        **arguments: Unpack[Arguments],
    ) -> AsyncPaginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return AsyncPaginator(self, operation, paging, arguments)

    async def _raw(
        self, operation: Operation[T], arguments: Arguments
    ) -> RawResponse[T]:
        call = await self._prepared(operation, arguments, streams=False)
        response, content = await self._perform(call)
        return RawResponse(call, response, content or b"")

    async def _streamed(
        self, operation: Operation[T], arguments: Arguments
    ) -> AsyncStreamedResponse[T]:
        call = await self._prepared(operation, arguments, streams=True)
        return AsyncStreamedResponse(call, (await self._perform(call))[0])

    async def _prepared(
        self, operation: Operation[T], arguments: Arguments, streams: bool
    ) -> Call[T]:
        credentials = self._credentials()
        parts = (self._settings, operation, credentials, arguments)
        if _reads_files(operation):
            import asyncio

            request = await asyncio.to_thread(build_request, *parts)
        else:
            request = build_request(*parts)
        return self._call(operation, request, credentials, arguments, streams)

    async def _perform(self, call: Call[Any]) -> tuple[Any, bytes | None]:
        http = await self._pool.ready()
        while True:
            try:
                response, content = await self._timed_attempt(http, call)
            except Exception as error:  # noqa: BLE001 - it may be retried
                delay: float | None = call.after_failure(error)
            else:
                delay = call.after_answer(response, content)
                if delay is None:
                    return response, content
            await self._sleep(delay or 0.0)

    async def _timed_attempt(
        self, http: Any, call: Call[Any]
    ) -> tuple[Any, bytes | None]:
        if call.seconds is None:
            return await self._attempt(http, call)
        import asyncio

        async with asyncio.timeout(call.seconds):
            return await self._attempt(http, call)

    async def _attempt(self, http: Any, call: Call[Any]) -> tuple[Any, bytes | None]:
        following: PreparedRequest | None = call.begin_attempt()
        while following is not None:
            response = await self._send(http, call, following)
            try:
                following = call.redirected(response)
                if following is None:
                    leaves = call.leaves_body(response)
                    return response, None if leaves else await self._read(response)
            except BaseException:
                await _aclose(response)
                raise
            await _aclose(response)
        raise AssertionError("unreachable")

    async def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content = request.content
        body = content.async_chunks() if isinstance(content, Upload) else content
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, body, call.timeout)
            return await http.request(request.method, request.url, **arguments)
        call.sent, sending = library_request(http, request, body, call.timeout)
        return await http.send(call.sent, **sending)

    async def _read(self, response: Any) -> bytes:
        return await response.aread() if hasattr(response, "aread") else response.content  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Close the pool, for this client and its copies."""
        await self._pool.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


async def _aclose(response: Any) -> None:
    if hasattr(response, "aclose"):
        await response.aclose()
