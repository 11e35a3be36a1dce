"""What clients sign in with: credentials, the schemes that they are for, and ways to get tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from .access import SecurityScheme
from .oauth2 import AuthMethod, CredentialRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What the caller gives to the client so that it may sign in: mostly a secret."""

    name: str
    env: str | None
    """The environment variable that it is read from."""
    role: CredentialRole = "token"
    is_required: bool = False
    """The constructor asks for it."""
    is_whole_header: bool = False
    """True for an HTTP scheme that no client knows: the caller writes the header."""


GrantKind = Literal["client_credentials", "password", "refresh_token"]
GRANTS: Mapping[GrantKind, tuple[CredentialRole, ...]] = {
    "refresh_token": ("refresh_token",),
    "password": ("username", "password"),
    "client_credentials": ("client_id", "client_secret"),
}
"""What each grant needs. The first one is used that is complete: what fewer callers have comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A way of OAuth 2 to get tokens."""

    kind: GrantKind
    token_url: str
    refresh_url: str | None
    credentials: tuple[Credential, ...]
    """Those that it needs first."""
    auth_method: AuthMethod = "client_secret_basic"
    scopes: tuple[str, ...] | None = None
    """What to ask for where the caller does not say; None: what the document has for each operation."""
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else to send for a token."""

    @property
    def needed(self) -> tuple[Credential, ...]:
        """The credentials without which it cannot be used."""
        return self.credentials[: len(GRANTS[self.kind])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A security scheme of the document and the credentials that it takes: basic authentication has two."""

    scheme: SecurityScheme
    credentials: tuple[Credential, ...]
    """All of them; the first is what is sent, where that is not made of several."""
    grants: tuple[Grant, ...] = ()
    """Ways of OAuth 2 to get the token, instead of the first credential; the first complete one is used."""

    @property
    def needed(self) -> tuple[Credential, ...]:
        """The credentials of the usual way to sign in."""
        for kind in ("client_credentials", "password"):
            for grant in self.grants:
                if grant.kind == kind:
                    return grant.needed
        return self.credentials[:1] if self.grants else self.credentials

    def credential(self, role: CredentialRole) -> Credential | None:
        """Find the credential of a role."""
        return next((credential for credential in self.credentials if credential.role == role), None)
