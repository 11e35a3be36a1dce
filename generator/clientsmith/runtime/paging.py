"""Go through the items of all pages of a response, one page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar, Unpack
from urllib.parse import parse_qs, urljoin, urlsplit

from .client import AsyncClient, SyncClient
from .operation import Operation
from .redirects import origin
from .responses import AsyncRawResponse, RawResponse
from .types import Arguments

Item = TypeVar("Item")


class Paging(NamedTuple, Generic[Item]):
    """How an operation is paged, in wire names; places inside a response are dotted paths.

    `items` is where a response has its items (empty: the response is the list). One of these moves
    on: `page`, a query parameter that counts pages; `offset`, one that counts items; `cursor`,
    one that takes the text found at `next_cursor`; `next_link`, where the response has the URL of
    the next page. `total` is where the response has the number of all items.
    """

    items: str = ""
    page: str | None = None
    offset: str | None = None
    cursor: str | None = None
    next_cursor: str | None = None
    next_link: str | None = None
    total: str | None = None
    first_page: int = 1

    def iterate(
        self,
        client: SyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> Paginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return Paginator(partial(client._raw, operation), self, arguments)

    def iterate_async(
        self,
        client: AsyncClient,
        operation: Operation[Any],
        **arguments: Unpack[Arguments],
    ) -> AsyncPaginator[Item]:
        """Do the same in an async client; nothing is awaited before the first item."""
        return AsyncPaginator(partial(client._raw, operation), self, arguments)


class _Walk(Generic[Item]):
    """One way through the pages; `arguments` fetch the next one, None ends it."""

    def __init__(self, paging: Paging[Item], arguments: Arguments) -> None:
        self.arguments: Arguments | None = arguments
        self._paging = paging
        self._seen = 0
        self._last: object = None
        self._visited: set[str] = set()

    def advance(self, raw: RawResponse[Any] | AsyncRawResponse[Any]) -> list[Item]:
        """Take the items of a page, and find the arguments of the next."""
        arguments, self.arguments = self.arguments, None
        body = raw.decoded_json()
        items = _at(raw.decoded(), self._paging.items)
        sent = _at(body, self._paging.items)
        if not isinstance(items, list) or not items or sent == self._last:
            return []
        self._last = sent
        self._seen += len(items)
        following = self._following(body, raw, len(items))
        visited = repr(following)
        if following and visited not in self._visited and arguments is not None:
            self._visited.add(visited)
            query = {**(arguments.get("extra_query") or {}), **following}
            self.arguments = {**arguments, "extra_query": query}
        return items

    def _following(
        self, body: object, raw: RawResponse[Any] | AsyncRawResponse[Any], count: int
    ) -> Mapping[str, object]:
        """Return what the query of the next page has; nothing where this is the last."""
        paging = self._paging
        requested = parse_qs(urlsplit(raw.exchange.url).query)
        offset = _number(requested, paging.offset, 0) + count
        reached = offset if paging.offset else self._seen
        total = _at(body, paging.total) if paging.total else None
        if isinstance(total, (int, float)) and reached >= total:
            return {}
        if paging.next_link:
            return _link_query(_at(body, paging.next_link), raw)
        if paging.cursor:
            cursor = _at(body, paging.next_cursor or paging.cursor)
            if cursor and not (isinstance(cursor, (str, int)) and _is_sendable(cursor)):
                raise raw.invalid("the next cursor is neither a text nor a number")
            return {paging.cursor: cursor} if cursor else {}
        if paging.page:
            return {paging.page: _number(requested, paging.page, paging.first_page) + 1}
        return {paging.offset: offset} if paging.offset else {}


def _number(query: Mapping[str, list[str]], name: str | None, default: int) -> int:
    """Read a number out of the query that went out, whoever wrote it there."""
    try:
        return int(float(query.get(name or "", [])[-1]))
    except (IndexError, ValueError, OverflowError):
        return default


def _is_sendable(value: object) -> bool:
    """Tell whether a value has a text in UTF-8: half of a surrogate pair has none."""
    try:
        return bool(str(value).encode())
    except UnicodeEncodeError:
        return False


def _link_query(
    link: object, raw: RawResponse[Any] | AsyncRawResponse[Any]
) -> Mapping[str, object]:
    """Read the query of a next link.

    Raises:
        APIResponseValidationError: it leads to another place.
    """
    if not isinstance(link, str) or not link:
        return {}
    here = urlsplit(raw.url)
    try:
        there = urlsplit(urljoin(raw.url, link))
        is_ours = origin(there) == origin(here) and _is_sendable(link)
    except ValueError:
        there, is_ours = here, False
    if not is_ours:
        raise raw.invalid("the next link leads to another origin, or nowhere")
    query = parse_qs(there.query, keep_blank_values=True)
    if not query and there.path != here.path:
        raise raw.invalid("the next link has no query, but another path: call that")
    return {k: v if len(v) > 1 else v[0] for k, v in query.items()}


def _at(value: Any, path: str) -> Any:
    """Walk down a path of wire names, through JSON data or decoded models."""
    for name in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(name)
            continue
        fields = getattr(type(value), "__fields__", {}).items()
        names = (own for own, field in fields if field.on_the_wire(own) == name)
        value = getattr(value, next(names, ""), None)
    return value


class _Pages(Generic[Item]):
    def __init__(
        self,
        fetch: Callable[[Arguments], Any],
        paging: Paging[Item],
        arguments: Arguments,
    ) -> None:
        self._fetch = fetch
        self._paging = paging
        self._arguments = arguments


class Paginator(_Pages[Item]):
    """All items, fetched page by page as they are asked for."""

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[Item]]:
        walk = _Walk(self._paging, self._arguments)
        while walk.arguments is not None:
            yield walk.advance(self._fetch(walk.arguments))


class AsyncPaginator(_Pages[Item]):
    """The same in an async client."""

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page:
                yield item

    async def pages(self) -> AsyncIterator[list[Item]]:
        walk = _Walk(self._paging, self._arguments)
        while walk.arguments is not None:
            yield walk.advance(await self._fetch(walk.arguments))
