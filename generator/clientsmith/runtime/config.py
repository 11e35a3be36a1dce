"""What a generated package declares about its API, once: names, defaults and security schemes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias
from urllib.parse import quote

from .errors import ArgumentValueError
from .servers import Chosen, Server, Variable

if TYPE_CHECKING:
    from .prepared import PreparedRequest


class Credential(NamedTuple):
    """A constructor argument and the environment variable that stands in for it."""

    name: str
    env: str | None = None
    is_secret: bool = True
    """Secrets are texts, or functions that give them; other credentials may be anything."""

    def __str__(self) -> str:
        return f"{self.name}= (or set {self.env})" if self.env else f"{self.name}="


class AuthResponse(Protocol):
    """What a flow gets to see of a response; a streamed body counts as empty."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def content(self) -> bytes: ...

    def json(self) -> Any: ...

    def invalid(self, message: str) -> Exception:
        """Make the exception that reports what is wrong with this response."""
        ...


class Session(Protocol):
    """What a scheme may use of the client whose requests it signs."""

    @property
    def base_url(self) -> str: ...

    clock: Callable[[], float]
    kept: dict[Any, Any]
    """What schemes keep between calls, for the client and its copies."""


Flow: TypeAlias = "Generator[PreparedRequest, AuthResponse, None]"
"""Requests to send, one after the other; the response to each of them comes back."""


class Scheme:
    """Credentials, and the header, query key or cookie that they are written to.

    One without credentials may be passed to a client in place of a credential: it signs the requests
    that this is for.
    """

    optional: tuple[Credential, ...] = ()
    """What the scheme can do without; a flow gets it behind the `credentials`, None where it is not there."""
    renews = False
    """Whether the flow itself gets other credentials after a 401."""

    def __init__(self, location: str, wire_name: str, *credentials: Credential) -> None:
        self.location = location
        self.wire_name = wire_name
        self.credentials = credentials
        self.header = {"header": wire_name, "cookie": "Cookie"}.get(location)
        self.place = self.header.lower() if self.header else f"?{wire_name}"
        """A header in lower case, or a query key after a `?`."""

    def __str__(self) -> str:
        return " and ".join(map(str, self.credentials))

    def bind(self, session: Session, scopes: tuple[str, ...]) -> Scheme:
        """Return the scheme that signs for one client, in operations that ask for these scopes."""
        return self

    def text(self, *values: str) -> str:
        """Write the values of the credentials."""
        return values[0]

    def flow(self, request: PreparedRequest, values: Sequence[Any]) -> Flow:
        """Yield the requests of one attempt, the given one among them, with credentials.

        The driver sends each request, follows its redirects and sends the response back in. A
        flow does no I/O and reads no clock but one that it was given. It may first yield a
        request of its own (`auxiliary`), and may yield the given one again, after a 401 say,
        where that `is_repeatable`. If it ends with an auxiliary request, its response is an error.
        The failure of a request is raised at its yield. What the flow raises reaches the caller as it is.

        Args:
            values: Those of `credentials`, in their order, then those of `optional`.
        """
        yield self.authorized(request, self.text(*values))

    def authorized(self, request: PreparedRequest, text: str) -> PreparedRequest:
        """Copy a request with the text where the scheme has it."""
        if self.location == "header":
            return request.with_header(self.wire_name, text)
        if self.location == "query":
            pair = f"{quote(self.wire_name, safe='')}={quote(text, safe='')}"
            return request.with_query(pair)
        return request.with_cookie(f"{self.wire_name}={text}")


class Bearer(Scheme):
    def __init__(self, token: Credential) -> None:
        super().__init__("header", "Authorization", token)

    def text(self, *values: str) -> str:
        return f"Bearer {values[0]}"


class Basic(Scheme):
    def __init__(self, username: Credential, password: Credential) -> None:
        super().__init__("header", "Authorization", username, password)

    def text(self, *values: str) -> str:
        """Write user name and password (RFC 7617).

        Raises:
            ArgumentValueError: they hold half of a surrogate pair, which UTF-8 has no bytes for.
        """
        from binascii import b2a_base64

        try:
            pair = ":".join(values).encode()
        except UnicodeEncodeError:  # it would hold the password
            raise ArgumentValueError(f"no bytes in UTF-8 stand for {self}") from None
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


Requirement: TypeAlias = str | tuple[str, ...]
"""The name of a scheme, with the scopes behind it where there are any."""
Security: TypeAlias = tuple[tuple[Requirement, ...], ...]
"""Alternatives of schemes that are needed together."""


class OperationServer(Protocol):
    """A server of single operations: `operation_servers.OperationServer`."""

    def resolved(self, chosen: Chosen) -> str: ...


class ClientConfig(NamedTuple):
    """Names, defaults and security schemes of one generated package."""

    package: str
    version: str
    error_name: str = "ClientError"
    base_url: str | None = None
    base_url_env: str | None = None
    variables: tuple[Variable, ...] = ()
    """Those of `base_url`."""
    environments: Mapping[str, Server] = {}
    """Servers of the client by name; the first one is the default."""
    operation_servers: Mapping[str, OperationServer] = {}
    """Those of single operations, by their URLs in the document."""
    schemes: Mapping[str, Scheme | tuple[Scheme, ...]] = {}
    """Several for one name are ways to sign in, of which one is enough."""
    security: Security = ()
    query_objects: str | Callable[[str, Any], Iterable[str]] = "form"
    """``form``, ``brackets`` or ``dots``, or what writes the pairs of a parameter."""
    idempotency_header: str | None = None
    retry: Literal["safe", "eager"] = "safe"
    timeout: float | None = None
    """Seconds that each attempt may take; None for the usual timeouts."""
    default_headers: Mapping[str, str] = {}
    max_response_size: int | None = None
    required: frozenset[str] = frozenset()
    """Names of credentials that the constructor asks for."""
    webhook_secret: Credential | None = None

    def ways(self, name: str) -> tuple[Scheme, ...]:
        """List the schemes of a name: one of them is enough."""
        found = self.schemes[name]
        return found if isinstance(found, tuple) else (found,)

    @property
    def all_schemes(self) -> Iterator[Scheme]:
        return (scheme for name in self.schemes for scheme in self.ways(name))

    def server(self, environment: str | None = None) -> Server | None:
        """Return the server of an environment, else the default; None where the document has none.

        Raises:
            ArgumentValueError: there is no such environment.
        """
        known = self.environments
        if environment is not None and environment not in known:
            raise ArgumentValueError(
                f"environment must be one of {tuple(known)} (got {environment!r})"
            )
        if known and (environment or self.base_url is None):
            return known[environment or next(iter(known))]
        return Server(self.base_url, self.variables) if self.base_url else None
