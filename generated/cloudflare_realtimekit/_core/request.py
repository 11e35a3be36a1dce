"""Make the request of a call from its operation, its arguments and the client's settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from operator import is_
from typing import Any, TypeAlias
from urllib.parse import urljoin

from .auth import Placed, Security, Values, alternatives, place_credentials
from .body import Upload, write_body
from .config import ClientConfig
from .encode import encode
from .omit import Omit, omit
from .operation import Operation
from .parameters import cookie_text, expand_path, given, header_text, query_string
from .redaction import BY_NAME, Redaction, redact_url
from .types import Arguments

Folded: TypeAlias = dict[str, tuple[str, str | Omit]]
"""Headers by lower-cased name: the name as it was given, and the value."""

_is_token = lru_cache(re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII).fullmatch)
"""Tell a name of a header: a token of RFC 9110, section 5.6.2."""


class Settings:
    """What all requests of a client share."""

    def __init__(self, config: ClientConfig, base_url: str) -> None:
        self.config = config
        self.base_url = base_url
        agent = f"{config.package}/{config.version}"
        self.places = {scheme.place for scheme in config.schemes.values()}
        self.taken: set[str] = set()
        """Those that the caller's HTTP client fills by itself."""
        self.redaction = Redaction(
            frozenset(place for place in self.places if place[0] != "?"),
            frozenset(place[1:].lower() for place in self.places if place[0] == "?"),
        )
        self.builtin_headers: Folded = {"user-agent": ("User-Agent", agent)}
        self.headers: Folded = {}
        self.query: dict[str, object] = {}
        self._placed: dict[Security | None, tuple[list[Any], Placed]] = {}

    def placed(
        self, security: Security | None, credentials: Values, by_caller: set[str]
    ) -> Placed:
        """Give what `place_credentials` does; the last choice is kept, as they seldom change."""
        by_caller &= self.places
        values, kept = self._placed.get(security, ([], None))
        if kept and not by_caller and all(map(is_, values, credentials.values())):
            return kept
        asked = self.config.security if security is None else security
        options = alternatives(self.config, asked)
        placed = place_credentials(options, credentials, by_caller)
        if not by_caller:
            self._placed[security] = list(credentials.values()), placed
        return placed


class PreparedRequest:
    """One request, complete but for what the HTTP library adds."""

    def __init__(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | Upload | None = None,
        removed: tuple[str, ...] = (),
        foreign: bool = False,
        redaction: Redaction = BY_NAME,
    ) -> None:
        self.method, self.url, self.headers = method, url, headers
        self.content, self.removed, self.foreign = content, removed, foreign
        self.redaction = redaction

    def copy(self) -> PreparedRequest:
        return PreparedRequest(**vars(self))

    def __repr__(self) -> str:
        headers = self.redaction.headers(self.headers)
        return f"<PreparedRequest {self.method} {redact_url(self.url)} {headers}>"


def build_request(
    settings: Settings,
    operation: Operation[Any],
    credentials: Values,
    arguments: Arguments,
) -> PreparedRequest:
    """Write a request; raise ValueError, TypeError or MissingCredentialsError before any is sent."""
    groups: Mapping[str, Any] = arguments
    if operation.parameters is not None:  # objects whose members are to be renamed
        params = operation.parameters()
        names = groups.keys() & {"path", "query", "headers", "cookies"}
        groups = {name: encode(groups[name], params) for name in names}
    extra = arguments.get("extra_headers")
    extra_headers = fold_headers(extra) if extra else {}
    extra_query = arguments.get("extra_query") or {}
    by_caller = {*settings.taken, *settings.headers, *extra_headers}
    if settings.query or extra_query:
        by_caller.update(f"?{name}" for name in (*settings.query, *extra_query))
    placed = settings.placed(operation.security, credentials, by_caller)
    content, content_type = write_body(operation, arguments)
    headers: Folded = {
        **settings.builtin_headers,
        "accept": ("Accept", operation.accept),
    }
    query: dict[str, object] = {}
    cookies: list[str] = []
    for location, name, text in placed:
        if location == "header":
            headers[name.lower()] = (name, text)
        elif location == "query":
            query[name] = text
        else:
            cookies.append(f"{name}={text}")
    key_header = settings.config.idempotency_header
    if key_header and operation.method not in ("GET", "HEAD"):
        headers[key_header.lower()] = (key_header, os.urandom(16).hex())
    headers.update(settings.headers)
    if content_type is not None:
        headers["content-type"] = ("Content-Type", content_type)
    if isinstance(content, Upload) and content.length is not None:
        headers["content-length"] = ("Content-Length", str(content.length))
    for name, value in given(groups.get("headers")).items():
        text = header_text(value, operation.header_styles.get(name))
        headers[name.lower()] = (name, text)
    for name, value in given(groups.get("cookies")).items():
        cookies.append(cookie_text(name, value, operation.cookie_styles.get(name)))
    if cookies:
        default = headers.get("cookie", ("Cookie", omit))[1]
        cookies = [default, *cookies] if isinstance(default, str) else cookies
        headers["cookie"] = ("Cookie", "; ".join(cookies))
    headers.update(extra_headers)
    kept, removed = _checked(headers)

    for values in settings.query, given(groups.get("query")), extra_query:
        query.update(values)
    url = _url(settings, operation, groups.get("path", {}), query)
    redaction = settings.redaction
    return PreparedRequest(
        operation.method, url, kept, content, removed, redaction=redaction
    )


def fold_headers(headers: Mapping[str, str | Omit]) -> Folded:
    """Key headers by their lower-cased names; the last of several spellings wins."""
    return {name.lower(): (name, value) for name, value in headers.items()}


def _checked(merged: Folded) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give the headers to send and the names of those to remove; quote no value in an error."""
    headers: dict[str, str] = {}
    removed: tuple[str, ...] = ()
    for name, value in merged.values():
        if not _is_token(name):
            raise ValueError(f"header name {name!r} must be a token of RFC 9110")
        if value is omit:
            removed += (name,)
        elif isinstance(value, str):
            headers[name] = text = value.strip(" \t")
            shown = text.replace("\t", "") if "\t" in text else text
            if not (shown.isascii() and shown.isprintable()):
                raise ValueError(f"header {name!r} must be one line of printable ASCII")
        else:
            raise TypeError(f"header {name!r} must be a str or omit, got {type(value)}")
    return headers, removed


def _url(
    settings: Settings, operation: Operation[Any], path: Any, query: dict[str, object]
) -> str:
    base = settings.base_url
    if operation.server is not None:
        base = urljoin(base, operation.server).rstrip("/") + "/"
    url = base + expand_path(operation, path)
    if not query:
        return url
    text = query_string(query, operation.query_styles, settings.config.query_objects)
    return f"{url}{'&' if '?' in url else '?'}{text}" if text else url
