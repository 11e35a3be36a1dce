"""The part of `[client]` that says how a client sends its requests."""

from __future__ import annotations

from types import MappingProxyType

from ...data.settings import RequestSettings, RetryPolicy
from .toml_table import Pattern, Table

RETRIES: tuple[RetryPolicy, ...] = ("safe", "eager")
HEADER = Pattern("the name of a header", "[A-Za-z0-9!#$%&'*+.^_`|~-]+")
HEADER_VALUE = Pattern("one line of printable ASCII", "[!-~]([ -~]*[!-~])?")
MEGABYTE = 1_000_000
MOST_SECONDS = 2_000_000
"""Sockets count milliseconds in 32 bits."""


def request_settings(client: Table) -> RequestSettings:
    """Read defaults of clients: what is wrong is reported, and reads as absent."""
    size = client.optional_number("max_response_size")
    if size == 0:
        client.reject("max_response_size", "'client.max_response_size' must be 1 or more", "it is in megabytes")
    return RequestSettings(
        idempotency_header=client.matching("idempotency_header", HEADER),
        retry=client.choice("retry", RETRIES, "safe"),
        max_retries=client.number("max_retries", RequestSettings().max_retries),
        timeout=client.seconds("timeout", MOST_SECONDS),
        headers=MappingProxyType(headers(client.table("headers"))),
        max_response_size=size * MEGABYTE if size else None,
    )


def headers(table: Table) -> dict[str, str]:
    """Read `[client.headers]`: names are those of headers, each of them once."""
    found: dict[str, str] = {}
    lowered: set[str] = set()
    for name in table.rest():
        value = table.matching(name, HEADER_VALUE)
        if not HEADER.fits(name):
            table.reject(name, f"'{name}' must be {HEADER.name}", "use letters, digits and -")
        elif name.lower() in lowered:
            table.reject(name, f"the header '{name}' is there twice", "capitals make no difference")
        elif value is not None:
            found[name] = value
        lowered.add(name.lower())
    return found
