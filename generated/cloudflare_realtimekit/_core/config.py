"""What a generated package tells the runtime about its API, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Credential(NamedTuple):
    """A constructor argument and the environment variable that stands in for it."""

    name: str
    env: str | None = None

    def __str__(self) -> str:
        return f"{self.name}= (or set {self.env})" if self.env else f"{self.name}="


class Scheme:
    """Credentials, and the header, query key or cookie that they are written to."""

    def __init__(self, location: str, wire_name: str, *credentials: Credential) -> None:
        self.location = location
        self.wire_name = wire_name
        self.credentials = credentials
        self.header = {"header": wire_name, "cookie": "Cookie"}.get(location)
        self.place = self.header.lower() if self.header else f"?{wire_name}"
        """A header in lower case, or a query key after a `?`."""

    def __str__(self) -> str:
        return " and ".join(map(str, self.credentials))

    def text(self, *values: str) -> str:
        """Write the values of the credentials."""
        return values[0]


class Bearer(Scheme):
    def __init__(self, token: Credential) -> None:
        super().__init__("header", "Authorization", token)

    def text(self, *values: str) -> str:
        return f"Bearer {values[0]}"


class Basic(Scheme):
    def __init__(self, username: Credential, password: Credential) -> None:
        super().__init__("header", "Authorization", username, password)

    def text(self, *values: str) -> str:
        from binascii import b2a_base64

        pair = ":".join(values).encode()
        return f"Basic {b2a_base64(pair, newline=False).decode()}"


class APIKey(Scheme):
    """A key in a header, the query or a cookie."""

    def __init__(
        self,
        location: Literal["header", "query", "cookie"],
        wire_name: str,
        key: Credential,
    ) -> None:
        super().__init__(location, wire_name, key)


class ClientConfig(NamedTuple):
    """Names, defaults and security schemes of one generated package."""

    package: str
    version: str
    error_name: str = "ClientError"
    base_url: str | None = None
    base_url_env: str | None = None
    server_variables: Mapping[str, str] = {}
    server_values: Mapping[str, tuple[str, ...]] = {}
    schemes: Mapping[str, Scheme] = {}
    security: tuple[tuple[str, ...], ...] = ()
    query_objects: Literal["form", "brackets", "dots"] = "form"
    idempotency_header: str | None = None
