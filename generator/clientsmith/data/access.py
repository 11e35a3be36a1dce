"""How callers reach an API: its servers, and the credentials that it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .document import Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A `{name}` of a server's URL."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is. The URL may be relative, and may hold `{variables}`."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    name: str | None = None
    description: str | None = None

    @property
    def is_absolute(self) -> bool:
        """Whether the URL names a host; it may do so by a variable."""
        return re.match(r"[^/]*://", self.url) is not None

    @property
    def host(self) -> str:
        """Host and port as the document writes them; empty where the URL is relative."""
        return self.url.partition("://")[2].partition("/")[0].lower() if self.is_absolute else ""

    @property
    def default_url(self) -> str:
        """The URL with the defaults of its variables."""
        url = self.url
        for variable in self.variables:
            url = url.replace("{" + variable.name + "}", variable.default)
        return url


SchemeKind = Literal["bearer", "basic", "header", "query", "cookie", "other"]
FlowKind = Literal["clientCredentials", "password", "authorizationCode", "deviceAuthorization", "implicit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """A way of OAuth 2 to get tokens. URLs may be relative to the server's."""

    kind: FlowKind
    token_url: str | None = None
    """None where tokens come from a browser alone, or the document does not say from where."""
    refresh_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A way to authenticate. OAuth2 and openIdConnect are bearer tokens; an HTTP scheme that is neither bearer nor
    basic is `other` (the credential is the whole value after the scheme's name)."""

    name: str
    """Its key under `components.securitySchemes`."""
    kind: SchemeKind
    wire_name: str | None = None
    """Name of the header, query key or cookie; for `other` the HTTP scheme's name."""
    description: str | None = None
    flows: tuple[OAuthFlow, ...] = ()
    """Those of OAuth 2."""
    pointer: Pointer = field(compare=False)


class Requirement(NamedTuple):
    """A scheme that is needed, by its name, and the scopes that a token of its flows has to have."""

    scheme: str
    scopes: tuple[str, ...] = ()


Security = tuple[tuple[Requirement, ...], ...]
"""Alternatives, each the schemes that are needed together. An empty alternative: the call works without
credentials, too. No alternatives: the call needs no credentials."""
