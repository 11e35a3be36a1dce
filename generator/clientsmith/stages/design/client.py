"""The client: its names, and the constructor that the document's security schemes and servers make."""

from __future__ import annotations

from collections.abc import Iterable

from ...data.access import Requirement, Security
from ...data.api import Api
from ...data.client import Client
from ...data.reserved import CLIENT_ARGUMENTS, CLIENT_MODULE, MAYBE_PUBLIC
from ...data.settings import Settings
from .credentials import design_schemes, webhook_secret
from .naming import Names, casing_of, pascal, words, written_class
from .servers import design_server


def design_client(api: Api, settings: Settings, members: Iterable[str]) -> Client:
    """Choose what the client is called and what its constructor takes: names that its other members do not have."""
    name = _client_name(settings)
    names = Names((*CLIENT_ARGUMENTS, *members, *(argument.name for argument in settings.arguments)))
    used = {needed.scheme for alternative in api.security for needed in alternative}
    used |= {needed.scheme for o in api.operations for alternative in o.security or () for needed in alternative}
    schemes = [scheme for scheme in api.security_schemes if scheme.name in used] or list(api.security_schemes)
    # A document that declares schemes and never requires one sends what the caller has.
    optional: Security = () if used else (*((Requirement(scheme.name),) for scheme in schemes), ())
    return Client(
        name=name,
        error_name=_error_name(settings, name),
        schemes=design_schemes(schemes, settings, names),
        webhook_secret=webhook_secret(settings, names) if api.events and settings.webhook_verify else None,
        security=api.security or optional,
        server=design_server(api, settings, names),
        query_objects=settings.query_objects,
        query_arrays=settings.query_arrays,
        form_objects=settings.form_objects,
        arguments=settings.arguments,
        compatibility=settings.compatibility,
        requests=settings.requests,
        event_rules=settings.event_rules,
        bases=settings.client_bases,
    )


def _client_name(settings: Settings) -> str:
    """Choose the class of the client: the settings' name, else the package's, unless the package has that already."""
    if settings.client_name:
        return written_class(settings.client_name, casing_of(settings))
    name = pascal(words(settings.output.name), casing_of(settings))
    occupied = {*CLIENT_MODULE, *MAYBE_PUBLIC}
    return f"{name}Client" if name in occupied or f"Async{name}" in occupied else name


def _error_name(settings: Settings, client: str) -> str:
    """Choose the name of the root of the exceptions: one that no other of them has."""
    names = (settings.error_name, f"{client}Error", f"{client}ClientError")
    occupied = {*MAYBE_PUBLIC} - {settings.error_name}
    return next(name for name in names if name and name not in occupied)
