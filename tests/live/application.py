"""An application as people write it with FastAPI, each operation with something that a client may get wrong.

Its handlers send back what they received, so that a test can compare what the caller gave with what came.
"""

from collections.abc import AsyncIterable, Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import (
    APIRouter,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    HTTPException,
    Query,
    Request,
    Response,
    UploadFile,
)
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field

SECRET = "open-sesame"


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Maker(BaseModel):
    name: str
    founded: date | None = None


class Item(BaseModel):
    """A thing that is sold."""

    id: UUID
    name: str
    price: Decimal
    made_at: datetime
    size: Size = Size.SMALL
    maker: Maker | None = None
    tags: list[str] = []
    stock: dict[str, int] = {}
    keeps: timedelta | None = None


class NewItem(BaseModel):
    name: str = Field(min_length=1)
    price: Decimal
    size: Size = Size.SMALL
    maker: Maker | None = None
    tags: list[str] = []
    stock: dict[str, int] = {}
    keeps: timedelta | None = None


class ItemUpdate(BaseModel):
    name: str | None = None
    price: Decimal | None = None
    maker: Maker | None = None


class ItemPage(BaseModel):
    items: list[Item]
    next_cursor: str | None = None


class Cat(BaseModel):
    kind: Literal["cat"]
    name: str
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    name: str
    friend: "Pet | None" = None


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: str | None = None
    sizes: list[Size] = []
    since: date | None = None
    most: Decimal | None = None
    limit: int = Field(10, le=100)
    cursor: str | None = None


class Found(BaseModel):
    """What a handler received."""

    model_config = ConfigDict(extra="allow")


class Profile(BaseModel):
    user: str
    age: int | None = None
    newsletter: bool = False
    topics: list[str] = []


class Problem(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None


class Progress(BaseModel):
    done: int
    at: datetime


class Finished(BaseModel):
    total: int


class Node(BaseModel):
    value: int
    children: list["Node"] = []


Dog.model_rebuild()


class ProblemError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


AT = datetime.fromisoformat("2026-03-01T12:30:00+00:00")
FIRST = UUID("5f1c7c1e-61a4-4b3a-9d2e-000000000001")
router = APIRouter()
items = APIRouter(prefix="/items", tags=["items"])
uploads = APIRouter(prefix="/uploads", tags=["uploads"])
streams = APIRouter(prefix="/streams", tags=["streams"])
bearer = HTTPBearer()
admin_key = APIKeyHeader(name="X-Admin-Key")


def an_item(item_id: UUID = FIRST, **values: Any) -> Item:
    return Item(**{"id": item_id, "name": "lamp", "price": Decimal("19.90"), "made_at": AT, **values})


# --- items -----------------------------------------------------------------------------------------------------------


@items.get("/")
def list_items(filters: Annotated[Filters, Query()], response: Response) -> ItemPage:
    """A query model: an enum list, a date, a decimal; pages by cursor."""
    response.headers["X-Received"] = filters.model_dump_json(exclude_unset=True)
    if filters.cursor is None:
        return ItemPage(items=[an_item(), an_item(UUID(int=2))], next_cursor="two")
    return ItemPage(items=[an_item(UUID(int=3))])


@items.post("/", status_code=201)
def create_item(item: NewItem, response: Response) -> Item:
    response.headers["Location"] = f"/items/{FIRST}"
    return an_item(**item.model_dump())


@items.get("/{item_id}", responses={404: {"model": Problem, "description": "There is no such item"}})
def read_item(item_id: UUID) -> Item:
    """A path with a UUID; a problem of the application's own media type."""
    if item_id.int == 404:
        raise ProblemError(Problem(title="No such item", status=404, detail=f"{item_id} is gone"))
    return an_item(item_id)


@items.patch("/{item_id}")
def update_item(item_id: UUID, changes: ItemUpdate) -> Found:
    """Tell null from absent."""
    return Found(**changes.model_dump(mode="json", exclude_unset=True))


@items.put("/{item_id}")
def replace_item(item_id: UUID, item: NewItem, note: Annotated[str | None, Header()] = None) -> Item:
    values = item.model_dump()
    return an_item(item_id, **{**values, "tags": [*item.tags, *([note] if note else [])]})


@items.delete("/{item_id}", status_code=204)
def delete_item(item_id: UUID) -> None:
    if item_id.int == 409:
        raise HTTPException(409, detail="the item is in use")


@items.get("/{item_id}/label", response_class=PlainTextResponse)
def read_label(item_id: UUID, size: Size = Size.SMALL) -> str:
    return f"{size.value}: grüße {item_id}"


@items.get(
    "/{item_id}/photo",
    response_class=Response,
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def read_photo(item_id: UUID) -> Response:
    return Response(b"\x89PNG\r\n" + bytes(range(256)), media_type="image/png")


# --- pets: unions ----------------------------------------------------------------------------------------------------


@router.post("/pets", tags=["pets"])
def adopt_pet(pet: Pet) -> Pet:
    """A discriminated union, in both directions, and a recursive one."""
    return pet


@router.post("/pets/measure", tags=["pets"])
def measure_pet(thing: Cat | Node | int | list[str]) -> Found:
    """A union without a discriminator as the body."""
    return Found(kind=type(thing).__name__, value=thing.model_dump() if isinstance(thing, BaseModel) else thing)


@router.post("/tree", tags=["trees"])
def grow_tree(node: Node) -> Node:
    return Node(value=node.value + 1, children=[node])


# --- forms and uploads -----------------------------------------------------------------------------------------------


@router.post("/profile", tags=["profiles"])
def save_profile(profile: Annotated[Profile, Form()]) -> Profile:
    """A form model: lists, flags and numbers as text."""
    return profile


@router.post("/token", tags=["profiles"])
def request_token(
    username: Annotated[str, Form()],
    password: Annotated[str, Form()],
    scopes: Annotated[list[str], Form(default_factory=list)],
) -> Found:
    return Found(username=username, password=password, scopes=scopes)


@uploads.post("/one")
async def upload_one(file: UploadFile, note: Annotated[str | None, Form()] = None) -> Found:
    content = await file.read()
    return Found(name=file.filename, type=file.content_type, size=len(content), head=content[:4].hex(), note=note)


@uploads.post("/many")
async def upload_many(files: list[UploadFile], owner: Annotated[UUID, Form()]) -> Found:
    return Found(names=[file.filename for file in files], sizes=[len(await file.read()) for file in files], owner=owner)


@uploads.post("/bytes")
def upload_bytes(file: Annotated[bytes, File()]) -> int:
    return len(file)


@uploads.put("/blob", openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}})
async def upload_blob(request: Request) -> Found:
    content = await request.body()
    return Found(type=request.headers["content-type"], size=len(content))


