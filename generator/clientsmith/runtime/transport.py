"""Speak to whatever HTTP client is in use: httpx2, httpx, or one that only meets the protocol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .prepared import PreparedRequest
from .timeouts import Timeouts


def _as_built(request: Any) -> Any:
    return request


def library_request(
    http: Any, request: PreparedRequest, content: object, timeout: Timeouts
) -> tuple[Any, dict[str, Any]]:
    """Make the library's request and the arguments to send it with.

    A cross-origin request takes nothing from the client: its headers, cookies and auth may be
    secret.
    """
    method, url, headers = request.method, request.url, request.headers
    extensions = {"timeout": dict(timeout)}
    built = http.build_request(
        method, url, content=content, headers=headers, extensions=extensions
    )
    sending: dict[str, Any] = {"stream": True, "follow_redirects": False}
    if request.cross_origin:
        extensions = built.extensions
        built = type(built)(
            method, url, content=content, headers=headers, extensions=extensions
        )
        sending["auth"] = None
    else:
        if "Authorization" in headers or _names_authorization(headers, request.removed):
            # Else the library lets a user name in the URL, or its client's own auth, replace ours.
            sending["auth"] = _as_built
        if getattr(http, "params", None):
            _keep_query(built, url, http.params)
    for name in request.removed:
        built.headers.pop(name, None)
    return built, sending


def _names_authorization(*headers: Iterable[str]) -> bool:
    return any(name.lower() == "authorization" for names in headers for name in names)


def _keep_query(built: Any, url: str, others: Any) -> None:
    """Put our query back, which the library has replaced by that of its client; add what is not in ours."""
    ours = type(built.url)(url)
    for name in ours.params:
        others = others.remove(name)
    query = b"&".join(filter(None, [ours.query, str(others).encode()]))
    built.url = ours.copy_with(query=query)


_closing: set[Any] = set()
"""Tasks; the event loop keeps no hold of them."""


async def close_async(response: Any) -> None:
    """Close a response to the end, even if the caller is cancelled meanwhile.

    Else the library's pool keeps the request: what it does against that holds for anyio's
    cancellation only.
    """
    if getattr(response, "is_closed", False) or not hasattr(response, "aclose"):
        return
    import asyncio

    task = asyncio.ensure_future(response.aclose())
    _closing.add(task)
    task.add_done_callback(_closing.discard)
    await asyncio.shield(task)


def plain_arguments(
    request: PreparedRequest, content: object, timeout: Timeouts
) -> dict[str, Any]:
    """Make the arguments of `request` for a client that only meets the protocol."""
    return {
        "content": content,
        "headers": dict(request.headers),
        "timeout": tuple(timeout.values()),
        "follow_redirects": False,
    }
