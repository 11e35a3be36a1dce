"""What generated modules declare: operations, their bodies and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Nothing: Mapping[str, Any] = {}


class Style:
    """How a parameter is written: ``Style("deepObject", explode=True)``.

    `explodes` tells whether each item is written apart; ``form`` does so unless told otherwise.
    """

    def __init__(
        self, name: str, explode: bool | None = None, allow_reserved: bool = False
    ) -> None:
        self.name = name
        self.explodes = name == "form" if explode is None else explode
        self.allow_reserved = allow_reserved


class ContentStyle:
    """A parameter that is written in a media type, such as a JSON text in the query."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type


class Answer:
    """What an operation answers with; ``annotation`` is resolved on first use."""

    accept = "*/*"

    def __init__(self, type: Callable[[], object] = lambda: object) -> None:
        self._type = type
        self._annotation: object = None

    @property
    def annotation(self) -> object:
        if self._annotation is None:
            self._annotation = self._type()
        return self._annotation


class JSON(Answer):
    """A JSON text, decoded into the type that the function gives."""

    accept = "application/json"


class Text(Answer):
    """A text in the charset of its content type."""

    accept = "text/plain, */*;q=0.5"


class Bytes(Answer):
    """The body as it came."""


class EventStream(Answer):
    """Server-sent events whose data is decoded into the type that the function gives."""

    accept = "text/event-stream"


class JSONLines(Answer):
    """One JSON text a line, each decoded into the type that the function gives."""

    accept = "application/x-ndjson, application/jsonl"


class JSONBody:
    """A JSON text, or one a line; `params` is given where nested keys have other names on the wire."""

    def __init__(
        self,
        media_type: str = "application/json",
        params: Params | None = None,
        lines: bool = False,
    ) -> None:
        self.media_type = media_type
        self.params = params
        self.lines = lines


class FormBody:
    """Pairs of names and values, in the styles of a query."""

    media_type = "application/x-www-form-urlencoded"

    def __init__(self, params: Params | None = None, styles: Styles = Nothing) -> None:
        self.params = params
        self.styles = styles


class PartEncoding:
    """How one part of a multipart body is sent.

    ``content_type`` may list several (``image/png, image/*``): the file's name tells which.
    """

    def __init__(
        self, content_type: str | None = None, headers: Mapping[str, str] = Nothing
    ) -> None:
        self.content_type = content_type
        self.headers = headers


class MultipartBody:
    """Parts with a name each, files among them."""

    media_type = "multipart/form-data"

    def __init__(
        self,
        params: Params | None = None,
        encoding: Mapping[str, PartEncoding] = Nothing,
    ) -> None:
        self.params = params
        self.encoding = encoding


class BinaryBody:
    """Bytes, from wherever they come."""

    def __init__(self, media_type: str = "application/octet-stream") -> None:
        self.media_type = media_type


class TextBody:
    """A text, as UTF-8."""

    def __init__(self, media_type: str = "text/plain") -> None:
        self.media_type = media_type


BodyKind: TypeAlias = JSONBody | FormBody | MultipartBody | BinaryBody | TextBody
Params: TypeAlias = Callable[[], object]
Returns: TypeAlias = Answer | Mapping[str, Answer | None] | None
Styles: TypeAlias = Mapping[str, Style | ContentStyle]


class Operation(Generic[T]):
    """One operation of the document; ``T`` is what the method returns."""

    def __init__(
        self,
        method: str,
        path: str,
        *,
        returns: Returns = None,
        errors: Mapping[str, Answer] = Nothing,
        body: BodyKind | tuple[BodyKind, ...] | None = None,
        accept: str | None = None,
        path_styles: Styles = Nothing,
        query_styles: Styles = Nothing,
        header_styles: Styles = Nothing,
        cookie_styles: Styles = Nothing,
        security: tuple[tuple[str, ...], ...] | None = None,
        server: str | None = None,
        deprecated: bool = False,
        parameters: Callable[[], object] | None = None,
        optional_body: bool = False,
    ) -> None:
        self.method = method
        self.path = path
        self.returns = returns
        self.errors = errors
        self.bodies = _bodies(body)
        self.path_styles = path_styles
        self.query_styles = query_styles
        self.header_styles = header_styles
        self.cookie_styles = cookie_styles
        self.security = security
        self.server = server
        self.deprecated = deprecated
        self.parameters = parameters
        self.optional_body = optional_body
        self.accept = accept or _accept(returns)
        self.segments: tuple[tuple[str, ...], ...] | None = None

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"

    def answer(self, status: int) -> Answer | None:
        """Find what a successful status is decoded with; None for an empty answer."""
        if not isinstance(self.returns, Mapping):
            return self.returns
        if (key := status_key(self.returns, status)) is not None:
            return self.returns[key]
        return next(iter(self.returns.values()), None)


def status_key(table: Mapping[str, object], status: int) -> str | None:
    """Find the entry of a status: itself, its class (``4XX``) or ``default``."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in table:
            return key
    return None


def _bodies(body: BodyKind | tuple[BodyKind, ...] | None) -> tuple[BodyKind, ...]:
    if body is None:
        return ()
    if isinstance(body, (JSONBody, FormBody, MultipartBody, BinaryBody, TextBody)):
        return (body,)
    return body


def warn_if_deprecated(operation: Operation[Any]) -> None:
    """Warn the caller outside of this package that the document calls an operation deprecated."""
    if not operation.deprecated:
        return
    import sys
    import warnings

    package = __name__.rpartition(".")[0].rpartition(".")[0]
    frame, level = sys._getframe(), 1
    while frame.f_back and f"{frame.f_globals.get('__name__')}.".startswith(
        f"{package}."
    ):
        frame, level = frame.f_back, level + 1
    text = f"{operation.method} {operation.path} is deprecated"
    warnings.warn(text, DeprecationWarning, stacklevel=level)


def _accept(returns: Returns) -> str:
    answers = returns.values() if isinstance(returns, Mapping) else (returns,)
    accepts = [answer.accept for answer in answers if answer is not None]
    return ", ".join(dict.fromkeys(accepts)) or "*/*"
