"""A client as the generator writes it, by hand: the runtime's tests need one before there is one."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self

from clientsmith.runtime.client import AsyncClient, SyncClient
from clientsmith.runtime.config import APIKey, Bearer, ClientConfig, Credential
from clientsmith.runtime.models import Model, dataclass, field
from clientsmith.runtime.omit import Omit, omit
from clientsmith.runtime.operation import (
    JSON,
    BinaryBody,
    Bytes,
    EventStream,
    FormBody,
    JSONBody,
    JSONLines,
    MultipartBody,
    Operation,
    Style,
    Text,
    TextBody,
)
from clientsmith.runtime.paging import AsyncPaginator, Paginator, Paging
from clientsmith.runtime.resource import (
    APIResource,
    AsyncAPIResource,
    AsyncRawView,
    AsyncStreamingView,
    RawView,
    StreamingView,
    async_raw,
    async_streaming,
    raw,
    streaming,
)
from clientsmith.runtime.streaming import AsyncStream, Stream
from clientsmith.runtime.types import (
    AsyncHTTPClient,
    FileTypes,
    Headers,
    HTTPClient,
    Query,
    Timeout,
)

Options = dict[str, Any]


@dataclass
class Thing(Model):
    id: str
    name: str | None = None
    user_id: str | None = field(default=None, wire_name="user_Id")
    secret: str | None = field(default=None, secret=True)


@dataclass
class Page(Model):
    data: list[Thing]
    next: str | None = None


@dataclass
class Problem(Model):
    code: int


_GET: Operation[Thing] = Operation(
    "GET",
    "/things/{thing_id}",
    returns=JSON(lambda: Thing),
    errors={"404": JSON(lambda: Problem), "5XX": JSON(lambda: Problem)},
)
_CREATE: Operation[Thing] = Operation("POST", "/things", body=JSONBody(), returns=JSON(lambda: Thing))
_DELETE: Operation[None] = Operation("DELETE", "/things/{thing_id}")
_LIST: Operation[Page] = Operation("GET", "/things", returns=JSON(lambda: Page))
_SEARCH: Operation[object] = Operation(
    "GET",
    "/search",
    returns=JSON(lambda: object),
    query_styles={
        "deep": Style("deepObject", explode=True),
        "space": Style("spaceDelimited", explode=False),
        "pipe": Style("pipeDelimited", explode=False),
        "comma": Style("form", explode=False),
    },
)
_FORM: Operation[object] = Operation("POST", "/form", body=FormBody(), returns=JSON(lambda: object))
_UPLOAD: Operation[object] = Operation("POST", "/upload", body=MultipartBody(), returns=JSON(lambda: object))
_PUT: Operation[object] = Operation("PUT", "/blob", body=BinaryBody(), returns=JSON(lambda: object))
_NOTE: Operation[str] = Operation("POST", "/note", body=TextBody(), returns=Text())
_DOWNLOAD: Operation[bytes] = Operation("GET", "/blob", returns=Bytes())
_EVENTS: Operation[Thing] = Operation("GET", "/events", returns=EventStream(lambda: Thing))
_LINES: Operation[Thing] = Operation("GET", "/lines", returns=JSONLines(lambda: Thing))
_OPEN: Operation[object] = Operation("GET", "/open", returns=JSON(lambda: object), security=())
_KEYED: Operation[object] = Operation(
    "GET", "/keyed", returns=JSON(lambda: object), security=(("query_key", "cookie_key"),)
)

CONFIG = ClientConfig(
    package="sample_client",
    version="1.2.3",
    error_name="SampleError",
    base_url="https://{region}.example.test/v1",
    base_url_env="SAMPLE_BASE_URL",
    server_variables={"region": "eu"},
    server_values={"region": ("eu", "us", "x.y:80")},
    schemes={
        "bearer": Bearer(Credential("api_token", "SAMPLE_TOKEN")),
        "key": APIKey("header", "X-Auth-Key", Credential("api_key", "SAMPLE_KEY")),
        "email": APIKey("header", "X-Auth-Email", Credential("api_email", "SAMPLE_EMAIL")),
        "query_key": APIKey("query", "sig", Credential("query_key", "SAMPLE_QUERY_KEY")),
        "cookie_key": APIKey("cookie", "sid", Credential("cookie_key")),
    },
    security=(("bearer",), ("email", "key")),
    query_objects="dots",
    idempotency_header="Idempotency-Key",
)


class Things(APIResource):
    """What there is."""

    @cached_property
    def with_raw_response(self) -> ThingsWithRawResponse:
        return ThingsWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> ThingsWithStreamingResponse:
        return ThingsWithStreamingResponse(self)

    def get(self, thing_id: str, **options: Any) -> Thing:
        """Get a thing."""
        return self._client.request(_GET, path={"thing_id": thing_id}, **options)

    def create(
        self,
        *,
        name: str,
        note: str | Omit | None = omit,
        user_id: str | Omit = omit,
        extra_headers: Headers | None = None,
        extra_query: Query | None = None,
        extra_body: object = None,
        timeout: float | Timeout | Omit | None = omit,
    ) -> Thing:
        return self._client.request(
            _CREATE,
            body={"name": name, "note": note, "user_Id": user_id},
            extra_headers=extra_headers,
            extra_query=extra_query,
            extra_body=extra_body,
            timeout=timeout,
        )

    def delete(self, thing_id: str, **options: Any) -> None:
        return self._client.request(_DELETE, path={"thing_id": thing_id}, **options)

    def list(self, *, page_no: int | Omit = omit, **options: Any) -> Page:
        return self._client.request(_LIST, query={"page_no": page_no}, **options)

    def iter(self, *, page_no: int | Omit = omit, **options: Any) -> Paginator[Thing]:
        return self._client.paginate(_LIST, Paging(items="data", page="page_no"), query={"page_no": page_no}, **options)

    def iter_offsets(self, *, offset: int, **options: Any) -> Paginator[Thing]:
        paging: Paging[Thing] = Paging(items="data", offset="offset", total="total")
        return self._client.paginate(_LIST, paging, query={"offset": offset}, **options)

    def iter_links(self, **options: Any) -> Paginator[Thing]:
        return self._client.paginate(_LIST, Paging(items="data", next_link="next"), **options)

    def iter_cursor(self, **options: Any) -> Paginator[Thing]:
        paging: Paging[Thing] = Paging(items="data", cursor="after", next_cursor="next")
        return self._client.paginate(_LIST, paging, **options)

    def search(self, query: Options, **options: Any) -> object:
        return self._client.request(_SEARCH, query=query, **options)

    def form(self, body: Options, **options: Any) -> object:
        return self._client.request(_FORM, body=body, **options)

    def upload(self, *, file: FileTypes, title: str | Omit = omit, **more: Any) -> object:
        return self._client.request(_UPLOAD, body={"title": title, "file": file, **more})

    def put(self, body: FileTypes, **options: Any) -> object:
        return self._client.request(_PUT, body=body, **options)

    def note(self, body: str) -> str:
        return self._client.request(_NOTE, body=body)

    def download(self, **options: Any) -> bytes:
        return self._client.request(_DOWNLOAD, **options)

    def events(self, **options: Any) -> Stream[Thing]:
        return self._client.stream(_EVENTS, **options)

    def lines(self, **options: Any) -> Stream[Thing]:
        return self._client.stream(_LINES, **options)

    def open(self, **options: Any) -> object:
        return self._client.request(_OPEN, **options)

    def keyed(self, **options: Any) -> object:
        return self._client.request(_KEYED, **options)


class AsyncThings(AsyncAPIResource):
    """What there is."""

    @cached_property
    def with_raw_response(self) -> AsyncThingsWithRawResponse:
        return AsyncThingsWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> AsyncThingsWithStreamingResponse:
        return AsyncThingsWithStreamingResponse(self)

    async def get(self, thing_id: str, **options: Any) -> Thing:
        """Get a thing."""
        return await self._client.request(_GET, path={"thing_id": thing_id}, **options)

    async def create(
        self,
        *,
        name: str,
        note: str | Omit | None = omit,
        user_id: str | Omit = omit,
        extra_headers: Headers | None = None,
        extra_query: Query | None = None,
        extra_body: object = None,
        timeout: float | Timeout | Omit | None = omit,
    ) -> Thing:
        return await self._client.request(
            _CREATE,
            body={"name": name, "note": note, "user_Id": user_id},
            extra_headers=extra_headers,
            extra_query=extra_query,
            extra_body=extra_body,
            timeout=timeout,
        )

    async def delete(self, thing_id: str, **options: Any) -> None:
        return await self._client.request(_DELETE, path={"thing_id": thing_id}, **options)

    async def list(self, *, page_no: int | Omit = omit, **options: Any) -> Page:
        return await self._client.request(_LIST, query={"page_no": page_no}, **options)

    def iter(self, *, page_no: int | Omit = omit, **options: Any) -> AsyncPaginator[Thing]:
        return self._client.paginate(_LIST, Paging(items="data", page="page_no"), query={"page_no": page_no}, **options)

    def iter_offsets(self, *, offset: int, **options: Any) -> AsyncPaginator[Thing]:
        paging: Paging[Thing] = Paging(items="data", offset="offset", total="total")
        return self._client.paginate(_LIST, paging, query={"offset": offset}, **options)

    def iter_links(self, **options: Any) -> AsyncPaginator[Thing]:
        return self._client.paginate(_LIST, Paging(items="data", next_link="next"), **options)

    def iter_cursor(self, **options: Any) -> AsyncPaginator[Thing]:
        paging: Paging[Thing] = Paging(items="data", cursor="after", next_cursor="next")
        return self._client.paginate(_LIST, paging, **options)

    async def search(self, query: Options, **options: Any) -> object:
        return await self._client.request(_SEARCH, query=query, **options)

    async def form(self, body: Options, **options: Any) -> object:
        return await self._client.request(_FORM, body=body, **options)

    async def upload(self, *, file: FileTypes, title: str | Omit = omit, **more: Any) -> object:
        return await self._client.request(_UPLOAD, body={"title": title, "file": file, **more})

    async def put(self, body: FileTypes, **options: Any) -> object:
        return await self._client.request(_PUT, body=body, **options)

    async def note(self, body: str) -> str:
        return await self._client.request(_NOTE, body=body)

    async def download(self, **options: Any) -> bytes:
        return await self._client.request(_DOWNLOAD, **options)

    async def events(self, **options: Any) -> AsyncStream[Thing]:
        return await self._client.stream(_EVENTS, **options)

    async def lines(self, **options: Any) -> AsyncStream[Thing]:
        return await self._client.stream(_LINES, **options)

    async def open(self, **options: Any) -> object:
        return await self._client.request(_OPEN, **options)

    async def keyed(self, **options: Any) -> object:
        return await self._client.request(_KEYED, **options)


class ThingsWithRawResponse(RawView):
    get = raw(Things.get)
    create = raw(Things.create)
    events = raw(Things.events)
    lines = raw(Things.lines)


class AsyncThingsWithRawResponse(AsyncRawView):
    get = async_raw(AsyncThings.get)
    create = async_raw(AsyncThings.create)
    events = async_raw(AsyncThings.events)
    lines = async_raw(AsyncThings.lines)


class ThingsWithStreamingResponse(StreamingView):
    get = streaming(Things.get)
    create = streaming(Things.create)
    events = streaming(Things.events)
    lines = streaming(Things.lines)


class AsyncThingsWithStreamingResponse(AsyncStreamingView):
    get = async_streaming(AsyncThings.get)
    create = async_streaming(AsyncThings.create)
    events = async_streaming(AsyncThings.events)
    lines = async_streaming(AsyncThings.lines)


class Sample(SyncClient):
    api_token: str | None
    api_key: str | None
    api_email: str | None
    query_key: str | None
    cookie_key: str | None

    def __init__(
        self,
        *,
        api_token: str | None = None,
        api_key: str | None = None,
        api_email: str | None = None,
        query_key: str | None = None,
        cookie_key: str | None = None,
        region: str | None = None,
        base_url: str | None = None,
        timeout: float | Timeout | Omit | None = omit,
        max_retries: int = 2,
        default_headers: Headers | None = None,
        default_query: Query | None = None,
        strict: bool = False,
        http_client: HTTPClient | None = None,
    ) -> None:
        super().__init__(
            CONFIG,
            credentials={
                "api_token": api_token,
                "api_key": api_key,
                "api_email": api_email,
                "query_key": query_key,
                "cookie_key": cookie_key,
            },
            server_variables={"region": region},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            strict=strict,
            http_client=http_client,
        )

    def with_options(
        self,
        *,
        api_token: str | Omit | None = omit,
        api_key: str | Omit | None = omit,
        api_email: str | Omit | None = omit,
        base_url: str | Omit | None = omit,
        timeout: float | Timeout | Omit | None = omit,
        max_retries: int | Omit = omit,
        default_headers: Headers | Omit | None = omit,
        default_query: Query | Omit | None = omit,
        set_default_headers: Headers | Omit | None = omit,
        set_default_query: Query | Omit | None = omit,
        strict: bool | Omit = omit,
        http_client: HTTPClient | Omit | None = omit,
    ) -> Self:
        return self._copy(
            credentials={"api_token": api_token, "api_key": api_key, "api_email": api_email},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            set_default_headers=set_default_headers,
            set_default_query=set_default_query,
            strict=strict,
            http_client=http_client,
        )

    copy = with_options

    @property
    def things(self) -> Things:
        return Things(self)


class AsyncSample(AsyncClient):
    api_token: str | None
    api_key: str | None
    api_email: str | None
    query_key: str | None
    cookie_key: str | None

    def __init__(
        self,
        *,
        api_token: str | None = None,
        api_key: str | None = None,
        api_email: str | None = None,
        query_key: str | None = None,
        cookie_key: str | None = None,
        region: str | None = None,
        base_url: str | None = None,
        timeout: float | Timeout | Omit | None = omit,
        max_retries: int = 2,
        default_headers: Headers | None = None,
        default_query: Query | None = None,
        strict: bool = False,
        http_client: AsyncHTTPClient | None = None,
    ) -> None:
        super().__init__(
            CONFIG,
            credentials={
                "api_token": api_token,
                "api_key": api_key,
                "api_email": api_email,
                "query_key": query_key,
                "cookie_key": cookie_key,
            },
            server_variables={"region": region},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            strict=strict,
            http_client=http_client,
        )

    def with_options(
        self,
        *,
        api_token: str | Omit | None = omit,
        api_key: str | Omit | None = omit,
        api_email: str | Omit | None = omit,
        base_url: str | Omit | None = omit,
        timeout: float | Timeout | Omit | None = omit,
        max_retries: int | Omit = omit,
        default_headers: Headers | Omit | None = omit,
        default_query: Query | Omit | None = omit,
        set_default_headers: Headers | Omit | None = omit,
        set_default_query: Query | Omit | None = omit,
        strict: bool | Omit = omit,
        http_client: AsyncHTTPClient | Omit | None = omit,
    ) -> Self:
        return self._copy(
            credentials={"api_token": api_token, "api_key": api_key, "api_email": api_email},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            set_default_headers=set_default_headers,
            set_default_query=set_default_query,
            strict=strict,
            http_client=http_client,
        )

    copy = with_options

    @property
    def things(self) -> AsyncThings:
        return AsyncThings(self)
