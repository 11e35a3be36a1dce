"""Methods that give a response whole, or as a stream where a flag of the request asks for one."""

from __future__ import annotations

from typing import Any

from .operation import Operation


def either(
    client: Any,
    whole: Operation[Any],
    streamed: Operation[Any],
    flag: object,
    **arguments: Any,
) -> Any:
    """Call one of the two operations; the result of an async client is awaited."""
    if flag is True:
        return client.stream(streamed, **arguments)
    return client.request(whole, **arguments)
