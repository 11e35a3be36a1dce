"""Responses that are pages: each knows what fetches the next one.

A page is what its operation responds with, and the items of all pages behind it.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterator,
)
from typing import Any, Generic, NamedTuple, Self, TypeVar, Unpack, cast

from .client import AsyncClient, SyncClient
from .errors import APIStatusError, ClientStateError
from .media import Received, Response
from .operation import Operation
from .page_values import Raw
from .paging import Paging, Step
from .types import Arguments

Item = TypeVar("Item")
Page = TypeVar("Page", bound="_Page[Any]")
AsyncPage_ = TypeVar("AsyncPage_", bound="_Page[Any]")
Fetch = Callable[[Operation[Any], Arguments, bool], Any]


class Position(NamedTuple):
    """Where a page stands: its items, and what fetches the page behind it."""

    items: list[Any] | None
    """None where the server has sent the page before once more."""
    step: Step[Any] | None
    fetch: Fetch
    make: Callable[[], Any]


class _Page(Generic[Item]):
    """What sync and async pages share. Generated classes have a slot for the position."""

    __slots__ = ()
    _position: Position

    @classmethod
    def _of(cls, decoded: Any) -> Self:
        """Make a page with the fields of a decoded response."""
        page = object.__new__(cls)
        cast(Any, page).__setstate__(decoded.__getstate__())
        return page

    def has_next_page(self) -> bool:
        """Report whether this page says that there is another one; a count alone cannot know."""
        return self._here.step is not None

    @property
    def _here(self) -> Position:
        position: Position | None = getattr(self, "_position", None)
        if position is None:
            raise ClientStateError(
                "a page that was copied or pickled has its fields only"
            )
        return position

    @property
    def _next_step(self) -> Step[Item]:
        if self._here.step is None:
            raise ClientStateError("this is the last page: ask has_next_page() first")
        return self._here.step

    def _fetch(self, step: Step[Item]) -> Any:
        """Fetch a page with the client of this one; in an async client this is a coroutine."""
        _, _, fetch, make = self._here
        return fetch(_paged(step, fetch, make), step.arguments, True)


class SyncPage(_Page[Item]):
    """A page. Iterating gives its items, then those of all pages behind it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Item]:
        for page in self.iter_pages():
            yield from page._here.items or ()

    def get_next_page(self) -> Self:
        """Fetch the page behind this one.

        Raises:
            ClientStateError: this is the last one.
        """
        return cast(Self, self._fetch(self._next_step).decoded())

    def iter_pages(self) -> Iterator[Self]:
        """Go through this page and all behind it; each is fetched when it is asked for."""
        page: Self | None = self
        while page is not None:
            yield page
            page = page._following()

    def _following(self) -> Self | None:
        step = self._here.step
        if step is None:
            return None
        try:
            page = self.get_next_page()
        except APIStatusError as error:
            if not step.is_end(error):
                raise
            return None
        return None if page._here.items is None else page


class AsyncPage(_Page[Item]):
    """The same in an async client: `async for`, and `await page.get_next_page()`."""

    __slots__ = ()

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.iter_pages():
            for item in page._here.items or ():
                yield item

    async def get_next_page(self) -> Self:
        """Fetch the page behind this one.

        Raises:
            ClientStateError: this is the last one.
        """
        return cast(Self, (await self._fetch(self._next_step)).decoded())

    async def iter_pages(self) -> AsyncIterator[Self]:
        """Go through this page and all behind it; each is fetched when it is asked for."""
        page: Self | None = self
        while page is not None:
            yield page
            page = await page._following()

    async def _following(self) -> Self | None:
        step = self._here.step
        if step is None:
            return None
        try:
            page = await self.get_next_page()
        except APIStatusError as error:
            if not step.is_end(error):
                raise
            return None
        return None if page._here.items is None else page


class _List(_Page[Item]):
    """A page whose response is the list of its items."""

    __slots__ = ("_position", "items")
    items: list[Item]

    @classmethod
    def _of(cls, decoded: Any) -> Self:
        page = object.__new__(cls)
        page.items = decoded
        return page

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.items == other.items

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}(items={self.items!r})"

    def __reduce__(self) -> tuple[Callable[[Any], Self], tuple[list[Item]]]:
        return type(self)._of, (self.items,)


class SyncListPage(_List[Item], SyncPage[Item]):
    """A page of a response that is a list: `items` has those of this page."""

    __slots__ = ()


class AsyncListPage(_List[Item], AsyncPage[Item]):
    """The same in an async client."""

    __slots__ = ()


class AsyncPages(Generic[Item, Page]):
    """Pages that nobody has asked for yet: await it for the first, or iterate over all items."""

    def __init__(self, first: Callable[[], Awaitable[Page]]) -> None:
        self._first = first

    def __await__(self) -> Generator[Any, Any, Page]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[Item]:
        page: Any = await self
        async for item in page:
            yield item


class Pages(Generic[Item, Page, AsyncPage_]):
    """What a paged method declares: how pages are found, and the types of a page."""

    def __init__(
        self,
        paging: Paging[Item],
        page: Callable[[], Any] = lambda: SyncListPage,
        async_page: Callable[[], Any] = lambda: AsyncListPage,
    ) -> None:
        self._paging = paging
        self._page, self._async_page = page, async_page

    def first(
        self,
        client: SyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> Page:
        """Fetch the first page."""
        step = Step(self._paging, operation, arguments)
        paged = _paged(step, client._raw, self._page)
        return cast(Page, client.request(paged, **arguments))

    def first_async(
        self,
        client: AsyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> AsyncPages[Item, AsyncPage_]:
        """Return what is awaited for the first page; a wrapper's client gives a response instead."""
        step = Step(self._paging, operation, arguments)
        paged = _paged(step, client._raw, self._async_page)
        pages = AsyncPages[Item, Any](lambda: client.request(paged, **arguments))
        is_wrapped = not isinstance(cast(object, client), AsyncClient)
        return cast(Any, pages._first()) if is_wrapped else pages


class _PageResponse(Response):
    """A declared response that is read as a page."""

    def __init__(
        self,
        declared: Response,
        step: Step[Any],
        fetch: Fetch,
        make: Callable[[], Any],
    ) -> None:
        super().__init__(lambda: declared.annotation)
        self.accept = declared.accept
        self._declared = declared
        self._step, self._fetch, self._make = step, fetch, make

    def mismatch(self, content_type: str, accept: str) -> str | None:
        return self._declared.mismatch(content_type, accept)

    def read(self, response: Received) -> Any:
        decoded = self._declared.read(response)
        if decoded is None:
            raise response.invalid("the response is null, not a page")
        raw = cast(Raw, response)
        items, step = self._step.turn(raw, decoded)
        page = self._make()._of(decoded)
        page._position = Position(items, step, self._fetch, self._make)
        return page


def _paged(step: Step[Any], fetch: Fetch, make: Callable[[], Any]) -> Operation[Any]:
    """Copy the operation of a step so that it gives a page."""
    return step.operation.with_responses(
        lambda declared: _PageResponse(declared, step, fetch, make)
    )
