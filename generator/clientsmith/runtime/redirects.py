"""Decide where a redirect leads and what may travel there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

from .prepared import PreparedRequest

MOST_REDIRECTS = 20
DEFAULT_PORTS = {"http": 80, "https": 443}
BODY_HEADERS = {
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
}


class RedirectRefused(Exception):
    """The response points to where no request may follow."""


def redirected(
    request: PreparedRequest, status: int, location: str | None
) -> PreparedRequest | None:
    """Make the request that a redirect asks for; None when the response is no redirect.

    Raises:
        RedirectRefused: it leads to another scheme than http(s), from https to http, or asks for a
            body that cannot be sent twice.
    """
    if status not in (301, 302, 303, 307, 308) or not location:
        return None
    if request.auxiliary:
        raise RedirectRefused("refused to follow a redirect with credentials")
    source = urlsplit(request.url)
    try:
        target = urlsplit(urljoin(request.url, location.strip()))
        is_cross_origin = request.cross_origin or origin(source) != origin(target)
    except ValueError:
        raise RedirectRefused("refused to follow a redirect to no URL") from None
    allowed = ("https",) if source.scheme == "https" else ("http", "https")
    if target.scheme not in allowed or not target.hostname:
        raise RedirectRefused(
            f"refused to follow a redirect to something other than {' or '.join(allowed)}"
        )
    following = request.copy()
    becomes_get = status in (302, 303) or (status == 301 and request.method == "POST")
    if becomes_get and request.method not in ("GET", "HEAD"):
        following.method, following.content = "GET", None
        _drop_headers(following, BODY_HEADERS.__contains__)
    elif not request.is_repeatable:
        raise RedirectRefused("a redirect asks for a body that can be sent only once")
    if is_cross_origin:
        following.cross_origin = True
        is_secret = request.redaction.is_secret
        _drop_headers(following, lambda name: name == "host" or is_secret(name))
        target = target._replace(query=request.redaction.query(target.query))
    elif "@" not in target.netloc:
        target = target._replace(netloc=source.netloc)
    following.url = target._replace(fragment="").geturl()
    return following


def _drop_headers(request: PreparedRequest, is_dropped: Callable[[str], bool]) -> None:
    request.headers = {
        name: value
        for name, value in request.headers.items()
        if not is_dropped(name.lower())
    }


def origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or DEFAULT_PORTS.get(url.scheme)
