"""Make the request of a call from its operation, its arguments and the client's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast
from urllib.parse import urljoin

from .auth import Placement, Values, place_credentials
from .config import ClientConfig
from .encode import dumps, encode
from .multipart import Upload, binary_upload, multipart_upload
from .omit import Omit, omit
from .operation import (
    BinaryBody,
    BodyKind,
    FormBody,
    JSONBody,
    MultipartBody,
    Operation,
    TextBody,
)
from .parameters import cookie_text, expand_path, header_text, query_string
from .redaction import redact_headers, redact_url
from .types import Arguments

Folded: TypeAlias = dict[str, tuple[str, str | Omit]]
"""Headers by lower-cased name: the name as it was given, and the value."""

JSON_BODY = JSONBody()


class Settings:
    """What all requests of a client share."""

    __slots__ = ("base_url", "builtin_headers", "config", "headers", "query")

    def __init__(self, config: ClientConfig, base_url: str) -> None:
        self.config = config
        self.base_url = base_url
        self.builtin_headers: Folded = {
            "user-agent": ("User-Agent", f"{config.package}/{config.version}")
        }
        self.headers: Folded = {}
        self.query: dict[str, object] = {}


class PreparedRequest:
    """One request, complete but for what the HTTP library adds."""

    __slots__ = ("content", "foreign", "headers", "method", "removed", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | Upload | None = None,
        removed: tuple[str, ...] = (),
        foreign: bool = False,
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content
        self.removed = removed
        self.foreign = foreign

    def copy(self) -> PreparedRequest:
        return PreparedRequest(
            self.method,
            self.url,
            self.headers,
            self.content,
            self.removed,
            self.foreign,
        )

    def __repr__(self) -> str:
        headers = redact_headers(self.headers)
        return f"<PreparedRequest {self.method} {redact_url(self.url)} {headers}>"


def build_request(
    settings: Settings,
    operation: Operation[Any],
    credentials: Values,
    arguments: Arguments,
) -> PreparedRequest:
    """Write a request; raise ValueError, TypeError or MissingCredentialsError before any is sent."""
    if operation.parameters is not None:
        arguments = _with_wire_names(arguments, operation.parameters())
    extra_headers = arguments.get("extra_headers")
    extras = fold_headers(extra_headers) if extra_headers else {}
    extra_query = arguments.get("extra_query")
    set_by_caller = {*settings.headers, *extras, *settings.query, *(extra_query or ())}
    placed = place_credentials(settings.config, operation, credentials, set_by_caller)
    content, content_type = _content(operation, arguments)

    merged = settings.builtin_headers.copy()
    merged["accept"] = ("Accept", operation.accept)
    for name, text in placed.headers:
        merged[name.lower()] = (name, text)
    if operation.method not in ("GET", "HEAD") and settings.config.idempotency_header:
        key_header = settings.config.idempotency_header
        merged[key_header.lower()] = (key_header, _unique_key())
    merged.update(settings.headers)
    if content_type is not None:
        merged["content-type"] = ("Content-Type", content_type)
    if isinstance(content, Upload) and content.length is not None:
        merged["content-length"] = ("Content-Length", str(content.length))
    for name, value in arguments.get("headers", {}).items():
        if value is not None and not isinstance(value, Omit):
            merged[name.lower()] = (
                name,
                header_text(value, operation.header_styles.get(name)),
            )
    _add_cookies(merged, placed, operation, arguments.get("cookies"))
    merged.update(extras)

    headers, removed = _written(merged)
    url = _url(
        settings,
        operation,
        placed,
        arguments.get("path", {}),
        arguments.get("query"),
        extra_query,
    )
    return PreparedRequest(operation.method, url, headers, content, removed)


def _with_wire_names(arguments: Arguments, params: object) -> Arguments:
    """Rename the members of parameters that are objects; the parameters have their wire names already."""
    renamed: dict[str, Any] = {**arguments}
    for group in ("path", "query", "headers", "cookies"):
        if group in renamed:
            renamed[group] = encode(renamed[group], params)
    return cast("Arguments", renamed)


def fold_headers(headers: Mapping[str, str | Omit]) -> Folded:
    """Key headers by their lower-cased names; the last of several spellings wins."""
    return {name.lower(): (name, value) for name, value in headers.items()}


def _unique_key() -> str:
    import os

    return os.urandom(16).hex()


def _add_cookies(
    merged: Folded,
    placed: Placement,
    operation: Operation[Any],
    cookies: Mapping[str, object] | None,
) -> None:
    if not (cookies or placed.cookies):
        return
    texts = [f"{name}={value}" for name, value in placed.cookies]
    for name, value in (cookies or {}).items():
        if value is not None and not isinstance(value, Omit):
            texts.append(cookie_text(name, value, operation.cookie_styles.get(name)))
    given = merged.get("cookie", ("Cookie", omit))[1]
    if texts:
        merged["cookie"] = (
            "Cookie",
            "; ".join([*([given] if isinstance(given, str) else []), *texts]),
        )


def _written(merged: Folded) -> tuple[dict[str, str], tuple[str, ...]]:
    """Split merged headers into those to send and the names of those to remove."""
    headers: dict[str, str] = {}
    removed: tuple[str, ...] = ()
    for name, value in merged.values():
        if isinstance(value, Omit):
            removed += (name,)
        elif not isinstance(value, str):
            raise TypeError(
                f"header {name!r} must be a str or omit, got {type(value).__name__}"
            )
        elif (
            value.isprintable()
            and value.isascii()
            and name.isascii()
            and name.isprintable()
        ):
            headers[name] = value.strip(" ")
        else:
            headers[name] = _checked_header(name, value)
    return headers, removed


def _checked_header(name: str, value: str) -> str:
    """Allow tabs inside a value and nothing else that is invisible; never quote the value."""
    value = value.strip(" \t")
    if not (
        value.isascii() and value.replace("\t", "").isprintable() and name.isprintable()
    ):
        raise ValueError(
            f"header {name!r} must be printable ASCII, without line breaks"
        )
    return value


def _url(
    settings: Settings,
    operation: Operation[Any],
    placed: Placement,
    path: Mapping[str, object],
    query: Mapping[str, object] | None,
    extra_query: Mapping[str, object] | None,
) -> str:
    base = settings.base_url
    if operation.server is not None:
        base = urljoin(base, operation.server).rstrip("/") + "/"
    url = base + expand_path(operation, path)
    if not (query or extra_query or placed.query or settings.query):
        return url
    given = {
        k: v
        for k, v in (query or {}).items()
        if v is not None and not isinstance(v, Omit)
    }
    values = {**dict(placed.query), **settings.query, **given, **(extra_query or {})}
    text = query_string(values, operation.query_styles, settings.config.query_objects)
    return f"{url}?{text}" if text else url


def _content(
    operation: Operation[Any], arguments: Arguments
) -> tuple[bytes | Upload | None, str | None]:
    """Write the body; give it and its content type, None for none."""
    body = arguments.get("body", omit)
    extra = arguments.get("extra_body")
    if extra is None and (not operation.bodies or _is_absent(body, operation)):
        return None, None
    if not operation.bodies and operation.method in ("GET", "HEAD"):
        raise ValueError(
            f"{operation.method} {operation.path} takes no body; extra_body has no place"
        )
    chosen = arguments.get("content_type")
    kind = _kind(operation, chosen if isinstance(chosen, str) else None)
    content, content_type = _write_body(kind, body, extra)
    return content, (
        content_type
        if not isinstance(chosen, str) or "boundary" in content_type
        else chosen
    )


def _is_absent(body: object, operation: Operation[Any]) -> bool:
    """Tell whether there is no body: an optional object of which no member is given is none."""
    if operation.optional_body and isinstance(body, Mapping):
        return all(isinstance(value, Omit) for value in body.values())
    return isinstance(body, Omit)


def _kind(operation: Operation[Any], content_type: str | None) -> BodyKind:
    for kind in operation.bodies:
        if content_type is None or kind.media_type == content_type:
            return kind
    return operation.bodies[0] if operation.bodies else JSON_BODY


def _write_body(
    kind: BodyKind, body: object, extra: object
) -> tuple[bytes | Upload, str]:
    if isinstance(kind, BinaryBody):
        return binary_upload(_replaced(body, extra)), kind.media_type
    if isinstance(kind, TextBody):
        return _write_text(_replaced(body, extra)), kind.media_type
    if isinstance(kind, MultipartBody):
        fields = body if isinstance(body, Mapping) else _encoded(body, kind)
        return multipart_upload(_merged(fields, extra), kind)
    value = _encoded(body, kind)
    if extra is not None:
        value = _merged(value, encode(extra))
    if isinstance(kind, FormBody):
        assert isinstance(value, Mapping)
        return query_string(value, kind.styles, "form").encode(), kind.media_type
    if kind.lines and isinstance(value, list):
        return b"".join(dumps(item) + b"\n" for item in value), kind.media_type
    return dumps(value), kind.media_type


def _write_text(value: object) -> bytes | Upload:
    """Write a text or a number as UTF-8; bytes and files are sent as they are."""
    if isinstance(value, (str, int, float)):
        return str(value).encode()
    return binary_upload(value)


def _encoded(body: object, kind: JSONBody | FormBody | MultipartBody) -> object:
    return (
        omit
        if isinstance(body, Omit)
        else encode(body, kind.params() if kind.params else None)
    )


def _replaced(body: object, extra: object) -> object:
    return body if extra is None else extra


def _merged(body: object, extra: object) -> Any:
    """Lay the extra keys over an object; for anything else the extra body replaces the body."""
    if isinstance(body, Mapping) and isinstance(extra, Mapping):
        merged = {**body, **extra}
        return {
            name: value for name, value in merged.items() if not isinstance(value, Omit)
        }
    if isinstance(body, Omit) or extra is not None:
        return extra if extra is not None else {}
    return body
