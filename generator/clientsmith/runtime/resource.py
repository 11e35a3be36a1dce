"""Resources and their wrappers: the same methods, which return `RawResponse` or `StreamedResponse`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial, update_wrapper
from types import MethodType, SimpleNamespace
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from .client import AsyncClient, SyncClient
from .responses import (
    AsyncRawResponse,
    AsyncStreamedResponse,
    RawResponse,
    StreamedResponse,
)

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class APIResource:
    """A group of operations of a sync client."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client


class AsyncAPIResource:
    """A group of operations of an async client."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client


class RawWrapper:
    """A resource whose client is replaced by one that does not decode what comes."""

    _method_of_client = "_raw"

    def __init__(self, resource: Any) -> None:
        perform = getattr(resource._client, self._method_of_client)

        def call(operation: Any, **arguments: Any) -> Any:
            return perform(operation, arguments)

        fetch = resource._client._raw  # for the pages behind the first one
        client: Any = SimpleNamespace(request=call, stream=call, _raw=fetch)
        self._wrapped = type(resource)(client)


class StreamingWrapper(RawWrapper):
    _method_of_client = "_streamed"


AsyncRawWrapper = RawWrapper
AsyncStreamingWrapper = StreamingWrapper


class _Unopened:
    """A call that is sent at the entry of a `with` block, and closed at its exit."""

    def __init__(self, method: Any, *args: Any, **options: Any) -> None:
        self._send = partial(method, *args, **options)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{name!r}: open the response in a with statement first")


class _Opening(_Unopened):
    def __enter__(self) -> Any:
        self._response = self._send()
        return self._response

    def __exit__(self, *error: object) -> None:
        self._response.close()


class _AsyncOpening(_Unopened):
    async def __aenter__(self) -> Any:
        self._response = await self._send()
        return self._response

    async def __aexit__(self, *error: object) -> None:
        await self._response.close()


class _Wrapped(Generic[P, R]):
    """Binds a resource's method to what a wrapper stands for."""

    def __init__(self, method: Callable[..., Any], opening: Any = None) -> None:
        self._method = method
        self._opening = opening

    def __get__(
        self, wrapper: RawWrapper | None, owner: object = None
    ) -> Callable[P, R]:
        if wrapper is None:
            return self._method
        bound = MethodType(self._method, wrapper._wrapped)
        if self._opening is None:
            return bound
        return update_wrapper(partial(self._opening, bound), self._method)


def raw(method: Callable[Concatenate[Any, P], T]) -> _Wrapped[P, RawResponse[T]]:
    return _Wrapped(method)


def async_raw(
    method: Callable[Concatenate[Any, P], Awaitable[T]],
) -> _Wrapped[P, Coroutine[Any, Any, AsyncRawResponse[T]]]:
    return _Wrapped(method)


def streaming(
    method: Callable[Concatenate[Any, P], T],
) -> _Wrapped[P, AbstractContextManager[StreamedResponse[T]]]:
    return _Wrapped(method, _Opening)


def async_streaming(
    method: Callable[Concatenate[Any, P], Awaitable[T]],
) -> _Wrapped[P, AbstractAsyncContextManager[AsyncStreamedResponse[T]]]:
    return _Wrapped(method, _AsyncOpening)
