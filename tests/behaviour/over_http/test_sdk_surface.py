"""Case `sdk_surface`: what settings make of a client is what it sends and gives."""

from __future__ import annotations

import importlib
import inspect
import json
import logging
import typing
import warnings
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

CASE = "sdk_surface"


@pytest.fixture
def client(talk: Talk) -> Any:
    return talk.client(CASE, api_key="k", tenant="t")


def types() -> Any:
    return case_packages.client(CASE).types


def events(*texts: str) -> Any:
    return answer(200, "".join(f"data: {text}\n\n" for text in texts).encode(), content_type="text/event-stream")


def test_the_client_itself_has_methods(talk: Talk, client: Any) -> None:
    talk.answer(answer(200, {"data": [{"id": "1"}]}), answer(200, {"text": "Emma."}), events('{"delta": "Em"}'))
    found = talk.run(client.with_options(locale="fr").search(genres=["a"]))
    assert isinstance(found, types().ClientSearchResponse)
    assert (talk.request.query, found.data[0].id) == ("lang=fr&genres=a", "1")
    assert talk.run(client.ask("1", question="Who?")).text == "Emma."
    assert [part.delta for part in talk.collect(client.ask("1", question="Who?", live=True))] == ["Em"]
    assert types().ReadingHall(seats=2).seats == 2


def test_wrappers_of_the_client_have_its_methods_and_its_resources(talk: Talk, client: Any) -> None:
    talk.answer(*[answer(200, {"data": [{"id": "1"}]}) for _ in range(3)], answer(200, ["novel"]))
    raw = talk.run(client.with_raw_response.search())
    assert (raw.status_code, talk.run(raw.parse()).data[0].id) == (200, "1")
    assert talk.run(client.with_raw_response.books.list()).http_request.url.path == "/v1/books"
    chunks = talk.within(client.with_streaming_response.search(), lambda response: response.iter_bytes())
    assert json.loads(b"".join(chunks)) == {"data": [{"id": "1"}]}
    with pytest.warns(DeprecationWarning, match="^Genres go away.$"):
        genres = talk.run(client.with_raw_response.shelves.genres.list("1"))
    assert talk.run(genres.parse()) == ["novel"]


def test_lists_of_a_query_are_joined_and_objects_have_brackets(talk: Talk, client: Any) -> None:
    talk.answer(answer(200, {"data": []}))
    talk.run(client.books.list(genres=["a", "b"], printed={"after": "1816"}))
    assert talk.request.query == "lang=en&genres=a%2Cb&printed%5Bafter%5D=1816"


