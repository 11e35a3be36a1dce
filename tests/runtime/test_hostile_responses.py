"""What a server writes reaches messages escaped and cut, and errors can be pickled whatever they hold."""

from __future__ import annotations

import encodings
import json
import logging
import pickle
from contextlib import suppress
from typing import Any

import pytest
from server import answer, raw_bytes

from clientsmith.runtime.errors import APIError, APIResponseValidationError, BadRequestError

HOSTILE = {
    "line ends": "a\r\nb\n2026 INFO paid",
    "escape": "\x1b[31mred\x1b[0m \x9b31m",
    "bell and backspace": "a\x07\x08b\x00c\x7f",
    "bidi": "a\u202egnp.exe\u2066\u2069\u200f",
    "zero width": "a\u200bb\ufeffc\u2060\u200d",
    "line separators": "a\u2028b\u2029c\x85d\x0bd",
    "tags": "a\U000e0041\U000e0042",
}
UNPRINTABLE = ("message", "detail", "title", "error", "error_description")


def is_clean(text: str) -> bool:
    return text.isprintable() and len(text) < 1100


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_text_of_a_response_is_escaped(kit: Any, text: str) -> None:
    bodies = [{place: text} for place in UNPRINTABLE]
    bodies += [text, {"error": text, "error_description": text}, {"title": text, "detail": text}]
    bodies += [{"detail": [{"loc": ["body", text], "msg": text}]}, {"errors": [{"message": text}]}]
    client = kit.client()
    for body in bodies:
        kit.server.script = [answer(400, body)]
        error = kit.fails(BadRequestError, lambda: client.things.get("1"))
        assert is_clean(str(error)), str(error)
        assert is_clean(repr(error))
        assert error.body == body


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_plain_text_is_escaped(kit: Any, text: str) -> None:
    kit.server.script = [answer(400, text.encode(), content_type="text/plain; charset=utf-8")]
    client = kit.client()
    assert is_clean(str(kit.fails(BadRequestError, lambda: client.things.get("1"))))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_place_of_a_wrong_value_is_escaped(kit: Any, text: str) -> None:
    kit.server.default = answer(200, {"id": "1", text: 5, "name": {text: text}})
    client = kit.client(strict=True)
    assert is_clean(str(kit.fails(APIResponseValidationError, lambda: client.things.get("1"))))


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 \x1b[31m\xff\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 \x1b[31mno\r\n\r\n",
        b"\x1b]0;title\x07" * 5000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;\xff\xfe" + b"a" * 60_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX\x1b: 1\r\n\r\n{}",
        b"HTTP/1.1 302 OK\r\nLocation: ftp://\xff\xfe/" + b"a" * 60_000 + b"\r\n\r\n",
        b"HTTP/1.1 302 OK\r\nLocation: /" + b"a" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_is_no_message_at_all_is_escaped_and_cut(kit: Any, data: bytes) -> None:
    kit.server.script = [raw_bytes(data), answer(400, {"message": "x"})]
    client = kit.client(max_retries=0)
    assert is_clean(str(kit.fails(APIError, lambda: client.things.get("1"))))


@pytest.mark.parametrize("place", UNPRINTABLE)
def test_a_long_message_is_cut(kit: Any, place: str) -> None:
    kit.server.script = [answer(400, {place: "m" * 500_000})]
    client = kit.client()
    error = kit.fails(BadRequestError, lambda: client.things.get("1"))
    assert "mmm..." in str(error)
    assert str(error).endswith("(GET /v1/things/1)")
    assert is_clean(str(error))


DEEP = {
    "lists": b"[" * 5000 + b"]" * 5000,
    "objects": b'{"child":' * 5000 + b"{}" + b"}" * 5000,
    "shallow enough for most": b'{"child":' * 700 + b"{}" + b"}" * 700,
    "messages": b'{"errors":[' * 400 + b"{}" + b"]}" * 400,
}


@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("status", [200, 404, 422, 500])
def test_errors_and_raw_responses_of_any_depth_can_be_pickled(kit: Any, content: bytes, status: int) -> None:
    kit.server.default = answer(status, content)
    client = kit.client(strict=True, max_retries=0)
    try:
        error: Any = None
        kit.run(client.things.get("1"))
    except APIError as caught:
        error = caught
    if error is not None:
        copied = pickle.loads(pickle.dumps(error))
        assert (type(copied), str(copied), copied.status_code) == (type(error), str(error), status)
        assert copied.response.content == content
        assert (copied.body is None) == (error.body is None)
    if status == 200:
        raw = pickle.loads(pickle.dumps(kit.run(client.things.with_raw_response.get("1"))))
        assert raw.content == content


def test_a_body_of_usual_depth_is_pickled_with_its_error(kit: Any) -> None:
    kit.server.default = answer(404, {"message": "no", "code": 7})
    client = kit.client()
    error = kit.fails(APIError, lambda: client.things.get("1"))
    copied = pickle.loads(pickle.dumps(error))
    assert json.dumps(copied.body) == json.dumps(error.body)
    assert copied.error == error.error is not None


CODECS = ["punycode", "unicode_escape", "idna", "hex"]
"""Codecs of Python that are no charsets."""


@pytest.mark.parametrize("name", ["x" * 50_000, "no-such-charset", "a.b", "é", *CODECS])
def test_a_charset_that_is_none_is_read_as_utf_8_and_not_kept(kit: Any, name: str) -> None:
    """Python keeps each name that it looks up; some of its codecs take quadratic time, or warn."""
    known = set(encodings._cache)  # type: ignore[attr-defined]
    kit.server.default = answer(400, "\\d\xe4".encode(), content_type=f"text/plain; charset={name}")
    client = kit.client()
    assert kit.fails(BadRequestError, lambda: client.things.get("1")).body == "\\d\xe4"
    assert set(encodings._cache) - known <= set(CODECS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["ISO-8859-1", "windows-1252", "latin1", "8859"])
def test_a_charset_that_python_knows_is_read(kit: Any, name: str) -> None:
    kit.server.default = answer(400, b"\xe4", content_type=f"text/plain; charset={name}")
    assert kit.fails(BadRequestError, lambda: kit.client().things.get("1")).body == "\xe4"


@pytest.mark.parametrize("location", ["/v1/\x1b[31mred\x07", "/v1/\u202eabc", "/v1/" + "a" * 40_000])
def test_what_a_server_redirects_to_is_escaped_and_cut_in_the_log(kit: Any, caplog: Any, location: str) -> None:
    caplog.set_level(logging.DEBUG, "sample_client")
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    kit.server.script = [raw_bytes(head.encode())]
    with suppress(APIError):
        kit.call(kit.client(max_retries=0), "get", "1")
    lines = [record.getMessage() for record in caplog.records if record.name == "sample_client"]
    assert lines
    assert all(is_clean(line) for line in lines)
