"""Case `op_json_sequences`: records of JSON text sequences, and ranges that the Content-Type explains."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def rows(talk: Talk) -> Any:
    return talk.client("op_json_sequences").rows


@pytest.mark.parametrize(
    "body",
    [
        b'\x1e{"id": 1}\n\x1e{"id": 2}\n',
        b'\x1e{\n  "id": 1\n}\n\x1e{"id":\n2}',
        b'\x1e\x1e{"id": 1}\n\x1e\n\x1e{"id": 2}\n\x1e',
        b'{"id": 1}\x1e{"id": 2}',
    ],
)
def test_records(talk: Talk, body: bytes) -> None:
    talk.answer(answer(200, body, content_type="application/json-seq"))
    assert [row.id for row in talk.collect(rows(talk).list())] == [1, 2]
    assert dict(talk.request.headers)["Accept"] == "application/json-seq"


def test_a_record_that_is_no_json_is_an_error(talk: Talk) -> None:
    talk.answer(answer(200, b'\x1e{"id": 1}\n\x1e{"id":', content_type="application/json-seq"))
    with pytest.raises(Exception, match="in a part of the response"):
        talk.collect(rows(talk).list())


def test_a_body_is_a_sequence(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(rows(talk).create(body=[{"id": 1}, {"id": 2}]))
    assert talk.request.body == b'\x1e{"id":1}\n\x1e{"id":2}\n'
    assert dict(talk.request.headers)["Content-Type"] == "application/geo+json-seq"


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"hello", "text/plain;charset=UTF-8", "hello"),
        (b"123", "text/plain", "123"),
        (b'"hello"', "application/json", "hello"),
        (b"<p>", "text/html", "<p>"),
    ],
)
def test_a_range_is_read_by_the_content_type(talk: Talk, body: bytes, content_type: str, expected: str) -> None:
    talk.answer(answer(200, body, content_type=content_type))
    assert talk.run(rows(talk).name()) == expected
    assert "*/*" in dict(talk.request.headers)["Accept"]


def test_a_union_in_a_range_is_read_by_the_content_type(talk: Talk) -> None:
    talk.answer(answer(200, b'{"id": 1}'), answer(200, b"{none}", content_type="text/plain"))
    assert talk.run(rows(talk).note()).id == 1
    assert talk.run(rows(talk).note()) == "{none}"
