"""Commands of curl, run: they send what the client sends, and no text of a document makes curl read a file."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.reference.surfaces import surface_of

from clientsmith.data.api import Parameter, PartEncoding
from clientsmith.data.client import Client
from clientsmith.data.styles import STYLES
from clientsmith.runtime.cookies import cookie_text as runtime_cookie
from clientsmith.runtime.forms import FormBody
from clientsmith.runtime.parameters import header_text as runtime_header
from clientsmith.runtime.parameters import query_string
from clientsmith.runtime.queries import NestedQuery
from clientsmith.runtime.query_strings import EachItem, QueryString
from clientsmith.runtime.styles import ContentStyle, Separated, Style
from clientsmith.targets.reference.curl import CurlExamples
from clientsmith.targets.reference.wire_values import cookie_text, form_pairs, header_text, query_pairs

HOSTILE = ("@secret", "<secret", "a;type=x", '"@secret";filename="x"', "a=@secret", "(", "-K secret", "it's\n@secret")
NEEDS_CURL = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl")


class Request:
    """What the server has received."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.verb, self.headers = handler.command, handler.headers
        self.path, _, self.query = handler.path.partition("?")
        self.body = handler.rfile.read(int(self.headers.get("Content-Length", 0)))

    def parts(self) -> list[tuple[str, str | None, str | None, bytes]]:
        """Give name, file name, media type and content of each part."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = message_from_bytes(head + self.body)
        return [_part(part) for part in message.get_payload() if isinstance(part, Message)]


def _part(part: Message) -> tuple[str, str | None, str | None, bytes]:
    name = part.get_param("name", header="Content-Disposition")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(name), part.get_filename(), part["Content-Type"], content


class Recorder:
    """A server on the loopback interface that keeps the last request."""

    def __init__(self) -> None:
        self.last: Request | None = None
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                recorder.last = Request(self)
                self.send_response(200)
                self.send_header("Content-Length", "4")
                self.end_headers()
                self.wfile.write(b"sent" if self.command != "HEAD" else b"")

            do_GET = do_POST = do_PUT = do_HEAD = handle_any

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def command(
    folder: Path,
    url: str,
    operation: dict[str, Any],
    verb: str = "post",
    path: str = "/things",
    version: str = "3.1.0",
) -> str:
    """Write the command for the only operation of a document."""
    operation = {"operationId": "send", "responses": {"200": {"description": "sent"}}, **operation}
    document = {
        "openapi": version,
        "info": {"title": "Package", "version": "1"},
        "servers": [{"url": url}],
        "paths": {path: {verb: operation}},
    }
    (folder / "spec.json").write_text(json.dumps(document), "utf-8")
    surface = surface_of(folder / "spec.json")
    (call,) = (call for resource in surface.all_resources() for call in resource.calls)
    return CurlExamples(surface).of(call)


def run(folder: Path, script: str) -> None:
    """Paste a command into a shell, where there are a file to upload and one that is nobody's business."""
    (folder / "file").write_bytes(b"content")
    (folder / "secret").write_bytes(b"private")
    ran = subprocess.run(
        [shutil.which("bash") or "bash", "-c", script.replace("curl ", "curl -q -sS --noproxy '*' ", 1)],
        cwd=folder,
        env={"PATH": str(Path(shutil.which("curl") or "").parent), "HOME": str(folder)},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b""), (script, ran.stderr)


def body(media_type: str, properties: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema, **encoding}}}}


# --- no file is read -------------------------------------------------------------------------------------------------


@NEEDS_CURL
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_sent_as_it_is(text: str, tmp_path: Path, recorder: Recorder) -> None:
    properties: dict[str, Any] = {
        "who": {"type": "string", "examples": [text]},
        text: {"type": "string", "examples": ["it"]},
    }
    run(tmp_path, command(tmp_path, recorder.url, body("application/x-www-form-urlencoded", properties)))
    assert recorder.last is not None
    assert sorted(parse_qsl(recorder.last.body.decode(), True)) == sorted([("who", text), (text, "it")])

    encoding = {"typed": {"contentType": "text/csv"}}
    properties = {name: {"type": "string", "examples": [text]} for name in ("who", "typed")}
    properties["json"] = {"type": "object", "examples": [{"a": text}]}
    run(tmp_path, command(tmp_path, recorder.url, body("multipart/form-data", properties, encoding=encoding)))
    found = {name: (file_name, media_type, content) for name, file_name, media_type, content in recorder.last.parts()}
    assert found["who"] == (None, None, text.encode())
    assert found["typed"] == (None, "text/csv", text.encode())
    assert (found["json"][:2], json.loads(found["json"][2])) == ((None, "application/json"), {"a": text})

    run(tmp_path, command(tmp_path, recorder.url, body("application/json", dict(list(properties.items())[:1]))))
    assert json.loads(recorder.last.body) == {"who": text}


