"""Go through the items of all pages of a response, one page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar, Unpack, cast

from .client import AsyncClient, SyncClient
from .codecs import read_integer
from .errors import APIStatusError
from .operation import Operation
from .page_values import (
    Place,
    Raw,
    at,
    found,
    is_sendable,
    laid_into,
    link_target,
    name_steps,
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
    the response has the URL of the next page. Counting starts at `first_page`, or at `first_offset`. `sent_in` is where the parameter goes.

    `total` is where the response has the number of all items, `pages` that of all pages, `has_more`
    a flag that is false on the last page; `stop_status` is the status behind it. Places in a
    response are dotted paths, tuples of names that have dots themselves, or `header:Name`.
    """

    items: Place = ""
    page: Place | None = None
    offset: Place | None = None
    cursor: Place | None = None
    next_cursor: Place | None = None
    next_link: Place | None = None
    total: Place | None = None
    first_page: int = 1
    sent_in: Location = "query"
    last_item: Place | None = None
    pages: Place | None = None
    has_more: Place | None = None
    stop_status: int | None = None
    first_offset: int = 0

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
        if not self.page:
            here = self._here(raw, self.offset or "", self.first_offset)
            total, following = self._number(raw, self.total), here + count
            is_end = total is not None and following - self.first_offset >= total
            return None if is_end or not count else following
        here = self._here(raw, self.page, self.first_page)
        return None if self._is_last_page(raw, here, seen, count) else here + 1

    def _is_last_page(self, raw: Raw, here: int, seen: int, count: int) -> bool:
        """Report whether a page is the last one by the number of all items or pages, or as it is empty."""
        total, pages = self._number(raw, self.total), self._number(raw, self.pages)
        if total is not None and seen >= total:
            return True
        if pages is not None:
            return here - self.first_page + 1 >= pages
        return not count and not (self.has_more and found(raw, self.has_more))

    def _here(self, raw: Raw, parameter: Place, start: int) -> int:
        """Return the number that the request had, or the one that counting starts at."""
        here = number(requested(raw, self.sent_in, parameter))
        return start if here is None else here

    def _number(self, raw: Raw, place: Place | None) -> int | None:
        return number(found(raw, place)) if place else None

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
        cursor = read_integer(cursor)
        if not cursor and (cursor != 0 or self.last_item is None):
            return None
        is_text = isinstance(cursor, (str, int)) and is_sendable(cursor)
        is_line = str(cursor).isascii() and str(cursor).isprintable()
        if not is_text or (self.sent_in == "header" and not is_line):
            raise raw.invalid("the next cursor is neither a text nor a number")
        return cursor


class Step(Generic[Item]):
    """A page that can be fetched, and what is known of those before it; it never changes.

    The pages of one walk share `visited`, which has the number of the page that each was first
    asked for behind. So a page may be asked for what follows it twice, and a circle still ends.
    """

    def __init__(
        self,
        paging: Paging[Item],
        operation: Operation[Any],
        arguments: Arguments,
        before: Step[Item] | None = None,
        seen: int = 0,
        last: object = None,
    ) -> None:
        self.operation = operation
        self.arguments = arguments
        self._paging = paging
        self._seen = seen
        self._last = last
        self._number: int = before._number + 1 if before else 0
        self._visited: dict[str, int] = before._visited if before else {}

    def is_end(self, error: APIStatusError) -> bool:
        """Report whether an error means that the page before was the last one."""
        return self._number > 0 and error.status_code == self._paging.stop_status

    def turn(
        self, raw: Raw, decoded: object
    ) -> tuple[list[Item] | None, Step[Item] | None]:
        """Take the items of this page, and find the next step; both None for the page before once more.

        Raises:
            APIResponseValidationError: what leads to the next page cannot be followed.
        """
        items = at(decoded, self._paging.items)
        items = items if isinstance(items, list) else []
        sent = self._sent(raw)
        if sent is not None and sent == self._last:
            return None, None
        if self._paging.is_last(raw):
            return items, None
        found = self._following(raw, len(items))
        if found is None:
            return items, None
        operation, arguments = found
        seen = self._seen + len(items)
        return items, Step(self._paging, operation, arguments, self, seen, sent)

    def _sent(self, raw: Raw) -> object:
        """Return the items as they were sent, where only they show that a server ignores a number.

        Equal pages mean that only where nothing says which page is the last.
        """
        paging = self._paging
        if not (paging.page or paging.offset):
            return None
        if paging.total or paging.pages or paging.has_more:
            return None
        return at(raw.decoded_json(), paging.items) or None

    def _following(
        self, raw: Raw, count: int
    ) -> tuple[Operation[Any], Arguments] | None:
        """Find what calls the next page; a page that was asked for before ends the walk."""
        paging = self._paging
        if paging.next_link is not None:
            return self._followed(raw, found(raw, paging.next_link))
        if paging.cursor is not None:
            value = paging.next_cursor_of(raw)
        else:
            value = paging.next_number(raw, self._seen + count, count)
        if value is None or not self._is_new(value):
            return None
        name = paging.page or paging.offset or paging.cursor or ""
        key = EXTRA[paging.sent_in]
        following = _parameter(raw, paging.sent_in, name, value)
        return self.operation, _extended(self.arguments, key, following)

    def _followed(
        self, raw: Raw, link: object
    ) -> tuple[Operation[Any], Arguments] | None:
        """Follow a link, on another path with nothing but what the link has."""
        if not isinstance(link, str) or not link:
            return None
        url, query = link_target(link, raw)
        if not self._is_new((url, query)) or not (url or query):
            return None
        if url is None:
            arguments = _extended(self.arguments, "extra_query", query)
            return self.operation, arguments
        dropped = ("path", "query")
        kept = {k: v for k, v in self.arguments.items() if k not in dropped}
        arguments = _extended(cast(Arguments, kept), "extra_query", query)
        return _moved(self.operation, url), arguments

    def _is_new(self, page: object) -> bool:
        first = self._visited.setdefault(repr(page), self._number)
        return first >= self._number


def _parameter(
    raw: Raw, sent_in: Location, name: Place, value: object
) -> Mapping[str, object]:
    if sent_in == "body":
        names = name_steps(name)
        body = laid_into(requested_body(raw), names, value)
        return {names[0]: body[names[0]]}
    return {str(name): str(value) if sent_in == "header" else value}


def _extended(
    arguments: Arguments, key: str, following: Mapping[str, object]
) -> Arguments:
    others: Mapping[str, object] = arguments.get(key) or {}  # type: ignore[assignment]
    return cast(Arguments, {**arguments, key: {**others, **following}})


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
        self._first = Step(paging, operation, arguments)


class Paginator(_Pages[Item]):
    """All items, fetched page by page as they are asked for."""

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[Item]]:
        step: Step[Item] | None = self._first
        while step is not None:
            try:
                raw = self._fetch(step.operation, step.arguments)
            except APIStatusError as error:
                if not step.is_end(error):
                    raise
                return
            items, step = step.turn(raw, raw.decoded())
            yield items or []


class AsyncPaginator(_Pages[Item]):
    """The same in an async client."""

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page:
                yield item

    async def pages(self) -> AsyncIterator[list[Item]]:
        step: Step[Item] | None = self._first
        while step is not None:
            try:
                raw = await self._fetch(step.operation, step.arguments)
            except APIStatusError as error:
                if not step.is_end(error):
                    raise
                return
            items, step = step.turn(raw, raw.decoded())
            yield items or []
