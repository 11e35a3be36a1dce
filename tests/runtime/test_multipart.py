"""The behaviour of a client: A request: multipart and binary bodies."""

from __future__ import annotations

import io
import re
from email.parser import BytesParser
from pathlib import Path
from typing import Annotated, Any, TypedDict

import pytest
from server import answer

from clientsmith.runtime.errors import InternalServerError
from clientsmith.runtime.multipart import MultipartBody, PartEncoding
from clientsmith.runtime.omit import omit
from clientsmith.runtime.operation import Operation
from clientsmith.runtime.renaming import Renamed, WireName
from clientsmith.runtime.types import FileTypes


def parts(received: Any) -> list[tuple[Any, bytes]]:
    head = f"Content-Type: {received.header('content-type')}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + received.body)
    return [(part, part.get_payload(decode=True)) for part in message.get_payload()]  # type: ignore[union-attr,misc]


def file_kinds(folder: Path) -> dict[str, Any]:
    path = folder / "name.txt"
    path.write_bytes(b"content")
    return {
        "bytes": b"content",
        "path": path,
        "open file": io.BytesIO(b"content"),
        "iterator": iter([b"con", b"tent"]),
        "name and content": ("n.txt", b"content"),
        "with type": ("n.txt", b"content", "text/x"),
        "with headers": ("n.txt", b"content", "text/x", {"X-Part": "1"}),
        "name and path": ("n.txt", path),
    }


@pytest.mark.parametrize("kind", range(8))
def test_files_of_every_kind(kit: Any, tmp_path: Path, kind: int) -> None:
    file = list(file_kinds(tmp_path).values())[kind]
    kit.call(kit.client(), "upload", title="té", file=file)
    (sent, content), (title, title_text) = parts(kit.server.received[0])
    assert (title.get_param("name", header="content-disposition"), title_text) == ("title", "té".encode())
    assert content == b"content"
    assert sent.get_param("name", header="content-disposition") == "file"
    expected = {1: "name.txt", 4: "n.txt", 5: "n.txt", 6: "n.txt", 7: "n.txt"}.get(kind, "upload")
    assert sent.get_filename() == expected
    assert (
        sent.get_content_type()
        == {
            "upload": "application/octet-stream",
            "name.txt": "text/plain",
            "n.txt": "text/x" if kind in (5, 6) else "text/plain",
        }[expected]
    )
    assert sent["X-Part"] == ("1" if kind == 6 else None)


def test_several_files_and_structured_fields(kit: Any) -> None:
    kit.call(kit.client(), "upload", file=[b"1", ("b", b"2")], tags=["x", "y"], meta={"a": 1}, n=None, flag=True)
    sent = [
        (part.get_param("name", header="content-disposition"), content)
        for part, content in parts(kit.server.received[0])
    ]
    assert sent == [
        ("file", b"1"), ("file", b"2"), ("tags", b"x"), ("tags", b"y"), ("meta", b'{"a":1}'), ("flag", b"true"),
    ]  # fmt: skip


@pytest.mark.parametrize("values", [("x", "y"), ("x", "y", "z"), ({"a": 1}, {"a": 2}), (1, 2)])
def test_a_tuple_without_a_file_in_it_is_several_values(kit: Any, values: Any) -> None:
    kit.call(kit.client(), "upload", file=b"1", tags=values)
    sent = [part.get_param("name", header="content-disposition") for part, _ in parts(kit.server.received[0])]
    assert sent == ["file", *["tags"] * len(values)]


def test_the_encoding_of_the_document() -> None:
    kind = MultipartBody(encoding={"f": PartEncoding("image/png")})
    upload, _ = kind.upload({"f": b"x"})
    text = b"".join(upload)
    assert b"Content-Type: image/png\r\n" in text


def test_names_cannot_break_out_of_their_header() -> None:
    upload, _ = MultipartBody().upload({'a"\r\nX: 1': ('b"\r\nY: 2', b"x")})
    assert b'name="a%22%0D%0AX: 1"; filename="b%22%0D%0AY: 2"' in b"".join(upload)
    with pytest.raises(ValueError, match="line breaks"):
        MultipartBody().upload({"a": ("b", b"x", "text/plain\r\nX: 1")})


