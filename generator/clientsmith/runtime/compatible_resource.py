"""Wrappers whose methods return the responses of Stainless's SDKs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Concatenate, ParamSpec, TypeVar

from . import resource
from .compatible_responses import (
    APIResponse,
    AsyncAPIResponse,
    AsyncStreamedAPIResponse,
    StreamedAPIResponse,
)
from .resource import _AsyncOpening, _Opening, _Wrapped

P = ParamSpec("P")
T = TypeVar("T")


class RawWrapper(resource.RawWrapper):
    """Leads to the wrappers of the resources below, too."""

    def __init__(self, wrapped: Any) -> None:
        super().__init__(wrapped)
        self._resource = wrapped


class StreamingWrapper(resource.StreamingWrapper):
    def __init__(self, wrapped: Any) -> None:
        super().__init__(wrapped)
        self._resource = wrapped


AsyncRawWrapper = RawWrapper
AsyncStreamingWrapper = StreamingWrapper


def raw(method: Callable[Concatenate[Any, P], T]) -> _Wrapped[P, APIResponse[T]]:
    return _Wrapped(method)


def async_raw(
    method: Callable[Concatenate[Any, P], Awaitable[T]],
) -> _Wrapped[P, Coroutine[Any, Any, AsyncAPIResponse[T]]]:
    return _Wrapped(method)


def streaming(
    method: Callable[Concatenate[Any, P], T],
) -> _Wrapped[P, AbstractContextManager[StreamedAPIResponse[T]]]:
    return _Wrapped(method, _Opening)


def async_streaming(
    method: Callable[Concatenate[Any, P], Awaitable[T]],
) -> _Wrapped[P, AbstractAsyncContextManager[AsyncStreamedAPIResponse[T]]]:
    return _Wrapped(method, _AsyncOpening)