@NEEDS_CURL
@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_a_part_names_no_file(name: str, tmp_path: Path, recorder: Recorder) -> None:
    properties = {
        name: {"type": "string", "format": "binary"},
        f"json {name}": {"type": "object", "examples": [{}]},
    }
    run(tmp_path, command(tmp_path, recorder.url, body("multipart/form-data", properties)))
    assert recorder.last is not None
    assert b"private" not in recorder.last.body
    assert [(file_name, content) for _, file_name, _, content in recorder.last.parts()] == [
        ("file", b"content"),
        (None, b"{}"),
    ]


@NEEDS_CURL
@pytest.mark.parametrize("text", [text for text in HOSTILE if "\n" not in text])
def test_headers_and_cookies_read_no_file(text: str, tmp_path: Path, recorder: Recorder) -> None:
    schema = {"type": "string", "examples": [text]}
    parameters = [
        {"name": "X-Text", "in": "header", "required": True, "schema": schema},
        {"name": "text", "in": "cookie", "required": True, "schema": schema},
        {"name": "empty", "in": "query", "required": True, "schema": {"type": "array", "examples": [[]]}},
    ]
    run(tmp_path, command(tmp_path, recorder.url, {"parameters": parameters}, "get"))
    assert recorder.last is not None
    assert recorder.last.headers["X-Text"] == text
    assert recorder.last.headers["Cookie"] == runtime_cookie("text", text, None)
    assert "private" not in str(recorder.last.headers)


@pytest.mark.parametrize("text", ["@/etc/passwd", "</etc/passwd", "a;type=x"])
def test_no_option_begins_with_what_names_a_file(text: str, tmp_path: Path) -> None:
    """Whatever curl is there: options that read files have values that cannot name one."""
    schema = {"type": "string", "examples": [text]}
    found = [
        command(tmp_path, "https://example.com", body(media_type, {"who": schema, text: schema}))
        for media_type in ("multipart/form-data", "application/x-www-form-urlencoded", "application/json")
    ]
    parameters = [
        {"name": text, "in": place, "required": True, "schema": schema} for place in ("query", "header", "cookie")
    ]
    found.append(command(tmp_path, "https://example.com", {"parameters": parameters}, "get"))
    for words in map(shlex.split, found):
        for option, given in pairwise(words):
            assert option != "-F", given
            assert option not in ("-d", "-H") or not given.startswith(("@", "<")), given
            assert option not in ("-b", "--data-urlencode") or "=" in given, given
            assert option != "--data-urlencode" or "@" not in given.partition("=")[0]


# --- uploads, downloads, streams -------------------------------------------------------------------------------------


@NEEDS_CURL
def test_what_a_part_is_decides_how_it_is_sent(tmp_path: Path, recorder: Recorder) -> None:
    binary = {"type": "string", "format": "binary"}
    properties = {
        "file": binary,
        "files": {"type": "array", "items": binary},
        "tags": {"type": "array", "items": {"type": "string"}, "examples": [["a", "b"]]},
        "points": {"type": "array", "items": {"type": "object"}, "examples": [[{"x": 1}, {"x": 2}]]},
        "image": binary,
    }
    encoding = {"image": {"contentType": "image/png"}}
    script = command(tmp_path, recorder.url, body("multipart/form-data", properties, encoding=encoding))
    assert "-F 'file=@file'" in script
    run(tmp_path, script)
    assert recorder.last is not None
    found = recorder.last.parts()
    assert [(name, content) for name, _, _, content in found] == [
        ("file", b"content"), ("files", b"content"), ("tags", b"a"), ("tags", b"b"),
        ("points", b'{"x":1}'), ("points", b'{"x":2}'), ("image", b"content"),
    ]  # fmt: skip
    assert found[-1][1:3] == ("file", "image/png")
    assert {media_type for name, _, media_type, _ in found if name == "points"} == {"application/json"}