def test_arguments_of_the_client_go_out_with_every_request(
    talk: Talk, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.answer(answer(200, {"data": {"id": "1"}}), answer(200, {"data": {"id": "1"}}))
    talk.run(client.books.create(title="Emma"))
    assert (talk.request.header("X-Tenant"), talk.request.query, client.tenant) == ("t", "lang=en", "t")
    other = client.with_options(tenant="u", locale=None)
    talk.run(other.books.create(title="Emma"))
    assert (talk.request.header("X-Tenant"), talk.request.query) == ("u", "")
    assert (other.tenant, other.locale, client.locale) == ("u", None, "en")
    monkeypatch.setenv("LIBRARY_TENANT", "from outside")
    assert talk.client(CASE, api_key="k").tenant == "from outside"


def test_the_constructor_asks_for_an_argument(talk: Talk) -> None:
    with pytest.raises(ValueError, match=r"pass tenant= \(or set LIBRARY_TENANT\)"):
        talk.client(CASE, api_key="k")
    with pytest.raises(TypeError, match="tenant must be a str, got int"):
        talk.client(CASE, api_key="k", tenant=1)


def test_one_operation_has_two_names_and_gives_what_the_envelope_holds(talk: Talk, client: Any) -> None:
    reply = {"data": {"id": "1", "isbn": "x", "author": {"name": "Jane"}, "place": {"number": 2}}}
    talk.answer(answer(200, reply), answer(200, reply), answer(200, {}))
    book = talk.run(client.books.create(title="Emma", author={"name": "Jane"}))
    assert talk.request.json() == {"title": "Emma", "author": {"name": "Jane"}}
    assert isinstance(book, types().Book)
    assert isinstance(book.author, types().shared.Person)
    assert type(book.place).__name__ == "Place"
    with pytest.warns(DeprecationWarning, match="^Use create.$"):
        assert talk.run(client.books.add(title="Emma")) == book
    assert talk.run(client.books.create(title="Emma")) is None


def test_a_response_without_the_envelope_is_an_error_of_the_package(talk: Talk) -> None:
    package = case_packages.client(CASE)
    talk.answer(answer(200, []), answer(200, {}))
    client = talk.client(CASE, api_key="k", tenant="t")
    with pytest.raises(package.APIResponseValidationError, match="expected object, got list"):
        talk.run(client.books.create(title="Emma"))
    with pytest.raises(package.APIResponseValidationError, match=r"missing @ \$\.data"):
        talk.run(client.with_options(strict=True).books.create(title="Emma"))


def test_a_method_may_be_left_whole(talk: Talk, client: Any) -> None:
    talk.answer(answer(200, {"data": [{"id": "1"}], "total": 1}))
    found = talk.run(client.books.list())
    assert (type(found).__name__, found.total) == ("BookListResponse", 1)
    assert isinstance(found.data[0], types().Book)


def test_members_of_each_variant_are_arguments(talk: Talk, client: Any) -> None:
    talk.answer(answer(204), answer(204), answer(204))
    talk.run(client.books.lend("1", name="Ann", until="may", kind="person"))
    assert talk.request.json() == {"name": "Ann", "until": "may", "kind": "person"}
    talk.run(client.books.lend("1", branch=3, until="may"))
    assert talk.request.json() == {"branch": 3, "until": "may"}
    talk.run(client.books.lend("1"))
    assert talk.request.body == b""


def test_a_flag_chooses_between_the_whole_and_a_stream(talk: Talk, client: Any) -> None:
    talk.answer(answer(200, {"text": "all"}), events('{"delta": "a"}', '{"delta": "b"}'), answer(200, {"text": "x"}))
    assert talk.run(client.books.ask("1", question="?")).text == "all"
    assert talk.request.json() == {"question": "?"}
    parts = talk.collect(client.books.ask("1", question="?", live=True))
    assert [part.delta for part in parts] == ["a", "b"]
    assert talk.request.json() == {"question": "?", "live": True}
    assert talk.request.header("Accept") == "application/json"
    assert talk.run(client.books.ask("1", question="?", live=False)).text == "x"


def test_wrappers_take_the_flag_as_well(talk: Talk, client: Any) -> None:
    talk.answer(answer(200, {"text": "all"}), events('{"delta": "a"}'))
    raw = talk.run(client.books.with_raw_response.ask("1", question="?"))
    assert talk.run(raw.parse()).text == "all"
    raw = talk.run(client.books.with_raw_response.ask("1", question="?", live=True))
    assert [part.delta for part in talk.collect(raw.parse())] == ["a"]


BOOK = {"data": {"id": "1", "isbn": "x"}}


def test_raw_responses_have_what_those_of_sdks_have(talk: Talk, client: Any) -> None:
    talk.answer(*(answer(200, BOOK) for _ in range(1)))
    raw = talk.run(client.books.with_raw_response.create(title="Emma"))
    whole = talk.run(raw.read())
    assert (raw.status_code, raw.http_version, raw.method, raw.is_closed) == (200, "HTTP/1.1", "POST", True)
    assert raw.url == f"{talk.server.url}/books?lang=en"
    assert raw.elapsed.total_seconds() > 0
    assert raw.http_request.headers["X-Stainless-Lang"] == "python"
    assert talk.run(raw.json()) == BOOK
    assert talk.run(raw.text()) == whole.decode()
    assert talk.run(raw.parse()).isbn == "x"
    assert talk.run(raw.parse(to=dict)) == BOOK
    assert talk.run(raw.parse(to=dict[str, types().Book]))["data"].isbn == "x"
    assert talk.run(raw.parse(to=bytes)) == whole == talk.run(raw.parse(to=str)).encode()
    assert talk.run(raw.parse(to=type(raw.http_response))) is raw.http_response
    assert talk.collect(raw.iter_bytes()) == [whole]
    assert talk.collect(raw.iter_bytes(7)) == [whole[at : at + 7] for at in range(0, len(whole), 7)]
    assert "".join(talk.collect(raw.iter_text(chunk_size=3))) == whole.decode()
    assert talk.collect(raw.iter_lines()) == whole.decode().splitlines()
    talk.run(raw.close())


@pytest.mark.parametrize(
    ("method", "arguments", "expected"),
    [
        ("read", {}, "aé\nb".encode()),
        ("text", {}, "aé\nb"),
        ("iter_bytes", {"chunk_size": 2}, [b"a\xc3", b"\xa9\n", b"b"]),
        ("iter_bytes", {}, ["aé\nb".encode()]),
        ("iter_text", {"chunk_size": 3}, ["aé\n", "b"]),
        ("iter_text", {}, ["aé\nb"]),
        ("iter_lines", {}, ["aé", "b"]),
    ],
)
def test_a_body_on_the_wire_is_read_in_chunks_of_a_size(
    talk: Talk, client: Any, method: str, arguments: dict[str, int], expected: Any
) -> None:
    talk.answer(answer(200, "aé\nb".encode(), content_type="text/plain; charset=utf-8"))
    seen = []

    def use(response: Any) -> Any:
        seen.append(response)
        assert not response.is_closed
        return _finished(talk, getattr(response, method)(**arguments))

    found = talk.within(client.books.with_streaming_response.list(), use)
    assert found == expected
    assert seen[0].is_closed


def _finished(talk: Talk, value: Any) -> Any:
    """Make what a reader gives something that `within` can finish: a coroutine, or items one after the other."""
    if talk.loop is not None or not hasattr(value, "__next__"):
        return value
    return list(value)


@pytest.mark.parametrize("size", [0, -1])
def test_chunks_have_at_least_one_byte(talk: Talk, client: Any, size: int) -> None:
    talk.answer(answer(200, BOOK))
    raw = talk.run(client.books.with_raw_response.create(title="Emma"))
    with pytest.raises(ValueError, match=f"chunk_size must be 1 or more, got {size}"):
        talk.collect(raw.iter_bytes(size))


def test_a_streamed_response_is_parsed_as_any_type(talk: Talk, client: Any) -> None:
    stream = getattr(case_packages.client(CASE), "AsyncStream" if talk.loop else "Stream")
    talk.answer(answer(200, BOOK), answer(200, BOOK), events("1", "2"))
    streaming = client.books.with_streaming_response
    assert talk.within(streaming.create(title="Emma"), lambda response: response.parse()).isbn == "x"
    assert talk.within(streaming.create(title="Emma"), lambda response: response.parse(to=dict)) == BOOK
    raw = talk.run(client.books.with_raw_response.ask("1", question="?", live=True))
    assert talk.collect(raw.parse(to=stream[int])) == [1, 2]


def test_text_where_json_is_declared_is_given_as_it_is(talk: Talk, client: Any) -> None:
    error = case_packages.client(CASE).APIResponseValidationError
    text = answer(200, b"it's done", content_type="text/plain")
    talk.answer(text, text, answer(200, b"it's done"))
    assert talk.run(client.books.list()) == "it's done"
    with pytest.raises(error, match="no valid JSON"):
        talk.run(client.with_options(strict=True).books.list())
    with pytest.raises(error, match="no valid JSON"):
        talk.run(client.books.list())


def test_bytes_are_written_to_files(talk: Talk, client: Any, tmp_path: Path) -> None:
    responses = importlib.import_module(f"{case_packages.client(CASE).__name__}._core.compatible_responses")
    prefix = "Async" if talk.loop else ""
    talk.answer(*(answer(200, b"\x89PNG...", content_type="image/png") for _ in range(2)), answer(200, BOOK))
    talk.server.script.insert(0, answer(200, {"a": 1}, content_type="image/png"))
    whole = talk.run(client.books.cover("1"))
    assert type(whole) is getattr(responses, f"{prefix}BinaryAPIResponse")
    assert whole.is_closed
    assert (talk.run(whole.json()), talk.run(whole.text()), talk.run(whole.read())) == (
        {"a": 1},
        '{"a": 1}',
        b'{"a": 1}',
    )
    assert b"".join(talk.collect(whole.iter_bytes(chunk_size=2))) == whole.content == b'{"a": 1}'
    talk.run(whole.stream_to_file(tmp_path / "json"))
    assert (tmp_path / "json").read_text() == '{"a": 1}'
    raw = talk.run(client.books.with_raw_response.cover("1"))
    assert talk.run(talk.run(raw.parse()).read()) == b"\x89PNG..."
    assert isinstance(raw, getattr(responses, f"{prefix}BinaryAPIResponse"))
    talk.run(raw.write_to_file(tmp_path / "whole"))
    assert (tmp_path / "whole").read_bytes() == b"\x89PNG..."

    def use(response: Any) -> Any:
        assert isinstance(response, getattr(responses, f"{prefix}StreamedBinaryAPIResponse"))
        return response.stream_to_file(tmp_path / "streamed", chunk_size=2)

    talk.within(client.books.with_streaming_response.cover("1"), use)
    assert (tmp_path / "streamed").read_bytes() == b"\x89PNG..."
    other = talk.run(client.books.with_raw_response.create(title="Emma"))
    assert type(other) is getattr(responses, f"{prefix}APIResponse")


def test_a_streamed_response_is_closed_when_it_is_read(talk: Talk, client: Any) -> None:
    async def read_async(response: Any) -> tuple[bool, Any, bool]:
        return response.is_closed, await response.json(), response.is_closed

    def read(response: Any) -> Any:
        return read_async(response) if talk.loop else (response.is_closed, response.json(), response.is_closed)

    talk.answer(answer(200, {"a": 1}, content_type="image/png"))
    assert talk.within(client.books.with_streaming_response.cover("1"), read) == (False, {"a": 1}, True)


def test_responses_are_checked_where_sdks_say_it(talk: Talk, client: Any) -> None:
    error = case_packages.client(CASE).APIResponseValidationError
    talk.answer(*(answer(200, {}) for _ in range(3)))
    strict = talk.client(CASE, api_key="k", tenant="t", _strict_response_validation=True)
    assert strict.strict
    for each in (strict, client.with_options(_strict_response_validation=True)):
        with pytest.raises(error, match=r"missing @ \$\.data"):
            talk.run(each.books.create(title="Emma"))
    assert talk.run(strict.with_options(_strict_response_validation=False).books.create(title="Emma")) is None


def test_headers_come_from_the_environment(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDK_SURFACE_CUSTOM_HEADERS", "X-One: 1\nno header\r\n X-Two : a: b \nX-Tenant: other\n")
    talk.answer(answer(200, BOOK))
    client = talk.client(CASE, api_key="k", tenant="t", default_headers={"x-one": "own"})
    talk.run(client.books.create(title="Emma"))
    assert [talk.request.header(name) for name in ("X-One", "X-Two", "X-Tenant")] == ["own", "a: b", "t"]


def silent_logger(monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    """Give the logger of the package as it is in a program that logs nothing itself."""
    logger = logging.getLogger(CASE)
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "level", logger.level)
    return logger


@pytest.mark.parametrize(("level", "expected"), [("debug", 10), ("info", 20), ("other", 0), ("", 0)])
def test_the_environment_turns_logs_on(talk: Talk, monkeypatch: pytest.MonkeyPatch, level: str, expected: int) -> None:
    logger = silent_logger(monkeypatch)
    monkeypatch.setenv("SDK_SURFACE_LOG", level)
    for _ in range(2):
        talk.client(CASE, api_key="k", tenant="t")
    assert (logger.level, len(logger.handlers)) == (expected, 1 if expected else 0)


def test_a_program_that_logs_gets_no_other_handler(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    logger = silent_logger(monkeypatch)
    monkeypatch.setenv("SDK_SURFACE_LOG", "info")
    own = logging.NullHandler()
    logger.addHandler(own)
    talk.client(CASE, api_key="k", tenant="t")
    assert (logger.level, logger.handlers) == (logging.INFO, [own])


def test_logs_hold_no_secret(talk: Talk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    silent_logger(monkeypatch)
    monkeypatch.setenv("SDK_SURFACE_LOG", "debug")
    monkeypatch.setenv("SDK_SURFACE_CUSTOM_HEADERS", "X-Session: hidden-1\nAuthorization: Bearer hidden-2")
    talk.answer(answer(200, BOOK))
    client = talk.client(CASE, api_key="hidden-3", tenant="t")
    talk.run(client.books.create(title="Emma"))
    logged = capsys.readouterr().err
    assert "sdk_surface - DEBUG] POST /v1/books -> 200" in logged
    assert "hidden" not in logged + repr(client)
    assert talk.request.header("X-Session") == "hidden-1"


def test_files_and_objects_have_brackets_in_parts(talk: Talk, client: Any, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"1")
    talk.answer(answer(200, 7))
    number = talk.run(
        client.books.scan(
            "1", pages=[tmp_path / "a.png", b"2"], tags=["x", "y"], source={"device": "d", "sizes": [1, 2]}
        )
    )
    assert number == 7
    head = f"Content-Type: {talk.request.header('Content-Type')}\n\n".encode()
    parts: list[Message] = message_from_bytes(head + talk.request.body).get_payload()  # type: ignore[assignment]
    found = [(part.get_param("name", header="content-disposition"), part.get_payload()) for part in parts]
    assert found == [
        ("pages[]", "1"), ("pages[]", "2"), ("source[device]", "d"), ("source[sizes][]", "1"), ("source[sizes][]", "2"),
        ("tags[]", "x"), ("tags[]", "y"),
    ]  # fmt: skip
    talk.answer(answer(200, 8))
    assert talk.run(client.books.scan("1", pages=[b"2"])) == 8
    assert b"pages[]" in talk.request.body
    assert b"source" not in talk.request.body


def test_a_whole_body_has_the_name_that_the_settings_give(talk: Talk, client: Any) -> None:
    talk.answer(answer(204), answer(200, ["novel"]))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        talk.run(client.shelves.genres.replace("1", genres={"names": ["novel"]}))
        assert json.loads(talk.request.body) == {"names": ["novel"]}
        assert talk.run(client.shelves.genres.list("1")) == ["novel"]
    assert {str(warning.message) for warning in seen} == {"Genres go away."}


def test_types_are_where_the_settings_put_them() -> None:
    assert types().shelves.genres.GenreListResponse == typing.List[str]  # noqa: UP006
    assert types().shelves.genres.LoanISBN.__module__.endswith("types.shelves.genres.loan_isbn")
    assert types().shared_params.Person.__module__.endswith("types.shared_params.person")
    assert not hasattr(types(), "Shelf")


def test_modules_have_the_header_of_the_settings() -> None:
    source = inspect.getsource(inspect.getmodule(types().Book))  # type: ignore[arg-type]
    assert source.splitlines()[:3] == [
        "# Generated by clientsmith. Do not edit.",
        "# Copyright Library.",
        "# All rights reserved.",
    ]
