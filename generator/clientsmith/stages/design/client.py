"""The client: its names, and the constructor that the document's security schemes and servers make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...data.access import Security, SecurityScheme
from ...data.api import Api
from ...data.client import Client, Credential, Scheme
from ...data.reserved import CLIENT_ARGUMENTS, CLIENT_MODULE, PUBLIC, PUBLIC_OF_WEBHOOKS
from ...data.settings import CredentialSettings, Settings
from .naming import Names, casing_of, pascal, snake, words, written_class
from .servers import design_server


def design_client(api: Api, settings: Settings, resources: Iterable[str]) -> Client:
    """Choose what the client is called and what its constructor takes: names that its resources do not have."""
    name = _client_name(settings)
    names = Names((*CLIENT_ARGUMENTS, *resources, *(argument.name for argument in settings.arguments)))
    used = {scheme for alternative in api.security for scheme in alternative}
    used |= {scheme for o in api.operations for alternative in o.security or () for scheme in alternative}
    schemes = [scheme for scheme in api.security_schemes if scheme.name in used] or list(api.security_schemes)
    # A document that declares schemes and never requires one sends what the caller has.
    optional: Security = () if used else (*((scheme.name,) for scheme in schemes), ())
    credentials = _Credentials(settings, names)
    return Client(
        name=name,
        error_name=_error_name(settings, name),
        schemes=tuple(credentials.scheme(scheme, len(schemes)) for scheme in schemes),
        webhook_secret=credentials.of_webhooks() if api.events else None,
        security=api.security or optional,
        server=design_server(api, settings, names),
        query_objects=settings.query_objects,
        query_arrays=settings.query_arrays,
        form_objects=settings.form_objects,
        arguments=settings.arguments,
        compatibility=settings.compatibility,
        requests=settings.requests,
        bases=settings.client_bases,
    )


def _client_name(settings: Settings) -> str:
    """Choose the class of the client: the settings' name, else the package's, unless the package has that already."""
    if settings.client_name:
        return written_class(settings.client_name, casing_of(settings))
    name = pascal(words(settings.output.name), casing_of(settings))
    occupied = {*CLIENT_MODULE, *PUBLIC, *PUBLIC_OF_WEBHOOKS}
    return f"{name}Client" if name in occupied or f"Async{name}" in occupied else name


def _error_name(settings: Settings, client: str) -> str:
    """Choose the name of the root of the exceptions: one that no other of them has."""
    names = (settings.error_name, f"{client}Error", f"{client}ClientError")
    occupied = {*PUBLIC, *PUBLIC_OF_WEBHOOKS}
    return next(name for name in names if name and (name not in occupied or name == settings.error_name))


class _Credentials:
    """Chooses names and environment variables of credentials."""

    def __init__(self, settings: Settings, names: Names) -> None:
        self._settings = settings
        self._names = names
        self._env_prefix = "_".join(words(settings.output.name)).upper()

    def scheme(self, scheme: SecurityScheme, count: int) -> Scheme:
        """Name the credentials of one of so many schemes."""
        given = self._settings.security.get(scheme.name)
        argument, env = (given.argument, given.env) if given else (None, None)
        if scheme.kind == "basic":
            user = self._credential(argument, env, "username")
            password = self._credential(*_password(given), "password")
            return Scheme(scheme=scheme, credentials=_required(given, user, password))
        default = _default_argument(scheme, count)
        ending = "token" if scheme.kind == "bearer" else "key"
        key = self._credential(argument, env, default, is_whole_header=scheme.kind == "other", ending=ending)
        return Scheme(scheme=scheme, credentials=_required(given, key))

    def of_webhooks(self) -> Credential:
        """Name the secret that signatures of webhooks are verified with."""
        settings = self._settings
        return self._credential(settings.webhook_secret_argument, settings.webhook_secret_env, "webhook_secret")

    def _credential(
        self,
        argument: str | None,
        env: str | None,
        default: str,
        *,
        is_whole_header: bool = False,
        ending: str = "value",
    ) -> Credential:
        wanted = snake(argument or default).lstrip("_") or "key"
        name = self._names.claim(wanted, f"{wanted}_{ending}")  # a resource of that name comes first
        env = env if env is not None else f"{self._env_prefix}_{name.strip('_').upper()}"
        return Credential(name=name, env=env or None, is_whole_header=is_whole_header)


def _password(given: CredentialSettings | None) -> tuple[str | None, str | None]:
    return (given.password_argument, given.password_env) if given else (None, None)


def _required(given: CredentialSettings | None, *credentials: Credential) -> tuple[Credential, ...]:
    if given is None or not given.required:
        return credentials
    return tuple(replace(credential, is_required=True) for credential in credentials)


def _default_argument(scheme: SecurityScheme, count: int) -> str:
    """Name the usual single credential as people do, several after their schemes."""
    if count == 1:
        return "api_token" if scheme.kind == "bearer" else "api_key"
    return scheme.name


def credential_names(settings: Settings) -> frozenset[str]:
    """Give the names that the settings give to attributes of the client, such as credentials: resources make way."""
    arguments = [argument.name for argument in settings.arguments]
    given = (name for one in settings.security.values() for name in (one.argument, one.password_argument))
    return frozenset([*arguments, *(snake(name) for name in given if name)])
