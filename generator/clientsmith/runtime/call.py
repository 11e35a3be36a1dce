"""Decide everything about one call: what goes out next, when, and what the caller gets.

This is the core between the drivers: it sends nothing, reads nothing and never sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .body import Upload
from .decode import decode
from .encode import loads
from .errors import (
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
    from .request import PreparedRequest
    from .transport import Timeouts

T = TypeVar("T")


class Call(Generic[T]):
    """The state of one call, over its retries and redirects."""

    deadline: float | None = None
    response: Any = None
    content: bytes = b""
    request: PreparedRequest
    sent: Any

    def __init__(
        self,
        operation: Operation[T],
        prepared: PreparedRequest,
        *,
        timeout: tuple[Timeouts, float | None],
        max_retries: int,
        strict: bool,
        streams: bool,
        random: Callable[[], float],
        logger: Any,
        credentials: Mapping[str, str | None],
        secret_keys: Collection[str],
    ) -> None:
        self.operation = operation
        self.prepared = self.sent = prepared
        self.timeout, self.seconds = timeout
        self.max_retries = max_retries
        self.strict = strict
        self.streams = streams
        self.random = random
        self.logger = logger
        self.credentials = credentials
        self.secret_keys = secret_keys
        self.retries_taken = 0

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
        if not 300 < response.status_code < 309:
            return None
        following = redirected(
            self.request,
            response.status_code,
            response.headers.get("location"),
            self.secret_keys,
        )
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
    def is_success(self) -> bool:
        return 200 <= self.response.status_code < 300  # type: ignore[no-any-return]

    @property
    def leaves_body(self) -> bool:
        """Tell whether the body stays on the wire: a success that the caller wants to stream."""
        return self.streams and self.is_success

    def after_answer(self) -> float | None:
        """Give None when the answer stands, or the seconds to wait before the next attempt.

        Raises APIStatusError when the answer is no success and no attempt is left.
        """
        status: int = self.response.status_code
        self._log(str(status))
        if self.is_success:
            return None
        if should_retry(status, self.response.headers) and self._can_retry():
            return self._next_delay(self.response.headers)
        raise self._status_error()

    def after_failure(self, error: Exception) -> float:
        """Give the seconds to wait before the next attempt, or raise what the caller gets."""
        # The libraries build the request that a redirect asks for, though nobody follows it.
        if isinstance(error, UnicodeError) and failure_kind(error) is None:
            error = RedirectRefused("was sent on to something that is no host name")
        kind = "final" if isinstance(error, RedirectRefused) else failure_kind(error)
        if kind is None:
            raise error
        self._log(type(error).__name__)
        if kind == "decoding" and self.response is not None:
            if self.is_success:
                raise self._failure(kind, error) from error
            if not should_retry(self.response.status_code, self.response.headers):
                raise self._status_error() from error
        if kind != "final" and self._can_retry():
            return self._next_delay(None)
        raise self._failure(kind, error) from error

    def stream_failure(self, error: Exception) -> Exception:
        """Translate what broke a body that the caller reads; let what is not ours pass."""
        kind = failure_kind(error)
        return error if kind is None else self._failure(kind, error)

    def _can_retry(self) -> bool:
        content = self.prepared.content
        is_sent_once = isinstance(content, Upload) and not content.replayable
        return self.retries_taken < self.max_retries and not is_sent_once

    def _next_delay(self, headers: Any) -> float:
        delay = retry_delay(self.retries_taken, headers, self.random)
        self.retries_taken += 1
        return delay

    def _failure(self, kind: str, error: Exception) -> Exception:
        text = self._hide(str(error)) or type(error).__name__
        if kind == "timeout":
            return APITimeoutError(f"request timed out: {text}", request=self.sent)
        if kind == "decoding":
            message = f"cannot decode the body: {text}"
            return APIResponseValidationError(message, response=RawResponse(self))
        return APIConnectionError(f"connection error: {text}", request=self.sent)

    def _status_error(self) -> APIStatusError:
        raw = RawResponse(self)
        body: object = None
        try:
            body = loads(raw.content)
        except ValueError:
            body = raw.text or None
        message = self._hide(status_message(raw.status_code, body))
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

    def _hide(self, text: str) -> str:
        return hide(text, filter(None, self.credentials.values()))

    def _log(self, outcome: str) -> None:
        if self.logger.isEnabledFor(10):
            path = (
                self.request.url.partition("?")[0].partition("://")[2].partition("/")[2]
            )
            self.logger.debug(
                "%s /%s -> %s in %.0f ms (retries: %d)",
                self.request.method,
                self._hide(path),
                outcome,
                (time.monotonic() - self.started) * 1000,
                self.retries_taken,
            )
