"""The behaviour of a client: Responses."""

from __future__ import annotations

import encodings.aliases
import gzip
import pickle
import random
from contextlib import suppress
from typing import Any

import pytest
from sample_client.types import Problem, Thing
from server import HEAD, answer, raw_bytes

from clientsmith.runtime import errors
from clientsmith.runtime.errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    ClientError,
    NotFoundError,
)


def get(kit: Any, step: Any, **options: Any) -> Any:
    kit.server.default = step
    return kit.call(kit.client(max_retries=0, **options), "get", "1")


def failure(kit: Any, step: Any, kind: Any = APIResponseValidationError, **options: Any) -> Any:
    kit.server.default = step
    client = kit.client(max_retries=0, **options)
    return kit.fails(kind, lambda: client.things.get("1"))


@pytest.mark.parametrize("status", [200, 201, 202, 203])
def test_any_success_is_decoded_into_the_declared_type(kit: Any, status: int) -> None:
    thing = get(kit, answer(status, {"id": "1", "user_Id": "u"}))
    assert isinstance(thing, Thing)
    assert thing.user_id == "u"


def test_a_declared_empty_response_is_none(kit: Any) -> None:
    for step in (answer(204), answer(200, {"ignored": True})):
        kit.server.default = step
        assert kit.call(kit.client(), "delete", "1") is None


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", "nonsense"])
def test_json_with_another_content_type_is_decoded(kit: Any, content_type: str) -> None:
    assert get(kit, answer(200, {"id": "1"}, content_type=content_type)).id == "1"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "InternalServerError"),
        (503, "InternalServerError"),
        (599, "InternalServerError"),
        (418, "APIStatusError"),
        (302, "APIStatusError"),
    ],
)
def test_each_status_has_its_exception(kit: Any, status: int, name: str) -> None:
    error = failure(kit, answer(status, {"code": 5}), APIStatusError)
    assert type(error) is getattr(errors, name)
    assert isinstance(error, ClientError)
    assert (error.status_code, error.response.status_code, error.body) == (status, status, {"code": 5})
    assert (error.request.method, str(error.request.url)) == ("GET", f"{kit.server.url}/things/1")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "a"}}, "a"),
        ({"message": "b"}, "b"),
        ({"errors": [{"message": "c"}]}, "c"),
        ({"error": "d"}, "d"),
        ({"detail": "e"}, "e"),
        ({"detail": [{"loc": ["body", "price"], "msg": "too low"}, {"msg": "g"}]}, "body.price: too low; g"),
        ({"title": "h", "detail": "i"}, "h: i"),
        ({"title": "j"}, "j"),
        ({"error": "invalid_grant", "error_description": "k"}, "invalid_grant: k"),
        ({"error": "Bad Request", "message": ["l", "m"]}, "l; m"),
        ({"status": 500, "error": "Internal Server Error", "message": "n", "path": "/"}, "n"),
        ({"Message": "o"}, "o"),
        ({"errorMessages": ["p"], "errors": {}}, "p"),
        ({"errors": {"name": ["is blank", "is short"], "age": ["q"]}}, "name: is blank; is short; age: q"),
        ({"title": "r", "status": 400, "errors": {"Name": ["s"]}}, "r; Name: s"),
        ({"errors": [{"title": "t", "detail": "u"}, {"title": "v"}]}, "t: u; v"),
        ({"name": ["w"], "non_field_errors": ["x"]}, "name: w; non_field_errors: x"),
        ({"fault": {"faultstring": "y"}}, "y"),
        ({"items": [{"message": "no error"}]}, ""),
        ({}, ""),
        (b"short text\x1b[0m", "short text\\x1b[0m"),
        ({"errors": []}, ""),
        (["x"], ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_the_message_is_the_responses_own(kit: Any, body: Any, message: str) -> None:
    error = failure(kit, answer(400, body), APIStatusError)
    words = f": {message}" if message else ""
    assert str(error) == error.message == f"400 Bad Request{words} (GET /v1/things/1)"


def test_a_long_message_is_capped(kit: Any) -> None:
    error = failure(kit, answer(400, {"message": "x" * 100_000}), APIStatusError)
    assert len(str(error)) < 600


@pytest.mark.parametrize("status", [404, 500, 503])
def test_the_documents_typed_error(kit: Any, status: int) -> None:
    error = failure(kit, answer(status, {"code": 5}), APIStatusError)
    assert error.error == Problem(code=5)
    assert failure(kit, answer(400, {"code": 5}), APIStatusError).error is None
    assert failure(kit, answer(status, ["x"]), APIStatusError).error is None


def test_errors_can_be_pickled_and_show_no_credential(kit: Any) -> None:
    error = failure(kit, answer(404, {"message": "no token-1234", "code": 1}), NotFoundError)
    for shown in (error, pickle.loads(pickle.dumps(error))):
        assert (shown.status_code, shown.message, shown.body["code"]) == (
            404,
            "404 Not Found: no *** (GET /v1/things/1)",
            1,
        )
        assert (shown.error, shown.response.headers["content-length"]) == (error.error, "39")
        assert "token-1234" not in f"{shown} {shown!r} {shown.request!r} {shown.response!r}"
    pickled = pickle.dumps(failure(kit, answer(404, {}), NotFoundError))
    assert b"token-1234" not in pickled
    kit.server.close()
    error = kit.fails(APIConnectionError, lambda: kit.client(max_retries=0).things.get("1"))
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), str(copied), copied.request.method) == (type(error), str(error), "GET")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"id": "1"',
        b"<html>busy</html>",
        b'{"id": NaN}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"id": ' * 100_000,
        b"[]",
        b"1",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b"\x80",
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_whatever_the_server_sends(kit: Any, content: bytes, strict: bool) -> None:
    error = failure(kit, answer(200, content), strict=strict)
    assert (error.status_code, error.response.content) == (200, content)
    assert isinstance(pickle.loads(pickle.dumps(error)), APIResponseValidationError)


