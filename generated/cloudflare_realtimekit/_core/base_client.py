"""What the sync and the async client have in common: configuration, copies, and how a call begins."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeAlias, TypeVar

from .auth import credential_names, initial_credentials, replaced_credentials
from .call import Call
from .config import APIKey, ClientConfig
from .omit import Omit, omit
from .operation import Operation, warn_if_deprecated
from .redaction import redact_headers, redact_url
from .request import PreparedRequest, Settings, fold_headers
from .transport import DEFAULT_TIMEOUT, Pool, own_timeout, split_timeout
from .types import Arguments, Headers, Query, Timeout

T = TypeVar("T")
TimeoutOption: TypeAlias = float | Timeout | Omit | None


class BaseClient:
    """What both clients know; any of it can be assigned at any time."""

    _pool_class: type[Pool]
    _logger: Any = None
    _random: Callable[[], float] | None = None

    def __init__(
        self,
        config: ClientConfig,
        *,
        credentials: Mapping[str, str | None],
        server_variables: Mapping[str, str | None] | None = None,
        base_url: str | None = None,
        timeout: TimeoutOption = omit,
        max_retries: int = 2,
        default_headers: Headers | None = None,
        default_query: Query | None = None,
        strict: bool = False,
        http_client: Any = None,
    ) -> None:
        self._config = config
        self._pool = self._pool_class(http_client)
        self._server_variables = server_variables or {}
        self._settings = Settings(config, "")
        self._names = tuple(credential_names(config))
        keys = [s for s in config.schemes.values() if isinstance(s, APIKey)]
        self._secret_keys = frozenset(key.wire_name.lower() for key in keys)
        self.base_url = base_url if base_url is not None else self._default_base_url()
        vars(self).update(initial_credentials(config, credentials, os.environ))
        self.max_retries = max_retries
        self.strict = strict
        if isinstance(timeout, Omit) and http_client is not None:
            timeout = own_timeout(http_client) or omit
        self.timeout = timeout
        self._set_defaults(default_headers or {}, default_query or {})

    def _default_base_url(self) -> str:
        config = self._config
        from_environment = config.base_url_env and os.environ.get(config.base_url_env)
        url = from_environment or config.base_url
        if url is None:
            raise ValueError(
                "base_url must be given: the API's document names no server"
            )
        for name, default in config.server_variables.items():
            value = self._server_variables.get(name) or default
            url = url.replace(f"{{{name}}}", value)
        return url

    def _set_defaults(self, headers: Headers, query: Query) -> None:
        self.default_headers = dict(headers)
        self.default_query = self._settings.query = dict(query)
        self._settings.headers = fold_headers(headers)

    @property
    def base_url(self) -> str:
        """The URL that paths are appended to; it always ends in `/`."""
        return self._settings.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        url = str(url)
        if not url.startswith(("http://", "https://")):
            raise ValueError(
                f"base_url must start with http:// or https://, got {redact_url(url)!r}"
            )
        if "?" in url or "#" in url:
            raise ValueError(
                "base_url takes no query and no fragment; see default_query"
            )
        self._settings.base_url = url if url.endswith("/") else f"{url}/"

    @property
    def max_retries(self) -> int:
        return self._max_retries

    @max_retries.setter
    def max_retries(self, value: int) -> None:
        if not isinstance(value, int):
            raise TypeError(
                f"max_retries must be an int (0 for no retries), got {value!r}"
            )
        if value < 0:
            raise ValueError(f"max_retries must be 0 or more, got {value}")
        self._max_retries = value

    @property
    def timeout(self) -> TimeoutOption:
        """What was set: seconds, a library Timeout, None, or `omit` for the default."""
        return self._timeout

    @timeout.setter
    def timeout(self, value: TimeoutOption) -> None:
        self._timeout = value
        self._split_timeout = (
            (DEFAULT_TIMEOUT, None) if isinstance(value, Omit) else split_timeout(value)
        )

    def _credentials(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in self._names}

    def _copy(
        self,
        *,
        credentials: Mapping[str, str | Omit | None],
        default_headers: Headers | Omit | None = omit,
        default_query: Query | Omit | None = omit,
        set_default_headers: Headers | Omit | None = omit,
        set_default_query: Query | Omit | None = omit,
        http_client: Any = None,
        **options: Any,
    ) -> Self:
        """Make a client that shares the pool, unless it gets an `http_client` of its own."""
        copied = object.__new__(type(self))
        for name, value in vars(self).items():
            if name.startswith("_") or name in (*self._names, "strict"):
                setattr(
                    copied, name, value
                )  # all but resources, which are this client's
        copied._settings = Settings(self._config, self.base_url)
        copied._set_defaults(
            _replaced(
                "headers", self.default_headers, default_headers, set_default_headers
            ),
            _replaced("query", self.default_query, default_query, set_default_query),
        )
        changed = {k: v for k, v in credentials.items() if not isinstance(v, Omit)}
        merged = replaced_credentials(self._config, self._credentials(), changed)
        vars(copied).update(merged)
        if options.get("base_url", omit) is None:
            del options["base_url"]
        for name, value in options.items():
            if not isinstance(value, Omit):
                setattr(copied, name, value)
        if not (http_client is None or isinstance(http_client, Omit)):
            copied._pool = self._pool_class(http_client)
        return copied

    def _call(
        self,
        operation: Operation[T],
        request: PreparedRequest,
        credentials: Mapping[str, str | None],
        arguments: Arguments,
        streams: bool,
    ) -> Call[T]:
        warn_if_deprecated(operation)
        timeout = arguments.get("timeout", omit)
        times = (
            self._split_timeout if isinstance(timeout, Omit) else split_timeout(timeout)
        )
        return Call(
            operation,
            request,
            timeout=times,
            max_retries=self._max_retries,
            strict=self.strict,
            streams=streams,
            random=self._random or _random,
            logger=self._logger or self._make_logger(),
            credentials=credentials,
            secret_keys=self._secret_keys,
        )

    def _make_logger(self) -> Any:
        import logging

        self._logger = logging.getLogger(self._config.package)
        return self._logger

    def is_closed(self) -> bool:
        return self._pool.is_closed

    def __repr__(self) -> str:
        """Show the address and the names of what is set, no secret."""
        shown = [f"base_url={redact_url(self.base_url)!r}"]
        shown += [f"{k}='***'" for k, v in self._credentials().items() if v]
        headers = self.default_headers.items()
        if texts := {k: v for k, v in headers if isinstance(v, str)}:
            shown.append(f"default_headers={redact_headers(texts, self._secret_keys)}")
        return f"{type(self).__name__}({', '.join(shown)})"


def _random() -> float:
    import random

    return random.random()


def _replaced(
    what: str,
    current: Mapping[str, Any],
    merged: Any,
    replacement: Any,
) -> Mapping[str, Any]:
    """Give the default headers or query of a copy."""
    merged = None if isinstance(merged, Omit) else merged
    replacement = None if isinstance(replacement, Omit) else replacement
    if merged is not None and replacement is not None:
        raise ValueError(
            f"default_{what} merges and set_default_{what} replaces: pass one of them"
        )
    if merged is None:
        return current if replacement is None else replacement
    if what == "query":
        return {**current, **merged}
    return dict({**fold_headers(current), **fold_headers(merged)}.values())