# --- headers, cookies, credentials -----------------------------------------------------------------------------------


@router.get("/session", tags=["sessions"])
def read_session(
    response: Response,
    session_id: Annotated[str | None, Cookie()] = None,
    theme: Annotated[str, Cookie()] = "light",
    x_trace: Annotated[list[str] | None, Header()] = None,
    if_modified: Annotated[datetime | None, Header()] = None,
) -> Found:
    response.set_cookie("session_id", "new")
    return Found(session=session_id, theme=theme, trace=x_trace, modified=if_modified)


@router.get("/me", tags=["sessions"])
def read_me(credentials: Annotated[Any, Depends(bearer)]) -> str:
    if credentials.credentials != SECRET:
        raise HTTPException(401, detail="not the token", headers={"WWW-Authenticate": "Bearer"})
    return str(credentials.scheme)


@router.get("/admin", tags=["sessions"])
def read_admin(key: Annotated[str, Depends(admin_key)]) -> bool:
    return key == SECRET


# --- queries ---------------------------------------------------------------------------------------------------------


@router.get("/search", tags=["search"])
def search(
    q: Annotated[str, Query(max_length=20)],
    sizes: Annotated[list[Size], Query(default_factory=list)],
    ids: Annotated[list[UUID], Query(default_factory=list)],
    on: date | None = None,
    at: datetime | None = None,
    least: Decimal | None = None,
    exact: bool = False,
    within: timedelta | None = None,
) -> Found:
    return Found(q=q, sizes=sizes, on=on, at=at, least=least, ids=ids, exact=exact, within=within)


@router.get("/nothing", tags=["search"])
def read_nothing(empty: bool = True) -> Item | None:
    """A response that may be null."""
    return None if empty else an_item()


@router.get("/totals", tags=["search"])
def read_totals() -> dict[str, float]:
    return {"a": 1.5, "b": 2.0}


@router.get("/pair", tags=["search"])
def read_pair() -> tuple[str, int]:
    return ("one", 2)


# --- streams ---------------------------------------------------------------------------------------------------------


@streams.get("/events", response_class=EventSourceResponse)
async def watch_events(count: int = 2) -> AsyncIterable[Progress | Finished]:
    """Server-sent events with typed data."""
    for number in range(count):
        yield Progress(done=number, at=AT)
    yield Finished(total=count)


@streams.get("/named", response_class=EventSourceResponse)
async def watch_named() -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(data={"done": 1}, event="progress", id="1")
    yield ServerSentEvent(raw_data="plain", event="end")


@streams.post("/lines")
async def stream_lines(node: Node, count: int = 3) -> AsyncIterable[Node]:
    """JSON lines."""
    for number in range(count):
        yield Node(value=node.value + number)


# --- the application -------------------------------------------------------------------------------------------------


def recommended_id(route: APIRoute) -> str:
    """Name an operation as FastAPI's guide to generated clients recommends."""
    return f"{route.tags[0]}-{route.name}"


def make_application(operation_id: Callable[[APIRoute], str] | None = None) -> FastAPI:
    """Make the application, with FastAPI's own operation ids or with others."""
    options = {"generate_unique_id_function": operation_id} if operation_id else {}
    application = FastAPI(title="Shop", version="1.2.0", **options)
    for part in (items, uploads, streams, router):
        application.include_router(part)

    @application.exception_handler(ProblemError)
    def problem(request: Request, error: ProblemError) -> JSONResponse:
        content = error.problem.model_dump(mode="json")
        return JSONResponse(content, error.problem.status, media_type="application/problem+json")

    return application
