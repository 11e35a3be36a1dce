"""What generated modules declare: operations, their bodies and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")
Nothing: Mapping[str, Any] = {}


class Style(NamedTuple):
    """How a parameter is written: ``Style("deepObject", explode=True)``."""

    name: str
    explode: bool | None = None
    allow_reserved: bool = False

    @property
    def explodes(self) -> bool:
        """Tell whether each item is written apart; ``form`` does so unless told otherwise."""
        return self.name == "form" if self.explode is None else self.explode


class ContentStyle(NamedTuple):
    """A parameter that is written in a media type, such as a JSON text in the query."""

    media_type: str


class Answer:
    """What an operation answers with; `type` gives what it, or each of its parts, is decoded into."""

    accept = "*/*"

    def __init__(self, type: Callable[[], object] = lambda: object) -> None:
        self._type = type

    @cached_property
    def annotation(self) -> object:
        return self._type()


class JSON(Answer):
    accept = "application/json"


class Text(Answer):
    accept = "text/plain, */*;q=0.5"


class Bytes(Answer): ...


class EventStream(Answer):
    accept = "text/event-stream"


class JSONLines(Answer):
    accept = "application/x-ndjson, application/jsonl"


class PartEncoding(NamedTuple):
    """How one part of a multipart body is sent.

    ``content_type`` may list several (``image/png, image/*``): the file's name tells which.
    """

    content_type: str | None = None
    headers: Mapping[str, str] = Nothing


class _Body:
    """How a body is sent.

    `params` is given where nested keys have other names on the wire; a JSON body may be one text
    a line (`lines`); a form's pairs have the styles of a query.
    """

    media_type: str

    def __init__(
        self,
        media_type: str | None = None,
        *,
        params: Params | None = None,
        lines: bool = False,
        styles: Styles = Nothing,
        encoding: Mapping[str, PartEncoding] = Nothing,
    ) -> None:
        self.media_type = media_type or self.media_type
        self.params = params
        self.lines = lines
        self.styles = styles
        self.encoding = encoding


class JSONBody(_Body):
    media_type = "application/json"


class FormBody(_Body):
    media_type = "application/x-www-form-urlencoded"


class MultipartBody(_Body):
    media_type = "multipart/form-data"


class BinaryBody(_Body):
    media_type = "application/octet-stream"


class TextBody(_Body):
    media_type = "text/plain"


BodyKind: TypeAlias = JSONBody | FormBody | MultipartBody | BinaryBody | TextBody
Params: TypeAlias = Callable[[], object]
Returns: TypeAlias = Answer | Mapping[str, Answer | None] | None
Styles: TypeAlias = Mapping[str, Style | ContentStyle]
Segment: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...]]
"""What is before a segment of a path, how it begins, and each name to fill in with what follows."""


class Operation(Generic[T]):
    """One operation of the document; ``T`` is what the method returns."""

    segments: tuple[Segment, ...] | None = None
    path_end: str

    def __init__(
        self,
        method: str,
        path: str,
        *,
        returns: Returns = None,
        errors: Mapping[str, Answer] = Nothing,
        body: BodyKind | tuple[BodyKind, ...] = (),
        accept: str | None = None,
        path_styles: Styles = Nothing,
        query_styles: Styles = Nothing,
        header_styles: Styles = Nothing,
        cookie_styles: Styles = Nothing,
        security: tuple[tuple[str, ...], ...] | None = None,
        server: str | None = None,
        deprecated: bool = False,
        parameters: Params | None = None,
        optional_body: bool = False,
    ) -> None:
        self.method, self.path = method, path
        self.errors = errors
        self.bodies = body if isinstance(body, tuple) else (body,)
        self.optional_body = optional_body
        self.parameters = parameters
        self.path_styles, self.query_styles = path_styles, query_styles
        self.header_styles, self.cookie_styles = header_styles, cookie_styles
        self.security, self.server = security, server
        self.deprecated = deprecated
        self.takes_files = any(
            isinstance(body, (MultipartBody, BinaryBody)) for body in self.bodies
        )
        self._answers = (
            returns if isinstance(returns, Mapping) else {"default": returns}
        )
        self._first = next(iter(self._answers.values()), None)
        accepts = dict.fromkeys(a.accept for a in self._answers.values() if a)
        self.accept = accept or ", ".join(accepts) or "*/*"

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"

    def answer(self, status: int) -> Answer | None:
        """Find what a successful status is decoded with; None for an empty answer."""
        if len(self._answers) == 1:
            return self._first
        key = status_key(self._answers, status)
        return self._first if key is None else self._answers[key]


def status_key(table: Mapping[str, object], status: int) -> str | None:
    """Find the entry of a status: itself, its class (``4XX``) or ``default``."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in table:
            return key
    return None


def warn_of_deprecation(operation: Operation[Any]) -> None:
    """Warn the caller, outside of this package, that the document calls an operation deprecated."""
    import sys
    import warnings

    package = f"{__name__.rsplit('.', 2)[0]}."
    frame, level = sys._getframe(), 1
    while frame.f_back and f"{frame.f_globals.get('__name__')}.".startswith(package):
        frame, level = frame.f_back, level + 1
    text = f"{operation.method} {operation.path} is deprecated"
    warnings.warn(text, DeprecationWarning, stacklevel=level)
