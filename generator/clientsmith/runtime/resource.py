"""Resources and their views: the same methods, answering `RawResponse` or `StreamedResponse`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from types import MethodType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from .client import AsyncClient, SyncClient
    from .operation import Operation
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


class _Substitute:
    """Stand in for the client of a viewed resource: answer what comes, not what it means."""

    def __init__(self, perform: Callable[..., Any]) -> None:
        self._perform = perform

    def request(self, operation: Operation[Any], **arguments: Any) -> Any:
        return self._perform(operation, arguments)

    stream = request


class _View:
    """The methods of `resource`, bound to a copy of it whose client is a substitute."""

    _performer = "_raw"

    def __init__(self, resource: Any) -> None:
        # A resource of its own: two that keep each other would keep the client's pool open.
        self._resource = type(resource)(resource._client)
        viewed = object.__new__(type(resource))
        viewed._client = _Substitute(getattr(resource._client, self._performer))
        self._viewed = viewed


class RawView(_View):
    """Base of the generated `...WithRawResponse` classes."""


class AsyncRawView(_View):
    """Base of the generated `Async...WithRawResponse` classes."""


class StreamingView(_View):
    """Base of the generated `...WithStreamingResponse` classes."""

    _performer = "_streamed"


class AsyncStreamingView(StreamingView):
    """Base of the generated `Async...WithStreamingResponse` classes."""


@contextmanager
def _opened(send: Callable[[], Any]) -> Iterator[Any]:
    """Send a streamed call on entering the `with` block, and close it on leaving."""
    with send() as response:
        yield response


@asynccontextmanager
async def _async_opened(send: Callable[[], Awaitable[Any]]) -> AsyncIterator[Any]:
    async with await send() as response:
        yield response


class _Viewed(Generic[P, R]):
    """A descriptor that binds a resource's method to what the view stands for."""

    def __init__(
        self, method: Callable[..., Any], opened: Callable[..., Any] | None = None
    ) -> None:
        self._method = method
        self._opened = opened
        self.__doc__ = method.__doc__

    def __get__(self, view: _View | None, owner: type | None = None) -> Callable[P, R]:
        if view is None:
            return cast("Callable[P, R]", self)
        bound = MethodType(self._method, view._viewed)
        opened = self._opened
        if opened is None:
            return bound

        def open_later(*args: P.args, **kwargs: P.kwargs) -> R:
            return cast("R", opened(lambda: bound(*args, **kwargs)))

        open_later.__doc__ = self.__doc__
        return open_later


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
    return _Viewed(method, _opened)


def async_streaming(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> _Viewed[P, AbstractAsyncContextManager[AsyncStreamedResponse[T]]]:
    """View an async method as an async context manager of the response on the wire."""
    return _Viewed(method, _async_opened)
