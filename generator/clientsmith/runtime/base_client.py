"""What the sync and the async client have in common: configuration, copies, and how a call begins."""

from __future__ import annotations

import os
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self, TypeAlias, TypeVar

from .auth import (
    Values,
    credential_names,
    initial_credentials,
    replaced_credentials,
    require_credentials,
)
from .bounds import LARGEST
from .call import Call
from .config import ClientConfig
from .errors import ArgumentTypeError, ArgumentValueError, show_as
from .omit import Omit, omit
from .operation import Operation
from .pool import Pool, filter_library_logs
from .redaction import redact_url
from .request import Settings, build_request, fold_headers
from .servers import Server, checked_url
from .timeouts import DEFAULT, split_timeout
from .types import Arguments, Headers, Query, Timeout

T = TypeVar("T")
NO_OPTIONS: Values = {}
TimeoutOption: TypeAlias = float | Timeout | Omit | None


class BaseClient:
    """What both clients know; any of it can be assigned at any time."""

    _pool_class: type[Pool]
    _is_async: bool
    """Whether what the HTTP client returns has to be awaited."""

    def __init__(
        self,
        config: ClientConfig,
        *,
        credentials: Values,
        server_options: Values | None = None,
        environment: str | None = None,
        base_url: str | None = None,
        timeout: TimeoutOption = omit,
        max_retries: int = 2,
        default_headers: Headers | None = None,
        default_query: Query | None = None,
        strict: bool = False,
        max_response_size: int | None | Omit = omit,
        http_client: Any = None,
    ) -> None:
        show_as(config.error_name)
        self._config = config
        self._pool = self._pool_class(http_client)
        self._settings = Settings(config, self._pool.headers)
        self._names = tuple(credential_names(config))
        vars(self).update(initial_credentials(config, credentials, os.environ))
        options = server_options or {}
        if base_url is None and environment is None:
            base_url = url_of_process(config, options)
        self._choose_server(base_url, environment, options)
        self.timeout = timeout
        self.max_retries = max_retries
        self.default_headers = default_headers or {}
        self.default_query = default_query or {}
        self.strict = strict
        self.max_response_size = max_response_size
        require_credentials(config, self._credentials())

    @property
    def base_url(self) -> str:
        """The URL that paths are appended to; it always ends in `/`."""
        return self._settings.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        """Set the URL.

        Raises:
            ArgumentValueError: the scheme is not http(s), or there is a query or a fragment.
        """
        self._move_to(url, is_moved=True)

    def _move_to(self, url: str, *, is_moved: bool) -> None:
        url = checked_url(url, "base_url")
        if "@" in url:
            filter_library_logs(self._settings.redaction)
        self._settings.base_url = url if url.endswith("/") else f"{url}/"
        self._settings.is_moved = is_moved

    def _choose_server(
        self, base_url: str | None, environment: str | None, options: Values
    ) -> None:
        """Choose where requests go: to what is passed, else where the document says.

        Raises:
            ArgumentValueError: there is no URL, or something that is passed is not possible.
        """
        settings = self._settings
        settings.server_options = {**settings.server_options, **options}
        if environment is not None:
            if base_url is not None:
                raise ArgumentValueError("pass base_url or environment, not both")
            settings.environment = environment
        url = settings.documented_url if base_url is None else base_url
        if url is None:
            raise ArgumentValueError(
                "pass base_url: the API's document names no server"
            )
        self._move_to(url, is_moved=base_url is not None)
        for server in self._config.operation_servers.values():
            if "@" in server.resolved(settings):
                filter_library_logs(settings.redaction)

    @property
    def default_headers(self) -> Headers:
        """Headers of every request; assign new ones to change them."""
        return MappingProxyType(dict(self._settings.headers.values()))

    @default_headers.setter
    def default_headers(self, headers: Headers) -> None:
        self._settings.headers = fold_headers(headers or {})

    @property
    def default_query(self) -> Query:
        """Query parameters of every request; assign new ones to change them."""
        return MappingProxyType(self._settings.query)

    @default_query.setter
    def default_query(self, query: Query) -> None:
        self._settings.query = dict(query or {})

    @property
    def max_retries(self) -> int:
        return self._max_retries

    @max_retries.setter
    def max_retries(self, value: int) -> None:
        """Set how often a call is tried again.

        Raises:
            ArgumentTypeError: the value is not an int.
            ArgumentValueError: it is negative.
        """
        if isinstance(value, bool) or not isinstance(value, int):
            raise ArgumentTypeError(
                f"max_retries must be an int (0 for no retries): {value!r}"
            )
        if value < 0:
            raise ArgumentValueError(f"max_retries must be 0 or more, got {value}")
        self._max_retries = value

    @property
    def timeout(self) -> TimeoutOption:
        """Seconds, a library Timeout or None; the default where none was given."""
        own = self._pool.timeout if isinstance(self._timeout, Omit) else self._timeout
        if isinstance(own, Omit):
            own = self._config.timeout
            return DEFAULT if own is None else own
        return own

    @timeout.setter
    def timeout(self, value: TimeoutOption) -> None:
        self._timeout = value
        self._split_timeout = split_timeout(self.timeout)

    @property
    def max_response_size(self) -> int | None:
        """Bytes that a body read as a whole may have once decompressed; None for any number."""
        return self._max_response_size

    @max_response_size.setter
    def max_response_size(self, value: int | None | Omit) -> None:
        """Set the bound; the default of the client where it is omitted.

        Raises:
            ArgumentTypeError: the value is neither an int nor None.
            ArgumentValueError: it is less than 1.
        """
        if isinstance(value, Omit):
            value = self._config.max_response_size or LARGEST
        if isinstance(value, bool) or not isinstance(value, (int, type(None))):
            expected = "a number of bytes, or None for any"
            raise ArgumentTypeError(f"max_response_size must be {expected}: {value!r}")
        if value is not None and value < 1:
            raise ArgumentValueError(
                f"max_response_size must be 1 or more, got {value}"
            )
        self._max_response_size = value

    def _credentials(self) -> dict[str, Any]:
        own = vars(self)
        return {name: own[name] for name in self._names}

    def _copy(
        self,
        *,
        credentials: Values,
        http_client: Any = omit,
        server_options: Values = NO_OPTIONS,
        **options: Any,
    ) -> Self:
        """Make a client that shares the pool, unless it gets an `http_client` of its own.

        Raises:
            ArgumentValueError: headers or query are both merged and replaced.
        """
        copied = object.__new__(type(self))
        vars(copied).update(vars(self))
        changed = {k: v for k, v in credentials.items() if not isinstance(v, Omit)}
        current = self._credentials()
        vars(copied).update(replaced_credentials(self._config, current, changed))
        if not (http_client is None or isinstance(http_client, Omit)):
            copied._pool = self._pool_class(http_client)
        copied._settings = self._settings.copy(copied._pool.headers)
        given = {k: v for k, v in options.items() if not isinstance(v, Omit)}
        given.setdefault("timeout", self._timeout)
        environment = given.pop("environment", None)
        base_url = given.pop("base_url", None)
        if base_url is None and environment is None and self._settings.is_moved:
            base_url = self.base_url
        chosen = {k: v for k, v in server_options.items() if not isinstance(v, Omit)}
        copied._choose_server(base_url, environment, chosen)
        for name, value in self._merged(given).items():
            setattr(copied, name, value)
        return copied

    def _merged(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the options of a copy, headers and query with those that this client has.

        Raises:
            ArgumentValueError: headers or query are both merged and replaced.
        """
        for name in ("default_headers", "default_query"):
            merged, replacing = given.pop(name, None), given.pop(f"set_{name}", None)
            if merged is not None and replacing is not None:
                raise ArgumentValueError(
                    f"{name} merges, set_{name} replaces: pass one"
                )
            if replacing is None:
                replacing = {**getattr(self, name), **(merged or {})}
            given[name] = replacing
        return given

    def __copy__(self) -> Self:
        return self._copy(credentials={})

    def _begin(
        self, operation: Operation[T], arguments: Arguments, streams: bool
    ) -> Call[T]:
        """Write the request, and choose how to send it; raise before anything is sent."""
        credentials = self._credentials()
        request, sign_in = build_request(
            self._settings, operation, credentials, arguments
        )
        timeout = arguments.get("timeout", omit)
        times = self._split_timeout if timeout is omit else split_timeout(timeout)
        return Call(self, operation, request, sign_in, times, streams)

    @staticmethod
    def _random() -> float:
        import random

        return random.random()

    @cached_property
    def _logger(self) -> Any:
        import logging

        if any(scheme.location == "query" for scheme in self._config.all_schemes):
            filter_library_logs(self._settings.redaction)
        return logging.getLogger(self._config.package)

    def is_closed(self) -> bool:
        return self._pool.is_closed

    def __repr__(self) -> str:
        """Show the address and the names of what is set, no secret."""
        displayed = [f"base_url={redact_url(self.base_url)!r}"]
        displayed += [f"{k}='***'" for k, v in self._credentials().items() if v]
        headers = self.default_headers.items()
        if texts := {k: v for k, v in headers if isinstance(v, str)}:
            hidden = self._settings.redaction.headers(texts)
            displayed.append(f"default_headers={hidden}")
        return f"{type(self).__name__}({', '.join(displayed)})"


def url_of_process(config: ClientConfig, options: Values) -> str | None:
    """Return the URL of the process environment, its variables filled in, or None."""
    url = config.base_url_env and os.environ.get(config.base_url_env)
    return Server(url, config.variables).filled(options) if url else None
