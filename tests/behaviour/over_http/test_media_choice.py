"""Case `op_media_choice`: the caller chooses the media type where the document leaves a choice."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def sent(talk: Talk, method: str, *arguments: Any, **named: Any) -> tuple[str, bytes]:
    """Call a method; give the media type and the body that went out."""
    talk.answer(answer(204))
    talk.run(getattr(talk.client("op_media_choice").choices, method)(*arguments, **named))
    headers = {name.lower(): value for name, value in talk.request.headers}
    return headers.get("content-type", ""), talk.request.body


@pytest.mark.parametrize(
    ("method", "arguments", "expected"),
    [
        ("patch_it", {"body": [{}]}, ("application/json-patch+json", b"[{}]")),
        (
            "patch_it",
            {"body": {"name": None}, "content_type": "application/merge-patch+json"},
            ("application/merge-patch+json", b'{"name":null}'),
        ),
        ("versions", {"name": "x"}, ("application/json; version=1", b'{"name":"x"}')),
        (
            "versions",
            {"name": "x", "content_type": "application/json; version=2"},
            ("application/json; version=2", b'{"name":"x"}'),
        ),
        ("picture", {"body": b"x"}, ("image/png", b"x")),
        ("picture", {"body": b"x", "content_type": "image/jpeg"}, ("image/jpeg", b"x")),
        ("any", {"body": {"name": "x"}}, ("application/json", b'{"name":"x"}')),
        ("any", {"body": b"x", "content_type": "image/webp"}, ("image/webp", b"x")),
    ],
)
def test_choices(talk: Talk, method: str, arguments: dict[str, Any], expected: tuple[str, bytes]) -> None:
    assert sent(talk, method, **arguments) == expected


@pytest.mark.parametrize(
    ("client", "method", "name", "content_type"),
    [
        ("op_media_choice", "picture", "a.jpg", "image/jpeg"),
        ("op_media_choice", "picture", "a.PNG", "image/png"),
        ("op_media_choice", "picture", "a.gif", "image/png"),
        ("op_media_choice", "picture", "a", "image/png"),
        ("op_content_types", "anything", "a.gif", "image/gif"),
        ("op_content_types", "anything", "a.unknown", "application/octet-stream"),
    ],
)
def test_the_name_of_a_file_chooses_its_media_type(
    talk: Talk, tmp_path: Path, client: str, method: str, name: str, content_type: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    made = talk.client(client)
    send = getattr(made.choices if client == "op_media_choice" else made.content, method)
    with path.open("rb") as file:
        for body in (path, file):
            talk.answer(answer(200, b"x"))
            talk.run(send(body=body))
            assert (talk.request.header("content-type"), talk.request.body) == (content_type, b"x")
    talk.answer(answer(200, b"x"))
    talk.run(send(body=path, content_type="image/png"))
    assert talk.request.header("content-type") == "image/png"


def test_spellings_of_one_schema_are_no_choice(talk: Talk) -> None:
    method = talk.client("op_media_choice").choices.spellings
    assert "content_type" not in inspect.signature(method).parameters
    assert sent(talk, "spellings", name="x") == ("application/json", b'{"name":"x"}')


def test_a_body_with_a_file_is_multipart(talk: Talk) -> None:
    content_type, body = sent(talk, "widget", name="x", image=b"\x89PNG")
    assert content_type.startswith("multipart/form-data")
    assert b"\r\n\r\n\x89PNG\r\n" in body


def test_files_of_a_component(talk: Talk) -> None:
    _, body = sent(talk, "files", files=[("a.txt", b"x", "text/plain"), b"y"], some=[("b.txt", b"z")])
    assert [text in body for text in (b'filename="a.txt"', b"\r\n\r\ny\r\n", b'filename="b.txt"')] == [True] * 3


@pytest.mark.parametrize(
    ("path", "q", "target"),
    [
        ("v1;a=b@c:d,e!f", "a/b%20c", "/v1/files/v1;a=b@c:d,e!f?q=a/b%20c"),
        ("a/b?c#d%2Fe", "100%", "/v1/files/a%2Fb%3Fc%23d%2Fe?q=100%25"),
    ],
)
def test_reserved_characters_pass(talk: Talk, path: str, q: str, target: str) -> None:
    sent(talk, "file", path, q=q)
    assert talk.request.target == target


@pytest.mark.parametrize("path", ["..", "%2e%2e", "%252e"])
def test_reserved_characters_make_no_dots(talk: Talk, path: str) -> None:
    with pytest.raises(ValueError, match="must not make the segment"):
        sent(talk, "file", path)


@pytest.mark.parametrize("blob", [b"abc", "YWJj"])
def test_bytes_in_base64_are_fields(talk: Talk, blob: object) -> None:
    _, body = sent(talk, "encoded", blob=blob, blobs=[b"x", b"y"], maybe=b"z")
    head = b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert body.count(head) == 4
    assert all(head + text + b"\r\n" in body for text in (b"YWJj", b"eA==", b"eQ==", b"eg=="))
    assert b"filename" not in body


def test_objects_in_a_form_are_json(talk: Talk) -> None:
    _, body = sent(talk, "form", id="a&b", named={"name": "c d"}, all=[{"name": "1"}, {"name": "2"}])
    pairs = [("id", "a&b"), ("named", '{"name":"c d"}'), ("all", '{"name":"1"}'), ("all", '{"name":"2"}')]
    assert parse_qsl(body.decode()) == pairs


def test_a_query_string_that_is_a_form(talk: Talk) -> None:
    sent(talk, "find", a=1, b=["x y", "z"], named={"name": "n"})
    assert parse_qsl(talk.request.query) == [("a", "1"), ("b", "x y"), ("b", "z"), ("named", '{"name":"n"}')]
