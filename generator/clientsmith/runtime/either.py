"""Methods that give a response whole, or as a stream where a flag of the request asks for one."""

from __future__ import annotations

from typing import Any, TypeVar

from .operation import Operation
from .streaming import AsyncStream, Stream

T = TypeVar("T")
S = TypeVar("S")


def either(
    client: Any,
    whole: Operation[T],
    streamed: Operation[S],
    flag: object,
    **arguments: Any,
) -> T | Stream[S]:
    """Call one of two operations: the second one where the flag is True."""
    called: Any = client.stream if flag is True else client.request
    result: T | Stream[S] = called(streamed if flag is True else whole, **arguments)
    return result


async def either_async(
    client: Any,
    whole: Operation[T],
    streamed: Operation[S],
    flag: object,
    **arguments: Any,
) -> T | AsyncStream[S]:
    result: Any = either(client, whole, streamed, flag, **arguments)
    found: T | AsyncStream[S] = await result
    return found
