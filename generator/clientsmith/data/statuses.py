"""The exceptions that a client has for statuses: one table; tests hold the runtime against it."""

from __future__ import annotations

STATUS_ERRORS = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}


def status_error(status: str) -> str:
    """Name the exception of a status of a document: `404`, `4XX` or `default`."""
    if status.startswith("5"):
        return "InternalServerError"
    is_one = len(status) == 3 and status.isdecimal()
    return STATUS_ERRORS.get(int(status), "APIStatusError") if is_one else "APIStatusError"


def is_error(status: str) -> bool:
    """Report whether a response of this status is an error: what is declared for all other statuses counts as one."""
    return status[:1] in ("4", "5") or status == "default"
