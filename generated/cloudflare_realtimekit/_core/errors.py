"""The exceptions of a generated client.

::

    ClientError
    ├── MissingCredentialsError (also a TypeError)
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
            └── InternalServerError       500 and above

Their text shows no credential; all of them can be pickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .responses import RawResponse

LONGEST_MESSAGE = 500


class ClientError(Exception):
    """Anything that this package raises about a call."""


class MissingCredentialsError(ClientError, TypeError):
    """No complete set of credentials was given; nothing has been sent."""


class APIError(ClientError):
    """A call failed. ``request`` is what was sent, ``body`` the decoded answer if there is one."""

    def __init__(
        self, message: str, *, request: Any = None, body: object = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.request = request
        self.body = body

    def __reduce__(self) -> tuple[Any, ...]:
        from .responses import without_secrets

        state = {**self.__dict__, "request": without_secrets(self.request)}
        return _restore, (type(self), self.message), state


def _restore(kind: type[APIError], message: str) -> APIError:
    error = kind.__new__(kind, message)
    Exception.__init__(error, message)
    return error


class APIConnectionError(APIError):
    """The connection could not be made, or broke before the answer was complete."""


class APITimeoutError(APIConnectionError):
    """The answer took longer than the timeout allows."""


class APIResponseError(APIError):
    """What the errors about an answer have in common."""

    def __init__(
        self, message: str, *, response: RawResponse[Any], body: object = None
    ) -> None:
        super().__init__(message, request=response.http_request, body=body)
        self.response = response
        self.status_code = response.status_code


class APIResponseValidationError(APIResponseError):
    """The answer is no valid text of its kind, or not of the declared type."""


class APIStatusError(APIResponseError):
    """The answer's status is no success. ``error`` is the document's error model, where it has one."""

    def __init__(
        self,
        message: str,
        *,
        response: RawResponse[Any],
        body: object = None,
        error: Any = None,
    ) -> None:
        super().__init__(message, response=response, body=body)
        self.error = error


class BadRequestError(APIStatusError):
    """400"""


class AuthenticationError(APIStatusError):
    """401"""


class PermissionDeniedError(APIStatusError):
    """403"""


class NotFoundError(APIStatusError):
    """404"""


class ConflictError(APIStatusError):
    """409"""


class UnprocessableEntityError(APIStatusError):
    """422"""


class RateLimitError(APIStatusError):
    """429"""


class InternalServerError(APIStatusError):
    """500 and above"""


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
    return BY_STATUS.get(status) or (
        InternalServerError if status >= 500 else APIStatusError
    )


def status_message(status: int, body: object) -> str:
    """Say what went wrong: the answer's own words, else the status."""
    words = _own_words(body)
    if words is None:
        from http import HTTPStatus

        known = {int(entry): entry.phrase for entry in HTTPStatus}
        return f"{status} {known.get(status, 'unknown status')}"
    return f"{status} {words[:LONGEST_MESSAGE]}"


def _own_words(body: object) -> str | None:
    if not isinstance(body, dict):
        return None
    error, errors = body.get("error"), body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    for place in (error, body, first):
        message = place.get("message") if isinstance(place, dict) else place
        if isinstance(message, str) and message:
            return message
    return None
