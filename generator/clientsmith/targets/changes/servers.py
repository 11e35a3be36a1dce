"""Where the client sends its requests: URLs, their variables, and servers with names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from ...data.client import Server, Variable
from ...data.document import Pointer
from .change import Revision
from .collector import Collector, Finding
from .matching import pair_up
from .pairing import VARIABLE

SERVERS = Pointer("/servers")
PLACE = "client(base_url)"
MOST_URLS = 1_000
"""URLs of one server that are looked at."""


class ServerComparison:
    """Compares the servers of the client, and what its constructor takes for them."""

    def __init__(self, old: Revision, new: Revision, found: Collector) -> None:
        self._old, self._new = old, new
        self._found = found

    def run(self) -> None:
        """Compare all."""
        self._server(self._old.surface.client.server, self._new.surface.client.server)
        self._alternatives()

    def _report(self, kind: str, message: str, place: str = PLACE, detail: str = "") -> None:
        self._found.add(
            Finding(kind=kind, place=place, message=message, old=SERVERS, new=SERVERS, owner="client", detail=detail)
        )

    def _server(self, old: Server, new: Server) -> None:
        self._url(old, new)
        if old.env != new.env and self._old.surface.client.name == self._new.surface.client.name:
            self._report("server-env-renamed", f"is read from {new.env}, not from {old.env}")
        for before, after in paired_variables(old, new):
            self._variable(before, after)
        self._environments(old, new)
        self._options(old, new)

    def _url(self, old: Server, new: Server) -> None:
        """Compare where requests go if the caller gives nothing."""
        before, after = (filled(server.url, server.variables) for server in (old, new))
        if before == after:
            return
        if before is None:
            self._report("server-given", f"requests go to {after} if nothing else is given")
        elif after is None:
            self._report("server-removed", f"was {before}, must be given now")
        else:
            kind = "server-default-changed" if self._is_known(old, new) else "server-changed"
            self._report(kind, f"was {before}, is {after}")

    def _is_known(self, old: Server, new: Server) -> bool:
        """Report whether the old URL is one that the new document gives: that of a server, with values of its list."""
        before = filled(old.url, old.variables)
        if old.documented is not None and any(
            old.documented == server.url and server.default_url == filled(old.documented, old.variables)
            for server in self._new.api.servers
        ):
            return True
        return any(before == url for url in possible(new.url, new.variables))

    def _environments(self, old: Server, new: Server) -> None:
        place = f"client({(old if old.environments else new).environment_argument})"
        olds, news = ({e.name: filled(e.url, e.variables) for e in server.environments} for server in (old, new))
        for name, url in olds.items():
            if name not in news:
                self._report("environment-removed", f"{name} is gone", place, name)
            elif news[name] != url:
                self._report("environment-changed", f"{name} was {url}, is {news[name]}", place, name)
        for name in news:
            if name not in olds:
                self._report("environment-added", f"{name} is new", place, name)

    def _options(self, old: Server, new: Server) -> None:
        """Compare the arguments for servers of operations."""
        olds, news = ([s.argument for s in server.operation_servers if s.argument] for server in (old, new))
        for name in olds:
            if name not in news:
                self._report("server-option-removed", "is gone", f"client({name})", name)
        for name in news:
            if name not in olds:
                self._report("server-option-added", "is new", f"client({name})", name)

    def _variable(self, old: Variable | None, new: Variable | None) -> None:
        if old is not None and new is not None:
            if old.name != new.name:
                self._report("server-variable-renamed", f"is called {new.name} now", f"client({old.name})", old.name)
            self._values(old, new)
            if old.variable.description != new.variable.description:
                self._report("text-changed", "the description changed", f"client({old.name})", old.name)
        elif old is not None:
            self._report("server-variable-removed", "is gone", f"client({old.name})", old.name)
        elif new is not None:
            self._report("server-variable-added", "is new", f"client({new.name})", new.name)

    def _values(self, old: Variable, new: Variable) -> None:
        """Compare the values that a variable may have; without a list it may have any."""
        place = f"client({old.name})"
        before, after = old.variable.values, new.variable.values
        removed = [value for value in before if value not in after and after]
        added = [value for value in after if value not in before]
        if removed or (added and not before):
            self._report("server-value-removed", f"may be {', '.join(after)} only", place, old.name)
        if before and (added or not after):
            message = f"may be {', '.join(added)}, too" if added else "may be anything"
            self._report("server-value-added", message, place, old.name)

    def _alternatives(self) -> None:
        olds, news = ({server.url for server in revision.api.servers[1:]} for revision in (self._old, self._new))
        first = {revision.api.servers[0].url for revision in (self._old, self._new) if revision.api.servers}
        for url in sorted(olds - news - first):
            self._report("server-alternative-removed", f"{url} is gone", "client", url)
        for url in sorted(news - olds - first):
            self._report("server-alternative-added", f"{url} is new", "client", url)


def filled(url: str | None, variables: tuple[Variable, ...]) -> str | None:
    """Give a URL with the defaults of its variables."""
    for variable in variables if url is not None else ():
        url = url.replace("{" + variable.variable.name + "}", variable.variable.default) if url else url
    return url


def possible(url: str | None, variables: tuple[Variable, ...]) -> Iterator[str]:
    """Give the URLs that the lists of values allow; a variable without a list has its default."""
    lists = [variable.variable.values or (variable.variable.default,) for variable in variables]
    for values, _ in zip(product(*lists), range(MOST_URLS), strict=False):
        chosen = tuple(
            replace(variable, variable=replace(variable.variable, default=value))
            for variable, value in zip(variables, values, strict=True)
        )
        if (made := filled(url, chosen)) is not None:
            yield made


def paired_variables(old: Server, new: Server) -> Iterator[tuple[Variable | None, Variable | None]]:
    """Give the variables of both servers: by name, then by their place in URLs that are the same but for the names."""
    olds, news = list(old.all_variables()), list(new.all_variables())
    yield from pair_up(olds, news, lambda variable: variable.variable.name)
    if old.url and new.url and VARIABLE.sub("{}", old.url) == VARIABLE.sub("{}", new.url):
        orders = [[name[1:-1] for name in VARIABLE.findall(url)] for url in (old.url, new.url)]
        places = {
            id(v): order.index(v.variable.name)
            for order, side in zip(orders, (olds, news), strict=True)
            for v in side
            if v.variable.name in order
        }
        yield from pair_up(olds, news, lambda variable: places.get(id(variable)))
    yield from ((variable, None) for variable in olds)
    yield from ((None, variable) for variable in news)
