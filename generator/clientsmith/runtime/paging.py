"""Go through the items of all pages of a response, one page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar, Unpack, cast

from .client import AsyncClient, SyncClient
from .errors import APIStatusError
from .operation import Operation
from .page_values import (
    Raw,
    at,
    found,
    is_sendable,
    laid_into,
    link_target,
    number,
    requested,
    requested_body,
)
from .types import Arguments

Item = TypeVar("Item")
Location = Literal["query", "body", "header"]
EXTRA = {"query": "extra_query", "body": "extra_body", "header": "extra_headers"}


class Paging(NamedTuple, Generic[Item]):
    """How an operation is paged, in wire names.

    `items` is where a response has its items (empty: the response is the list). One of these moves
    on: `page`, a parameter that counts pages; `offset`, one that counts items; `cursor`, one that
    takes what is found at `next_cursor`, or at `last_item` in the last item; `next_link`, where
    the response has the URL of the next page. `sent_in` is where the parameter goes.

    `total` is where the response has the number of all items, `pages` that of all pages, `has_more`
    a flag that is false on the last page; `stop_status` is the status behind it. Places in a
    response are dotted paths, or `header:Name`.
    """

    items: str = ""
    page: str | None = None
    offset: str | None = None
    cursor: str | None = None
    next_cursor: str | None = None
    next_link: str | None = None
    total: str | None = None
    first_page: int = 1
    sent_in: Location = "query"
    last_item: str | None = None
    pages: str | None = None
    has_more: str | None = None
    stop_status: int | None = None

    def iterate(
        self,
        client: SyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> Paginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return Paginator(client._raw, operation, self, arguments)

    def iterate_async(
        self,
        client: AsyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> AsyncPaginator[Item]:
        """Do the same in an async client; nothing is awaited before the first item."""
        return AsyncPaginator(client._raw, operation, self, arguments)

    def is_last(self, raw: Raw) -> bool:
        """Report whether a flag says that this is the last page."""
        if not self.has_more:
            return False
        return found(raw, self.has_more) in (False, 0, "false", "False", "0")

    def next_number(self, raw: Raw, seen: int, count: int) -> int | None:
        """Count on from a page with `count` items, the last of `seen` items; None on the last."""
        start = self.first_page if self.page else 0
        here = number(requested(raw, self.sent_in, self.page or self.offset or ""))
        here = start if here is None else here
        total = number(found(raw, self.total)) if self.total else None
        pages = number(found(raw, self.pages)) if self.pages else None
        if self.page:
            says_more = self.has_more and found(raw, self.has_more)
            is_last = not (count or says_more or pages is not None)
            is_last = is_last or (pages is not None and here - start + 1 >= pages)
            return (
                None if is_last or (total is not None and seen >= total) else here + 1
            )
        is_last = not count or (total is not None and here + count >= total)
        return None if is_last else here + count

    def next_cursor_of(self, raw: Raw) -> object:
        """Find the cursor of the next page; None on the last.

        Raises:
            APIResponseValidationError: it cannot be sent.
        """
        if self.last_item is not None:
            items = at(raw.decoded_json(), self.items)
            cursor = at(items[-1], self.last_item) if items else None
        else:
            cursor = found(raw, self.next_cursor or self.cursor or "")
        if not cursor and (cursor != 0 or self.last_item is None):
            return None
        is_text = isinstance(cursor, (str, int)) and is_sendable(cursor)
        is_line = str(cursor).isascii() and str(cursor).isprintable()
        if not is_text or (self.sent_in == "header" and not is_line):
            raise raw.invalid("the next cursor is neither a text nor a number")
        return cursor


class _Walk(Generic[Item]):
    """One way through the pages; `operation` and `arguments` fetch the next one, None ends it."""

    def __init__(
        self, paging: Paging[Item], operation: Operation[Any], arguments: Arguments
    ) -> None:
        self.operation = operation
        self.arguments: Arguments | None = arguments
        self._paging = paging
        self._seen = 0
        self._last: object = None
        self._visited: set[str] = set()

    def end(self, error: APIStatusError) -> None:
        """End the walk where an error means that the page before was the last one.

        Raises:
            APIStatusError: it means something else.
        """
        if not self._visited or error.status_code != self._paging.stop_status:
            raise error
        self.arguments = None

    def advance(self, raw: Raw) -> list[Item]:
        """Take the items of a page, and find the arguments of the next."""
        arguments, self.arguments = self.arguments, None
        items = at(raw.decoded(), self._paging.items)
        items = items if isinstance(items, list) else []
        if self._is_repeated(raw):
            return []
        self._seen += len(items)
        if arguments is not None and not self._paging.is_last(raw):
            self._move(raw, arguments, len(items))
        return items

    def _is_repeated(self, raw: Raw) -> bool:
        """Report whether a server that ignores a number has sent the same page again.

        Equal pages mean that only where nothing says which page is the last.
        """
        paging = self._paging
        if not (paging.page or paging.offset):
            return False
        if paging.total or paging.pages or paging.has_more:
            return False
        last, self._last = self._last, at(raw.decoded_json(), paging.items)
        return bool(last) and last == self._last

    def _move(self, raw: Raw, arguments: Arguments, count: int) -> None:
        """Set what calls the next page; a page that was asked for before ends the walk."""
        paging = self._paging
        if paging.next_link is not None:
            self._follow(raw, arguments, found(raw, paging.next_link))
            return
        if paging.cursor is not None:
            value = paging.next_cursor_of(raw)
        else:
            value = paging.next_number(raw, self._seen, count)
        if value is None or not self._is_new(value):
            return
        name = cast(str, paging.page or paging.offset or paging.cursor)
        key, following = EXTRA[paging.sent_in], {name: value}
        if paging.sent_in == "header":
            following = {name: str(value)}
        if paging.sent_in == "body":
            body = laid_into(requested_body(raw), name, value)
            following = {top: body[top] for top in (name.partition(".")[0],)}
        self._set(arguments, key, following)

    def _follow(self, raw: Raw, arguments: Arguments, link: object) -> None:
        """Follow a link, on another path with nothing but what the link has."""
        if not isinstance(link, str) or not link:
            return
        url, query = link_target(link, raw)
        if not self._is_new((url, query)) or not (url or query):
            return
        if url is not None:
            self.operation = _moved(self.operation, url)
            dropped = ("path", "query")
            kept = {k: v for k, v in arguments.items() if k not in dropped}
            arguments = cast(Arguments, kept)
        self._set(arguments, "extra_query", query)

    def _is_new(self, page: object) -> bool:
        is_new = repr(page) not in self._visited
        self._visited.add(repr(page))
        return is_new

    def _set(
        self, arguments: Arguments, key: str, following: Mapping[str, object]
    ) -> None:
        others: Mapping[str, object] = arguments.get(key) or {}  # type: ignore[assignment]
        made = {**arguments, key: {**others, **following}}
        self.arguments = cast(Arguments, made)


def _moved(operation: Operation[Any], url: str) -> Operation[Any]:
    """Copy an operation with another address, to the letter."""
    copied: Operation[Any] = object.__new__(Operation)
    kept = {k: v for k, v in vars(operation).items() if k != "path_parts"}
    vars(copied).update(kept, path="", server=url)
    return copied


class _Pages(Generic[Item]):
    def __init__(
        self,
        fetch: Callable[[Operation[Any], Arguments], Any],
        operation: Operation[Any],
        paging: Paging[Item],
        arguments: Arguments,
    ) -> None:
        self._fetch = fetch
        self._operation = operation
        self._paging = paging
        self._arguments = arguments

    def _walk(self) -> _Walk[Item]:
        return _Walk(self._paging, self._operation, self._arguments)


class Paginator(_Pages[Item]):
    """All items, fetched page by page as they are asked for."""

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[Item]]:
        walk = self._walk()
        while walk.arguments is not None:
            try:
                raw = self._fetch(walk.operation, walk.arguments)
            except APIStatusError as error:
                walk.end(error)
            else:
                yield walk.advance(raw)


class AsyncPaginator(_Pages[Item]):
    """The same in an async client."""

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page:
                yield item

    async def pages(self) -> AsyncIterator[list[Item]]:
        walk = self._walk()
        while walk.arguments is not None:
            try:
                raw = await self._fetch(walk.operation, walk.arguments)
            except APIStatusError as error:
                walk.end(error)
            else:
                yield walk.advance(raw)