def test_a_retry_sends_the_same_bytes(kit: Any, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(bytes(range(256)) * 1000)
    with path.open("rb") as file:
        file.seek(10)
        kit.server.script = [answer(500), answer(500)]
        kit.call(kit.client(), "upload", file=("f", file), title="x")
    first, second, third = kit.server.received
    assert first.body == second.body == third.body
    assert len(first.body) > 255_990
    assert first.header("content-length") == str(len(first.body))


def test_a_body_that_can_be_read_once_is_sent_once(kit: Any) -> None:
    kit.server.script = [answer(500)]
    client = kit.client()
    kit.fails(InternalServerError, lambda: client.things.upload(file=("f", iter([b"x"]))))
    assert len(kit.server.received) == 1
    assert kit.server.received[0].header("transfer-encoding") == "chunked"


def test_binary_bodies(kit: Any, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * 200_000)
    client = kit.client()
    with path.open("rb") as file:
        for body in (b"x" * 200_000, path, file, (b"x" * 1000 for _ in range(200))):
            kit.call(client, "put", body=body)
            received = kit.server.received[-1]
            assert received.body == b"x" * 200_000
            assert received.header("content-type") == "application/octet-stream"
    kit.fails(TypeError, lambda: client.things.put(body="text"))
    kit.fails(TypeError, lambda: client.things.put(body={"a": 1}))


def test_a_missing_file_is_found_before_anything_is_sent(kit: Any, tmp_path: Path) -> None:
    client = kit.client()
    kit.fails(FileNotFoundError, lambda: client.things.put(body=tmp_path / "missing"))
    assert kit.server.received == []


def test_a_file_that_cannot_be_read_is_found_before_anything_is_sent(kit: Any, tmp_path: Path) -> None:
    client = kit.client()
    path = tmp_path / "f"
    with path.open("wb") as write_only, path.open() as text:
        for file in (write_only, text, io.StringIO("x")):
            for send in (lambda: client.things.put(body=file), lambda: client.things.upload(file=("f", file))):  # noqa: B023
                assert "binary mode" in str(kit.fails(TypeError, send))
    kit.fails(IsADirectoryError, lambda: client.things.put(body=tmp_path))
    kit.fails(IsADirectoryError, lambda: client.things.upload(file=tmp_path))
    assert kit.server.received == []


@pytest.mark.parametrize(
    "file", [("n", 5), ("n", None), ("n", {"a": 1}), (5, b"x"), ("n", b"x", None, None, 5), [b"x", 5]]
)
def test_a_file_of_a_wrong_type_is_a_type_error_naming_the_part(kit: Any, file: Any) -> None:
    client = kit.client()
    assert "part 'file' must be" in str(kit.fails(TypeError, lambda: client.things.upload(file=file)))
    assert kit.server.received == []


@pytest.mark.parametrize("chunks", [[1], ["text"], ("n", b"x")])
def test_chunks_of_something_else_are_a_type_error(kit: Any, chunks: Any) -> None:
    client = kit.client()
    assert "must give bytes" in str(kit.fails(TypeError, lambda: client.things.put(body=chunks)))
    assert kit.server.received == []
    upload, _ = MultipartBody().upload({"a": iter(chunks)})
    with pytest.raises(TypeError, match="must give bytes"):
        list(upload)


def test_bytes_like_chunks_and_collections_of_values(kit: Any) -> None:
    client = kit.client()
    kit.call(client, "put", body=[bytearray(b"a"), memoryview(b"b")])
    assert kit.server.received[0].body == b"ab"
    kit.call(client, "upload", file=b"x", tags={"one"}, more=("two",))
    assert [content for _, content in parts(kit.server.received[1])] == [b"x", b"one", b"two"]


def test_an_async_iterator_is_streamed(kit: Any) -> None:
    if not kit.is_async:
        return

    async def chunks() -> Any:
        yield b"a"
        yield b"b"

    kit.call(kit.client(), "put", body=chunks())
    assert kit.server.received[0].body == b"ab"


def test_each_body_has_a_boundary_of_its_own(kit: Any) -> None:
    client = kit.client()
    for _ in range(2):
        kit.call(client, "upload", file=b"x")
    first, second = (r.header("content-type") for r in kit.server.received)
    assert re.fullmatch("multipart/form-data; boundary=[0-9a-f]{32}", first)
    assert first != second


class Upload(TypedDict, total=False):
    user_id: Annotated[str, WireName("user-Id")]
    the_file: Annotated[FileTypes, WireName("the-file")]


def test_a_whole_body_has_its_keys_renamed(kit: Any) -> None:
    client = kit.client()
    operation: Operation[Any] = Operation("POST", "/upload", body=MultipartBody(params=Renamed(lambda: Upload)))
    kit.run(client.request(operation, body={"user_id": "u", "the_file": ("n", b"x")}))
    sent = [part.get_param("name", header="content-disposition") for part, _ in parts(kit.server.received[0])]
    assert sent == ["user-Id", "the-file"]
    assert parts(kit.server.received[0])[1][1] == b"x"


@pytest.mark.parametrize("files", [[omit, b"xyz"], [b"xyz", omit], [None, b"xyz"], [b"xyz", None]])
def test_none_and_omit_in_a_list_make_no_part(kit: Any, files: Any) -> None:
    kit.call(kit.client(), "upload", file=files, tags=["a", None, omit])
    assert [content for _, content in parts(kit.server.received[0])] == [b"xyz", b"a"]


def test_headers_of_a_part_are_merged_without_regard_to_case(kit: Any) -> None:
    kit.call(kit.client(), "upload", file=("n", b"x", "text/plain", {"content-type": "a/b"}))
    ((part, _),) = parts(kit.server.received[0])
    assert part.get_all("content-type") == ["a/b"]


def test_a_file_that_grows_is_sent_as_it_was(kit: Any, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"begun")

    def growing(connection: Any) -> bool:
        with path.open("ab") as file:
            file.write(b" and more")
        return answer(500)(connection)

    kit.server.script = [growing]
    kit.call(kit.client(), "put", body=path)
    assert [request.body for request in kit.server.received] == [b"begun", b"begun"]


def test_a_file_that_stands_behind_its_end_is_empty(kit: Any, tmp_path: Path) -> None:
    file = io.BytesIO(b"abc")
    file.seek(10)
    kit.call(kit.client(), "put", body=file)
    assert kit.server.received[0].body == b""


def test_what_an_iterator_raises_is_no_connection_error(kit: Any) -> None:
    def chunks() -> Any:
        yield b"a"
        raise FileNotFoundError("mine")

    client = kit.client()
    assert str(kit.fails(FileNotFoundError, lambda: client.things.put(body=chunks()))) == "mine"
    assert kit.slept == []


def test_a_file_is_sent_again_after_a_challenge_of_digest_authentication(kit: Any) -> None:
    challenge = {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth"'}
    kit.server.script = [answer(401, headers=challenge)]
    client = kit.bare_client(
        base_url=kit.server.url, http_client=kit.http_client(auth=kit.library.DigestAuth("user", "pass"))
    )
    kit.call(client, "put", body=io.BytesIO(b"content"))
    assert [request.body for request in kit.server.received] == [b"content", b"content"]
