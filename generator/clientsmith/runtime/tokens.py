"""Tokens of OAuth 2.0: in what they differ, how long they last, and the responses that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from .config import AuthResponse
from .errors import ArgumentValueError
from .retry import should_retry
from .shared import SharedRequest

LONGEST_MARGIN = 60.0
"""Seconds before its end from which on a token is renewed; a tenth of its life where that is less."""


class Login(NamedTuple):
    """All in which tokens may differ: what they are asked for with, and where."""

    url: str
    refresh_url: str
    client: tuple[str | None, str | None]
    """The id and the secret."""
    fields: tuple[tuple[str, str], ...]
    """What a request for a token holds that renews none."""
    scope: str
    refresh_token: str | None

    def __repr__(self) -> str:
        return f"<Login at {self.url}>"


class Token(NamedTuple):
    """An access token, and the time of the client's clock to renew it at; None for never."""

    text: str
    renewal: float | None

    def __repr__(self) -> str:
        return f"<Token until {self.renewal}>"


class Kept:
    """What the calls share that sign in alike: the token, and the request for the next one."""

    def __init__(self, refresh_token: str | None) -> None:
        self.token: Token | None = None
        self.refresh_token = refresh_token
        self._sending: dict[str, SharedRequest] = {}

    def usable(self, now: float) -> str | None:
        """Return the token, unless it has to be renewed."""
        token = self.token
        if token is None or (token.renewal is not None and now >= token.renewal):
            return None
        return token.text

    def refuse(self, text: str) -> None:
        """Forget a token that a server does not accept."""
        token = self.token
        if token is not None and token.text == text:
            self.token = None

    def join(self) -> tuple[SharedRequest, bool]:
        """Return the request that is under way, and whether the caller has to send it.

        Of many threads one has to, as `setdefault` is atomic. The threads of its parent are not in a fork.
        """
        while True:
            own = SharedRequest()
            first = self._sending.setdefault("now", own)
            if first.is_of_this_process:
                return first, first is own
            self.leave(first)

    def leave(self, request: SharedRequest) -> None:
        """Let the next call send a request of its own."""
        if self._sending.get("now") is request:
            self._sending.pop("now", None)


def is_refusal(response: AuthResponse) -> bool:
    """Report whether a refresh token is worth nothing any more, and not just the moment unlucky."""
    status = response.status_code
    return 400 <= status < 500 and not should_retry(status, response.headers)


def token_data(response: AuthResponse) -> Mapping[str, Any] | None:
    """Read a response with a token (section 5.1); None for a response that says why it has no token.

    Raises:
        APIResponseValidationError: it is neither.
    """
    if not 200 <= response.status_code < 300:
        return None
    try:
        data = response.json()
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise response.invalid("the token response is no JSON object")
    text = data.get("access_token")
    if text is None and isinstance(data.get("error"), str):
        return None
    if not isinstance(text, str) or not (
        text and text.isascii() and text.isprintable()
    ):
        raise response.invalid("the token response has no access_token for a header")
    kind = data.get("token_type")
    if kind and not str(kind).lower().startswith("bearer"):
        raise response.invalid("the token response has another token_type than bearer")
    return data


def renewal(began: float, expires_in: Any) -> float | None:
    """Return when to renew a token that lasts for some seconds; None where nobody knows."""
    try:
        life = float(expires_in)
    except (TypeError, ValueError, OverflowError):
        return None
    if not life < float("inf"):  # NaN, too
        return None
    return began + life - min(LONGEST_MARGIN, life / 10)


@lru_cache(64)
def endpoint_url(base: str, url: str, is_chosen: bool) -> str:
    """Return the absolute URL of a token endpoint, without user name and fragment.

    Raises:
        ArgumentValueError: credentials would travel in the clear, and the caller has not chosen that.
    """
    try:
        parts = urlsplit(urljoin(base, url))
    except ValueError:
        raise ArgumentValueError("the token URL is no URL: pass token_url") from None
    is_safe = parts.scheme == "https" or is_loopback(parts.hostname)
    if parts.scheme not in ("http", "https") or not (is_safe or is_chosen):
        raise ArgumentValueError(
            "refused to send credentials to a token URL that is not https: pass token_url"
        )
    netloc = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=netloc, fragment="").geturl()


def is_loopback(host: str | None) -> bool:
    """Report whether a host is this machine."""
    import ipaddress

    if host is None:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
