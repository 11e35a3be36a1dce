"""Resources and their views: the same methods, answering `RawResponse` or `StreamedResponse`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial, update_wrapper
from types import MethodType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from .client import AsyncClient, SyncClient
    from .responses import AsyncStreamedResponse, RawResponse, StreamedResponse

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


class RawView:
    """A resource whose client is replaced by one that does not decode what comes."""

    _answers_with = "_raw"

    def __init__(self, resource: Any) -> None:
        perform = getattr(resource._client, self._answers_with)

        def call(operation: Any, **arguments: Any) -> Any:
            return perform(operation, arguments)

        client: Any = SimpleNamespace(request=call, stream=call)
        self._viewed = type(resource)(client)


class StreamingView(RawView):
    _answers_with = "_streamed"


AsyncRawView = RawView
AsyncStreamingView = StreamingView


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


class _Viewed(Generic[P, R]):
    """Binds a resource's method to what a view stands for."""

    def __init__(self, method: Callable[..., Any], opening: Any = None) -> None:
        self._method = method
        self._opening = opening

    def __get__(self, view: RawView | None, owner: object = None) -> Callable[P, R]:
        if view is None:
            return self._method
        bound = MethodType(self._method, view._viewed)
        if self._opening is None:
            return bound
        return update_wrapper(partial(self._opening, bound), self._method)


def raw(method: Callable[Concatenate[Any, P], T]) -> _Viewed[P, RawResponse[T]]:
    return _Viewed(method)


def async_raw(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> _Viewed[P, Coroutine[Any, Any, RawResponse[T]]]:
    return _Viewed(method)


def streaming(
    method: Callable[Concatenate[Any, P], T],
) -> _Viewed[P, AbstractContextManager[StreamedResponse[T]]]:
    return _Viewed(method, _Opening)


def async_streaming(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> _Viewed[P, AbstractAsyncContextManager[AsyncStreamedResponse[T]]]:
    return _Viewed(method, _AsyncOpening)
