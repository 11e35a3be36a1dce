"""How a client is made, as the first page says it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...data.client import Client
from ...data.surface import Surface


def install(surface: Surface) -> str:
    """Write the code that makes a client."""
    client = surface.client.name
    return f"from {surface.package} import {client}, Async{client}\n\nclient = {client}()"


def credentials(client: Client) -> Iterator[tuple[str, str]]:
    """Give the arguments for credentials, each with its environment variable, or an empty text."""
    secret = client.webhook_secret
    found = chain.from_iterable(scheme.credentials for scheme in client.schemes)
    for credential in (*found, *((secret,) if secret is not None else ())):
        yield credential.name, credential.env or ""