def test_random_bytes_give_a_model_or_an_exception_of_the_package(kit: Any) -> None:
    numbers = random.Random(7)
    client = kit.client(max_retries=0)
    for _ in range(40):
        content = numbers.randbytes(numbers.randrange(60))
        kit.server.default = numbers.choice(
            [answer(200, content), raw_bytes(content), raw_bytes(HEAD + b"\r\n" + content)]
        )
        with suppress(APIError):
            assert isinstance(kit.call(client, "get", "1"), Thing)


def test_a_body_that_cannot_be_decompressed(kit: Any) -> None:
    broken = [("Content-Encoding", "gzip")]
    failure(kit, answer(200, b"nonsense", broken))
    assert failure(kit, answer(404, b"nonsense", broken), NotFoundError).body is None
    assert get(kit, answer(200, gzip.compress(b'{"id": "z"}'), broken)).id == "z"


def test_the_json_path_is_in_the_error(kit: Any) -> None:
    kit.server.default = answer(200, {"data": [{"id": "1"}, {"id": "2"}, 3]})
    error = kit.fails(APIResponseValidationError, lambda: kit.client().things.list())
    assert "expected object @ $.data[2]" in str(error)


def test_decoding_is_tolerant_unless_the_client_is_strict(kit: Any) -> None:
    step = answer(200, {"name": 5, "unknown": 1})
    thing = get(kit, step)
    assert (thing.id, thing.name, dict(thing.unknown_fields)) == (None, 5, {"unknown": 1})
    failure(kit, step, strict=True)


def test_the_raw_response(kit: Any) -> None:
    kit.server.default = answer(200, {"id": "1"}, {"X-Request-Id": "r"})
    raw = kit.run(kit.client().things.with_raw_response.get("1"))
    assert (kit.run(raw.parse()).id, raw.headers["x-request-id"], raw.status_code) == ("1", "r", 200)
    assert (raw.http_request.method, raw.retries_taken) == ("GET", 0)
    assert (kit.run(raw.json()), kit.run(raw.text()), kit.run(raw.read())) == (
        {"id": "1"},
        '{"id": "1"}',
        b'{"id": "1"}',
    )


def test_what_a_response_tells_beside_its_body(kit: Any) -> None:
    kit.server.script = [answer(503), answer(200, {"id": "1"}), answer(200, {"id": "1"})]
    raw = kit.run(kit.client().things.with_raw_response.get("1"))
    assert (raw.method, raw.http_version, raw.is_closed, raw.retries_taken) == ("GET", "HTTP/1.1", True, 1)
    assert raw.url == f"{kit.server.url}/things/1"
    assert 0 < raw.elapsed.total_seconds() < 60
    seen: list[Any] = []

    def use(response: Any) -> bytes:
        seen.extend([response, response.is_closed, response.method, response.http_version, response.elapsed])
        return response.read()  # type: ignore[no-any-return]

    kit.within(kit.client().things.with_streaming_response.get("1"), use)
    response, is_closed, method, http_version, elapsed = seen
    assert (is_closed, response.is_closed, method, http_version) == (False, True, "GET", "HTTP/1.1")
    assert elapsed.total_seconds() > 0


