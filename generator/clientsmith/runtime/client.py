"""The two clients: they send, read, wait and close as `Call` decides.

What both do is written once, as coroutines. The sync client runs them without an event loop: all
that they await there has blocked already.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, Unpack

from .auth import FlowResponse, flow_of
from .base_client import BaseClient
from .bounds import read, read_async
from .call import Call
from .deadline import ends_after
from .errors import ArgumentTypeError
from .operation import Operation
from .pool import AsyncPool, Pool
from .prepared import AsyncContent, PreparedRequest, SentRequest
from .responses import (
    AsyncRawResponse,
    AsyncStreamedResponse,
    RawResponse,
    StreamedResponse,
)
from .streaming import AsyncClosing, AsyncStream, Closing, Stream
from .transport import close_async, library_request, plain_arguments
from .types import Arguments

T = TypeVar("T")


async def maybe_await(value: Any) -> Any:
    """Return what a blocking function returned, or await what an async one did."""
    return await value if hasattr(value, "__await__") else value


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never has to wait.

    Raises:
        ArgumentTypeError: it has to wait: the caller passed something async.
    """
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return finished.value
    coroutine.close()
    raise ArgumentTypeError("a sync client cannot wait for an async function")


class _Driver(BaseClient):
    _sleep: Callable[[float], Any]

    async def _perform(
        self,
        operation: Operation[T],
        arguments: Arguments,
        streams: bool = False,
        decodes: bool = False,
    ) -> Call[T]:
        """Send a request, again where that is worth it, until a response stands."""
        if operation.notice is not None:
            operation.notice(operation)
        if self._is_async and operation.reads_files:
            import asyncio

            call = await asyncio.to_thread(self._begin, operation, arguments, streams)
        else:
            call = self._begin(operation, arguments, streams)
        call.decodes = decodes
        http = self._pool.get()
        if self._is_async:
            http = await http
        while True:
            delay: float | None
            try:
                await self._attempt(http, call)
            except Exception as error:  # noqa: BLE001 - it may be retried
                delay = call.after_failure(error)
            else:
                delay = call.after_response()
                if delay is None:
                    return call
            await maybe_await(self._sleep(delay))

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        """Run the flow of an attempt, with other credentials where functions give some."""
        call.begin_attempt()
        while True:
            if call.sign_in.functions:
                await self._ask_for_credentials(call)
            if (signed := call.signed()) is not None:
                await self._exchange(http, call, signed)
            else:
                await self._run_flow(http, call)
            if not call.wants_other_credentials:
                return

    async def _run_flow(self, http: Any, call: Call[Any]) -> None:
        """Send what a flow yields, and wait for what other calls send."""
        flow = flow_of(call.sign_in.schemes, call.prepared, call.values)
        request: Any = next(flow)
        try:
            while True:
                resume: Any = flow.send
                try:
                    outcome = await self._step(http, call, request)
                except Exception as error:  # noqa: BLE001 - the flow may know more
                    resume, outcome = flow.throw, error
                try:
                    request = resume(outcome)
                except StopIteration:
                    return
                except BaseException:
                    await maybe_await(self._close(call.response))
                    raise
                await maybe_await(self._close(call.response))
        finally:
            flow.close()

    async def _step(self, http: Any, call: Call[Any], request: Any) -> Any:
        if isinstance(request, PreparedRequest):
            await self._exchange(http, call, request)
            return FlowResponse(call)
        return await maybe_await(request.wait(call))

    async def _ask_for_credentials(self, call: Call[Any]) -> None:
        """Call the functions that give credentials."""
        functions = call.sign_in.functions.items()
        given = {name: await maybe_await(give()) for name, give in functions}
        call.values = call.sign_in.checked(given)

    async def _exchange(
        self, http: Any, call: Call[Any], request: PreparedRequest
    ) -> None:
        """Send a request and follow its redirects; leave the response in the call."""
        following: PreparedRequest | None = call.begin_exchange(request)
        while following is not None:
            response = self._send(http, call, following)
            if self._is_async:
                response = await response
            try:
                following = call.redirected(response)
                if following is None:
                    call.check_headers()
                    if not call.leaves_body:
                        content = self._read(call)
                        call.content = await content if self._is_async else content
                    call.check_type()
                    return
            except BaseException:
                await maybe_await(self._close(response))
                raise
            await maybe_await(self._close(response))

    # In a sync client each of these blocks.

    def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content: Any = request.content
        if self._is_async and content is not None and not isinstance(content, bytes):
            content = AsyncContent(content)
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, content, call.timeout)
            return http.request(request.method, request.url, **arguments)
        built, sending = library_request(http, request, content, call.timeout)
        if not request.auxiliary:  # its body holds secrets
            call.sent = SentRequest(built, request.redaction)
        return http.send(built, **sending)

    def _read(self, call: Call[Any]) -> Any:
        raise NotImplementedError

    def _close(self, response: Any) -> Any:
        raise NotImplementedError


