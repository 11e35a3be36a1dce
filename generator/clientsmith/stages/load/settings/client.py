"""`[client]`: names of its classes, where it finds its server, and how it sends requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from ....data.reserved import CLIENT_ARGUMENTS
from ....data.settings import (
    ClientArgumentSettings,
    FormObjects,
    QueryArrays,
    QueryObjects,
    RequestSettings,
    RetryPolicy,
)
from .base_classes import base_classes
from .patterns import MEGABYTE, PLAIN_HINT, URL, VARIABLE, is_name
from .resources import client_methods
from .toml_table import Pattern, Table

QUERY_OBJECTS: tuple[QueryObjects, ...] = get_args(QueryObjects)
QUERY_ARRAYS: tuple[QueryArrays, ...] = get_args(QueryArrays)
FORM_OBJECTS: tuple[FormObjects, ...] = get_args(FormObjects)
RETRIES: tuple[RetryPolicy, ...] = get_args(RetryPolicy)
HEADER = Pattern("the name of a header", "[A-Za-z0-9!#$%&'*+.^_`|~-]+")
HEADER_VALUE = Pattern("one line of printable ASCII", "[!-~]([ -~]*[!-~])?")
MOST_SECONDS = 2_000_000
"""Sockets count milliseconds in 32 bits."""


def client_values(table: Table) -> Mapping[str, Any]:
    """Read `[client]`."""
    values: Mapping[str, Any] = {
        "client_name": table.text("name"),
        "error_name": table.text("error"),
        "base_url": (base_url := table.matching("base_url", URL)),
        "base_url_env": table.matching("base_url_env", VARIABLE),
        "environments": environments(table, base_url),
        "query_objects": table.choice("query_objects", QUERY_OBJECTS, "form"),
        "query_arrays": table.choice("query_arrays", QUERY_ARRAYS, "document"),
        "form_objects": table.choice("form_objects", FORM_OBJECTS, "json"),
        "unwrap": table.texts("unwrap") or (),
        "flat_bodies": table.flag("flat_bodies"),
        "arguments": tuple(client_arguments(table.table("arguments"))),
        "requests": request_settings(table),
        "client_bases": base_classes(table),
        "resources": client_methods(table),
    }
    check_class_names(table, values["client_name"], values["error_name"])
    table.done()
    return values


def environments(client: Table, base_url: str | None) -> dict[str, str]:
    """Read `[client.environments]`: names of servers and their URLs, instead of the one of `base_url`."""
    table = client.table("environments")
    found = {name: table.matching(name, URL) for name in table.rest()}
    for name in found:
        if not name.strip() or not name.isprintable():
            table.reject(name, f"'{name}' is no name for an environment", "write it like 'production'")
    if found and base_url is not None:
        client.reject("environments", "the client has a 'base_url' already", "the first environment is the default")
    return {name: url for name, url in found.items() if url is not None}


def check_class_names(client: Table, name: str | None, error: str | None) -> None:
    """Reject class names that Python does not have, and an error with the name of a client."""
    for key, value in (("name", name), ("error", error)):
        if value is not None and not is_name(value):
            client.reject(key, f"'{value}' is no name for a class", "write it like 'PetStore'")
    if name is not None and error in (name, f"Async{name}"):
        client.reject("error", f"the client has the name '{error}'", f"write it like '{name}Error'")


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
        headers=headers(client.table("headers")),
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


def client_arguments(table: Table) -> list[ClientArgumentSettings]:
    """Read `[client.arguments.NAME]`: arguments of the constructor that go out with every request."""
    found = []
    for name, inner in table.tables():
        if not is_name(name) or name.startswith("_") or name in CLIENT_ARGUMENTS:
            table.reject(name, f"'{name}' is no name for an argument of the client", PLAIN_HINT)
        made = ClientArgumentSettings(
            name=name,
            header=inner.matching("header", HEADER),
            query=inner.text("query"),
            env=inner.matching("env", VARIABLE),
            default=inner.matching("default", HEADER_VALUE),
            required=inner.flag("required"),
            description=inner.text("description"),
            position=inner.position,
        )
        inner.done()
        if made.header is not None and made.query is not None:
            table.reject(name, f"'{name}' names a 'header' and a 'query' key", "one of the two")
        found.append(made)
    table.done()
    return found
