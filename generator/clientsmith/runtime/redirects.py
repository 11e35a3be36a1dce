"""Decide where a redirect leads and what may travel there."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit

from .body import Upload
from .redaction import is_secret_name
from .request import PreparedRequest

MOST_REDIRECTS = 20
DEFAULT_PORTS = {"http": 80, "https": 443}
BODY_HEADERS = (
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
)


class RedirectRefused(Exception):
    """The answer points to where no request may follow."""


def redirected(
    request: PreparedRequest,
    status: int,
    location: str | None,
    secret_keys: Collection[str],
) -> PreparedRequest | None:
    """Give the request that a redirect asks for; None when the answer is no redirect.

    `secret_keys` are the names, lower-cased, of headers and query keys that hold credentials.
    Raises RedirectRefused for one to another scheme than http(s), from https to http, or with a
    body that cannot be sent twice.
    """
    if status not in (301, 302, 303, 307, 308) or not location:
        return None
    source, target = urlsplit(request.url), _target(request.url, location)
    if source.scheme == "https" and target.scheme != "https":
        raise RedirectRefused(
            "refused to follow a redirect from https to another scheme"
        )
    if target.scheme not in DEFAULT_PORTS or not target.hostname:
        raise RedirectRefused(
            "refused to follow a redirect to something other than http or https"
        )
    following = _following(request, status)
    if request.foreign or _origin(source) != _origin(target):
        following.foreign = True
        following.headers = {
            name: value
            for name, value in following.headers.items()
            if not is_secret_name(name, secret_keys)
        }
        target = target._replace(query=_without_keys(target.query, secret_keys))
    following.url = target._replace(fragment="").geturl()
    return following


def _target(url: str, location: str) -> SplitResult:
    try:
        target = urlsplit(urljoin(url, location.strip()))
        _origin(target)
    except ValueError:
        raise RedirectRefused(
            "refused to follow a redirect to something that is no URL"
        ) from None
    return target


def _following(request: PreparedRequest, status: int) -> PreparedRequest:
    following = request.copy()
    becomes_get = status in (302, 303) or (status == 301 and request.method == "POST")
    if becomes_get and request.method not in ("GET", "HEAD"):
        following.method = "GET"
        following.content = None
        following.headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in BODY_HEADERS
        }
    elif isinstance(request.content, Upload) and not request.content.replayable:
        raise RedirectRefused("a redirect asks for a body that can be sent only once")
    return following


def _origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or DEFAULT_PORTS.get(url.scheme)


def _without_keys(query: str, secret_keys: Collection[str]) -> str:
    pairs = query.split("&")
    return "&".join(
        pair
        for pair in pairs
        if unquote_plus(pair.partition("=")[0]).lower() not in secret_keys
    )
