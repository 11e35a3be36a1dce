"""The client itself: its names, its server and the credentials that its constructor takes."""

from __future__ import annotations

from ...data.access import SecurityScheme
from ...data.client import Server, Variable
from ...data.credentials import Credential, Scheme
from ...data.document import Pointer
from ...data.surface import Surface
from .change import Revision
from .collector import Collector, Finding

SERVERS = Pointer("/servers")
SCHEMES = Pointer("/components/securitySchemes")
INFO = Pointer("/info")


class ClientComparison:
    """Compares what is there before any resource."""

    def __init__(self, old: Revision, new: Revision, found: Collector) -> None:
        self._old, self._new = old, new
        self._found = found

    def run(self) -> None:
        """Compare all."""
        self._names(self._old.surface, self._new.surface)
        self._server(self._old.surface.client.server, self._new.surface.client.server)
        self._alternatives()
        self._requests()
        self._schemes()
        self._webhook_secret(self._old.surface.client.webhook_secret, self._new.surface.client.webhook_secret)
        self._texts()

    def _report(
        self, kind: str, message: str, old: Pointer, new: Pointer, place: str = "client", detail: str = ""
    ) -> None:
        self._found.add(
            Finding(kind=kind, place=place, message=message, old=old, new=new, owner="client", detail=detail)
        )

    def _renamed(self, kind: str, old: str, new: str, place: Pointer, detail: str = "") -> None:
        if old != new:
            self._report(kind, f"{old} is called {new} now", place, place, old, detail)

    def _names(self, old: Surface, new: Surface) -> None:
        self._renamed("package-renamed", old.package, new.package, INFO)
        self._renamed("client-renamed", old.client.name, new.client.name, INFO)
        if old.client.name == new.client.name:
            self._renamed("client-renamed", old.client.error_name, new.client.error_name, INFO, "errors")

    # --- the server --------------------------------------------------------------------------------------------------

    def _server(self, old: Server, new: Server) -> None:
        place = "client(base_url)"
        if old.url != new.url:
            if old.url is None:
                self._report(
                    "server-given", f"requests go to {new.url} if nothing else is given", SERVERS, SERVERS, place
                )
            elif new.url is None:
                self._report("server-removed", f"was {old.url}, must be given now", SERVERS, SERVERS, place)
            else:
                known = old.documented is not None and any(old.documented == s.url for s in self._new.api.servers)
                kind = "server-default-changed" if known else "server-changed"
                self._report(kind, f"was {old.url}, is {new.url}", SERVERS, SERVERS, place)
        if old.env != new.env and self._old.surface.client.name == self._new.surface.client.name:
            self._report("server-env-renamed", f"is read from {new.env}, not from {old.env}", SERVERS, SERVERS, place)
        olds, news = ({v.variable.name: v for v in server.all_variables()} for server in (old, new))
        for name in dict.fromkeys((*olds, *news)):
            self._variable(olds.get(name), news.get(name))
        self._environments(old, new)
        self._options(old, new)

    def _environments(self, old: Server, new: Server) -> None:
        place = f"client({(old if old.environments else new).environment_argument})"
        olds, news = ({each.name: each.url for each in server.environments} for server in (old, new))
        for name, url in olds.items():
            if name not in news:
                self._report("environment-removed", f"{name} is gone", SERVERS, SERVERS, place, name)
            elif news[name] != url:
                message = f"{name} was {url}, is {news[name]}"
                self._report("environment-changed", message, SERVERS, SERVERS, place, name)
        for name in news:
            if name not in olds:
                self._report("environment-added", f"{name} is new", SERVERS, SERVERS, place, name)

    def _options(self, old: Server, new: Server) -> None:
        """Compare the arguments for servers of operations."""
        olds, news = ([s.argument for s in server.operation_servers if s.argument] for server in (old, new))
        for name in olds:
            if name not in news:
                self._report("server-option-removed", "is gone", SERVERS, SERVERS, f"client({name})", name)
        for name in news:
            if name not in olds:
                self._report("server-option-added", "is new", SERVERS, SERVERS, f"client({name})", name)

    def _variable(self, old: Variable | None, new: Variable | None) -> None:
        if old is not None and new is not None:
            place = f"client({old.name})"
            if old.name != new.name:
                self._report("server-variable-renamed", f"is called {new.name} now", SERVERS, SERVERS, place, old.name)
            removed = [
                value for value in old.variable.values if value not in new.variable.values and new.variable.values
            ]
            added = [value for value in new.variable.values if value not in old.variable.values]
            if removed or (added and not old.variable.values):
                self._report(
                    "server-value-removed",
                    f"may be {', '.join(new.variable.values)} only",
                    SERVERS,
                    SERVERS,
                    place,
                    old.name,
                )
            if old.variable.values and (added or not new.variable.values):
                message = f"may be {', '.join(added)}, too" if added else "may be anything"
                self._report("server-value-added", message, SERVERS, SERVERS, place, old.name)
            if old.variable.description != new.variable.description:
                self._report("text-changed", "the description changed", SERVERS, SERVERS, place, old.name)
        elif old is not None:
            self._report("server-variable-removed", "is gone", SERVERS, SERVERS, f"client({old.name})", old.name)
        elif new is not None:
            self._report("server-variable-added", "is new", SERVERS, SERVERS, f"client({new.name})", new.name)

    def _alternatives(self) -> None:
        olds, news = ({server.url for server in revision.api.servers[1:]} for revision in (self._old, self._new))
        first = {revision.api.servers[0].url for revision in (self._old, self._new) if revision.api.servers}
        for url in sorted(olds - news - first):
            self._report("server-alternative-removed", f"{url} is gone", SERVERS, SERVERS, detail=url)
        for url in sorted(news - olds - first):
            self._report("server-alternative-added", f"{url} is new", SERVERS, SERVERS, detail=url)

    def _requests(self) -> None:
        old, new = self._old.surface.client, self._new.surface.client
        if old.query_objects != new.query_objects:
            message = f"objects in queries are written as {new.query_objects}, not as {old.query_objects}"
            self._report("query-objects-changed", message, INFO, INFO)
        if old.requests.idempotency_header != new.requests.idempotency_header:
            kind = "idempotency-header-changed" if old.requests.idempotency_header else "idempotency-header-added"
            self._report(
                kind,
                f"was {old.requests.idempotency_header or 'none'}, is {new.requests.idempotency_header or 'none'}",
                INFO,
                INFO,
            )

    # --- credentials -------------------------------------------------------------------------------------------------

    def _schemes(self) -> None:
        olds = {scheme.scheme.name: scheme for scheme in self._old.surface.client.schemes}
        news = {scheme.scheme.name: scheme for scheme in self._new.surface.client.schemes}
        for name, scheme in olds.items():
            if name in news:
                self._scheme(scheme, news[name])
            else:
                for credential in scheme.credentials:
                    place = f"client({credential.name})"
                    self._report(
                        "credential-removed", "is gone", scheme.scheme.pointer, SCHEMES, place, credential.name
                    )
        for name, scheme in news.items():
            if name not in olds:
                for credential in scheme.credentials:
                    place = f"client({credential.name})"
                    self._report("credential-added", "is new", SCHEMES, scheme.scheme.pointer, place, credential.name)

    def _webhook_secret(self, old: Credential | None, new: Credential | None) -> None:
        webhooks = Pointer("/webhooks")
        if old is not None and new is not None:
            self._credential(old, new, webhooks, webhooks)
        elif old is not None:
            self._report("credential-removed", "is gone", webhooks, INFO, f"client({old.name})", old.name)
        elif new is not None:
            self._report("credential-added", "is new", INFO, webhooks, f"client({new.name})", new.name)

    def _scheme(self, old: Scheme, new: Scheme) -> None:
        places = old.scheme.pointer, new.scheme.pointer
        first = f"client({old.credentials[0].name})" if old.credentials else "client"
        if _way(old.scheme) != _way(new.scheme):
            message = f"was sent as {_way(old.scheme)}, is sent as {_way(new.scheme)}"
            self._report("credential-changed", message, *places, first)
        if old.scheme.description != new.scheme.description:
            self._report("text-changed", "the description changed", *places, first)
        for credential in old.credentials:
            other = new.credential(credential.role)
            if other is None:
                self._report("credential-removed", "is gone", *places, f"client({credential.name})", credential.name)
            else:
                self._credential(credential, other, *places)
        for credential in new.credentials:
            if old.credential(credential.role) is None:
                self._report("credential-added", "is new", *places, f"client({credential.name})", credential.name)

    def _credential(self, before: Credential, after: Credential, old: Pointer, new: Pointer) -> None:
        place = f"client({before.name})"
        if before.name != after.name:
            self._report("credential-renamed", f"is called {after.name} now", old, new, place, before.name)
        if before.env != after.env and self._old.surface.client.name == self._new.surface.client.name:
            message = f"is read from {after.env or 'no variable'}, not from {before.env or 'any variable'}"
            self._report("credential-env-renamed", message, old, new, place, before.name)

    # --- texts -------------------------------------------------------------------------------------------------------

    def _texts(self) -> None:
        old, new = self._old.api, self._new.api
        if old.version != new.version:
            self._report(
                "version-changed", f"was {old.version}, is {new.version}", INFO.child("version"), INFO.child("version")
            )
        texts = [
            name for name in ("title", "summary", "description", "more") if getattr(old, name) != getattr(new, name)
        ]
        if texts:
            self._report("text-changed", f"{' and '.join(texts)} changed", INFO, INFO)
        before = {resource.path: resource.description for resource in self._old.surface.all_resources()}
        for resource in self._new.surface.all_resources():
            name = ".".join(resource.path)
            if before.get(resource.path, resource.description) != resource.description:
                tags = Pointer("/tags")
                self._report("text-changed", "the description changed", tags, tags, name, name)


def _way(scheme: SecurityScheme) -> str:
    """Describe how a credential is sent."""
    return f"{scheme.kind} {scheme.wire_name}" if scheme.wire_name else scheme.kind