class SyncClient(_Driver, Closing):
    """The base of a generated client that blocks."""

    _is_async, _pool_class = False, Pool
    _sleep = staticmethod(time.sleep)

    def _raw(
        self, operation: Operation[T], arguments: Arguments, decodes: bool = False
    ) -> RawResponse[T]:
        call: Call[T] = run(self._perform(operation, arguments, False, decodes))
        return RawResponse(call, call.content)

    def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> StreamedResponse[Any]:
        call: Call[Any] = run(self._perform(operation, arguments, True, decodes))
        streamed: StreamedResponse[Any] = StreamedResponse(call)
        streamed.pool = self._pool
        return streamed

    def request(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and decode its response."""
        return self._raw(operation, arguments, True).decoded()

    def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> Stream[T]:
        """Call an operation and decode the parts of its response as they come."""
        stream: Stream[T] = self._streamed(operation, arguments, True).parse()
        return stream

    def _read(self, call: Call[Any]) -> bytes:
        return read(call.response, call.bound)

    def _close(self, response: Any) -> None:
        if hasattr(response, "close"):
            response.close()

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        if call.limit is None:
            return await super()._attempt(http, call)
        with ends_after(call.limit):
            return await super()._attempt(http, call)

    def close(self) -> None:
        """Close the pool, for this client and its copies."""
        self._pool.close()


class AsyncClient(_Driver, AsyncClosing):
    """The base of a generated client that awaits; its methods do what those of `SyncClient` do."""

    _is_async, _pool_class = True, AsyncPool

    async def _raw(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncRawResponse[Any]:
        call: Call[Any] = await self._perform(operation, arguments, False, decodes)
        return AsyncRawResponse(call, call.content)

    async def _streamed(
        self, operation: Any, arguments: Arguments, decodes: bool = False
    ) -> AsyncStreamedResponse[Any]:
        call: Call[Any] = await self._perform(operation, arguments, True, decodes)
        streamed: AsyncStreamedResponse[Any] = AsyncStreamedResponse(call)
        streamed.pool = self._pool
        return streamed

    async def request(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> T:
        decoded: T = (await self._raw(operation, arguments, True)).decoded()
        return decoded

    async def stream(
        self, operation: Operation[T], **arguments: Unpack[Arguments]
    ) -> AsyncStream[T]:
        streamed = await self._streamed(operation, arguments, True)
        stream: AsyncStream[T] = await streamed.parse()
        return stream

    async def _close(self, response: Any) -> None:
        await close_async(response)

    async def _read(self, call: Call[Any]) -> bytes:
        return await read_async(call.response, call.bound)

    async def _attempt(self, http: Any, call: Call[Any]) -> None:
        if call.limit is None:
            return await super()._attempt(http, call)
        import asyncio

        async with asyncio.timeout(call.limit):
            return await super()._attempt(http, call)

    @staticmethod
    async def _sleep(seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)

    async def close(self) -> None:
        await maybe_await(self._pool.close())