BINARY = {"type": "string", "format": "binary"}
UPLOAD: dict[str, Any] = {"type": "object", "properties": {"file": BINARY, "name": {"type": "string"}}}
LINKED: dict[str, Any] = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}}


@NEEDS_CURL
@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (UPLOAD, [("file", b"content"), ("name", b"name")]),
        ({"oneOf": [UPLOAD, LINKED]}, [("file", b"content"), ("name", b"name")]),
        ({"oneOf": [LINKED, UPLOAD]}, [("url", b"url")]),
        ({"oneOf": [{**UPLOAD, "required": ["name"]}, LINKED]}, [("name", b"name")]),
        ({"type": "object", "additionalProperties": BINARY}, [("key", b"content")]),
    ],
    ids=["members", "first", "second", "required", "any-name"],
)
def test_a_multipart_body_has_parts_however_it_is_passed(
    schema: dict[str, Any], expected: list[tuple[str, bytes]], tmp_path: Path, recorder: Recorder
) -> None:
    content = {"multipart/form-data": {"schema": schema}}
    run(tmp_path, command(tmp_path, recorder.url, {"requestBody": {"required": True, "content": content}}))
    assert recorder.last is not None
    assert sorted((name, sent) for name, _, _, sent in recorder.last.parts()) == sorted(expected)


@NEEDS_CURL
@pytest.mark.parametrize("text", HOSTILE)
def test_parts_without_names_have_the_types_of_their_places(text: str, tmp_path: Path, recorder: Recorder) -> None:
    image: dict[str, Any] = {"contentMediaType": "image/png"}
    media = {
        "schema": {"type": "array", "prefixItems": [{"type": "object"}, image], "items": {"type": "string"}},
        "example": [{"a": text}, "an image", text],
        "prefixEncoding": [{"contentType": "application/x+json"}, {"contentType": "image/png, image/*"}],
    }
    operation = {"requestBody": {"required": True, "content": {"multipart/mixed": media}}}
    run(tmp_path, command(tmp_path, recorder.url, operation, version="3.2.0"))
    assert recorder.last is not None
    assert recorder.last.headers["Content-Type"].startswith("multipart/mixed; boundary=")
    (_, _, json_type, sent), *others = recorder.last.parts()
    assert (json_type, json.loads(sent)) == ("application/x+json", {"a": text})
    assert others == [("None", None, "image/png", b"content"), ("None", None, "text/plain", text.encode())]


@NEEDS_CURL
def test_a_download_is_stored_and_a_stream_is_printed(tmp_path: Path, recorder: Recorder) -> None:
    def returned(media_type: str) -> dict[str, Any]:
        content = {media_type: {"schema": {"type": "string"}}}
        return {"responses": {"200": {"description": "it", "content": content}}}

    script = command(tmp_path, recorder.url, returned("application/octet-stream"), "get")
    run(tmp_path, script)
    assert (tmp_path / "file").read_bytes() == b"sent"
    script = command(tmp_path, recorder.url, returned("text/event-stream"), "get")
    run(tmp_path, script)
    assert recorder.last is not None
    assert "-N" in shlex.split(script)
    assert recorder.last.headers["Accept"] == "text/event-stream"


@NEEDS_CURL
def test_head_and_literal_braces(tmp_path: Path, recorder: Recorder) -> None:
    run(tmp_path, command(tmp_path, f"{recorder.url}/[v1]", {}, "head"))
    assert recorder.last is not None
    assert (recorder.last.verb, recorder.last.path) == ("HEAD", "/[v1]/things")


# --- values are those of the client ----------------------------------------------------------------------------------

VALUES: tuple[Any, ...] = (
    "a b", "é,&=", 7, True, ["a", "b c"], [], [1, None, 2], {"a": 1, "b": "x y"}, {"a": {"b": ["c", "d"]}},
    [{"a": 1}, {"a": 2}], {"a": [{"b": None}]},
)  # fmt: skip
PLACES = [(place, style, explode) for place, styles in STYLES.items() for style in styles for explode in (True, False)]


def parameter(place: Any, style: Any, explode: bool, **more: Any) -> Parameter:
    absent: Any = None  # values are given here
    return Parameter(
        wire_name="na me",
        location=place,
        required=True,
        schema=absent,
        style=style,
        explode=explode,
        pointer=absent,
        **more,
    )


