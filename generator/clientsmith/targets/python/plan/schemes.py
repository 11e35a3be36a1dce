"""Security schemes: the declarations of the runtime's, and the types of their credentials."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.access import Security
from ....data.client import Client
from ....data.credentials import Credential, Grant, GrantKind, Scheme
from ....data.oauth2 import CredentialRole
from ....data.text import Code, code, identifier, literal
from .expressions import Name, core
from .scope import ModuleScope

_SECRETS = ("Secret", "AsyncSecret")
"""What a credential may be, in the sync and in the async client."""
_OTHER_TYPES: dict[CredentialRole, str] = {
    "scopes": "Scopes",
    "token_url": "str",
    "on_refresh_token": "OnRefreshToken",
}
"""What is no secret."""
_GRANT_CLASSES: dict[GrantKind, str] = {
    "client_credentials": "ClientCredentialsGrant",
    "password": "PasswordGrant",
    "refresh_token": "RefreshTokenGrant",
}
NAMES_OF_SCHEMES = frozenset({*_SECRETS, *_OTHER_TYPES.values(), *_GRANT_CLASSES.values()})
"""What is imported for them."""


def credentials_of(client: Client) -> Iterator[Credential]:
    """Give the credentials of all schemes, in order."""
    for scheme in client.schemes:
        yield from scheme.credentials


def requirements(security: Security) -> tuple[tuple[str | tuple[str, ...], ...], ...]:
    """Write security as the runtime has it: a name stands alone, or before the scopes that it needs."""
    return tuple(tuple((r.scheme, *r.scopes) if r.scopes else r.scheme for r in each) for each in security)


def types_of(credential: Credential) -> tuple[str, ...]:
    """Name what a credential may be, in the sync and in the async client where they differ."""
    other = _OTHER_TYPES.get(credential.role)
    return _SECRETS if other is None else (other,)


def import_schemes(client: Client, scope: ModuleScope) -> None:
    """Import the classes of grants, and the types of credentials."""
    types = {name for credential in credentials_of(client) for name in types_of(credential)} - {"str"}
    for name in sorted(types):
        scope.use(Name(core("types" if name in _SECRETS else "oauth2", name)), for_typing=True)
    for kind in sorted({_GRANT_CLASSES[grant.kind] for scheme in client.schemes for grant in scheme.grants}):
        scope.use(Name(core("oauth2", kind)))


def scheme_class(scheme: Scheme) -> str:
    """Name the class of the runtime for what is sent as it is."""
    kind = scheme.scheme.kind
    return {"basic": "Basic", "bearer": "Bearer"}.get(kind, "APIKey")


def scheme_code(scheme: Scheme) -> Code:
    """Declare a security scheme; one with grants as a tuple, the best way first."""
    own = _way(scheme)
    if not scheme.grants:
        return own
    ways = {grant.kind: _grant(grant) for grant in scheme.grants}
    refresh = [ways.pop("refresh_token")] if "refresh_token" in ways else []
    return code("(", ", ".join([*refresh, own, *ways.values()]), ",)")


def _way(scheme: Scheme) -> Code:
    needed = scheme.credentials[:1] if scheme.grants else scheme.credentials
    credentials = map(credential_code, needed)
    kind, name = scheme.scheme.kind, scheme_class(scheme)
    if name != "APIKey":
        return code(name, "(", ", ".join(credentials), ")")
    location = "header" if kind == "other" else kind
    wire_name = "Authorization" if kind == "other" else scheme.scheme.wire_name or scheme.scheme.name
    return code(name, "(", ", ".join([literal(location), literal(wire_name), *credentials]), ")")


def credential_code(credential: Credential) -> Code:
    arguments = [literal(credential.name), literal(credential.env)]
    if credential.role in _OTHER_TYPES:
        arguments.append(code("is_secret=", literal(False)))
    return code("Credential(", ", ".join(arguments), ")")


def _grant(grant: Grant) -> Code:
    """Declare a way to get tokens."""
    arguments = [literal(grant.token_url)]
    if grant.refresh_url is not None:
        arguments.append(literal(grant.refresh_url))
    if grant.auth_method != "client_secret_basic":
        arguments.append(code("auth_method=", literal(grant.auth_method)))
    if grant.scopes is not None:
        arguments.append(code("default_scopes=", literal(grant.scopes)))
    if grant.parameters:
        arguments.append(code("parameters=", literal(dict(grant.parameters))))
    for credential in grant.credentials:
        arguments.append(code(identifier(credential.role), "=", credential_code(credential)))
    return code(_GRANT_CLASSES[grant.kind], "(", ", ".join(arguments), ")")
