"""One program for both clients: written as coroutines, run by the sync client without an event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from typing import Any, Protocol, Self, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


async def settled(value: Any) -> Any:
    """Give what a blocking function returned, or await what an async one did."""
    return await value if hasattr(value, "__await__") else value


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; all that it awaits has blocked instead."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return finished.value  # type: ignore[no-any-return]
    raise RuntimeError("a sync client cannot wait for an async function")


class Cutter(Protocol[T_co]):
    """Makes parts of chunks, wherever the borders between these are."""

    def feed(self, chunk: bytes) -> Iterable[T_co]: ...

    def end(self) -> Iterable[T_co]: ...


def cut(chunks: Iterator[bytes], cutter: Cutter[T]) -> Iterator[T]:
    for chunk in chunks:
        yield from cutter.feed(chunk)
    yield from cutter.end()


async def async_cut(
    chunks: AsyncIterator[bytes], cutter: Cutter[T]
) -> AsyncIterator[T]:
    async for chunk in chunks:
        for part in cutter.feed(chunk):
            yield part
    for part in cutter.end():
        yield part


class Closing:
    """Closed at the end of a `with` block."""

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncClosing:
    """Closed at the end of an `async with` block."""

    async def close(self) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()
