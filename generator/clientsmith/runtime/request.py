"""Make the request of a call from its operation, its arguments and the client's settings."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from operator import is_
from typing import Any, TypeAlias
from urllib.parse import urljoin

from .auth import SignIn, Values, alternatives, choose_schemes
from .bodies import Body, JSONBody
from .config import ClientConfig, Security
from .errors import ArgumentValueError
from .omit import Omit, omit
from .operation import Operation
from .parameters import expand_path, given, header_text, query_string
from .prepared import Content, PreparedRequest, header_value
from .redaction import Redaction
from .servers import Options
from .types import Arguments

Folded: TypeAlias = dict[str, tuple[str, str | Omit]]
"""Headers by lower-cased name: the name as it was given, and the value."""
Checked: TypeAlias = tuple[dict[str, str], tuple[str, ...]]
"""The headers to send, and the names of those to remove."""
Groups: TypeAlias = Mapping[str, Any]
"""The arguments of a call by where they go."""


class Settings:
    """What all requests of a client share."""

    def __init__(self, config: ClientConfig, occupied: set[str]) -> None:
        self.config = config
        self.base_url = ""
        self.is_moved = False
        """Whether the caller gave `base_url`."""
        self.environment: str | None = None
        self.server_options: Options = {}
        agent = f"{config.package}/{config.version}"
        self.places = {scheme.place for scheme in config.all_schemes}
        self.occupied = self.places & occupied
        """The places of schemes that the caller's HTTP client fills by itself."""
        self.has_keys_in_query = any(place[0] == "?" for place in self.places)
        self.redaction = Redaction(
            frozenset(place for place in self.places if place[0] != "?"),
            frozenset(place[1:].lower() for place in self.places if place[0] == "?"),
        )
        self.builtin_headers: Folded = {
            "user-agent": ("User-Agent", agent),
            **fold_headers(config.default_headers),
        }
        own_key = (config.idempotency_header or "").lower()
        self.idempotency_headers = frozenset({"idempotency-key", own_key} - {""})
        self.headers = {}
        self.query: dict[str, object] = {}
        self.clock = time.monotonic
        self.kept: dict[Any, Any] = {}
        """What schemes keep between calls, for the client and its copies."""

    def copy(self, occupied: set[str]) -> Settings:
        """Make the settings of a copy of the client: its URL, headers and query are set apart."""
        copied = Settings(self.config, occupied)
        copied.environment = self.environment
        copied.server_options = self.server_options
        copied.clock, copied.kept = self.clock, self.kept
        return copied

    @property
    def documented_url(self) -> str | None:
        """The URL that `base_url` stands for; None where the document names no host."""
        server = self.config.server(self.environment)
        return server.filled(self.server_options) if server else None

    def operation_url(self, server: str) -> str:
        """Return the URL of the server of an operation, or a URL that is one already."""
        declared = self.config.operation_servers.get(server)
        if declared is None:
            return urljoin(self.base_url, server)
        return declared.resolved(self)

    @property
    def headers(self) -> Folded:
        """The default headers of the caller."""
        return self._headers

    @headers.setter
    def headers(self, headers: Folded) -> None:
        self._headers = headers
        self._chosen: dict[Security | None, tuple[list[Any], SignIn]] = {}
        self.filled_places = self.places & {*self.occupied, *headers}
        """The places of schemes that are filled in every call."""

    def folded(self, accept: str) -> Folded:
        """Return the headers of all requests that accept this."""
        return {**self.builtin_headers, "accept": ("Accept", accept), **self._headers}

    def sign_in(
        self, security: Security | None, credentials: Values, by_caller: set[str]
    ) -> SignIn:
        """Choose the schemes of a call; the last choice is kept, as credentials seldom change.

        Raises:
            ArgumentTypeError: a credential is neither a text nor a function.
            MissingCredentialsError: no way to sign in is complete.
        """
        values, kept = self._chosen.get(security, ([], None))
        if kept and not by_caller and all(map(is_, values, credentials.values())):
            return kept
        wanted = self.config.security if security is None else security
        options = alternatives(self.config, wanted, self)
        schemes = choose_schemes(options, credentials, by_caller)
        chosen = SignIn(schemes, credentials)
        if not by_caller:
            self._chosen[security] = list(credentials.values()), chosen
        return chosen


def build_request(
    settings: Settings,
    operation: Operation[Any],
    credentials: Values,
    arguments: Arguments,
) -> tuple[PreparedRequest, SignIn]:
    """Write a request, and choose the schemes that add credentials to it.

    Raises:
        ArgumentTypeError: an argument is of the wrong type, or credentials are missing.
        ArgumentValueError: an argument has a value that cannot be sent.
    """
    groups: Groups = arguments
    if operation.parameters is not None:
        names = groups.keys() & {"path", "query", "headers", "cookies"}
        groups = {name: operation.parameters(groups[name]) for name in names}
    extra_headers = fold_headers(arguments.get("extra_headers") or {})
    extra_query = arguments.get("extra_query") or {}
    parameters = given(groups.get("headers"))
    query = {**settings.query, **given(groups.get("query")), **extra_query}
    by_caller = {*extra_headers, *map(str.lower, parameters)}
    if settings.has_keys_in_query:
        by_caller.update(f"?{name}" for name in query)
    by_caller = settings.filled_places | (settings.places & by_caller)
    sign_in = settings.sign_in(operation.security, credentials, by_caller)
    content, content_type = write_body(operation, arguments)
    of_body = content_type, getattr(content, "length", None)
    headers, removed = _headers(
        settings, operation, sign_in, groups, of_body, extra_headers
    )
    url = _url(settings, operation, groups.get("path", {}), query)
    request = PreparedRequest(
        operation.method, url, headers, content, removed, redaction=settings.redaction
    )
    return request, sign_in


