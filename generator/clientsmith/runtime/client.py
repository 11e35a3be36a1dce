"""The two clients: they send, read, wait and close as `Call` decides."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar, Unpack

from .base_client import BaseClient
from .body import Upload
from .bridge import AsyncClosing, Closing, run, settled
from .call import Call
from .operation import BinaryBody, MultipartBody, Operation
from .paging import AsyncPaginator, Paginator, Paging
from .request import PreparedRequest, build_request
from .responses import AsyncStreamedResponse, RawResponse, StreamedResponse
from .streaming import AsyncStream, Stream
from .transport import AsyncPool, Pool, library_request, plain_arguments
from .types import Arguments

T = TypeVar("T")
Item = TypeVar("Item")


class _Driver(BaseClient):
    """What both clients do, written once: in a sync client, nothing here ever waits."""

    _sleep: Callable[[float], Any]
    _prefix = ""
    """What the HTTP library puts before the names of its methods: `read`, `aread`."""

    async def _perform(
        self, operation: Operation[T], arguments: Arguments, *, streams: bool = False
    ) -> Call[T]:
        """Send a request, again where that is worth it, until an answer stands."""
        credentials = self._credentials()
        request = await self._build(operation, credentials, arguments)
        call = self._call(operation, request, credentials, arguments, streams)
        http = await settled(self._pool.get())
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

    async def _build(
        self, operation: Operation[Any], credentials: Any, arguments: Arguments
    ) -> PreparedRequest:
        return build_request(self._settings, operation, credentials, arguments)

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        """Send a request and follow its redirects; leave the answer in the call."""
        following: PreparedRequest | None = call.begin_attempt()
        while following is not None:
            response = await self._send(http, call, following)
            try:
                following = call.redirected(response)
                if following is None:
                    if not call.leaves_body:
                        call.content = await self._read(call)
                    return
            except BaseException:
                await self._close(response)
                raise
            await self._close(response)

    async def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content: Any = request.content
        if isinstance(content, Upload):
            content = content.async_chunks() if self._prefix else content.chunks()
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, content, call.timeout)
            return await settled(http.request(request.method, request.url, **arguments))
        call.sent, sending = library_request(http, request, content, call.timeout)
        return await settled(http.send(call.sent, **sending))

    async def _read(self, call: Call[Any]) -> bytes:
        read = getattr(call.response, f"{self._prefix}read", None)
        return await settled(read()) if read else call.response.content  # type: ignore[no-any-return]

    async def _close(self, response: Any) -> None:
        close = getattr(response, f"{self._prefix}close", None)
        if close is not None:
            await settled(close())


class SyncClient(_Driver, Closing):
    """The base of a generated client that blocks."""

    _sleep = staticmethod(time.sleep)
    _pool_class = Pool

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
        return Paginator(self._raw, operation, paging, arguments)

    def _raw(self, operation: Operation[T], arguments: Arguments) -> RawResponse[T]:
        return RawResponse(run(self._perform(operation, arguments)))

    def _streamed(
        self, operation: Operation[T], arguments: Arguments
    ) -> StreamedResponse[T]:
        return StreamedResponse(run(self._perform(operation, arguments, streams=True)))

    async def _read(self, call: Call[Any]) -> bytes:
        """Read the body, in chunks where there is a deadline to look at between them."""
        if call.deadline is None:
            return await super()._read(call)
        chunks = []
        for chunk in StreamedResponse(call).iter_bytes():
            call.check_deadline()
            chunks.append(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Close the pool, for this client and its copies."""
        self._pool.close()


async def _async_sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


class AsyncClient(_Driver, AsyncClosing):
    """The base of a generated client that awaits."""

    _prefix = "a"
    _sleep = staticmethod(_async_sleep)
    _pool_class = AsyncPool

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
        return AsyncPaginator(self._raw, operation, paging, arguments)

    async def _raw(
        self, operation: Operation[T], arguments: Arguments
    ) -> RawResponse[T]:
        return RawResponse(await self._perform(operation, arguments))

    async def _streamed(
        self, operation: Operation[T], arguments: Arguments
    ) -> AsyncStreamedResponse[T]:
        call = await self._perform(operation, arguments, streams=True)
        return AsyncStreamedResponse(call)

    async def _build(
        self, operation: Operation[Any], credentials: Any, arguments: Arguments
    ) -> PreparedRequest:
        """Write the request, in a thread where that may open files."""
        parts = (self._settings, operation, credentials, arguments)
        if not any(
            isinstance(k, (MultipartBody, BinaryBody)) for k in operation.bodies
        ):
            return build_request(*parts)
        import asyncio

        return await asyncio.to_thread(build_request, *parts)

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        if call.seconds is None:
            return await super()._attempt(http, call)
        import asyncio

        async with asyncio.timeout(call.seconds):
            return await super()._attempt(http, call)

    async def close(self) -> None:
        """Close the pool, for this client and its copies."""
        await settled(self._pool.close())
