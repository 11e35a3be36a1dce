# ruff: noqa: E501 - a line of the config
"""A client that takes the place of an SDK: what users of that SDK write works."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Iterable, Iterator, Sequence
from email import message_from_bytes
from pathlib import Path
from typing import Annotated, Any, Required

import httpx2 as httpx
import pytest
from tests.importing import imported
from tests.migrate.conftest import BASE, Migrate

CONFIG = """
client_settings: {idempotency: {header: Idempotency-Key}, opts: {account: {type: string, read_env: ACCOUNT, nullable: true}, token: {type: string, read_env: T, nullable: true, auth: {security_scheme: old}}}}
security_schemes: {old: {type: http, scheme: bearer}}
pagination:
  - {name: my_page, type: page_number, request: {limit: {x-stainless-pagination-property: {purpose: page_number_param}}}, response: {data: {type: array}}}
streaming:
  on_event:
    - {data_starts_with: '[DONE]', handle: done}
    - {event_type: ping, handle: continue}
    - {event_type: [error, failed], handle: error}
    - {event_type: [sound, null], handle: yield, error_property: error}
resources:
  pets: {models: {pet: Pet}, methods: {list: get /pets, create: post /pets}}
  sounds:
    models: {sound: Sound}
    methods: {listen: {endpoint: get /pets/sounds, streaming: {param_discriminator: null, stream_event_model: sounds.sound}}, talk: {endpoint: 'post /pets/{pet_id}/talk', streaming: {param_discriminator: stream, stream_event_model: sounds.sound}}}
