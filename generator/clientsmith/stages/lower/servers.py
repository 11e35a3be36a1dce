"""Servers: a `servers` list goes in, URLs with their variables come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...data.access import Server, ServerVariable
from ...data.document import Json
from .reading import Keys, as_keys, child_keys, items, text, texts


def lower_servers(keys: Keys) -> tuple[Server, ...]:
    """Lower the servers of a document, path or operation; entries without a URL are left out."""
    return tuple([server(as_keys(value)) for value in items(keys, "servers") if has_url(value)])


def texts_of(servers: Iterable[Server]) -> Iterator[str | None]:
    """Give all that is written of servers."""
    for each in servers:
        yield from (each.url, each.name, each.description)
        for variable in each.variables:
            yield from (variable.name, variable.default, variable.description, *variable.values)


def has_url(value: Json) -> bool:
    """Report whether a server says where it is."""
    return text(as_keys(value), "url") is not None


def server(keys: Keys) -> Server:
    """Lower one server object."""
    return Server(
        url=text(keys, "url") or "",
        variables=tuple([lower_variable(n, as_keys(v)) for n, v in child_keys(keys, "variables").items()]),
        name=text(keys, "name"),
        description=text(keys, "description"),
    )


def lower_variable(name: str, keys: Keys) -> ServerVariable:
    """Lower one server variable; without a default its first value counts."""
    values = texts(keys, "enum")
    default = keys.get("default")
    written = str(default) if isinstance(default, str | int | float) else None
    return ServerVariable(
        name=name,
        default=written if written is not None else next(iter(values), ""),
        values=values,
        description=text(keys, "description"),
    )
