"""Decide everything about one call: what goes out next, when, and what the caller gets.

This is the core between the drivers: it sends nothing, reads nothing and never sleeps.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import unquote, urlsplit

from .body import SourceError, Upload
from .decode import decode
from .errors import (
    LONGEST_MESSAGE,
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    status_error_class,
    status_message,
)
from .operation import Operation, status_key
from .redaction import hide
from .redirects import MOST_REDIRECTS, RedirectRefused, redirected
from .responses import RawResponse
from .retry import retry_delay, should_retry
from .transport import failure_kind

if TYPE_CHECKING:
    from .auth import Values
    from .base_client import BaseClient
    from .request import PreparedRequest
    from .transport import Timeouts

T = TypeVar("T")


class Call(Generic[T]):
    """The state of one call, over its retries and redirects."""

    deadline: float | None = None
    is_success = False
    response: Any = None
    content = b""
    retries_taken = 0
    request: PreparedRequest
    sent: Any

    def __init__(
        self,
        client: BaseClient,
        operation: Operation[T],
        prepared: PreparedRequest,
        credentials: Values,
        timeout: tuple[Timeouts, float | None],
        streams: bool,
    ) -> None:
        # The client itself is not kept: answers keep the call, but do not keep the pool open.
        self.max_retries = client._max_retries
        self.strict = client.strict
        self.random = client._random
        self.logger = client._logger
        self.operation = operation
        self.prepared = self.sent = prepared
        self.credentials = credentials
        self.timeout, self.seconds = timeout
        self.streams = streams

    @property
    def secrets(self) -> list[str | None]:
        """What no text shows: the credentials, those in headers and the URL too."""
        is_secret = self.prepared.redaction.is_secret
        sent = [*self.prepared.headers.items(), *self.sent.headers.items()]
        texts = [text for name, text in sent if is_secret(name)]
        parts = [text.partition(" ")[2] for text in texts]
        password = urlsplit(self.prepared.url).password
        return [*self.credentials.values(), *texts, *parts, unquote(password or "")]

    def begin_attempt(self) -> PreparedRequest:
        """Start the clock of an attempt and give the request it begins with."""
        self.request = self.prepared
        self.redirects = 0
        self.response = None
        self.content = b""
        self.started = time.monotonic()
        if self.seconds is not None:
            self.deadline = self.started + self.seconds
        return self.request

    def check_deadline(self) -> None:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise TimeoutError("the answer was not complete before the deadline")

    def redirected(self, response: Any) -> PreparedRequest | None:
        """Give the request that an answer leads to; None when it is the answer to keep."""
        self.response = response
        status: int = response.status_code
        self.is_success = 200 <= status < 300
        if not 300 < status < 309:
            return None
        following = redirected(self.request, status, response.headers.get("location"))
        if following is not None:
            self.check_deadline()
            self.redirects += 1
            if self.redirects > MOST_REDIRECTS:
                raise RedirectRefused(
                    f"followed {MOST_REDIRECTS} redirects and was sent on"
                )
            self.request = following
        return following

    @property
    def leaves_body(self) -> bool:
        """Tell whether the body stays on the wire: a success that the caller wants to stream."""
        return self.streams and self.is_success

    def after_answer(self) -> float | None:
        """Give None when the answer stands, or the seconds to wait before the next attempt.

        Raises APIStatusError when the answer is no success and no attempt is left.
        """
        self._log(self.response.status_code)
        if self.is_success:
            return None
        if self._may_retry(self.response):
            return self._next_delay(self.response.headers)
        raise self._status_error()

    def after_failure(self, error: Exception) -> float:
        """Give the seconds to wait before the next attempt, or raise what the caller gets."""
        if isinstance(error, SourceError):
            raise error.args[0]
        kind = "final" if isinstance(error, RedirectRefused) else failure_kind(error)
        if kind is None:
            raise error
        self._log(type(error).__name__)
        undecodable = self.response if kind == "decoding" else None
        is_final = kind == "final" or (undecodable is not None and self.is_success)
        if not is_final and self._may_retry(undecodable):
            return self._next_delay(undecodable and undecodable.headers)
        raise self._failure(kind, error) from error

    def stream_failure(self, error: Exception) -> Exception:
        """Translate what broke a body that the caller reads; let what is not ours pass."""
        kind = failure_kind(error)
        return error if kind is None else self._failure(kind, error)

    def _may_retry(self, response: Any) -> bool:
        content = self.prepared.content
        if isinstance(content, Upload) and content.length is None:
            return False
        worth_it = response is None or should_retry(
            response.status_code, response.headers
        )
        return worth_it and self.retries_taken < self.max_retries

    def _next_delay(self, headers: Any) -> float:
        delay = retry_delay(self.retries_taken, headers, self.random)
        self.retries_taken += 1
        return delay

    def _failure(self, kind: str, error: Exception) -> Exception:
        text = hide(str(error), self.secrets) or type(error).__name__
        if kind == "timeout":
            return APITimeoutError(f"request timed out: {text}", request=self.sent)
        if kind != "decoding" or self.response is None:
            return APIConnectionError(f"connection error: {text}", request=self.sent)
        if not self.is_success:
            return self._status_error()
        message = f"cannot decode the body: {text}"
        return APIResponseValidationError(message, response=RawResponse(self))

    def _status_error(self) -> APIStatusError:
        raw = RawResponse(self)
        body = raw.body if raw.content else None
        message = hide(status_message(raw.status_code, body), self.secrets)
        message = message[:LONGEST_MESSAGE]
        error = self._typed_error(raw.status_code, body)
        kind = status_error_class(raw.status_code)
        return kind(message, response=raw, body=body, error=error)

    def _typed_error(self, status: int, body: object) -> Any:
        key = status_key(self.operation.errors, status)
        if key is None or body is None:
            return None
        try:
            return decode(body, self.operation.errors[key].annotation)
        except ValueError:
            return None

    def _log(self, outcome: object) -> None:
        if self.logger.isEnabledFor(10):
            address = self.request.url.partition("?")[0].partition("://")[2]
            self.logger.debug(
                "%s /%s -> %s in %.0f ms (retries: %d)",
                self.request.method,
                hide(address.partition("/")[2], self.secrets),
                outcome,
                (time.monotonic() - self.started) * 1000,
                self.retries_taken,
            )