def client(objects: Any = "form", arrays: Any = "document") -> Client:
    absent: Any = None
    return Client(
        name="C",
        error_name="E",
        schemes=(),
        security=(),
        server=absent,
        query_objects=objects,
        query_arrays=arrays,
    )


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_of_queries(value: Any) -> None:
    for style, explode in [(s, e) for place, s, e in PLACES if place == "query"]:
        for reserved in (False, True):
            made = parameter("query", style, explode, allow_reserved=reserved)
            styles = {"na me": Style(style, explode, reserved)}
            assert "&".join(query_pairs(made, value, client())) == query_string({"na me": value}, styles, "form")
    usual = parameter("query", "form", True)
    for objects in ("form", "brackets", "dots"):
        assert "&".join(query_pairs(usual, value, client(objects))) == query_string({"na me": value}, {}, objects)
    arrays: Any
    for arrays in ("comma", "repeat", "brackets", "indices"):
        for query in (NestedQuery(arrays, "brackets"), NestedQuery(arrays, "dots")):
            written = query_string({"na me": value}, {}, query)
            assert "&".join(query_pairs(usual, value, client(query.objects, arrays))) == written
    for separators in ((",",), ("|",), ("\t", ","), ("&", "|")):
        made = parameter("query", "form", False, separators=separators)
        written = query_string({"na me": value}, {"na me": Separated(*separators)}, "form")
        assert "&".join(query_pairs(made, value, client())) == written
    for media_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        for options, runtime in (({}, ContentStyle), ({"is_each": True}, EachItem), ({"is_whole": True}, QueryString)):
            made = parameter("query", "form", True, content_type=media_type, **options)
            written = query_string({"na me": value}, {"na me": runtime(media_type)}, "form")
            assert "&".join(query_pairs(made, value, client())) == written


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_of_headers_cookies_and_forms(value: Any) -> None:
    for place, style, explode in PLACES:
        made = parameter(place, style, explode)
        if place == "header":
            assert header_text(made, value) == runtime_header(value, Style(style, explode))
            joined = replace(made, separators=("|",))
            assert header_text(joined, value) == runtime_header(value, Separated("|"))
        if place == "cookie":
            assert cookie_text(made, value) == runtime_cookie("na me", value, Style(style, explode))
    for part, styles in (
        (None, {}),
        (PartEncoding(wire_name="na me", style="pipeDelimited", explode=False), {"na me": Style("pipeDelimited")}),
        (PartEncoding(wire_name="na me", separators=("|", ",")), {"na me": Separated("|", ",")}),
        (PartEncoding(wire_name="na me", explode=False), {"na me": Style("form", False)}),
        (PartEncoding(wire_name="na me", content_type="application/json"), {"na me": ContentStyle("application/json")}),
    ):
        written = FormBody(styles=styles).write({"na me": value}, None, "")[0]
        assert "&".join(form_pairs("na me", value, part)).encode() == written


@NEEDS_CURL
def test_lists_and_objects_go_as_the_client_writes_them(tmp_path: Path, recorder: Recorder) -> None:
    lists = {"type": "array", "items": {"type": "string"}, "examples": [["a", "b"]]}
    objects = {"type": "object", "examples": [{"x": 1, "y": 2}]}
    parameters = [
        {"name": "tags", "in": "query", "required": True, "schema": lists},
        {"name": "pipe", "in": "query", "required": True, "schema": lists, "style": "pipeDelimited", "explode": False},
        {"name": "deep", "in": "query", "required": True, "schema": objects, "style": "deepObject"},
        {"name": "X-Tags", "in": "header", "required": True, "schema": lists},
        {"name": "cookie", "in": "cookie", "required": True, "schema": lists, "explode": False},
    ]
    form = body("application/x-www-form-urlencoded", {"tags": lists, "it": objects})
    run(tmp_path, command(tmp_path, recorder.url, {"parameters": parameters, **form}))
    assert recorder.last is not None
    assert recorder.last.query == "tags=a&tags=b&pipe=a%7Cb&deep%5Bx%5D=1&deep%5By%5D=2"
    assert (recorder.last.headers["X-Tags"], recorder.last.headers["Cookie"]) == ("a,b", "cookie=a,b")
    assert parse_qsl(recorder.last.body.decode()) == [("tags", "a"), ("tags", "b"), ("it", '{"x":1,"y":2}')]
