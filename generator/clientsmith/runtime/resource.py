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
S = TypeVar("S")


class APIResource:
    """A group of operations of a sync client."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client


class AsyncAPIResource:
    """A group of operations of an async client."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client


class RawView:
    """Base of the generated views: a resource whose client does not decode what comes."""

    _perform = "_raw"

    def __init__(self, resource: Any) -> None:
        perform = getattr(resource._client, self._perform)

        def answer(operation: Any, **arguments: Any) -> Any:
            return perform(operation, arguments)

        substitute: Any = SimpleNamespace(request=answer, stream=answer)
        self._viewed = type(resource)(substitute)


class StreamingView(RawView):
    _perform = "_streamed"


AsyncRawView = RawView
AsyncStreamingView = StreamingView


class _Viewed(Generic[P, R]):
    """A descriptor that binds a resource's method to what a view stands for."""

    def __init__(self, method: Callable[..., Any], opening: Any = None) -> None:
        self._method = method
        self._opening = opening
        self.__doc__ = method.__doc__

    def __get__(self, view: RawView | None, owner: object = None) -> Callable[P, R]:
        if view is None:
            return self  # type: ignore[return-value]
        bound = MethodType(self._method, view._viewed)
        if self._opening is None:
            return bound
        return update_wrapper(partial(self._opening, bound), self._method)


def raw(method: Callable[Concatenate[S, P], T]) -> _Viewed[P, RawResponse[T]]:
    """View a method as one that gives the raw response."""
    return _Viewed(method)


def async_raw(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> _Viewed[P, Coroutine[Any, Any, RawResponse[T]]]:
    """View an async method as one that gives the raw response."""
    return _Viewed(method)


def streaming(
    method: Callable[Concatenate[S, P], T],
) -> _Viewed[P, AbstractContextManager[StreamedResponse[T]]]:
    """View a method as a context manager of the response on the wire."""
    return _Viewed(method, _Opening)


def async_streaming(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> _Viewed[P, AbstractAsyncContextManager[AsyncStreamedResponse[T]]]:
    """View an async method as an async context manager of the response on the wire."""
    return _Viewed(method, _AsyncOpening)


class _NotOpen:
    """A call that is sent at the entry of a `with` block, and closed at its exit."""

    def __init__(self, method: Callable[..., Any], *args: Any, **options: Any) -> None:
        self._send = partial(method, *args, **options)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"{name!r}: use the streaming response in a with statement"
        )


class _Opening(_NotOpen):
    def __enter__(self) -> Any:
        self._response = self._send()
        return self._response

    def __exit__(self, *error: object) -> None:
        self._response.close()


class _AsyncOpening(_NotOpen):
    async def __aenter__(self) -> Any:
        self._response = await self._send()
        return self._response

    async def __aexit__(self, *error: object) -> None:
        await self._response.close()
