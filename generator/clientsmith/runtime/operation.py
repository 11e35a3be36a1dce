"""What generated modules declare of an operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from .bodies import Body
from .config import Security
from .media import Response
from .parameters import Segment, Styles, split_path

T = TypeVar("T")
NONE: Mapping[str, Any] = {}
NO_CONTENT = frozenset((204, 205, 304))
"""Statuses whose responses have no content (RFC 9110), as those to HEAD."""
Renames: TypeAlias = Callable[[Any], Any]
Returns: TypeAlias = Response | Mapping[str, Response | None] | None


class CookieParameters(Protocol):
    """What writes cookie parameters: `cookies.Cookies`."""

    def write(self, values: Mapping[str, object] | None) -> list[str]: ...


class Operation(Generic[T]):
    """One operation of the document; ``T`` is what the method returns."""

    def __init__(
        self,
        method: str,
        path: str,
        *,
        returns: Returns = None,
        errors: Mapping[str, Response] = NONE,
        body: Body | tuple[Body, ...] = (),
        accept: str | None = None,
        path_styles: Styles = NONE,
        path_arguments: Mapping[str, str] = NONE,
        query_styles: Styles = NONE,
        header_styles: Styles = NONE,
        cookies: CookieParameters | None = None,
        security: Security | None = None,
        server: str | None = None,
        notice: Callable[[Operation[Any]], None] | None = None,
        parameters: Renames | None = None,
        optional_body: bool = False,
    ) -> None:
        self.method, self.path = method, path
        self.errors = errors
        self.bodies = body if isinstance(body, tuple) else (body,)
        self.optional_body = optional_body
        self.parameters = parameters
        self.path_styles, self.query_styles = path_styles, query_styles
        self.path_arguments = path_arguments
        """What the arguments are called that have other names than their path parameters."""
        self.header_styles, self.cookies = header_styles, cookies
        self.security, self.server = security, server
        self.notice = notice
        """What is called before each call: it warns of deprecation."""
        self.reads_files = any(body.reads_files for body in self.bodies)
        self._responses = (
            returns if isinstance(returns, Mapping) else {"default": returns}
        )
        self._first = next(iter(self._responses.values()), None)
        accepts = dict.fromkeys(r.accept for r in self._responses.values() if r)
        self.accept = accept or ", ".join(accepts) or "*/*"

    @cached_property
    def path_parts(self) -> tuple[tuple[Segment, ...], str]:
        return split_path(self.path)

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"

    def with_responses(self, change: Callable[[Response], Response]) -> Operation[Any]:
        """Copy the operation, with each response declared in another way."""
        copied: Operation[Any] = object.__new__(Operation)
        changed = {k: r and change(r) for k, r in self._responses.items()}
        first = next(iter(changed.values()), None)
        vars(copied).update(vars(self), _responses=changed, _first=first)
        return copied

    def response(self, status: int) -> Response | None:
        """Find what a successful status is decoded with; None for an empty response."""
        if self.method == "HEAD":  # described like GET, but without content
            return None
        key = None
        if len(self._responses) > 1:
            key = status_key(self._responses, status)
        found = self._first if key is None else self._responses[key]
        if status in NO_CONTENT and found and not found.is_stream("", self.accept):
            return None  # whatever is declared; a stream has no items then
        return found


def status_key(table: Mapping[str, object], status: int) -> str | None:
    """Find the entry of a status: itself, its class (``4XX``) or ``default``."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in table:
            return key
    return None