def test_the_wrappers_are_made_when_they_are_asked_for(kit: Any) -> None:
    things = kit.client().things
    assert "with_raw_response" not in vars(things)
    assert isinstance(type(things).with_raw_response, property)


def test_the_streaming_response(kit: Any) -> None:
    kit.server.default = answer(200, "a\nb\r\nc\u2028d\re".encode())
    uses = {
        "read": "a\nb\r\nc\u2028d\re".encode(),
        "iter_lines": ["a", "b", "c\u2028d", "e"],
    }
    client = kit.client()
    for name, expected in uses.items():
        opening = client.things.with_streaming_response.get("1")

        def use(response: Any, name: str = name) -> Any:
            used = getattr(response, name)()
            return list(used) if name != "read" and not kit.is_async else used

        assert kit.within(opening, use) == expected
    text = kit.within(client.things.with_streaming_response.get("1"), joined(kit, "iter_text"))
    assert "".join(text).endswith("\re")
    kit.server.default = answer(200, {"id": "1"})
    assert kit.within(client.things.with_streaming_response.get("1"), lambda r: r.json()) == {"id": "1"}
    thing = kit.within(client.things.with_streaming_response.get("1"), lambda r: r.parse())
    assert isinstance(thing, Thing)


def joined(kit: Any, name: str) -> Any:
    return lambda r: getattr(r, name)() if kit.is_async else list(getattr(r, name)())


def test_the_streaming_response_is_sent_at_entry_and_closed_at_exit(kit: Any) -> None:
    opening = kit.client().things.with_streaming_response.get("1")
    assert kit.server.received == []
    kept = kit.within(opening, lambda response: response)
    assert kept.http_response.is_closed
    kit.server.default = answer(404, {"message": "gone"})
    with pytest.raises(NotFoundError, match="gone"):
        kit.within(kit.client().things.with_streaming_response.get("1"), lambda response: response)


def test_bytes(kit: Any) -> None:
    kit.server.default = answer(200, b"\x00\xff", content_type="image/png")
    assert kit.call(kit.client(), "download") == b"\x00\xff"


@pytest.mark.parametrize("charset", ["hex", "zlib", "rot13", "idna", "undefined", "no-such", "utf-16"])
@pytest.mark.parametrize("status", [200, 404])
def test_any_charset_gives_an_exception_of_the_package(kit: Any, charset: str, status: int) -> None:
    step = answer(status, b"<html>\xff", {"content-type": f"text/html; charset={charset}"})
    failure(kit, step, APIResponseValidationError if status == 200 else NotFoundError)


@pytest.mark.parametrize("charset", [*sorted({*encodings.aliases.aliases.values()} - {"mbcs", "oem"}), "no-such", ""])
def test_any_charset_gives_text_or_an_exception_of_the_package(kit: Any, charset: str) -> None:
    kit.server.default = answer(200, b"abc\xff\n\xfed", content_type=f"text/plain; charset={charset}")
    client = kit.client()
    for name in ("iter_text", "iter_lines"):
        with suppress(APIResponseValidationError):
            found = kit.within(client.things.with_streaming_response.get("1"), joined(kit, name))
            assert all(isinstance(part, str) for part in found)


def test_lines_in_the_charset_of_the_response(kit: Any) -> None:
    content = "a\u0a0d\r\nb".encode("utf-16")
    kit.server.default = answer(200, content, content_type="text/plain; charset=utf-16")
    found = kit.within(kit.client().things.with_streaming_response.get("1"), joined(kit, "iter_lines"))
    assert found == ["a\u0a0d", "b"]


def test_an_unpickled_response_says_that_it_has_no_type(kit: Any) -> None:
    error = pickle.loads(pickle.dumps(failure(kit, answer(404, {"code": 1}), NotFoundError)))
    assert (error.response.json(), error.response.content) == ({"code": 1}, b'{"code": 1}')
    with pytest.raises(RuntimeError, match=r"unpickled.*json\(\)"):
        error.response.parse()


def test_a_streaming_view_without_with_says_so(kit: Any) -> None:
    opening = kit.client().things.with_streaming_response.get("1")
    for name in ("parse", "headers"):
        with pytest.raises(AttributeError, match=f"{name}.*with statement"):
            getattr(opening, name)
    assert kit.server.received == []


def test_a_redirect_to_no_url_is_a_connection_error(kit: Any) -> None:
    failure(kit, answer(302, b"", {"location": f"http://{'a' * 300}.xn--zz/"}), APIConnectionError)
