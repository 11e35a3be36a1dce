"""The exceptions of a generated client.

::

    ClientError
    ├── ArgumentValueError (also a ValueError)        an argument cannot be sent
    ├── ArgumentTypeError (also a TypeError)          an argument is of the wrong type
    │   └── MissingCredentialsError
    ├── ClientStateError (also a RuntimeError)        the client is closed, or in use elsewhere
    └── APIError
        ├── APIConnectionError            nothing came back, or not all of it
        │   └── APITimeoutError
        ├── APIResponseValidationError    what came back is not what the document says
        └── APIStatusError                the status is no success
            ├── BadRequestError           400
            ├── AuthenticationError       401
            ├── PermissionDeniedError     403
            ├── NotFoundError             404
            ├── ConflictError             409
            ├── UnprocessableEntityError  422
            ├── RateLimitError            429
            ├── InternalServerError       500 and above
            └── TokenError                no credential was given out for the call

Their text has no credential; all of them can be pickled. A generated package calls the root by a
name of its own, and all of them show the package as their module.
"""

from __future__ import annotations

from typing import Any

from .messages import LONGEST_TEXT, cut, printable

_PACKAGE = __name__.removesuffix("._core.errors")


class ClientError(Exception):
    """Anything that this package raises by itself."""


class ArgumentValueError(ClientError, ValueError):
    """An argument has a value that cannot be sent; nothing has been sent."""


class ArgumentTypeError(ClientError, TypeError):
    """An argument is of the wrong type; nothing has been sent."""


class MissingCredentialsError(ArgumentTypeError):
    """No complete set of credentials was given; nothing has been sent."""


class ClientStateError(ClientError, RuntimeError):
    """The client cannot be used now: it is closed, say."""


class SourceError(Exception):
    """What a file or iterator of the caller raised: no failure of the connection."""


class APIError(ClientError):
    """A call failed. ``request`` is what was sent, ``body`` the decoded response if there is one."""

    request: Any = None
    body: object = None

    def __init__(self, message: str, **details: Any) -> None:
        message = cut(printable(message[: 2 * LONGEST_TEXT]))  # it may quote the server
        super().__init__(message)
        self.message = message
        vars(self).update(details)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).__new__, (type(self), self.message), self._state()

    def _state(self) -> dict[str, Any]:
        return vars(self)


class APIConnectionError(APIError):
    """The connection could not be made, or broke before the response was complete."""


class APITimeoutError(APIConnectionError):
    """The response took longer than the timeout allows."""


class APIResponseError(APIError):
    """What the errors about a response have in common.

    ``error`` is the document's model of the error, where it has one.
    """

    error: Any = None
    response: Any
    status_code: int

    def __init__(self, message: str, *, response: Any, **details: Any) -> None:
        super().__init__(message, request=response.http_request, **details)
        self.response = response
        self.status_code = response.status_code

    def _state(self) -> dict[str, Any]:
        """Leave out what is nested too deeply to be pickled; the response has the body as bytes."""
        return {name: value for name, value in vars(self).items() if _pickles(value)}

    def __setstate__(self, state: dict[str, Any] | None) -> None:
        vars(self).update(state or {})
        if "body" not in vars(self):
            self.body = self.response.body


def _pickles(value: object) -> bool:
    import pickle

    try:
        pickle.dumps(value)
    except RecursionError:
        return False
    return True


class APIResponseValidationError(APIResponseError):
    """The response is no valid text of its kind, or not of the declared type."""


class APIStatusError(APIResponseError):
    """The response's status is no success."""


class BadRequestError(APIStatusError): ...


class AuthenticationError(APIStatusError): ...


class PermissionDeniedError(APIStatusError): ...


class NotFoundError(APIStatusError): ...


class ConflictError(APIStatusError): ...


class UnprocessableEntityError(APIStatusError): ...


class RateLimitError(APIStatusError): ...


class InternalServerError(APIStatusError): ...


class TokenError(APIStatusError):
    """A server refused to give out a token; the call itself was not sent, or was not accepted before.

    ``error`` is the code that RFC 6749 (section 5.2) has for the reason, and
    ``error_description`` what the server says about it.
    """

    error_description: str | None = None

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message, **details)
        if isinstance(self.body, dict):
            self.error = self.body.get("error")
            self.error_description = self.body.get("error_description")


BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error_class(status: int) -> type[APIStatusError]:
    """Choose the exception of a status."""
    others = InternalServerError if status >= 500 else APIStatusError
    return BY_STATUS.get(status, others)


EXPORTED = (
    *(ClientError, APIError, APIConnectionError, APITimeoutError),
    *(APIResponseValidationError, APIStatusError, InternalServerError, TokenError),
    *BY_STATUS.values(),
)


def show_as(name: str) -> None:
    """Show the errors that a package exports as its own, the root by the name that it has there."""
    if _PACKAGE != __name__:
        for error in EXPORTED:
            error.__module__ = _PACKAGE
        ClientError.__name__ = ClientError.__qualname__ = name
