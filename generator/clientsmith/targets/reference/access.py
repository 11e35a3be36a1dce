"""What a method needs before it is called: credentials and scopes, in no markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...data.access import Security
from ...data.client import Client
from ...data.credentials import Scheme
from ...data.surface import Call

_SENT_AS = {
    "bearer": "bearer token",
    "basic": "basic authentication",
    "header": "header",
    "query": "query parameter",
    "cookie": "cookie",
    "other": "HTTP authentication",
}


class Needed(NamedTuple):
    """One security scheme that a call needs."""

    options: tuple[tuple[str, ...], ...]
    """The arguments of the client that it takes: alternatives, each those that are needed together."""
    sent_as: str
    wire_name: str
    """The name of the header, parameter or cookie; empty where the scheme has none of its own."""
    scopes: tuple[str, ...]


Way = tuple[Needed, ...]
"""What is needed together. Nothing: the call works without credentials."""


def ways_in(client: Client, call: Call) -> tuple[Way, ...]:
    """Give the ways to authenticate a call that the client has; nothing where its document has no credentials."""
    schemes = {scheme.scheme.name: scheme for scheme in client.schemes}
    security = _security(client, call)
    return tuple(_ways(security, schemes)) if security or not schemes else ((),)


def has_own_access(client: Client, call: Call) -> bool:
    """Report whether a call needs something else than the client in general, or scopes."""
    security = _security(client, call)
    return security != client.security or any(needed.scopes for way in security for needed in way)


def _security(client: Client, call: Call) -> Security:
    return client.security if call.operation.security is None else call.operation.security


def _ways(security: Security, schemes: dict[str, Scheme]) -> Iterator[Way]:
    """Give the alternatives whose schemes the client knows, each once."""
    ways = (
        tuple(_needed(schemes[required.scheme], required.scopes) for required in alternative)
        for alternative in security
        if all(required.scheme in schemes for required in alternative)
    )
    yield from dict.fromkeys(ways)


def _needed(scheme: Scheme, scopes: tuple[str, ...]) -> Needed:
    kind = scheme.scheme.kind
    wire_name = scheme.scheme.wire_name if kind in ("header", "query", "cookie", "other") else None
    return Needed(tuple(_options(scheme)), _SENT_AS[kind], wire_name or "", scopes)


def _options(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """Give the arguments: those of the scheme itself, or a token, and what one is fetched with."""
    if not scheme.grants:
        yield tuple(credential.name for credential in scheme.credentials)
        return
    yield tuple(credential.name for credential in scheme.credentials[:1])
    yield from (tuple(credential.name for credential in grant.needed) for grant in scheme.grants)


def way_text(way: Way, code: Callable[[str], str]) -> tuple[str, ...]:
    """Write what is needed together, in parts for a joining encoder; `code` writes a name for its context."""
    if not way:
        return ("no credentials",)
    parts: list[str] = []
    for needed in way:
        parts += [" together with "] if parts else []
        parts += _needed_text(needed, code)
    return tuple(parts)


def _needed_text(needed: Needed, code: Callable[[str], str]) -> Iterator[str]:
    yield ", or ".join(" and ".join(map(code, option)) for option in needed.options)
    yield f" ({needed.sent_as}{' ' if needed.wire_name else ''}"
    yield code(needed.wire_name) if needed.wire_name else ""
    yield ")"
    if needed.scopes:
        yield f", with the scope{'s' if len(needed.scopes) > 1 else ''} {', '.join(map(code, needed.scopes))}"
