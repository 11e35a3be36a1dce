"""Methods that return a response of bytes itself, as those of Stainless's SDKs do."""

from __future__ import annotations

from typing import Any

from .compatible_responses import (
    APIResponse,
    AsyncAPIResponse,
    AsyncBinaryAPIResponse,
    BinaryAPIResponse,
    converted,
)
from .media import Bytes
from .operation import Operation


class Binary(Bytes):
    """Bytes, given with the response that has them."""

    def read(self, response: Any) -> Any:
        kind: Any = AsyncAPIResponse if response.exchange.is_async else APIResponse
        return converted(kind, response)


def binary(
    client: Any, operation: Operation[bytes], **arguments: Any
) -> BinaryAPIResponse:
    """Call an operation that responds with bytes."""
    response: BinaryAPIResponse = client.request(operation, **arguments)
    return response


async def binary_async(
    client: Any, operation: Operation[bytes], **arguments: Any
) -> AsyncBinaryAPIResponse:
    response: AsyncBinaryAPIResponse = await client.request(operation, **arguments)
    return response
