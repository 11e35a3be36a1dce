"""Servers: where a client sends its requests, and what its constructor takes for that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...data.access import Server as ApiServer
from ...data.access import ServerVariable
from ...data.api import Api
from ...data.client import Environment, OperationServer, Server, Variable
from ...data.settings import Settings
from .naming import Names, env_prefix, snake, words


def design_server(api: Api, settings: Settings, names: Names) -> Server:
    """Choose the default server, the environments, and the arguments for servers of operations."""
    arguments = _Arguments(names)
    url, named = _root(api, settings), _environments(api, settings)
    root = arguments.of(replace(api.servers[0], url=url or "")) if api.servers else ()
    environments = tuple(_environment(name, server, arguments) for name, server in named.items())
    return Server(
        url=environments[0].url if environments else url,
        documented=api.servers[0].url if api.servers else None,
        example=_example_url(api),
        env=settings.base_url_env or f"{env_prefix(settings)}_BASE_URL",
        variables=root,
        environments=environments,
        environment_argument=names.claim("environment", "server_environment") if environments else "environment",
        operation_servers=tuple(_operation_servers(api, environments, arguments, names)),
    )


def _root(api: Api, settings: Settings) -> str | None:
    """Give the server's URL; a relative one does not count, because it names no host."""
    if settings.base_url:
        return settings.base_url
    return api.servers[0].url if api.servers and api.servers[0].is_absolute else None


def _example_url(api: Api) -> str:
    """Give a URL that a caller could have to give: with the path that the document has."""
    path = api.servers[0].default_url if api.servers else ""
    if path.startswith("//"):
        return f"https:{path}"
    return f"https://example.com/{path.lstrip('./')}".rstrip("/")


class _Arguments:
    """Gives each variable an argument of the constructor.

    All servers of the client share the argument of a name; that of an operation does if it has the same values.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._of_client: dict[str, str] = {}
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, server: ApiServer, stem: str = "") -> tuple[Variable, ...]:
        """Name the variables that stand in a URL; `stem` is the name of a server of operations."""
        found = (each for each in server.variables if f"{{{each.name}}}" in server.url)
        return tuple(Variable(name=self._name(each, stem), variable=each) for each in found)

    def _name(self, variable: ServerVariable, stem: str) -> str:
        key = variable.name, variable.values
        if not stem and variable.name in self._of_client:
            self._known[key] = self._of_client[variable.name]
        elif key not in self._known:
            wanted = snake(variable.name)
            self._known[key] = self._names.claim(wanted, *([f"{stem}_{wanted}"] if stem else []))
        if not stem:
            self._of_client.setdefault(variable.name, self._known[key])
        return self._known[key]


# --- environments ----------------------------------------------------------------------------------------------------


def _environments(api: Api, settings: Settings) -> Mapping[str, ApiServer]:
    """Give the environments of the settings, else those of the document unless the settings have a URL."""
    if settings.environments:
        return {name: ApiServer(url=url) for name, url in settings.environments.items()}
    if settings.base_url or not all(server.is_absolute for server in api.servers):
        return {}
    return named_servers(api.servers)


def _environment(name: str, server: ApiServer, arguments: _Arguments, stem: str = "") -> Environment:
    return Environment(name=name, url=server.url, variables=arguments.of(server, stem))


def named_servers(servers: Sequence[ApiServer]) -> Mapping[str, ApiServer]:
    """Name several servers by `name`, a short description, or what is special of the host; none if one has no name."""
    common = set.intersection(*(set(_labels(server)) for server in servers)) if servers else set()
    names = [server.name or _short(server.description) or _special(server, common) for server in servers]
    if len(servers) < 2 or not all(names) or len(set(names)) < len(names):
        return {}
    return dict(zip(names, servers, strict=True))


_PLAIN = frozenset(("server", "servers", "environment", "env", "api", "url", "endpoint", "base", "the", "default"))
"""Words of descriptions that name no server."""
MOST_WORDS = 2


def _short(description: str | None) -> str:
    """Give the words of a description that is hardly more than a name: `Production server`."""
    found = [word for word in words(description or "") if word not in _PLAIN]
    return "_".join(found) if len(found) <= MOST_WORDS else ""


def _special(server: ApiServer, common: set[str]) -> str:
    return "_".join(label for label in _labels(server) if label not in common)


def _labels(server: ApiServer) -> list[str]:
    """Give the parts of a host, without variables and the port."""
    return [label for label in server.host.partition(":")[0].split(".") if re.fullmatch("[a-z0-9-]+", label)]


# --- servers of operations -------------------------------------------------------------------------------------------


def _operation_servers(
    api: Api, environments: Sequence[Environment], arguments: _Arguments, names: Names
) -> Iterable[OperationServer]:
    """Design each server that operations or paths have for themselves, by the first URL that they name."""
    found = {operation.servers[0].url: operation.servers for operation in api.operations if operation.servers}
    root = api.servers[0].host if api.servers else ""
    for servers in found.values():
        stem = _stem(servers[0], root, {each.name for each in environments})
        is_apart = servers[0].is_absolute and servers[0].host != root
        alternatives = named_servers(servers)
        chosen = [each.name for each in environments if each.name in alternatives]
        yield OperationServer(
            url=servers[0].url,
            argument=names.claim(f"{stem}_url") if is_apart else None,
            variables=arguments.of(servers[0], stem),
            environments=tuple(_environment(name, alternatives[name], arguments, stem) for name in chosen),
            others=tuple(server.url for server in servers[1:]),
        )


_COMMON = frozenset(("www", "api", "com", "org", "net", "io"))


def _stem(server: ApiServer, root: str, environments: set[str]) -> str:
    """Name a server: by its name if that is no environment's, else by what its host has and the client's has not."""
    if server.name and words(server.name) and server.name not in environments:
        return snake(server.name)
    labels = [label for label in _labels(server) if label not in root.split(".")]
    return snake(next((label for label in labels if label not in _COMMON), "server"))
