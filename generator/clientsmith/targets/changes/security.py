"""Credentials that operations need: what an old client sends, and whether that is still enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...data.access import Security
from ...data.api import Operation
from ...data.client import Client
from ...data.document import Pointer
from .change import Revision
from .collector import Collector, Finding, Owner
from .matching import pair_up

Pairs = Iterable[tuple[Operation, Operation, Owner, str]]
"""Both versions of each operation, its owner, and its name."""


class SecurityComparison:
    """Compares what all operations need: once for those that follow the document, once for each other one."""

    def __init__(self, old: Revision, new: Revision, found: Collector) -> None:
        self._old, self._new = old.api, new.api
        self._renamed = renamed_schemes(old.surface.client, new.surface.client)
        self._granted = granted_schemes(old.surface.client) & granted_schemes(new.surface.client)
        self._found = found

    def run(self, pairs: Pairs) -> None:
        """Compare all operations."""
        for old, new, owner, name in pairs:
            before = self._old.security if old.security is None else old.security
            after = self._new.security if new.security is None else new.security
            change = security_change(before, after, self._renamed) or self._scopes(before, after)
            if change is None:
                continue
            shared = old.security is None and new.security is None
            self._found.add(
                Finding(
                    kind=change[0],
                    place="client" if shared else f"{name}()",
                    message=change[1],
                    old=Pointer("/security") if shared else old.pointer.child("security"),
                    new=Pointer("/security") if shared else new.pointer.child("security"),
                    owner=owner,
                )
            )

    def _scopes(self, old: Security, new: Security) -> tuple[str, str] | None:
        """Give the change of the scopes that a client asks for by itself, if there is one."""
        wanted = [
            {
                scope
                for alternative in security
                for needed in alternative
                for scope in needed.scopes
                if needed.scheme in self._granted
            }
            for security in (old, new)
        ]
        gone, fresh = sorted(wanted[0] - wanted[1]), sorted(wanted[1] - wanted[0])
        if fresh:
            return "scope-required", f"needs a token for {', '.join(fresh)} now"
        return ("scope-not-required", f"needs no token for {', '.join(gone)} any more") if gone else None


def granted_schemes(client: Client) -> frozenset[str]:
    """Give the schemes that a client gets tokens for by itself, with the scopes of the document."""
    return frozenset(
        scheme.scheme.name
        for scheme in client.schemes
        if any(grant.kind == "client_credentials" and grant.scopes is None for grant in scheme.grants)
    )


def renamed_schemes(old: Client, new: Client) -> dict[str, str]:
    """Find the schemes that have another name and send the same: one that is gone, one that is new."""
    olds, news = ([scheme.scheme for scheme in client.schemes] for client in (old, new))
    pair_up(olds, news, lambda scheme: scheme.name)
    pairs = pair_up(olds, news, lambda scheme: (scheme.kind, scheme.wire_name, scheme.flows))
    return {before.name: after.name for before, after in pairs}


def security_change(old: Security, new: Security, renamed: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the kind of the change of some alternatives, and a message; `renamed` are schemes with another name."""
    named = [[renamed.get(needed.scheme, needed.scheme) for needed in alternative] for alternative in old]
    before = [frozenset(schemes) for schemes in named] or [frozenset[str]()]
    after = [frozenset(needed.scheme for needed in alternative) for alternative in new] or [frozenset[str]()]
    if set(before) == set(after):
        return None
    # A client sends what the first alternative needs that it has credentials for, so more than is needed does no harm.
    refused = [alternative for alternative in before if not any(other <= alternative for other in after)]
    if not refused:
        if frozenset[str]() in after and frozenset[str]() not in before:
            return "security-not-required", "needs no credential any more"
        return "security-alternative-added", f"may be called with {_named(a for a in after if a not in before)}, too"
    if frozenset[str]() in refused:
        return "security-required", f"needs a credential now: {_named(after)}"
    return "security-alternative-removed", f"cannot be called with {_named(refused)} any more, but with {_named(after)}"


def _named(alternatives: Iterable[frozenset[str]]) -> str:
    return " or ".join(" and ".join(sorted(alternative)) or "none" for alternative in alternatives) or "less"
