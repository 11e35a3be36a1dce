"""What a generated package tells the runtime about its API, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias


class Credential(NamedTuple):
    """A constructor argument and the environment variable that stands in for it."""

    name: str
    env: str | None = None


class Bearer(NamedTuple):
    """``Authorization: Bearer <token>``."""

    token: Credential

    @property
    def credentials(self) -> tuple[Credential, ...]:
        return (self.token,)

    @property
    def header(self) -> str | None:
        return "Authorization"


class Basic(NamedTuple):
    """``Authorization: Basic <username:password>``."""

    username: Credential
    password: Credential

    @property
    def credentials(self) -> tuple[Credential, ...]:
        return (self.username, self.password)

    @property
    def header(self) -> str | None:
        return "Authorization"


class APIKey(NamedTuple):
    """A key in a header, the query or a cookie."""

    location: Literal["header", "query", "cookie"]
    wire_name: str
    key: Credential

    @property
    def credentials(self) -> tuple[Credential, ...]:
        return (self.key,)

    @property
    def header(self) -> str | None:
        return {"header": self.wire_name, "cookie": "Cookie"}.get(self.location)


Scheme: TypeAlias = Bearer | Basic | APIKey


class ClientConfig(NamedTuple):
    """Names, defaults and security schemes of one generated package."""

    package: str
    version: str
    error_name: str = "ClientError"
    base_url: str | None = None
    base_url_env: str | None = None
    server_variables: Mapping[str, str] = {}
    schemes: Mapping[str, Scheme] = {}
    security: tuple[tuple[str, ...], ...] = ()
    query_objects: Literal["form", "brackets", "dots"] = "form"
    idempotency_header: str | None = None
