"""What the settings say of OAuth 2: how tokens are fetched, and what the credentials for that are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

AuthMethod = Literal["client_secret_basic", "client_secret_post"]
CredentialRole = Literal[
    "token", "username", "password", "client_id", "client_secret", "refresh_token", "on_refresh_token", "scopes",
    "token_url",
]  # fmt: skip
"""What a credential is for; `token` is what is sent as it is."""

OAUTH2_NAMED: tuple[CredentialRole, ...] = ("client_id", "client_secret", "username", "password", "refresh_token")
"""Roles whose keys name arguments; beside each is a key that ends in `_env`."""
OAUTH2_KEYS = frozenset(
    {"flow", "scopes", "auth_method", "token_url", "token_url_env", "token_parameters"}
    | {*OAUTH2_NAMED}
    | {f"{role}_env" for role in OAUTH2_NAMED if role != "password"}
)
"""Keys that only a scheme with flows has a use for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth2Settings:
    """What `[security.SCHEME]` says of the flows of OAuth 2."""

    flow: str | None = None
    """The only flow that the client has: of the document, or `token` for none."""
    arguments: Mapping[CredentialRole, str] = field(default_factory=lambda: MappingProxyType({}))
    envs: Mapping[CredentialRole, str] = field(default_factory=lambda: MappingProxyType({}))
    scopes: tuple[str, ...] | None = None
    """What tokens are asked for; None: what the document has for each operation."""
    auth_method: AuthMethod = "client_secret_basic"
    token_url: str | None = None
    """In place of that of the document."""
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else is sent for a token."""
