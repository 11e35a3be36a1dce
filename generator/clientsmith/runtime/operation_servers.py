"""Servers of single operations: where their requests go, and how a client moves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from .servers import Chosen, Server, checked_url


class OperationServer(NamedTuple):
    """A server that some operations have instead of the client's."""

    server: Server
    option: str | None = None
    """The constructor's argument for its URL; None for one of the client's own host."""
    environments: Mapping[str, Server] = {}
    """What takes its place in an environment of the client."""

    def resolved(self, chosen: Chosen) -> str:
        """Return the URL that requests go to.

        The caller's own comes first. A server of the client's host follows `base_url`; one of
        another host does where the caller gave `base_url`, as a mock or a proxy stands for all.

        Raises:
            ArgumentValueError: the URL, or the value of a variable, is not possible.
        """
        if self.option and chosen.server_options.get(self.option) is not None:
            return checked_url(chosen.server_options[self.option], self.option)
        server = self.environments.get(chosen.environment or "", self.server)
        url, documented = server.filled(chosen.server_options), chosen.documented_url
        if self.option is None or (chosen.is_moved and documented is not None):
            return moved(url, documented or "", chosen.base_url)
        return url


def moved(url: str, root: str, base_url: str) -> str:
    """Move a URL as a client's own server is moved, from `root` to `base_url`.

    ``https://a.example/v2`` becomes ``http://localhost/v2`` if the client's
    ``https://a.example/v1`` has become ``http://localhost`` or ``http://localhost/v1``.
    """
    path, before, now = (
        urlsplit(each).path.rstrip("/") for each in (url, root, base_url)
    )
    if now.endswith(before):
        now = now[: len(now) - len(before)]
    elif f"{path}/".startswith(f"{before}/"):
        path = path[len(before) :]
    return urlsplit(base_url)._replace(path=f"{now}/{path.lstrip('/')}").geturl()
