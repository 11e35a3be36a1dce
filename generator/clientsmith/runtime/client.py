"""The two clients: configuration in common, and a driver each that performs what `Call` decides."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Optional, Self, TypeVar, Union, Unpack

from .auth import credential_names, initial_credentials, replaced_credentials
from .call import Call
from .config import APIKey, ClientConfig
from .multipart import Upload
from .omit import Omit, omit
from .operation import BinaryBody, MultipartBody, Operation, warn_if_deprecated
from .paging import AsyncPaginator, Paginator, Paging
from .redaction import redact_headers, redact_url
from .request import PreparedRequest, Settings, build_request, fold_headers
from .responses import (
    AsyncStreamedResponse,
    RawResponse,
    StreamedResponse,
    body_chunks,
)
from .streaming import AsyncStream, Stream
from .transport import (
    DEFAULT_TIMEOUT,
    AsyncPool,
    Pool,
    check_client,
    library_request,
    own_timeout,
    plain_arguments,
    split_timeout,
)
from .types import Arguments, AsyncHTTPClient, Headers, HTTPClient, Query, Timeout

__all__ = ["AsyncClient", "SyncClient"]

T = TypeVar("T")
Item = TypeVar("Item")
TimeoutOption = Union[float, Timeout, None, Omit]


class BaseClient:
    """What both clients know; assigning `base_url`, `max_retries`, `timeout` or a credential works
    at any time."""

    _pool: Any
    _logger: Any = None
    _random: Optional[Callable[[], float]] = None

    def __init__(
        self,
        config: ClientConfig,
        *,
        credentials: Mapping[str, Optional[str]],
        server_variables: Optional[Mapping[str, Optional[str]]] = None,
        base_url: Optional[str] = None,
        timeout: TimeoutOption = omit,
        max_retries: int = 2,
        default_headers: Optional[Headers] = None,
        default_query: Optional[Query] = None,
        strict: bool = False,
        http_client: Any = None,
    ) -> None:
        self._config = config
        self._server_variables = server_variables or {}
        self._settings = Settings(config, "")
        self._names = tuple(credential_names(config))
        self._secret_keys = frozenset(
            scheme.wire_name.lower() for scheme in config.schemes.values() if isinstance(scheme, APIKey)
        )
        self.base_url = base_url if base_url is not None else self._default_base_url()
        for name, value in initial_credentials(config, credentials, os.environ).items():
            setattr(self, name, value)
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
            raise ValueError("base_url must be given: the API's document names no server")
        for name, default in config.server_variables.items():
            url = url.replace(f"{{{name}}}", self._server_variables.get(name) or default)
        return url

    def _set_defaults(self, headers: Headers, query: Query) -> None:
        self.default_headers = dict(headers)
        self.default_query = dict(query)
        self._settings.headers = fold_headers(headers)
        self._settings.query = self.default_query

    @property
    def base_url(self) -> str:
        """The URL that paths are appended to; it always ends in `/`."""
        return self._settings.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        url = str(url)
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"base_url must start with http:// or https://, got {redact_url(url)!r}")
        self._settings.base_url = url if url.endswith("/") else f"{url}/"

    @property
    def max_retries(self) -> int:
        return self._max_retries

    @max_retries.setter
    def max_retries(self, value: int) -> None:
        if not isinstance(value, int):
            raise TypeError(f"max_retries must be an int (0 for no retries), got {value!r}")
        self._max_retries = value

    @property
    def strict(self) -> bool:
        return self._settings.strict

    @strict.setter
    def strict(self, value: bool) -> None:
        self._settings.strict = value

    @property
    def timeout(self) -> TimeoutOption:
        """What was set: seconds, a library Timeout, None, or `omit` for the default."""
        return self._timeout

    @timeout.setter
    def timeout(self, value: TimeoutOption) -> None:
        self._timeout = value
        self._split_timeout = (DEFAULT_TIMEOUT, None) if isinstance(value, Omit) else split_timeout(value)

    def _credentials(self) -> dict[str, Optional[str]]:
        return {name: getattr(self, name) for name in self._names}

    def _copy(
        self,
        *,
        credentials: Optional[Mapping[str, Union[str, Omit, None]]] = None,
        default_headers: Union[Headers, Omit, None] = omit,
        default_query: Union[Query, Omit, None] = omit,
        set_default_headers: Union[Headers, Omit, None] = omit,
        set_default_query: Union[Query, Omit, None] = omit,
        http_client: Any = None,
        **options: Any,
    ) -> Self:
        """Make a client that shares the pool, unless it gets an `http_client` of its own."""
        copied = object.__new__(type(self))
        copied.__dict__.update(self._copied_state())
        copied._settings = Settings(self._config, self.base_url)
        copied.strict = self.strict
        headers = _replaced("headers", self.default_headers, default_headers, set_default_headers)
        query = _replaced("query", self.default_query, default_query, set_default_query)
        copied._set_defaults(headers, query)
        changed = {k: v for k, v in (credentials or {}).items() if not isinstance(v, Omit)}
        merged = replaced_credentials(self._config, self._credentials(), changed)
        for name, value in {**merged, **options}.items():
            if not isinstance(value, Omit) and (value is not None or name != "base_url"):
                setattr(copied, name, value)
        if http_client is not None and not isinstance(http_client, Omit):
            copied._pool = copied._new_pool(http_client)
        return copied

    def _copied_state(self) -> dict[str, Any]:
        """Leave out the resources, which belong to this client."""
        kept = set(self._names)
        return {k: v for k, v in vars(self).items() if k.startswith("_") or k in kept}

    def _new_pool(self, http_client: Any) -> Any:
        raise NotImplementedError

    def _call(
        self,
        operation: Operation[T],
        request: PreparedRequest,
        credentials: Mapping[str, Optional[str]],
        arguments: Arguments,
        streams: bool,
    ) -> Call[T]:
        warn_if_deprecated(operation)
        timeout = arguments.get("timeout", omit)
        return Call(
            operation,
            request,
            timeout=self._split_timeout if isinstance(timeout, Omit) else split_timeout(timeout),
            max_retries=self._max_retries,
            strict=self._settings.strict,
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
        return self._pool.is_closed  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        """Show the address and the names of what is set, no secret."""
        shown = [f"base_url={redact_url(self.base_url)!r}"]
        shown += [f"{name}='***'" for name, value in self._credentials().items() if value]
        if self.default_headers:
            texts = {k: v for k, v in self.default_headers.items() if isinstance(v, str)}
            shown.append(f"default_headers={redact_headers(texts, self._secret_keys)}")
        return f"{type(self).__name__}({', '.join(shown)})"


def _random() -> float:
    import random

    return random.random()


def _replaced(
    what: str,
    current: Mapping[str, Any],
    merged: Union[Mapping[str, Any], Omit, None],
    replacement: Union[Mapping[str, Any], Omit, None],
) -> Mapping[str, Any]:
    if isinstance(replacement, Omit) or replacement is None:
        if isinstance(merged, Omit) or merged is None:
            return current
        return _merged_names(current, merged) if what == "headers" else {**current, **merged}
    if not isinstance(merged, Omit) and merged is not None:
        raise ValueError(f"default_{what} merges and set_default_{what} replaces: pass one of them")
    return replacement


def _merged_names(current: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    return dict({**fold_headers(current), **fold_headers(merged)}.values())


def _reads_files(operation: Operation[Any]) -> bool:
    return any(isinstance(kind, (MultipartBody, BinaryBody)) for kind in operation.bodies)


class SyncClient(BaseClient):
    """The base of a generated client that blocks."""

    _sleep: Callable[[float], None] = staticmethod(time.sleep)

    def __init__(self, config: ClientConfig, *, http_client: Optional[HTTPClient] = None, **options: Any) -> None:
        self._pool = self._new_pool(http_client)
        super().__init__(config, http_client=http_client, **options)

    def _new_pool(self, http_client: Optional[HTTPClient]) -> Pool:
        if http_client is not None:
            check_client(http_client, close="close", wanted="a sync client")
        return Pool(http_client)

    def request(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and decode its answer."""
        return self._raw(operation, arguments).parse()

    def stream(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> Stream[T]:
        """Call an operation and decode the parts of its answer as they come."""
        return self._streamed(operation, arguments).parse()  # type: ignore[return-value]

    def paginate(
        self, operation: Operation[Any], paging: Paging[Item], **arguments: Unpack[Arguments]
    ) -> Paginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return Paginator(self, operation, paging, arguments)

    def _raw(self, operation: Operation[T], arguments: Arguments) -> RawResponse[T]:
        call = self._prepared(operation, arguments, streams=False)
        response, content = self._perform(call)
        return RawResponse(call, response, content or b"")

    def _streamed(self, operation: Operation[T], arguments: Arguments) -> StreamedResponse[T]:
        call = self._prepared(operation, arguments, streams=True)
        return StreamedResponse(call, self._perform(call)[0])

    def _prepared(self, operation: Operation[T], arguments: Arguments, streams: bool) -> Call[T]:
        credentials = self._credentials()
        request = build_request(self._settings, operation, credentials, arguments)
        return self._call(operation, request, credentials, arguments, streams)

    def _perform(self, call: Call[Any]) -> tuple[Any, Optional[bytes]]:
        http = self._pool.get()
        while True:
            try:
                response, content = self._attempt(http, call)
            except Exception as error:
                delay: Optional[float] = call.after_failure(error)
            else:
                delay = call.after_answer(response, content)
                if delay is None:
                    return response, content
            self._sleep(delay or 0.0)

    def _attempt(self, http: Any, call: Call[Any]) -> tuple[Any, Optional[bytes]]:
        following: Optional[PreparedRequest] = call.begin_attempt()
        while following is not None:
            response = self._send(http, call, following)
            try:
                following = call.redirected(response)
                if following is None:
                    leaves = call.leaves_body(response)
                    return response, None if leaves else self._read(response, call)
            except BaseException:
                _close(response)
                raise
            _close(response)
        raise AssertionError("unreachable")

    def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content = request.content
        body = content.chunks() if isinstance(content, Upload) else content
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, body, call.timeout)
            return http.request(request.method, request.url, **arguments)
        call.sent, sending = library_request(http, request, body, call.timeout)
        return http.send(call.sent, **sending)

    def _read(self, response: Any, call: Call[Any]) -> bytes:
        if call.deadline is None:
            return response.read() if hasattr(response, "read") else response.content  # type: ignore[no-any-return]
        chunks = []
        for chunk in body_chunks(response):
            call.check_deadline()
            chunks.append(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        """Close the pool, for this client and its copies."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()


async def _async_sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


class AsyncClient(BaseClient):
    """The base of a generated client that awaits."""

    _sleep: Callable[[float], Coroutine[Any, Any, None]] = staticmethod(_async_sleep)

    def __init__(self, config: ClientConfig, *, http_client: Optional[AsyncHTTPClient] = None, **options: Any) -> None:
        self._pool = self._new_pool(http_client)
        super().__init__(config, http_client=http_client, **options)

    def _new_pool(self, http_client: Optional[AsyncHTTPClient]) -> AsyncPool:
        if http_client is not None:
            check_client(http_client, close="aclose", wanted="an async client")
        return AsyncPool(http_client)

    async def request(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and decode its answer."""
        return (await self._raw(operation, arguments)).parse()

    async def stream(self, operation: Operation[T], **arguments: Unpack[Arguments]) -> AsyncStream[T]:
        """Call an operation and decode the parts of its answer as they come."""
        streamed = await self._streamed(operation, arguments)
        return await streamed.parse()  # type: ignore[return-value]

    def paginate(
        self, operation: Operation[Any], paging: Paging[Item], **arguments: Unpack[Arguments]
    ) -> AsyncPaginator[Item]:
        """Go through the items of all pages; pages are fetched as they are needed."""
        return AsyncPaginator(self, operation, paging, arguments)

    async def _raw(self, operation: Operation[T], arguments: Arguments) -> RawResponse[T]:
        call = await self._prepared(operation, arguments, streams=False)
        response, content = await self._perform(call)
        return RawResponse(call, response, content or b"")

    async def _streamed(self, operation: Operation[T], arguments: Arguments) -> AsyncStreamedResponse[T]:
        call = await self._prepared(operation, arguments, streams=True)
        return AsyncStreamedResponse(call, (await self._perform(call))[0])

    async def _prepared(self, operation: Operation[T], arguments: Arguments, streams: bool) -> Call[T]:
        credentials = self._credentials()
        parts = (self._settings, operation, credentials, arguments)
        if _reads_files(operation):
            import asyncio

            request = await asyncio.to_thread(build_request, *parts)
        else:
            request = build_request(*parts)
        return self._call(operation, request, credentials, arguments, streams)

    async def _perform(self, call: Call[Any]) -> tuple[Any, Optional[bytes]]:
        http = await self._pool.ready()
        while True:
            try:
                response, content = await self._timed_attempt(http, call)
            except Exception as error:
                delay: Optional[float] = call.after_failure(error)
            else:
                delay = call.after_answer(response, content)
                if delay is None:
                    return response, content
            await self._sleep(delay or 0.0)

    async def _timed_attempt(self, http: Any, call: Call[Any]) -> tuple[Any, Optional[bytes]]:
        if call.seconds is None:
            return await self._attempt(http, call)
        import asyncio

        async with asyncio.timeout(call.seconds):
            return await self._attempt(http, call)

    async def _attempt(self, http: Any, call: Call[Any]) -> tuple[Any, Optional[bytes]]:
        following: Optional[PreparedRequest] = call.begin_attempt()
        while following is not None:
            response = await self._send(http, call, following)
            try:
                following = call.redirected(response)
                if following is None:
                    leaves = call.leaves_body(response)
                    return response, None if leaves else await self._read(response)
            except BaseException:
                await _aclose(response)
                raise
            await _aclose(response)
        raise AssertionError("unreachable")

    async def _send(self, http: Any, call: Call[Any], request: PreparedRequest) -> Any:
        content = request.content
        body = content.async_chunks() if isinstance(content, Upload) else content
        if not hasattr(http, "build_request"):
            arguments = plain_arguments(request, body, call.timeout)
            return await http.request(request.method, request.url, **arguments)
        call.sent, sending = library_request(http, request, body, call.timeout)
        return await http.send(call.sent, **sending)

    async def _read(self, response: Any) -> bytes:
        return await response.aread() if hasattr(response, "aread") else response.content  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Close the pool, for this client and its copies."""
        await self._pool.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        await self.close()


async def _aclose(response: Any) -> None:
    if hasattr(response, "aclose"):
        await response.aclose()
