"""What the constructor of a client takes: a part of its surface, in no language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from .access import Security, ServerVariable
from .base_classes import Bases
from .credentials import Credential, Scheme
from .event_rules import EventRuleSettings
from .settings import (
    ClientArgumentSettings,
    Compatibility,
    FormObjects,
    QueryArrays,
    QueryObjects,
    RequestSettings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of the server's URL that the caller may give."""

    name: str
    variable: ServerVariable


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A server that callers choose by name."""

    name: str
    url: str
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationServer:
    """A server that some operations have instead of the client's."""

    url: str
    """As the document writes it: what operations name it by."""
    argument: str | None
    """The constructor's argument for its URL; None where it is on the host of the client's server."""
    variables: tuple[Variable, ...] = ()
    environments: tuple[Environment, ...] = ()
    """What takes its place in an environment of the client."""
    others: tuple[str, ...] = ()
    """The further URLs that the document has for these operations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a client sends its requests."""

    url: str | None
    """None where neither document nor settings name a host: the caller must."""
    documented: str | None
    """The URL as the document writes it, relative or not; None where it has none."""
    example: str
    """A URL that a caller could give."""
    env: str
    """The environment variable that the URL is read from."""
    variables: tuple[Variable, ...] = ()
    environments: tuple[Environment, ...] = ()
    """Servers with names, the default first; none, or at least two."""
    environment_argument: str = "environment"
    operation_servers: tuple[OperationServer, ...] = ()

    def all_variables(self) -> tuple[Variable, ...]:
        """Give what the constructor takes for parts of URLs: each name once, with all values that a server allows."""
        variables = [*self.variables]
        for environment in (*self.environments, *chain.from_iterable(s.environments for s in self.operation_servers)):
            variables += environment.variables
        for server in self.operation_servers:
            variables += server.variables
        found: dict[str, Variable] = {}
        for variable in variables:
            known = found.setdefault(variable.name, variable)
            values, more = known.variable.values, variable.variable.values
            joined = tuple(dict.fromkeys((*values, *more))) if values and more else ()
            found[variable.name] = replace(known, variable=replace(known.variable, values=joined))
        return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The client itself: its names, and what its constructor takes."""

    name: str
    error_name: str
    """The name of the root of its exceptions."""
    schemes: tuple[Scheme, ...]
    security: Security
    """What operations need that say nothing themselves."""
    server: Server
    webhook_secret: Credential | None = None
    """What the signatures of webhooks are verified with; None where the document has no webhooks."""
    query_objects: QueryObjects = "form"
    query_arrays: QueryArrays = "document"
    form_objects: FormObjects = "json"
    arguments: tuple[ClientArgumentSettings, ...] = ()
    """What the constructor takes that goes out with every request."""
    compatibility: Compatibility | None = None
    requests: RequestSettings = field(default_factory=RequestSettings)
    event_rules: tuple[EventRuleSettings, ...] = ()
    bases: Bases = field(default_factory=Bases)

    def credentials_for(self, security: Security | None) -> Iterator[Credential]:
        """Give the credentials of the first complete alternative; None is the client's own security."""
        schemes = {scheme.scheme.name: scheme for scheme in self.schemes}
        alternatives = self.security if security is None else security
        for requirement in next((a for a in alternatives if a and all(r.scheme in schemes for r in a)), ()):
            yield from schemes[requirement.scheme].needed

    @property
    def has_grants(self) -> bool:
        """Whether it fetches tokens."""
        return any(scheme.grants for scheme in self.schemes)
