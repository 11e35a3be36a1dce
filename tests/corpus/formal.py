"""Holds requests against a document with openapi-core, one operation at a time: a whole document takes it minutes.

What openapi-core itself cannot read is a `Limit`, and then the comparison of `wire` is what remains.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from tests.runtime.server import Received
from werkzeug.datastructures import Headers, ImmutableMultiDict

from .specification import Operation, Specification


class Limit(Exception):
    """openapi-core cannot tell."""


@dataclass
class Request:
    """A received request, as openapi-core wants to see it."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters
    host_url: str = "http://localhost"

    @property
    def full_url_pattern(self) -> str:
        return self.host_url + self.path


class FormalCheck:
    """openapi-core for one operation."""

    def __init__(self, specification: Specification, operation: Operation, base: str) -> None:
        document = specification.document
        item = {key: value for key, value in operation.item.items() if key in ("parameters",)}
        item[operation.verb.lower()] = {k: v for k, v in operation.value.items() if k not in ("servers", "callbacks")}
        self._operation = operation
        self._base = base
        self._api = OpenAPI.from_dict(
            {
                **{key: document[key] for key in ("openapi", "info", "security") if key in document},
                "components": document.get("components") or {},
                "servers": [{"url": base}],
                "paths": {operation.path: item},
            },
            config=Config(spec_validator_cls=None),
        )

    def problem(self, received: Received) -> str | None:
        """Say in what a request is not what the document asks for.

        Raises `Limit`.
        """
        path = unquote(received.path)
        if self._operation.has_servers:
            depth = self._operation.path.strip("/").count("/") + 1
            path = self._base + "/" + "/".join(path.strip("/").split("/")[-depth:])
        cookies: list[tuple[str, str]] = []
        for text in "; ".join(received.all("cookie")).split("; "):
            if "=" in text:
                cookies.append((text.partition("=")[0], text.partition("=")[2]))
        parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(received.query, keep_blank_values=True)),
            header=Headers(received.headers),
            cookie=ImmutableMultiDict(cookies),
        )
        content_type = received.header("content-type") or ""
        request = Request(received.method.lower(), path, received.body or None, content_type, parameters)
        try:
            with warnings.catch_warnings(action="ignore"):
                self._api.validate_request(request)
        except OpenAPIError as error:
            return described(error)
        except Exception as error:  # whatever a checker trips over is not the client's fault
            raise Limit(f"{type(error).__name__}: {str(error)[:120]}") from error
        return None


def asks_too_much(specification: Specification, operation: Operation) -> bool:
    """Report whether each alternative of the security needs two values of the one header Authorization."""
    alternatives = operation.value.get("security", specification.document.get("security")) or ()
    schemes = (specification.document.get("components") or {}).get("securitySchemes") or {}
    using = {name for name, scheme in schemes.items() if scheme.get("type") in ("http", "oauth2", "openIdConnect")}
    return bool(alternatives) and all(len(using & alternative.keys()) > 1 for alternative in alternatives)


def described(error: BaseException) -> str:
    """Give the chain of causes, the last with what it is about."""
    texts = []
    cause: Any = error
    while cause is not None:
        inner = "; ".join(str(e.message)[:160] for e in getattr(cause, "schema_errors", ()) or ())
        texts.append(f"{type(cause).__name__}: {_text(cause)} {inner}".strip())
        cause = cause.__cause__
    return " <- ".join(texts)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:160]
    except Exception:
        return "(it cannot say what)"
