"""Cases `op_bodies` and `op_files`: what is in the body, and what it says it is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer, chunked

DONE = answer(204)


def sent(talk: Talk, method: str, **arguments: Any) -> tuple[str | None, bytes]:
    """Call a method of `bodies`; give content type and body of the request."""
    talk.answer(DONE)
    assert talk.run(getattr(talk.client("op_bodies").bodies, method)(**arguments)) is None
    return talk.request.header("Content-Type"), talk.request.body


def test_json(talk: Talk) -> None:
    content_type, body = sent(talk, "send_json", id=1, name="Rex")
    assert (content_type, json.loads(body)) == ("application/json", {"id": 1, "name": "Rex"})


def test_vendor_json_and_null(talk: Talk) -> None:
    content_type, body = sent(talk, "send_vendor", name=None)
    assert (content_type, json.loads(body)) == ("application/merge-patch+json", {"name": None})


def test_a_list_of_typed_dicts_and_models(talk: Talk) -> None:
    pet = case_packages.client("op_bodies").types.Pet(id=2, name="Tom")
    _, body = sent(talk, "send_list", body=[{"id": 1}, pet])
    assert json.loads(body) == [{"id": 1}, {"id": 2, "name": "Tom"}]


@pytest.mark.parametrize("value", [{"id": 1}, "Rex"])
def test_either_of_two(talk: Talk, value: object) -> None:
    _, body = sent(talk, "send_either", body=value)
    assert json.loads(body) == value


def test_form(talk: Talk) -> None:
    content_type, body = sent(talk, "send_form", name="a b&c", tags=["x", "y"], meta={"a_b": "é"})
    assert content_type == "application/x-www-form-urlencoded"
    assert parse_qsl(body.decode()) == [("name", "a b&c"), ("tags", "x,y"), ("meta", '{"aB":"é"}')]


def test_text(talk: Talk) -> None:
    talk.answer(answer(200, "größer".encode(), content_type="text/plain; charset=utf-8"))
    assert talk.run(talk.client("op_bodies").bodies.send_text(body="größe")) == "größer"
    assert (talk.request.header("Content-Type") or "").startswith("text/plain")
    assert talk.request.body.decode() == "größe"
    assert talk.request.header("Accept") == "text/plain, */*;q=0.5"


@pytest.mark.parametrize("make", [lambda: "<pet/>", lambda: b"<pet/>", lambda: io.BytesIO(b"<pet/>")])
def test_xml_is_text(talk: Talk, make: Any) -> None:
    talk.answer(answer(200, b"<pet id='2'/>", content_type="application/xml"))
    assert talk.run(talk.client("op_bodies").bodies.send_xml(body=make())) == "<pet id='2'/>"
    assert talk.request.header("Content-Type") == talk.request.header("Accept") == "application/xml"
    assert talk.request.body == b"<pet/>"


def test_a_choice_of_media_types(talk: Talk) -> None:
    assert sent(talk, "send_choice", body={"id": 1})[0] == "application/json"
    octets = sent(talk, "send_choice", body=b"\x00\x01", content_type="application/octet-stream")
    assert octets == ("application/octet-stream", b"\x00\x01")


def parts(talk: Talk) -> list[Message]:
    """Read the multipart body of the request with the standard library's parser."""
    head = f"Content-Type: {talk.request.header('Content-Type')}\r\n\r\n".encode()
    payload = message_from_bytes(head + talk.request.body).get_payload()
    assert isinstance(payload, list)
    return [part for part in payload if isinstance(part, Message)]


def described(part: Message) -> tuple[object, str | None, str, object]:
    name = part.get_param("name", header="content-disposition")
    return name, part.get_filename(), part.get_content_type(), part.get_payload(decode=True)


def test_multipart_with_several_files(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text("2")
    meta = {"taken_at": datetime(2026, 1, 2, tzinfo=UTC)}
    more = [io.BytesIO(b"1"), tmp_path / "two.txt", ("three.bin", b"3", "application/x-three")]
    client = talk.client("op_files")
    pet = talk.run(client.files.upload(file=("cat.png", b"\x89PNG"), more=more, meta=meta, note="é"))
    assert pet.id == "1"
    file, first, second, third, as_json, note = parts(talk)
    assert described(file) == ("file", "cat.png", "image/png", b"\x89PNG")
    assert described(first)[0::3] == ("more", b"1")
    assert described(second) == ("more", "two.txt", "text/plain", b"2")
    assert described(third) == ("more", "three.bin", "application/x-three", b"3")
    assert described(as_json) == ("meta", None, "application/json", b'{"takenAt":"2026-01-02T00:00:00Z"}')
    assert described(note)[0::3] == ("note", "é".encode())


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("cat.jpg", "image/jpeg"),
        ("cat.png", "image/png"),
        ("cat.txt", "image/png"),
        (None, "image/png"),
    ],
)
def test_the_name_of_a_file_chooses_of_the_types_allowed(talk: Talk, file: str | None, content_type: str) -> None:
    talk.run(talk.client("op_files").files.upload(file=(file, b"content") if file else b"content"))
    (part,) = parts(talk)
    assert part.get_content_type() == content_type


def test_a_part_may_have_headers_and_a_type_of_its_own(talk: Talk) -> None:
    talk.run(talk.client("op_files").files.upload(file=("cat.gif", b"G", "image/webp", {"X-Size": "1"})))
    (part,) = parts(talk)
    assert (part.get_content_type(), part["X-Size"]) == ("image/webp", "1")


def pieces() -> Iterator[bytes]:
    yield b"one "
    yield b"two"


@pytest.mark.parametrize("make", [lambda: b"one two", lambda: io.BytesIO(b"one two"), pieces])
def test_octet_stream(talk: Talk, make: Any) -> None:
    talk.run(talk.client("op_files").files.replace("f", body=make()))
    assert talk.request.header("Content-Type") == "application/octet-stream"
    assert (talk.request.method, talk.request.path, talk.request.body) == ("PUT", "/v1/files/f", b"one two")


def test_download_as_bytes(talk: Talk) -> None:
    talk.answer(answer(200, b"\x00\xff", content_type="application/octet-stream"))
    assert talk.run(talk.client("op_files").files.download("f")) == b"\x00\xff"


def test_download_piece_by_piece(talk: Talk) -> None:
    talk.answer(chunked([b"ab", b"cd"], content_type="application/octet-stream"))
    opened = talk.client("op_files").files.with_streaming_response.download("f")
    assert b"".join(talk.within(opened, lambda response: response.iter_bytes())) == b"abcd"
