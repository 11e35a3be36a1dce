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

    request: Any = None
    body: object = None

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        vars(self).update(details)

    def __reduce__(self) -> tuple[Any, ...]:
        from .responses import without_secrets

        state = {**vars(self), "request": without_secrets(self.request)}
        return type(self).__new__, (type(self), self.message), state


class APIConnectionError(APIError):
    """The connection could not be made, or broke before the answer was complete."""


class APITimeoutError(APIConnectionError):
    """The answer took longer than the timeout allows."""


class APIResponseError(APIError):
    """What the errors about an answer have in common.

    ``error`` is the document's model of the error, where it has one.
    """

    error: Any = None

    def __init__(
        self, message: str, *, response: RawResponse[Any], **details: Any
    ) -> None:
        super().__init__(message, request=response.http_request, **details)
        self.response = response
        self.status_code = response.status_code


class APIResponseValidationError(APIResponseError):
    """The answer is no valid text of its kind, or not of the declared type."""


class APIStatusError(APIResponseError):
    """The answer's status is no success."""


class BadRequestError(APIStatusError): ...


class AuthenticationError(APIStatusError): ...


class PermissionDeniedError(APIStatusError): ...


class NotFoundError(APIStatusError): ...


class ConflictError(APIStatusError): ...


class UnprocessableEntityError(APIStatusError): ...


class RateLimitError(APIStatusError): ...


class InternalServerError(APIStatusError): ...


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


def status_message(status: int, body: object) -> str:
    """Say what went wrong: the answer's own words, else the status."""
    if isinstance(body, dict):
        errors = body.get("errors")
        first = errors[0] if isinstance(errors, list) and errors else None
        for place in (body.get("error"), body, first):
            words = place.get("message") if isinstance(place, dict) else place
            if isinstance(words, str) and words:
                return f"{status} {words}"
    from http import HTTPStatus

    known = {int(entry): entry.phrase for entry in HTTPStatus}
    return f"{status} {known.get(status, 'unknown status')}"
