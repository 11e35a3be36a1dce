"""Servers: `schemes`, `host` and `basePath` go in, URLs come out."""

from __future__ import annotations

from collections.abc import Sequence

from ....data.document import Json
from .upgrade import Keys


def servers(root: Json, schemes: Sequence[str]) -> list[Keys]:
    """List the servers. A secure scheme comes first: the first server is the one that a client calls by default.

    Without a host the URL is relative to where the document came from, and without schemes it is `https`.
    """
    host, base = text(root, "host"), text(root, "basePath")
    path = f"/{base.strip('/')}" if base.strip("/") else ""
    if not host:
        return [{"url": path or "/"}]
    web = [scheme for scheme in schemes if scheme in ("https", "http")] or list(schemes) or ["https"]
    return [{"url": f"{scheme}://{host}{path}"} for scheme in sorted(web, key=lambda scheme: scheme == "http")]


def text(root: Json, key: str) -> str:
    """Give a member that is text, else an empty one."""
    value = root.get(key) if isinstance(root, dict) else None
    return value if isinstance(value, str) else ""
