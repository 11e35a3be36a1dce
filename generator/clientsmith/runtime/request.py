"""Make the request of a call from its operation, its arguments and the client's settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from operator import is_
from typing import Any, TypeAlias
from urllib.parse import urljoin

from .auth import Schemes, Security, Values, alternatives, choose_schemes
from .bodies import JSONBody
from .config import ClientConfig
from .errors import ArgumentValueError
from .omit import Omit, omit
from .operation import Operation
from .parameters import expand_path, given, header_text, query_string
from .prepared import Content, PreparedRequest, header_value, is_token
from .redaction import Redaction
from .types import Arguments

Folded: TypeAlias = dict[str, tuple[str, str | Omit]]
"""Headers by lower-cased name: the name as it was given, and the value."""
Groups: TypeAlias = Mapping[str, Any]
"""The arguments of a call by where they go."""


class Settings:
    """What all requests of a client share."""

    def __init__(
        self, config: ClientConfig, base_url: str, occupied: set[str] | None = None
    ) -> None:
        self.config = config
        self.base_url = base_url
        agent = f"{config.package}/{config.version}"
        self.places = {scheme.place for scheme in config.schemes.values()}
        self.occupied = self.places & (occupied or set())
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
        self.headers: Folded = {}
        self.query: dict[str, object] = {}
        self._chosen: dict[Security | None, tuple[list[Any], Schemes]] = {}

    def schemes(
        self, security: Security | None, credentials: Values, by_caller: set[str]
    ) -> Schemes:
        """Choose the schemes of a call; the last choice is kept, as credentials seldom change.

        Raises:
            MissingCredentialsError: no way to sign in is complete.
        """
        by_caller &= self.places
        values, kept = self._chosen.get(security, ([], None))
        is_same = kept is not None and all(map(is_, values, credentials.values()))
        if is_same and kept is not None and not by_caller:
            return kept
        wanted = self.config.security if security is None else security
        options = alternatives(self.config, wanted)
        chosen = choose_schemes(options, credentials, by_caller)
        if not by_caller:
            self._chosen[security] = list(credentials.values()), chosen
        return chosen


def build_request(
    settings: Settings,
    operation: Operation[Any],
    credentials: Values,
    arguments: Arguments,
) -> tuple[PreparedRequest, Schemes]:
    """Write a request, and choose the schemes that add credentials to it.

    Raises:
        ArgumentTypeError: an argument is of the wrong type, or credentials are missing.
        ArgumentValueError: an argument has a value that cannot be sent.
    """
    groups: Groups = arguments
    if operation.parameters is not None:
        names = groups.keys() & {"path", "query", "headers", "cookies"}
        groups = {name: operation.parameters(groups[name]) for name in names}
    extra = arguments.get("extra_headers")
    extra_headers = fold_headers(extra) if extra else {}
    extra_query = arguments.get("extra_query") or {}
    by_caller = {*settings.occupied, *settings.headers, *extra_headers}
    if parameters := groups.get("headers"):
        by_caller.update(map(str.lower, given(parameters)))
    query = {**settings.query, **given(groups.get("query")), **extra_query}
    if settings.has_keys_in_query:
        by_caller.update(f"?{name}" for name in query)
    schemes = settings.schemes(operation.security, credentials, by_caller)
    content, content_type = write_body(operation, arguments)
    headers = _headers(settings, operation, groups)
    if content_type is not None:
        headers["content-type"] = ("Content-Type", content_type)
    length = getattr(content, "length", None)
    if length is not None:
        headers["content-length"] = ("Content-Length", str(length))
    if "headers" in groups or operation.cookies:
        _add_parameters(headers, operation, groups)
    headers.update(extra_headers)
    kept, removed = _checked(headers)
    url = _url(settings, operation, groups.get("path", {}), query)
    request = PreparedRequest(
        operation.method, url, kept, content, removed, False, settings.redaction
    )
    return request, schemes


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
    chosen = next((b for b in bodies if b.media_type == wanted), bodies[0])
    media_type = wanted if isinstance(wanted, str) else chosen.media_type
    return chosen.write(body, extra, media_type)


def fold_headers(headers: Mapping[str, str | Omit]) -> Folded:
    """Key headers by their lower-cased names; the last of several spellings wins."""
    return {name.lower(): (name, value) for name, value in headers.items()}


def _headers(settings: Settings, operation: Operation[Any], groups: Groups) -> Folded:
    """Collect the headers that come before those of the call."""
    headers = {
        **settings.builtin_headers,
        "accept": ("Accept", operation.accept),
    }
    key_header = settings.config.idempotency_header
    if key_header and operation.method not in ("GET", "HEAD"):
        headers[key_header.lower()] = (key_header, os.urandom(16).hex())
    headers.update(settings.headers)
    return headers


def _add_parameters(headers: Folded, operation: Operation[Any], groups: Groups) -> None:
    """Add the header and cookie parameters."""
    for name, value in given(groups.get("headers")).items():
        text = header_text(value, operation.header_styles.get(name))
        headers[name.lower()] = (name, text)
    cookies = (
        operation.cookies.write(groups.get("cookies")) if operation.cookies else []
    )
    if cookies:
        default = headers.get("cookie", ("Cookie", omit))[1]
        cookies = [default, *cookies] if isinstance(default, str) else cookies
        headers["cookie"] = ("Cookie", "; ".join(cookies))


def _checked(merged: Folded) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the headers to send and the names of those to remove."""
    headers: dict[str, str] = {}
    removed: tuple[str, ...] = ()
    for name, value in merged.values():
        if value is omit:
            header_value(name, "")
            removed += (name,)
        elif type(value) is str and value.isprintable() and value.isascii():
            headers[name] = (
                value.strip(" ") if is_token(name) else header_value(name, value)
            )
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
        base = urljoin(base, operation.server)
        # An operation without a path is what its server's URL says, to the letter.
        base = f"{base.rstrip('/')}/" if operation.path else base
    url = base + filled
    if not query:
        return url
    text = query_string(query, operation.query_styles, settings.config.query_objects)
    return f"{url}{'&' if '?' in url else '?'}{text}" if text else url
