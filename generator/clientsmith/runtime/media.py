"""What the responses of operations are declared as; each declaration reads a response.

Streams are declared in modules of their own (`events`, `json_lines`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol

from .decode import decode


class Received(Protocol):
    """What a declaration reads: a response whose body is there."""

    content: bytes

    @property
    def strict(self) -> bool: ...

    @property
    def accept(self) -> str: ...

    @property
    def content_type(self) -> str: ...

    @property
    def body(self) -> object: ...

    def decoded_text(self) -> str: ...

    def decoded_json(self) -> Any: ...

    def invalid(self, message: str) -> Exception: ...

    def stream(self) -> Any: ...


class Response:
    """What an operation responds with; `type` gives what it, or each of its parts, is decoded into."""

    accept = "*/*"

    def __init__(self, type: Callable[[], object] = lambda: object) -> None:
        self._type = type

    @cached_property
    def annotation(self) -> object:
        return self._type()

    def is_stream(self, content_type: str, accept: str) -> bool:
        """Report whether a body of this content type, of those asked for, comes in parts."""
        return False

    def mismatch(self, content_type: str, accept: str) -> str | None:
        """Return why a body of this content type cannot be read, or None."""
        return None

    def parts(self) -> Any:
        """Make a decoder that gives the parts of a stream undecoded.

        Raises:
            TypeError: the response is no stream.
        """
        raise TypeError(f"{type(self).__name__} has no parts")

    def values(self, response: Any) -> Any:
        """Make a decoder that gives the values of a stream's parts.

        Raises:
            TypeError: the response is no stream.
        """
        raise TypeError(f"{type(self).__name__} has no parts")

    def read(self, response: Received) -> Any:
        """Read a response that is there as a whole.

        Raises:
            APIResponseValidationError: the body is not what is declared.
        """
        raise NotImplementedError


class JSON(Response):
    accept = "application/json"

    def mismatch(self, content_type: str, accept: str) -> str | None:
        """Refuse what may never end; other types are often JSON all the same."""
        if content_type.partition(";")[0].strip() != "text/event-stream":
            return None
        return f"the response is {content_type}, not {self.accept}"

    def read(self, response: Received) -> Any:
        """Decode JSON as the declared type.

        Raises:
            APIResponseValidationError: the body is not JSON, or not of that type.
        """
        return self._decoded(response, response.decoded_json())

    def _decoded(self, response: Received, data: Any) -> Any:
        try:
            return decode(data, self.annotation, strict=response.strict)
        except ValueError as error:
            raise response.invalid(str(error)) from None


class Text(Response):
    accept = "text/plain, */*;q=0.5"

    def read(self, response: Received) -> Any:
        return response.decoded_text()


class Bytes(Response):
    def read(self, response: Received) -> Any:
        return response.content
