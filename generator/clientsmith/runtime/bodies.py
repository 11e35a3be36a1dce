"""What the bodies of requests are declared as; each declaration writes a body.

Forms, files and JSON lines are in modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from .encode import dumps, sendable
from .errors import ArgumentTypeError
from .prepared import Content

Written: TypeAlias = "tuple[bytes | Content, str]"
"""A body and its content type."""


class Body:
    """How a body is sent.

    Args:
        params: Renames the keys of what the caller passes, where they differ on the wire.
    """

    media_type: str
    reads_files = False
    """Whether writing it may block: the async client does so in a thread."""

    def __init__(
        self,
        media_type: str | None = None,
        *,
        params: Callable[[Any], Any] | None = None,
    ) -> None:
        self.media_type = media_type or self.media_type
        self.params = params

    def usual_type(self, value: object) -> str:
        """Return the media type of a body for which the caller chooses none."""
        return self.media_type

    def write(self, value: object, extra: object, media_type: str) -> Written:
        """Write a value, with `extra` laid over it unless that is None.

        Raises:
            ArgumentTypeError: the value cannot be sent in this way.
            ArgumentValueError: a number is not finite, or the value contains itself.
        """
        raise NotImplementedError

    def data(self, value: object, extra: object) -> Any:
        """Return the value as JSON data, renamed, with the extra keys laid over it."""
        data = sendable(self.params(value) if self.params else value)
        return data if extra is None else sendable(merged(data, extra))


class JSONBody(Body):
    media_type = "application/json"

    def write(self, value: object, extra: object, media_type: str) -> Written:
        return dumps(self.data(value, extra)), media_type


def merged(data: object, extra: object) -> object:
    """Lay the extra keys over an object; anything else gives way to the extra body."""
    extra = extra if isinstance(extra, Mapping) else sendable(extra)
    if isinstance(data, Mapping) and isinstance(extra, Mapping):
        return {**data, **extra}
    return extra


def object_data(data: object) -> Mapping[str, object]:
    """Return data that is an object.

    Raises:
        ArgumentTypeError: the data is not an object.
    """
    if isinstance(data, Mapping):
        return data
    raise ArgumentTypeError(f"the body must be an object, got {type(data).__name__}")
