"""Decide everything about one call: what goes out next, when, and what the caller gets.

This is the core between the drivers: it sends nothing, reads nothing and never sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import unquote, urlsplit

from .auth import FlowResponse, SignIn, values_of
from .bounds import LARGEST_ERROR, LARGEST_UNWANTED, BodyRefused, Bound, is_small, watch
from .decode import decode
from .encode import dumps
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    SourceError,
    TokenError,
    status_error_class,
)
from .failures import failure_kind, never_sent
from .messages import cut, printable, status_message, words_of
from .operation import Operation, status_key
from .prepared import PreparedRequest
from .redaction import hide, hide_in
from .redirects import MOST_REDIRECTS, RedirectRefused, redirected
from .responses import RawResponse
from .retry import (
    SAFE_METHODS,
    did_nothing,
    retry_delay,
    should_retry,
    wants_long_delay,
)
from .timeouts import Timeouts

T = TypeVar("T")


class Call(Generic[T]):
    """The state of one call, over its retries, redirects and flows."""

    deadline: float | None = None
    response: Any = None
    content = b""
    retries_taken = 0
    asked_again = False
    """Whether functions were asked for credentials once more after a 401."""
    request: PreparedRequest
    decodes = False
    """Whether the caller gets what the body is decoded into, and nothing else of it."""
    mismatch: str | None = None
    """Why the response cannot be what the operation responds with."""
    seconds = 0.0
    """From the start of the attempt until the response could be used."""

    def __init__(
        self,
        client: Any,
        operation: Operation[T],
        prepared: PreparedRequest,
        sign_in: SignIn,
        timeout: tuple[Timeouts, float | None],
        streams: bool,
    ) -> None:
        # Not the client itself: responses keep the call, but not the pool open.
        self.max_retries, self.strict = client.max_retries, client.strict
        self.is_async, self.random = client._is_async, client._random
        self.logger = client._logger
        self.keys = client._settings.idempotency_headers
        self.retries_all = client._config.retry == "eager"
        self.max_response_size = client._max_response_size
        self.operation = operation
        self.prepared = self.request = prepared
        self.sent: Any = prepared
        self.url = prepared.url
        self.sign_in = sign_in
        self.values = sign_in.values
        self.timeout, self.limit = timeout
        self.streams = streams

    @property
    def is_success(self) -> bool:
        return self.response is not None and 200 <= self.response.status_code < 300

    @property
    def secrets(self) -> list[str | None]:
        """What no text may hold: the credentials, those in headers and the URL too."""
        is_secret = self.prepared.redaction.is_secret
        requests = (self.prepared, self.request)
        sent = [header for request in requests for header in request.headers.items()]
        if self.sent is not self.prepared:
            sent += self.sent.headers.items()
        texts = [text for name, text in sent if is_secret(name)]
        parts = [text.partition(" ")[2] for text in texts]
        password = urlsplit(self.prepared.url).password
        own = self.sign_in.texts(self.values)
        return [*own, *self.request.secrets, *texts, *parts, unquote(password or "")]

    def begin_attempt(self) -> None:
        """Start the clock of an attempt."""
        self.started = time.monotonic()
        if self.limit is not None:
            self.deadline = self.started + self.limit

    def begin_exchange(self, request: PreparedRequest) -> PreparedRequest:
        """Note the request that is sent next, of those of an attempt."""
        self.request = self.sent = request
        self.redirects = 0
        self.response = None
        self.content = b""
        self.mismatch = None
        return request

    def adopt(self, other: FlowResponse) -> FlowResponse:
        """Make the response to an auxiliary request of another call one of this call."""
        self.request, self.sent = other.request, other.sent
        self.response, self.content = other.response, other.content
        return FlowResponse(self)

    def signed(self) -> PreparedRequest | None:
        """Return the request with credentials where that takes no flow, else None."""
        if self.sign_in.has_flows:
            return None
        request = self.prepared
        for scheme in self.sign_in.deferred:
            text = scheme.text(*values_of(scheme, self.values))
            request = scheme.authorized(request, text)
        return request

    @property
    def wants_other_credentials(self) -> bool:
        """Whether functions gave the credentials, and the server does not accept them."""
        if not self.sign_in.asks_again or self.asked_again:
            return False
        is_refused = self.response is not None and self.response.status_code == 401
        self.asked_again = is_refused and self.prepared.is_repeatable
        return self.asked_again

    def check_deadline(self) -> None:
        """End the attempt once its time is over.

        Raises:
            TimeoutError: the response is not complete.
        """
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise TimeoutError("the response was not complete before the deadline")

    def redirected(self, response: Any) -> PreparedRequest | None:
        """Return the request that a response leads to; None when it is the one to keep.

        Raises:
            RedirectRefused: it leads to where no request may follow.
        """
        self.response = response
        status: int = response.status_code
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
        """Whether the body stays on the wire: a success that the caller wants to stream, or none to read."""
        if self.mismatch is not None:
            return not is_small(self.response)
        return self.streams and self.is_success and not self.request.auxiliary

    def check_headers(self) -> None:
        """Look at status and headers before the body is read.

        Raises:
            BodyRefused: the body cannot be decompressed within bounds.
        """
        if self.decodes and self.is_success and not self.request.auxiliary:
            declared = self.operation.response(self.response.status_code)
            kind = self.response.headers.get("content-type", "").lower()
            if declared is not None:
                self.mismatch = declared.mismatch(kind, self.operation.accept)
        is_timed = self.deadline is not None and not self.leaves_body
        watch(self.response, self.check_deadline if is_timed else None)

    def check_type(self) -> None:
        """Refuse a response whose media type the operation does not declare.

        Raises:
            BodyRefused: the media type is another one.
        """
        if self.mismatch is not None:
            raise BodyRefused(self.mismatch)

    @property
    def bound(self) -> Bound:
        """How much is read of a body that does not stay on the wire."""
        largest = self.max_response_size
        if self.request.method == "HEAD":
            return Bound(None)  # its length is that of another body
        if self.request.auxiliary:
            return Bound(LARGEST_ERROR)
        if not self.is_success:
            smaller = LARGEST_ERROR if largest is None else min(LARGEST_ERROR, largest)
            return Bound(smaller, cuts=True)
        declared = self.operation.response(self.response.status_code)
        if self.decodes and declared is None:
            return Bound(LARGEST_UNWANTED, cuts=True)
        return Bound(largest)

    def after_response(self) -> float | None:
        """Return None when the response stands, or the seconds to wait before the next attempt.

        Raises:
            APIStatusError: the response is no success and no attempt is left.
        """
        self._log(self.response.status_code)
        self.seconds = time.monotonic() - self.started
        if self.is_success and not self.request.auxiliary:
            return None
        if self._may_retry(self.response):
            return self._next_delay(self.response.headers)
        raise self._status_error()

    def after_failure(self, error: Exception) -> float:
        """Return the seconds to wait before the next attempt.

        Raises:
            Exception: what the caller gets: no attempt is left, or the connection did not fail.
        """
        if isinstance(error, SourceError):
            raise error.args[0]
        kind = "final" if isinstance(error, RedirectRefused) else failure_kind(error)
        if kind is None:
            raise error
        self._log(type(error).__name__)
        undecodable = self.response if kind in ("decoding", "refused") else None
        is_final = kind == "final" or (undecodable is not None and self.is_success)
        if not is_final and self._may_retry(undecodable, never_sent(error)):
            return self._next_delay(undecodable and undecodable.headers)
        raise self._failure(kind, error) from error

    def stream_failure(self, error: Exception) -> Exception:
        """Translate what broke a body that the caller reads; let what is not ours pass."""
        kind = failure_kind(error)
        return error if kind is None else self._failure(kind, error)

    def _may_retry(self, response: Any, is_unsent: bool = False) -> bool:
        left = self.max_retries - self.retries_taken
        if left <= 0 or not self.prepared.is_repeatable:
            return False
        may_repeat = self.retries_all or self._is_safe or is_unsent
        if response is None:
            return may_repeat
        status, headers = response.status_code, response.headers
        if not should_retry(status, headers):
            return False
        if not self.retries_all and wants_long_delay(headers):
            return False
        return may_repeat or did_nothing(status, headers)

    @property
    def _is_safe(self) -> bool:
        """Whether the server may get the request twice: by its verb, by a key, or as only a token was asked for."""
        if self.prepared.method in SAFE_METHODS or self.request.auxiliary:
            return True
        return any(n.lower() in self.keys for n in self.prepared.headers)

    def _next_delay(self, headers: Mapping[str, str] | None) -> float:
        delay = retry_delay(self.retries_taken, headers, self.random)
        self.retries_taken += 1
        return delay

    def _failure(self, kind: str, error: Exception) -> APIError:
        hide_in(error, self.secrets)
        text = str(error) or type(error).__name__
        if kind == "timeout":
            return APITimeoutError(f"request timed out: {text}", request=self.sent)
        if kind not in ("decoding", "refused") or self.response is None:
            return APIConnectionError(f"connection error: {text}", request=self.sent)
        if not self.is_success:
            return self._status_error()
        message = text if kind == "refused" else f"cannot decode the body: {text}"
        raw = RawResponse(self, self.content)
        if self.mismatch is not None:
            return raw.invalid(message)
        return APIResponseValidationError(message, response=raw)

    def invalid(self, message: str) -> APIError:
        """Make the exception about an auxiliary response that is no error; it may hold secrets, and is not quoted."""
        return RawResponse(self, b"").invalid(
            f"{message} ({self.request.method} {self._path()})"
        )

    def _status_error(self) -> APIStatusError:
        raw = RawResponse(self, self.content)
        if self.request.auxiliary:
            raw.content = dumps(self._redacted(raw.body))
        body = raw.body if raw.content else None
        error = self._typed_error(raw.status_code, body)
        words = hide(words_of(body), self.secrets)
        request = f"{self.request.method} {self._path()}"
        message = status_message(raw.status_code, words, request)
        kind = status_error_class(raw.status_code)
        if self.request.auxiliary:
            kind = TokenError
        return kind(message, response=raw, body=body, error=error)

    def _redacted(self, body: object) -> object:
        """Hide secrets in what is responded to an auxiliary request; what is nested is left out."""
        texts = body if isinstance(body, dict) else {"message": body}
        secrets = self.secrets
        found = {
            hide(k, secrets): hide(v, secrets)
            for k, v in texts.items()
            if isinstance(v, str)
        }
        return found if isinstance(body, dict) else found.get("message", "")

    def _typed_error(self, status: int, body: object) -> Any:
        if self.request.auxiliary:
            return None
        key = status_key(self.operation.errors, status)
        if key is None or body is None:
            return None
        try:
            return decode(body, self.operation.errors[key].annotation)
        except ValueError:
            return None

    def _path(self) -> str:
        """Return the path that was requested, without credentials."""
        address = self.request.url.partition("?")[0].partition("://")[2]
        return f"/{hide(address.partition('/')[2], self.secrets)}"

    def _log(self, outcome: object) -> None:
        if self.logger.isEnabledFor(10):
            self.logger.debug(
                "%s %s -> %s in %.0f ms (retries: %d)",
                self.request.method,
                cut(printable(self._path())),
                outcome,
                (time.monotonic() - self.started) * 1000,
                self.retries_taken,
            )
