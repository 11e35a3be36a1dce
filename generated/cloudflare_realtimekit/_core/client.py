"""The two clients: they send, read, wait and close as `Call` decides.

What both do is written once, as coroutines. The sync client runs them without an event loop: all
that they await there has blocked already.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar, Unpack

from .base_client import BaseClient
from .body import AsyncUpload, Upload
from .call import Call
from .operation import Operation, warn_of_deprecation
from .paging import AsyncPaginator, Paginator, Paging
from .request import PreparedRequest
from .responses import AsyncStreamedResponse, RawResponse, StreamedResponse
from .streaming import AsyncClosing, AsyncStream, Closing, Stream
from .transport import (
    AsyncPool,
    Pool,
    library_request,
    plain_arguments,
    watch_chunks,
)
from .types import Arguments

T = TypeVar("T")
Item = TypeVar("Item")


async def settled(value: Any) -> Any:
    """Give what a blocking function returned, or await what an async one did."""
    return await value if hasattr(value, "__await__") else value


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never has to wait."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return finished.value
    raise RuntimeError("a sync client cannot wait for an async function")


class _Driver(BaseClient):
    _waits: bool
    """Whether what the methods below give has to be awaited."""
    _prefix: str
    """What the HTTP library puts before the names of its methods: `read`, `aread`."""
    _sleep: Callable[[float], Any]

    async def _perform(
        self, operation: Operation[T], arguments: Arguments, streams: bool = False
    ) -> Call[T]:
        """Send a request, again where that is worth it, until an answer stands."""
        if operation.deprecated:
            warn_of_deprecation(operation)
        if self._waits and operation.takes_files:
            import asyncio

            call = await asyncio.to_thread(self._begin, operation, arguments, streams)
        else:
            call = self._begin(operation, arguments, streams)
        http = self._pool.get()
        if self._waits:
            http = await http
        while True:
            delay: float | None
            try:
                await self._attempt(http, call)
            except Exception as error:  # noqa: BLE001 - it may be retried
                delay = call.after_failure(error)
            else:
                delay = call.after_answer()
                if delay is None:
                    return call
            await settled(self._sleep(delay))

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        """Send a request and follow its redirects; leave the answer in the call."""
        following: PreparedRequest | None = call.begin_attempt()
        while following is not None:
            response = self._send(http, call, following)
            if self._waits:
                response = await response
            try:
                following = call.redirected(response)
                if following is None:
                    if not call.leaves_body:
                        content = self._read(call)
                        call.content = await content if self._waits else content
                    return
            except BaseException:
                await settled(self._close(response))
                raise
            await settled(self._close(response))

    # In a sync client each of these blocks.

    def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content: Any = request.content
        if isinstance(content, Upload) and self._waits:
            content = AsyncUpload(content)
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, content, call.timeout)
            return http.request(request.method, request.url, **arguments)
        call.sent, sending = library_request(http, request, content, call.timeout)
        return http.send(call.sent, **sending)

    def _read(self, call: Call[Any]) -> Any:
        read = getattr(call.response, f"{self._prefix}read", None)
        return read() if read else call.response.content

    def _close(self, response: Any) -> Any:
        close = getattr(response, f"{self._prefix}close", None)
        return close() if close else None


class SyncClient(_Driver, Closing):
    """The base of a generated client that blocks."""

    _waits, _prefix, _pool_class = False, "", Pool
    _sleep = staticmethod(time.sleep)

    def _raw(self, operation: Operation[T], arguments: Arguments) -> RawResponse[T]:
        return RawResponse(run(self._perform(operation, arguments)))

    def _streamed(self, operation: Any, arguments: Arguments) -> StreamedResponse[Any]:
        call = run(self._perform(operation, arguments, True))
        streamed: StreamedResponse[Any] = StreamedResponse(call)
        streamed.pool = self._pool
        return streamed

    def request(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and decode its answer."""
        return self._raw(operation, arguments).parse()

    def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> Stream[T]:
        """Call an operation and decode the parts of its answer as they come."""
        stream: Stream[T] = self._streamed(operation, arguments).parse()
        return stream

    def paginate(
        self,
        operation: Operation[Any],
        paging: Paging[Item],
        **arguments: Unpack[Arguments],
    ) -> Paginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return Paginator(partial(self._raw, operation), paging, arguments)

    def _read(self, call: Call[Any]) -> Any:
        if call.deadline is not None:
            watch_chunks(call.response, call.check_deadline)
        return super()._read(call)

    def close(self) -> None:
        """Close the pool, for this client and its copies."""
        self._pool.close()


class AsyncClient(_Driver, AsyncClosing):
    """The base of a generated client that awaits; its methods do what those of `SyncClient` do."""

    _waits, _prefix, _pool_class = True, "a", AsyncPool

    async def _raw(self, operation: Any, arguments: Arguments) -> RawResponse[Any]:
        return RawResponse(await self._perform(operation, arguments), is_async=True)

    async def _streamed(
        self, operation: Any, arguments: Arguments
    ) -> AsyncStreamedResponse[Any]:
        call = await self._perform(operation, arguments, True)
        streamed: AsyncStreamedResponse[Any] = AsyncStreamedResponse(call)
        streamed.pool = self._pool
        return streamed

    async def request(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> T:
        answer: T = (await self._raw(operation, arguments)).parse()
        return answer

    async def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> AsyncStream[T]:
        streamed = await self._streamed(operation, arguments)
        stream: AsyncStream[T] = await streamed.parse()
        return stream

    def paginate(
        self,
        operation: Operation[Any],
        paging: Paging[Item],
        **arguments: Unpack[Arguments],
    ) -> AsyncPaginator[Item]:
        return AsyncPaginator(partial(self._raw, operation), paging, arguments)

    async def _read(self, call: Call[Any]) -> Any:
        return await settled(super()._read(call))

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        if call.seconds is None:
            return await super()._attempt(http, call)
        import asyncio

        async with asyncio.timeout(call.seconds):
            return await super()._attempt(http, call)

    @staticmethod
    async def _sleep(seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)

    async def close(self) -> None:
        await settled(self._pool.close())
