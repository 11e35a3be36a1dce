"""The client itself: its names, its server and the credentials that its constructor takes."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.access import SecurityScheme
from ...data.credentials import Credential, Scheme
from ...data.document import Pointer
from ...data.surface import Surface
from .change import Revision
from .collector import Collector, Finding
from .constructor import ConstructorComparison
from .security import renamed_schemes
from .servers import ServerComparison

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
        ServerComparison(self._old, self._new, self._found).run()
        ConstructorComparison(self._old, self._new, self._found).run()
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

    # --- credentials -------------------------------------------------------------------------------------------------

    def _schemes(self) -> None:
        olds = {scheme.scheme.name: scheme for scheme in self._old.surface.client.schemes}
        news = {scheme.scheme.name: scheme for scheme in self._new.surface.client.schemes}
        renamed = renamed_schemes(self._old.surface.client, self._new.surface.client)
        for name, scheme in olds.items():
            other = news.get(renamed.get(name, name))
            if other is not None:
                self._scheme(scheme, other)
            else:
                for credential in scheme.credentials:
                    place = f"client({credential.name})"
                    self._report(
                        "credential-removed", "is gone", scheme.scheme.pointer, SCHEMES, place, credential.name
                    )
        for name, scheme in news.items():
            if name not in olds and name not in renamed.values():
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
        for message in grant_changes(old, new):
            self._report("credential-changed", message, *places, first, message)
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
        if before.is_required != after.is_required:
            kind = "credential-required" if after.is_required else "credential-optional"
            message = "must be given to the constructor" if after.is_required else "need not be given any more"
            self._report(kind, message, old, new, place, before.name)

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


def grant_changes(old: Scheme, new: Scheme) -> Iterator[str]:
    """Compare how tokens are asked for, where both clients do that in the same way of OAuth 2."""
    news = {grant.kind: grant for grant in new.grants}
    for before in old.grants:
        after = news.get(before.kind)
        if after is None:
            yield f"no token is asked for with {' and '.join(credential.name for credential in before.needed)} any more"
            continue
        if (before.token_url, before.refresh_url) != (after.token_url, after.refresh_url):
            was, now = (grant.token_url for grant in (before, after))
            yield f"tokens are asked for at {now}, not at {was}" if was != now else "tokens are renewed at another URL"
        if (before.auth_method, dict(before.parameters)) != (after.auth_method, dict(after.parameters)):
            yield "tokens are asked for in another way"


def _way(scheme: SecurityScheme) -> str:
    """Describe how a credential is sent."""
    return f"{scheme.kind} {scheme.wire_name}" if scheme.wire_name else scheme.kind
