"""Go through the items of all pages of an answer, one page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urljoin, urlsplit

from .errors import APIResponseValidationError
from .operation import Operation
from .types import Arguments

if TYPE_CHECKING:
    from .responses import RawResponse

Item = TypeVar("Item")


class Paging(Generic[Item]):
    """How an operation is paged, in wire names; places inside an answer are dotted paths.

    `items` is where an answer has its items (empty: the answer is the list). One of these moves
    on: `page`, a query parameter that counts pages; `offset`, one that counts items; `cursor`,
    one that takes the text found at `next_cursor`; `next_link`, where the answer has the URL of
    the next page. `total` is where the answer has the number of all items, `has_more` whether
    there are any left.
    """

    def __init__(
        self,
        *,
        items: str = "",
        page: str | None = None,
        offset: str | None = None,
        cursor: str | None = None,
        next_cursor: str | None = None,
        next_link: str | None = None,
        total: str | None = None,
        has_more: str | None = None,
        first_page: int = 1,
    ) -> None:
        self.items = items
        self.page = page
        self.offset = offset
        self.cursor = cursor
        self.next_cursor = next_cursor
        self.next_link = next_link
        self.total = total
        self.has_more = has_more
        self.first_page = first_page


class _Pages(Generic[Item]):
    """All items, fetched page by page as they are asked for."""

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

    def _begin(self) -> _Position[Item]:
        return _Position(self._paging, self._arguments)


class _Position(Generic[Item]):
    def __init__(self, paging: Paging[Item], arguments: Arguments) -> None:
        self.paging = paging
        self.arguments: Arguments | None = arguments
        self.query: dict[str, object] = {
            **(arguments.get("query") or {}),
            **(arguments.get("extra_query") or {}),
        }
        self.seen = 0
        self.last: object = None
        self.visited: list[Mapping[str, object]] = []

    def advance(self, raw: RawResponse[Any]) -> list[Item]:
        """Take the items of a page and settle the arguments of the next; None ends the walk."""
        body = raw.json()
        items = _at_wire_path(raw.parse(), self.paging.items)
        arguments, self.arguments = self.arguments, None
        sent = _at_path(body, self.paging.items)
        if not isinstance(items, list) or not items or sent == self.last:
            return []
        self.last = sent
        self.seen += len(items)
        following = self._following(body, raw)
        if following is not None and arguments is not None:
            changed = {**(arguments.get("extra_query") or {}), **following}
            self.arguments = {**arguments, "extra_query": changed}
        return items

    def _following(
        self, body: Any, raw: RawResponse[Any]
    ) -> Mapping[str, object] | None:
        paging = self.paging
        total = _at_path(body, paging.total) if paging.total else None
        if isinstance(total, (int, float)) and self.seen >= total:
            return None
        if paging.has_more and not _at_path(body, paging.has_more):
            return None
        if paging.next_link:
            return self._moved(_link_query(_at_path(body, paging.next_link), raw))
        if paging.cursor:
            cursor = _at_path(body, paging.next_cursor or paging.cursor)
            return self._moved({paging.cursor: cursor} if cursor else None)
        if paging.offset:
            return {paging.offset: self._number(paging.offset, 0, self.seen)}
        if paging.page:
            current = self._number(paging.page, self.paging.first_page, 0)
            return self._moved({paging.page: current + 1})
        return None

    def _number(self, name: str, default: int, step: int) -> int:
        value = self.query.get(name)
        return (int(value) if isinstance(value, (int, float, str)) else default) + step

    def _moved(
        self, following: Mapping[str, object] | None
    ) -> Mapping[str, object] | None:
        """Stop where the next page would be one that came before."""
        if following is None or all(
            self.query.get(k) == v for k, v in following.items()
        ):
            return None
        if following in self.visited:
            return None
        self.visited.append(following)
        self.query.update(following)
        return following


def _link_query(link: object, raw: RawResponse[Any]) -> Mapping[str, object] | None:
    """Read the query of a next link; refuse one that leads to another place."""
    if not isinstance(link, str) or not link:
        return None
    try:
        there = urlsplit(urljoin(raw.url, link))
    except ValueError:
        there = urlsplit("")
    if there[:2] != urlsplit(raw.url)[:2]:
        raise APIResponseValidationError(
            "the next link leads to another origin; it is not followed", response=raw
        )
    return dict(parse_qsl(there.query, keep_blank_values=True))


def _at_path(value: Any, path: str) -> Any:
    for name in path.split(".") if path else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _at_wire_path(value: Any, path: str) -> Any:
    """Walk decoded models by wire names."""
    for name in path.split(".") if path else ():
        value = (
            value.get(name)
            if isinstance(value, Mapping)
            else _by_wire_name(value, name)
        )
    return value


def _by_wire_name(model: Any, wire_name: str) -> Any:
    for name, declaration in getattr(type(model), "__fields__", {}).items():
        if declaration.on_the_wire(name) == wire_name:
            return getattr(model, name)
    return None


class Paginator(_Pages[Item]):
    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[Item]]:
        position = self._begin()
        while position.arguments is not None:
            yield position.advance(self._fetch(self._operation, position.arguments))


class AsyncPaginator(_Pages[Item]):
    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page:
                yield item

    async def pages(self) -> AsyncIterator[list[Item]]:
        position = self._begin()
        while position.arguments is not None:
            raw = await self._fetch(self._operation, position.arguments)
            yield position.advance(raw)