def write_body(
    operation: Operation[Any], arguments: Arguments
) -> tuple[bytes | Content | None, str | None]:
    """Return the body of a call and its content type; None for none.

    Raises:
        ArgumentTypeError: the body cannot be sent in this way.
        ArgumentValueError: the operation takes no body.
    """
    body, extra = arguments.get("body", omit), arguments.get("extra_body")
    is_absent = body is omit
    if operation.optional_body and isinstance(body, Mapping):
        is_absent = all(value is omit for value in body.values())
    if extra is None and (is_absent or not operation.bodies):
        return None, None
    if not operation.bodies and operation.method in ("GET", "HEAD"):
        raise ArgumentValueError(f"{operation!r} takes no body, thus no extra_body")
    wanted = arguments.get("content_type")
    bodies = operation.bodies or (JSONBody(),)
    chosen = chosen_body(bodies, wanted)
    media_type = wanted if isinstance(wanted, str) else chosen.usual_type(body)
    return chosen.write(body, extra, media_type)


def chosen_body(bodies: tuple[Body, ...], wanted: object) -> Body:
    """Choose what writes a media type: one of that name, else one of its top-level type."""
    top_level = f"{wanted}".partition("/")[0]
    alike = [body for body in bodies if body.media_type.partition("/")[0] == top_level]
    exact = (body for body in bodies if body.media_type == wanted)
    return next(exact, alike[0] if alike else bodies[0])


def fold_headers(headers: Mapping[str, str | Omit]) -> Folded:
    """Key headers by their lower-cased names; the last of several spellings wins."""
    return {name.lower(): (name, value) for name, value in headers.items()}


def _headers(
    settings: Settings,
    operation: Operation[Any],
    sign_in: SignIn,
    groups: Groups,
    of_body: tuple[str | None, int | None],
    extra: Folded,
) -> Checked:
    """Collect the headers; `of_body` are the content type and length of the body.

    Those of requests that add none are kept until the credentials or the client's headers change.
    """
    key_header = settings.config.idempotency_header
    if operation.method in ("GET", "HEAD"):
        key_header = None
    is_common = of_body[0] is None and not (key_header or extra or operation.cookies)
    is_common = is_common and "headers" not in groups
    if is_common and (common := sign_in.common.get(operation.accept)):
        return {**common[0]}, common[1]
    merged = settings.folded(operation.accept)
    if key_header:
        merged.setdefault(key_header.lower(), (key_header, os.urandom(16).hex()))
    for name, value in zip(("Content-Type", "Content-Length"), of_body, strict=True):
        if value is not None:
            merged[name.lower()] = (name, str(value))
    _add_parameters(merged, operation, groups)
    checked = _checked(merged | extra | sign_in.headers)
    if is_common:
        sign_in.common[operation.accept] = checked
    return {**checked[0]}, checked[1]


def _add_parameters(headers: Folded, operation: Operation[Any], groups: Groups) -> None:
    """Add the header and cookie parameters."""
    for name, value in given(groups.get("headers")).items():
        text = header_text(value, operation.header_styles.get(name))
        headers[name.lower()] = (name, text)
    if operation.cookies is None:
        return
    if cookies := operation.cookies.write(groups.get("cookies")):
        default = headers.get("cookie", ("Cookie", omit))[1]
        cookies = [default, *cookies] if isinstance(default, str) else cookies
        headers["cookie"] = ("Cookie", "; ".join(cookies))


def _checked(merged: Folded) -> Checked:
    """Check headers.

    Raises:
        ArgumentTypeError: a value is neither a text nor `omit`.
        ArgumentValueError: a name is no token, or a value is not one line of printable ASCII.
    """
    headers: dict[str, str] = {}
    removed: tuple[str, ...] = ()
    for name, value in merged.values():
        if value is omit:
            header_value(name, "")
            removed += (name,)
        else:
            headers[name] = header_value(name, value)
    return headers, removed


def _url(
    settings: Settings, operation: Operation[Any], path: Any, query: dict[str, object]
) -> str:
    styles, arguments = operation.path_styles, operation.path_arguments
    filled = expand_path(operation.path_parts, path, styles, arguments)
    base = settings.base_url
    if operation.server is not None:
        base = settings.operation_url(operation.server)
        # An operation without a path is what its server's URL says, to the letter.
        base = f"{base.rstrip('/')}/" if operation.path else base
    url = base + filled
    if not query:
        return url
    text = query_string(query, operation.query_styles, settings.config.query_objects)
    return f"{url}{'&' if '?' in url else '?'}{text}" if text else url
