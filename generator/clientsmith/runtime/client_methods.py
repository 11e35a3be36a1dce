"""The methods of a client itself, and their wrappers."""

from __future__ import annotations

from typing import Any, cast

from . import resource
from .client import AsyncClient, SyncClient


class ClientMethods:
    """The methods of a sync client itself: they use it as those of resources do."""

    @property
    def _client(self) -> SyncClient:
        client: Any = self
        return cast("SyncClient", client)


class AsyncClientMethods:
    """The methods of an async client itself."""

    @property
    def _client(self) -> AsyncClient:
        client: Any = self
        return cast("AsyncClient", client)


class _Calls:
    """All that methods look at of the client that they are called on."""

    def __init__(self, client: Any) -> None:
        self._client = client


class RawWrapper(resource.RawWrapper):
    def __init__(self, client: Any) -> None:
        super().__init__(_Calls(client))
        self._resource = client


class StreamingWrapper(resource.StreamingWrapper):
    def __init__(self, client: Any) -> None:
        super().__init__(_Calls(client))
        self._resource = client


AsyncRawWrapper = RawWrapper
AsyncStreamingWrapper = StreamingWrapper
