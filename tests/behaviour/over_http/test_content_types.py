"""Case `op_content_types`: what is read beside JSON, what parts hold, and how parameters with `content` are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

READ: list[tuple[str, bytes, Any]] = [
    ("application/json", b'{"rows": 3}', {"rows": 3}),
    ("application/problem+json", b'{"rows": 3}', {"rows": 3}),
    ("", b'{"rows": 3}', {"rows": 3}),
    ("text/csv; charset=utf-8; header=present", b"a,b\n", "a,b\n"),
    ("TEXT/CSV", b"a", "a"),
    ("image/png", b"\x89PNG", b"\x89PNG"),
    ("application/xml", b"<a/>", "<a/>"),
]


@pytest.mark.parametrize(("content_type", "body", "expected"), READ, ids=str)
def test_what_is_declared_beside_json_is_read_by_its_content_type(
    talk: Talk, content_type: str, body: bytes, expected: Any
) -> None:
    talk.answer(answer(200, body, content_type=content_type))
    found = talk.run(talk.client("op_content_types").content.report())
    assert (found.to_dict() if isinstance(expected, dict) else found) == expected
    assert talk.request.header("accept") == "application/json, text/csv;q=0.9, application/xml;q=0.9, image/*;q=0.9"


ACCEPTED = {
    "word": "application/json, text/plain;q=0.9",
    "versions": "application/vnd.a+json; version=1, application/vnd.a+json; version=2;q=0.9",
    "any_text": "application/json, */*;q=0.9",
    "count": "text/plain",
    "scan": "text/*, image/png;q=0.9",
    "moment": "application/json, */*;q=0.5",
}
READ_BY_CONTENT_TYPE: list[tuple[str, str, bytes, Any]] = [
    ("word", "text/plain; charset=utf-8", b"red", "red"),
    ("word", "text/plain", b"green", "green"),
    ("word", "application/json", b'"red"', "red"),
    ("word", "text/json", b'"red"', "red"),
    ("versions", 'application/vnd.a+json; charset=utf-8; version="1"', b'{"rows": 3}', {"rows": 3}),
    ("versions", "application/vnd.a+json;version=2", b"7", 7),
    ("versions", "application/vnd.a+json", b'{"rows": 3}', {"rows": 3}),
    ("any_text", "application/json", b'{"rows": 3}', {"rows": 3}),
    ("any_text", "application/hal+json", b'{"rows": 3}', {"rows": 3}),
    ("any_text", "text/plain", b'{"rows": 3}', '{"rows": 3}'),
    ("any_text", "application/xml", b"<a/>", "<a/>"),
    ("count", "text/plain", b" 12\n", 12),
    ("count", "text/plain", b"many", "many"),
    ("scan", "image/png", b"\x89PNG", b"\x89PNG"),
    ("scan", "text/html; charset=iso-8859-1", b"\xe4", "ä"),
    ("moment", "text/plain", b"2026-01-02", date(2026, 1, 2)),
    ("moment", "application/json", b'"2026-01-02"', date(2026, 1, 2)),
    ("moment", "application/json", b"null", None),
    ("moment", "", b'"2026-01-02"', date(2026, 1, 2)),
    ("moment", "", b"2026-01-02", date(2026, 1, 2)),
    ("moment", "text/plain", b"today", "today"),
]


@pytest.mark.parametrize(("method", "content_type", "body", "expected"), READ_BY_CONTENT_TYPE, ids=str)
def test_any_declared_media_type_is_read_by_the_content_type(
    talk: Talk, method: str, content_type: str, body: bytes, expected: Any
) -> None:
    talk.answer(answer(200, body, content_type=content_type))
    found = talk.run(getattr(talk.client("op_content_types").content, method)())
    assert (found.to_dict() if isinstance(expected, dict) else found) == expected
    assert talk.request.header("accept") == ACCEPTED[method]


@pytest.mark.parametrize("content_type", ["text/html", "application/soap+xml", "application/pdf"])
def test_what_is_not_declared_as_other_data_has_to_be_json(talk: Talk, content_type: str) -> None:
    talk.answer(answer(200, b"<html>", content_type=content_type))
    with pytest.raises(case_packages.client("op_content_types").APIResponseValidationError, match="no valid JSON"):
        talk.run(talk.client("op_content_types").content.report())


@pytest.mark.parametrize("status", [204, 205])
def test_a_status_without_content_gives_nothing_whatever_is_declared(talk: Talk, status: int) -> None:
    talk.answer(answer(status, headers={"content-type": "application/json"}))
    assert talk.run(talk.client("op_content_types").content.report()) is None


def test_what_was_not_modified_is_a_status_without_a_body(talk: Talk) -> None:
    talk.answer(answer(304, headers={"content-type": "application/json", "etag": "a"}))
    with pytest.raises(case_packages.client("op_content_types").APIStatusError, match="304 Not Modified") as caught:
        talk.run(talk.client("op_content_types").content.report(extra_headers={"if-none-match": "a"}))
    assert (caught.value.body, caught.value.response.content) == (None, b"")


def test_any_media_type_and_a_schema_without_type_are_raw_bytes(talk: Talk) -> None:
    talk.answer(answer(200, b'{"a": 1}'))
    assert talk.run(talk.client("op_content_types").content.anything(body=b"\x00\xff")) == b'{"a": 1}'
    assert talk.request.body == b"\x00\xff"
    assert talk.request.header("content-type") == "application/octet-stream"


def parts_of(talk: Talk) -> list[tuple[str, str, bytes]]:
    """Give name, content type and content of each part."""
    boundary = talk.request.header("content-type").partition("boundary=")[2].encode()
    found = []
    for part in talk.request.body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        fields = head.decode()
        name = fields.partition('name="')[2].partition('"')[0]
        found.append((name, fields.partition("Content-Type: ")[2].partition("\r\n")[0], content))
    return found


def test_parts_say_what_they_hold_and_have_the_styles_of_their_encoding(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(
        talk.client("op_content_types").content.send_parts(
            scan=b"%PDF",
            photos=[b"1", ("b.jpg", b"2", "image/jpeg")],
            note="*so*",
            cover=b"GIF",
            any_file=("a.txt", b"words"),
            place={"x": 1, "y": 2},
            size={"w": 3, "h": 4},
            tags=["a b", "c&d"],
        )
    )
    assert parts_of(talk) == [
        ("scan", "application/x-pdf", b"%PDF"),
        ("photos", "image/png", b"1"),
        ("photos", "image/jpeg", b"2"),
        ("note", "text/markdown", b"*so*"),
        ("cover", "image/gif", b"GIF"),
        ("any_file", "text/plain", b"words"),
        ("place[x]", "", b"1"),
        ("place[y]", "", b"2"),
        ("w", "", b"3"),
        ("h", "", b"4"),
        ("tags", "", b"a b|c&d"),
    ]


def test_parameters_with_content_are_written_in_their_media_type(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(
        talk.client("op_content_types").content.parameters(
            xml="<a>1</a>", form={"a": 1, "b": "x&y"}, text="a b", json="a", x_text='"as it is"', count=5
        )
    )
    assert talk.request.query == ("xml=%3Ca%3E1%3C%2Fa%3E&form=a%3D1%26b%3Dx%2526y&text=a%20b&json=%22a%22")
    assert talk.request.header("x-text") == '"as it is"'
    assert talk.request.header("cookie") == "count=5"
