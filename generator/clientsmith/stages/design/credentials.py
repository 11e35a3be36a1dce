"""Credentials: what the constructor takes for each security scheme, and how tokens are fetched with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...data.access import FlowKind, OAuthFlow, SecurityScheme
from ...data.credentials import GRANTS, Credential, Grant, GrantKind, Scheme
from ...data.document import Position
from ...data.oauth2 import CredentialRole, OAuth2Settings
from ...data.settings import CredentialSettings, Settings
from .naming import Names, env_prefix, snake

NO_SETTINGS = CredentialSettings(position=Position(1, 1))
GRANT_OF_FLOW: dict[FlowKind, GrantKind] = {
    "clientCredentials": "client_credentials",
    "password": "password",
    "authorizationCode": "refresh_token",
    "deviceAuthorization": "refresh_token",
}
"""What a client does itself: where a user signs in in a browser, the caller has the tokens of that."""
ROLES: tuple[CredentialRole, ...] = (
    "client_id", "client_secret", "username", "password", "refresh_token", "on_refresh_token", "scopes", "token_url",
)  # fmt: skip
"""In the order of the constructor."""
OF_ALL_GRANTS: tuple[CredentialRole, ...] = ("client_id", "client_secret", "scopes", "token_url")
WITHOUT_VARIABLE = frozenset({"on_refresh_token", "scopes"})
"""Roles whose values are no texts."""


def design_schemes(schemes: Sequence[SecurityScheme], settings: Settings, names: Names) -> tuple[Scheme, ...]:
    """Name all credentials: what is sent as it is comes first, so its names do not change when flows are added."""
    naming = _Naming(settings, names)
    first = [naming.scheme(scheme, len(schemes)) for scheme in schemes]
    count = sum(bool(flows_of(scheme, settings)) for scheme in schemes)
    return tuple(naming.with_grants(scheme, flows_of(scheme.scheme, settings), count) for scheme in first)


def webhook_secret(settings: Settings, names: Names) -> Credential:
    """Name the secret that signatures of webhooks are verified with."""
    return _Naming(settings, names).of_webhooks()


def credential_names(settings: Settings) -> frozenset[str]:
    """Give the names that the settings give to attributes of the client, such as credentials: resources make way."""
    arguments = [argument.name for argument in settings.arguments]
    given = settings.security.values()
    named = [name for one in given for name in (one.argument, one.password_argument, *one.oauth2.arguments.values())]
    return frozenset([*arguments, *(snake(name) for name in named if name)])


def flows_of(scheme: SecurityScheme, settings: Settings) -> tuple[OAuthFlow, ...]:
    """Give the flows that the client has, each with the URL of its tokens."""
    given = settings.security.get(scheme.name, NO_SETTINGS).oauth2
    wanted = (flow for flow in scheme.flows if flow.kind in GRANT_OF_FLOW and given.flow in (None, flow.kind))
    located = (replace(flow, token_url=given.token_url or flow.token_url) for flow in wanted)
    return tuple(flow for flow in located if flow.token_url)


class _Naming:
    """Chooses names and environment variables of credentials."""

    def __init__(self, settings: Settings, names: Names) -> None:
        self._settings = settings
        self._names = names
        self._env_prefix = env_prefix(settings)

    def scheme(self, scheme: SecurityScheme, count: int) -> Scheme:
        """Name what one of so many schemes sends."""
        given = self._settings.security.get(scheme.name, NO_SETTINGS)
        if scheme.kind == "basic":
            user = self._credential(given.argument, given.env, "username", role="username")
            password = self._credential(given.password_argument, given.password_env, "password", role="password")
            return Scheme(scheme=scheme, credentials=_required(given, (user, password)))
        default = _default_argument(scheme, count)
        ending = "token" if scheme.kind == "bearer" else "key"
        key = self._credential(
            given.argument, given.env, default, is_whole_header=scheme.kind == "other", ending=ending
        )
        return Scheme(scheme=scheme, credentials=_required(given, (key,)))

    def of_webhooks(self) -> Credential:
        """Name the secret of webhooks."""
        settings = self._settings
        return self._credential(settings.webhook_secret_argument, settings.webhook_secret_env, "webhook_secret")

    def with_grants(self, scheme: Scheme, flows: Iterable[OAuthFlow], count: int) -> Scheme:
        """Add what one of so many schemes with flows needs to fetch tokens."""
        by_kind: dict[GrantKind, OAuthFlow] = {GRANT_OF_FLOW[flow.kind]: flow for flow in reversed(tuple(flows))}
        if not by_kind:
            return scheme
        given = self._settings.security.get(scheme.scheme.name, NO_SETTINGS)
        prefix = f"{scheme.scheme.name}_" if count > 1 else ""
        roles = {role for kind in by_kind for role in _roles_of(kind)}
        named = {role: self._of_role(scheme, role, given, prefix) for role in ROLES if role in roles}
        grants = tuple(
            _grant(kind, by_kind[kind], given.oauth2, tuple(named[role] for role in _roles_of(kind)))
            for kind in GRANTS
            if kind in by_kind
        )
        needed = {credential.name for grant in grants for credential in grant.needed}
        credentials = [c if c.name not in needed else _required(given, (c,))[0] for c in named.values()]
        return replace(scheme, credentials=(*scheme.credentials, *credentials), grants=grants)

    def _of_role(self, scheme: Scheme, role: CredentialRole, given: CredentialSettings, prefix: str) -> Credential:
        argument, env = given.oauth2.arguments.get(role), given.oauth2.envs.get(role)
        if role == "password":
            argument, env = argument or given.password_argument, given.password_env
        if role in WITHOUT_VARIABLE:
            env = ""
        return self._credential(argument, env, f"{prefix}{role}", role=role, other=f"{scheme.scheme.name}_{role}")

    def _credential(
        self,
        argument: str | None,
        env: str | None,
        default: str,
        *,
        role: CredentialRole = "token",
        is_whole_header: bool = False,
        ending: str = "value",
        other: str | None = None,
    ) -> Credential:
        wanted = _plain(argument or default)
        # A resource of that name comes first.
        name = self._names.claim(wanted, _plain(other) if other else f"{wanted}_{ending}")
        env = env if env is not None else f"{self._env_prefix}_{name.strip('_').upper()}"
        return Credential(name=name, env=env or None, role=role, is_whole_header=is_whole_header)


def _plain(name: str) -> str:
    return snake(name).lstrip("_") or "key"


def _roles_of(kind: GrantKind) -> Iterator[CredentialRole]:
    """Give the roles of a grant, those that it needs first."""
    needed = GRANTS[kind]
    others: list[CredentialRole] = [role for role in OF_ALL_GRANTS if role not in needed]
    yield from (*needed, *others)
    if kind == "refresh_token":
        yield "on_refresh_token"


def _grant(kind: GrantKind, flow: OAuthFlow, given: OAuth2Settings, credentials: tuple[Credential, ...]) -> Grant:
    assert flow.token_url is not None
    return Grant(
        kind=kind,
        token_url=flow.token_url,
        refresh_url=None if given.token_url else flow.refresh_url,
        credentials=credentials,
        auth_method=given.auth_method,
        scopes=given.scopes,
        parameters=given.parameters,
    )


def _required(given: CredentialSettings, credentials: tuple[Credential, ...]) -> tuple[Credential, ...]:
    return tuple(replace(credential, is_required=given.required) for credential in credentials)


def _default_argument(scheme: SecurityScheme, count: int) -> str:
    """Name the usual single credential as people do, several after their schemes."""
    if count == 1:
        return "api_token" if scheme.kind == "bearer" else "api_key"
    return scheme.name