"""
Seen = list[httpx.Request]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("sdk")
    migrate = Migrate(folder)
    assert migrate(CONFIG, base=BASE).result.exit_code == 0
    assert migrate.generate().exit_code == 0
    with imported(folder / "pet_store") as made:
        yield made


def client(package: Any, *responses: httpx.Response, seen: Seen | None = None) -> Any:
    """Make a client whose requests are answered in turn."""
    waiting = iter(responses)

    def answer(request: httpx.Request) -> httpx.Response:
        (seen if seen is not None else []).append(request)
        return next(waiting)

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    return package.Client(token="t", base_url="http://host", http_client=http_client)


def test_the_package_has_the_names_of_sdks(package: Any) -> None:
    assert package.Client is package.PetStore
    assert package.AsyncClient is package.AsyncPetStore
    assert package.NOT_GIVEN is package.not_given is package.omit
    assert package.NotGiven is package.Omit
    assert package.DEFAULT_MAX_RETRIES == 2
    assert package.Timeout(5).read == 5
    assert package.DEFAULT_CONNECTION_LIMITS.max_connections == 1000
    assert set(package.__all__) >= {"Client", "Stream", "AsyncStream", "BaseModel", "RequestOptions"}
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        importlib.import_module("pet_store._core.compatible").Nothing  # noqa: B018


def test_an_option_that_is_not_sent_is_an_attribute(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert package.Client(token="t", account="a").with_options(max_retries=1).account == "a"
    assert package.Client(token="t", account="a").with_options(account="b").account == "b"
    monkeypatch.setenv("ACCOUNT", "c")
    made = client(package, httpx.Response(200, json={"data": []}), seen=(seen := []))
    assert made.account == "c"
    made.pets.list()
    assert "c" not in [*seen[0].headers.values(), seen[0].url.query]


def test_models_have_the_methods_of_pydantic(package: Any) -> None:
    sent = {"id": "1", "kind": "cat", "home": {"town": "Bath", "odd": 1}, "weight": 2.5, "extra": [1]}
    pet = client(package, httpx.Response(200, json=sent)).pets.create(name="Tom")
    assert isinstance(pet, package.BaseModel)
    assert pet.extra == [1]
    assert pet.home.odd == 1
    assert type(pet.home).__name__ == "Home"
    assert pet.model_dump() == sent
    assert pet.model_dump(exclude_unset=True, mode="json", by_alias=True) == sent
    assert json.loads(pet.model_dump_json(indent=1)) == sent
    assert pet.model_fields_set == {"id", "kind", "home", "weight", "extra"}
    assert pet.model_extra == {"extra": [1]}
    assert pet.model_copy(update={"id": "2"}).id == "2"
    made = type(pet).construct(id="3")
    assert made == type(pet).model_construct(id="3") == type(pet).model_validate({"id": "3"})
    assert made.model_dump(exclude_none=True) == {"id": "3"}
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        pet.other  # noqa: B018


def test_any_path_can_be_called(package: Any) -> None:
    seen: Seen = []
    replies = [httpx.Response(200, json={"id": "1"}) for _ in range(7)]
    made = client(package, *replies, seen=seen)
    assert made.get("/any/path", cast_to=dict, options={"params": {"a": 1}, "headers": {"X-A": "b"}}) == {"id": "1"}
    assert made.post("/any", cast_to=package.types.Pet, body={"x": 1}).id == "1"
    assert made.put("/any", cast_to=str, body={}) == '{"id":"1"}'
    assert made.patch("/any", cast_to=bytes, body=[]) == b'{"id":"1"}'
    assert made.delete("/any", cast_to=None) is None
    assert made.post("/any", cast_to=httpx.Response, body={}).status_code == 200
    assert made.post("/any", cast_to=object, options={"extra_json": {"y": 2}}) == {"id": "1"}
    assert [(r.method, r.url.raw_path, r.content) for r in seen] == [
        ("GET", b"/any/path?a=1", b""),
        ("POST", b"/any", b'{"x":1}'),
        ("PUT", b"/any", b"{}"),
        ("PATCH", b"/any", b"[]"),
        ("DELETE", b"/any", b""),
        ("POST", b"/any", b"{}"),
        ("POST", b"/any", b'{"y":2}'),
    ]
    assert {r.headers["Authorization"] for r in seen} == {"Bearer t"}
    assert {r.headers["X-Stainless-Lang"] for r in seen} == {"python"}
    assert seen[0].headers["X-A"] == "b"


def test_a_path_is_called_with_files_retries_and_keys(package: Any) -> None:
    seen: Seen = []
    events = httpx.Response(200, content=b'data: {"text": "a"}\n\n', headers={"Content-Type": "text/event-stream"})
    made = client(
        package, *[httpx.Response(500)] * 2, httpx.Response(200, json={}), events, httpx.Response(200), seen=seen
    )
    with pytest.raises(package.InternalServerError):
        made.post("/any", cast_to=dict, body={}, options={"max_retries": 1, "idempotency_key": "k"})
    assert len(seen) == 2
    assert {r.headers["Idempotency-Key"] for r in seen} == {"k"}
    files = [("one", b"1"), ("all[]", b"2"), ("all[]", ("b.txt", b"3"))]
    assert made.post("/any", cast_to=dict, body={"a": {"b": 1}}, files=files) == {}
    parts = message_from_bytes(b"Content-Type: " + seen[2].headers["Content-Type"].encode() + b"\n\n" + seen[2].content)
    names = [part.get_param("name", header="content-disposition") for part in parts.get_payload()]  # type: ignore[union-attr]
    assert names == ["a[b]", "one", "all[]", "all[]"]
    found = made.get("/any", cast_to=dict, stream=True, stream_cls=package.Stream[package.types.Sound])
    assert [each.text for each in found] == ["a"]
    assert made.put("/any", cast_to=None, files={"one": b"1"}) is None


def test_a_path_is_called_with_bytes(package: Any) -> None:
    seen: Seen = []
    made = client(package, *(httpx.Response(200, json={}) for _ in range(3)), seen=seen)
    made.post("/any", cast_to=dict, content=b"abc", options={"headers": {"Content-Type": "image/png"}})
    made.put("/any", cast_to=dict, content=iter([b"d", b"ef"]))
    made.patch("/any", cast_to=dict, content=b"")
    assert [request.read() for request in seen] == [b"abc", b"def", b""]
    assert [r.headers["Content-Type"] for r in seen] == ["image/png", *["application/octet-stream"] * 2]


def test_methods_take_the_key_that_identifies_a_call(package: Any) -> None:
    seen: Seen = []
    made = client(package, *[httpx.Response(200, json={"id": "1"})] * 3, seen=seen)
    made.pets.create(name="Tom", idempotency_key="mine")
    made.pets.create(name="Tom", idempotency_key=None)
    made.pets.create(name="Tom")
    keys = [request.headers["Idempotency-Key"] for request in seen]
    assert keys[0] == "mine"
    assert len(set(keys)) == 3
    assert min(map(len, keys[1:])) == 32
    assert "idempotency_key" not in inspect.signature(made.pets.list).parameters


def test_private_modules_have_what_users_import_from_them(package: Any) -> None:
    names = {
        "_types": ("NOT_GIVEN", "NotGiven", "Omit", "omit", "Timeout", "FileTypes", "Headers", "RequestOptions"),
        "_models": ("BaseModel",),
        "_response": ("APIResponse", "AsyncAPIResponse", "BinaryAPIResponse", "StreamedBinaryAPIResponse"),
        "_streaming": ("Stream", "AsyncStream"),
        "_exceptions": ("PetStoreError", "APIStatusError", "NotFoundError"),
        "_constants": ("DEFAULT_TIMEOUT", "DEFAULT_MAX_RETRIES", "DEFAULT_CONNECTION_LIMITS"),
        "_base_client": ("DefaultHttpxClient", "DefaultAsyncHttpxClient", "DefaultAioHttpClient"),
        "_utils": ("file_from_path", "parse_date", "parse_datetime"),
        "_version": ("__version__", "__title__"),
    }
    for module, wanted in names.items():
        found = importlib.import_module(f"pet_store.{module}")
        assert set(wanted) <= set(found.__all__)
        for name in found.__all__:
            assert getattr(found, name) == getattr(package, name, getattr(found, name))
    assert package.__title__ == "pet_store"
    assert package._utils.file_from_path(__file__)[0] == "test_client.py"
    assert package._utils.parse_datetime("2026-01-02T03:04:05Z").hour == 3
    assert package._utils.parse_date("2026-01-02").day == 2


def test_the_tests_of_an_sdk_find_what_they_look_at_types_with(package: Any) -> None:
    utils, compat = (importlib.import_module(f"pet_store.{name}") for name in ("_utils", "_compat"))
    pet = package.types.Pet
    fields = compat.get_model_fields(pet)
    assert list(fields) == ["id", "home", "kind", "weight"]
    assert [each.is_required() for each in fields.values()] == [True, False, False, False]
    assert compat.field_outer_type(fields["id"]) is str
    assert utils.is_union_type(compat.field_outer_type(fields["weight"]))
    assert utils.extract_type_arg(compat.field_outer_type(fields["weight"]), 0) is float
    assert compat.PYDANTIC_V1 is False
    with pytest.raises(RuntimeError, match="no argument 1"):
        utils.extract_type_arg(list[int], 1)
    assert utils.is_list_type(list[int])
    assert utils.is_sequence_type(Sequence[int])
    assert utils.is_iterable_type(Iterable[int])
    assert utils.strip_annotated_type(Required[Annotated[int, 1]]) is int
    assert not utils.is_type_alias_type(int)
    given = {
        name: getattr(utils, name)({}) for name in ("is_dict", "is_list", "is_mapping", "is_sequence", "is_iterable")
    }
    assert given == {"is_dict": True, "is_list": False, "is_mapping": True, "is_sequence": False, "is_iterable": True}
    assert utils.is_given(None)
    assert not utils.is_given(package.NOT_GIVEN)


def test_numbers_are_floats_as_those_of_pydantic(package: Any) -> None:
    pet = client(package, httpx.Response(200, json={"id": "1", "weight": 3})).pets.create(name="Tom")
    assert type(pet.weight) is float
    assert pet == package.types.Pet(id="1", weight=3.0)
    assert type(package.types.Pet.from_dict({"id": "1", "weight": 10**400}).weight) is int
    assert package.types.Pet.from_dict({"id": "1", "weight": "heavy"}).weight == "heavy"


def test_requests_go_through_the_library_that_sdks_have(package: Any) -> None:
    """What their users mock is httpx, whatever else is installed."""
    import httpx as library

    made = package.Client(token="t")
    assert isinstance(made._pool.get(), library.Client)
    assert package.Timeout is library.Timeout
    assert package.DefaultHttpxClient().timeout == library.Timeout(60, connect=5)
    assert issubclass(package.DefaultAsyncHttpxClient, library.AsyncClient)
    assert issubclass(package.Transport, library.HTTPTransport.__mro__[1])
    with pytest.raises(RuntimeError, match="httpx_aiohttp"):
        package.DefaultAioHttpClient()
    made.close()


async def called(package: Any) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": request.method})

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    async with package.AsyncClient(token="t", base_url="http://host", http_client=http_client) as made:
        found = [await getattr(made, verb)("/any", cast_to=dict) for verb in ("get", "post", "put", "patch", "delete")]
        return [each["id"] for each in found]


def test_any_path_can_be_awaited(package: Any) -> None:
    import asyncio

    assert asyncio.run(called(package)) == ["GET", "POST", "PUT", "PATCH", "DELETE"]


def test_lists_are_pages_of_the_sdk(package: Any) -> None:
    pagination = importlib.import_module("pet_store.pagination")
    pages = [{"data": [{"id": "1"}]}, {"data": [{"id": "2"}]}, {"data": []}]
    page = client(package, *(httpx.Response(200, json=each) for each in pages)).pets.list()
    assert isinstance(page, pagination.SyncMyPage)
    assert [pet.id for pet in page] == ["1", "2"]


def test_a_flag_asks_for_a_stream_as_sdks_do(package: Any) -> None:
    seen: Seen = []
    events = httpx.Response(200, content=b'data: {"text": "a"}\n\n', headers={"Content-Type": "text/plain"})
    made = client(package, httpx.Response(200, json={"text": "all"}), events, seen=seen)
    assert made.sounds.talk("1", words=package.NOT_GIVEN).text == "all"
    with made.sounds.talk("1", stream=True) as stream:
        assert [sound.text for sound in stream] == ["a"]
    assert [request.headers["Accept"] for request in seen] == ["application/json"] * 2
    with pytest.raises(ValueError, match="Expected a non-empty value for `pet_id` but received ''"):
        made.sounds.talk("")


EVENTS = 'event: ping\ndata: {}\n\nevent: other\ndata: no JSON\n\nevent: sound\ndata: {"text": "a"}\n\ndata: {"text": "b"}\n\n'
MORE = 'data: {"text": "c"}\n\n'
FAILURES: list[tuple[str, str, Any]] = [
    ('event: error\ndata: {"message": "too loud"}\n\n', "APIStatusError", {"message": "too loud"}),
    ("event: failed\ndata: out of breath\n\n", "APIStatusError", "out of breath"),
    ('data: {"error": {"message": "hoarse"}}\n\n', "APIError", {"message": "hoarse"}),
]


def stream_of(text: str) -> httpx.Response:
    return httpx.Response(200, content=text.encode(), headers={"Content-Type": "text/event-stream"})


def methods_that_stream(made: Any) -> list[Any]:
    return [made.sounds.listen, lambda: made.sounds.talk("1", stream=True)]


def test_events_are_handled_as_the_config_says(package: Any) -> None:
    text = EVENTS + "data: [DONE]\n\n" + MORE
    made = client(package, *[stream_of(text) for _ in range(2)])
    for call in methods_that_stream(made):
        assert [sound.text for sound in call()] == ["a", "b"]


@pytest.mark.parametrize(("event", "error", "body"), FAILURES)
def test_events_report_errors_as_the_config_says(package: Any, event: str, error: str, body: Any) -> None:
    made = client(package, *[stream_of(EVENTS + event + MORE) for _ in range(2)])
    for call in methods_that_stream(made):
        stream, seen = call(), []
        with pytest.raises(package.APIError) as raised:
            seen.extend(sound.text for sound in stream)
        assert type(raised.value).__name__ == error
        assert raised.value.body == body
        assert raised.value.request.url.host == "host"
        assert raised.value.message == (body if isinstance(body, str) else body["message"])
        assert stream.response.is_closed


async def heard(package: Any, text: str) -> list[str]:
    http_client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: stream_of(text)))
    async with package.AsyncClient(token="t", base_url="http://host", http_client=http_client) as made:
        return [sound.text async for sound in await made.sounds.listen()]


def test_events_are_handled_in_async_clients(package: Any) -> None:
    import asyncio

    assert asyncio.run(heard(package, EVENTS + "data: [DONE]\n\n" + MORE)) == ["a", "b"]
    with pytest.raises(package.APIStatusError, match="too loud"):
        asyncio.run(heard(package, EVENTS + FAILURES[0][0]))


def test_its_types_are_right(package: Any) -> None:
    from mypy import api

    folder = Path(package.__file__).parent
    out, err, code = api.run(["--strict", "--cache-dir", str(folder.parent / "cache"), str(folder)])
    assert code == 0, out + err
