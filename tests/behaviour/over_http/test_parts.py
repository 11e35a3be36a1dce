"""Case `op_parts`: multipart bodies and responses whose parts have places instead of names."""

from __future__ import annotations

import io
from email.message import Message
from email.parser import BytesParser
from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

from clientsmith.runtime import received_parts as received_parts_module
from clientsmith.runtime.received_parts import received_parts

PNG = b"\x89PNG\r\n--no boundary\r\n"
BODY = (
    b"a preamble\r\n--b 1 \r\nContent-Type: application/json\r\n\r\n"
    b'{"page-number": 1}\r\n--b 1\r\ncontent-type: image/png\r\nX-Note: n\r\n\r\n' + PNG + b"\r\n--b 1\r\n\r\n"
    b"words\r\n--b 1--\r\nan epilogue"
)


def parts_of(talk: Talk) -> list[tuple[str, bytes, Message]]:
    """Read what was sent with the standard library."""
    header = talk.request.header("Content-Type") or ""
    message = BytesParser().parsebytes(f"Content-Type: {header}\r\n\r\n".encode() + talk.request.body)
    found: Any = message.get_payload()
    return [(part.get_content_type(), part.get_payload(decode=True), part) for part in found]


@pytest.mark.parametrize(
    ("image", "sent_type", "content"),
    [
        (PNG, "image/png", PNG),
        (io.BytesIO, "image/png", b"file"),
        (("a.gif", b"GIF"), "image/gif", b"GIF"),
        (("a.gif", b"GIF", "image/webp", {"X-Note": "n"}), "image/webp", b"GIF"),
    ],
)
def test_parts_have_the_types_of_their_places(talk: Talk, image: Any, sent_type: str, content: bytes) -> None:
    talk.answer(answer(204))
    image = io.BytesIO(b"file") if image is io.BytesIO else image
    sheet = case_packages.client("op_parts").types.Sheet(page_number=1)
    talk.run(talk.client("op_parts").scans.create(body=[sheet, image, "one", "two"]))
    assert (talk.request.header("Content-Type") or "").startswith("multipart/mixed; boundary=")
    first, second, *others = parts_of(talk)
    assert first[:2] == ("application/vnd.sheet+json", b'{"page-number":1}')
    assert second[:2] == (sent_type, content)
    assert [each[:2] for each in others] == [("text/markdown", b"one"), ("text/markdown", b"two")]
    assert all(part["Content-Disposition"] is None for _, _, part in (first, second, *others))


def test_keys_of_parts_have_their_wire_names(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(talk.client("op_parts").scans.replace(body=({"page_number": 1, "note": "n"}, {"page-number": 2})))
    assert [each[:2] for each in parts_of(talk)] == [
        ("application/json", b'{"page-number":1,"note":"n"}'),
        ("application/json", b'{"page-number":2}'),
    ]


@pytest.mark.parametrize("body", [{"a": 1}, "text", b"bytes", 5])
def test_a_body_that_is_no_list_is_a_type_error(talk: Talk, body: object) -> None:
    with pytest.raises(TypeError, match="must be a list of parts"):
        talk.run(talk.client("op_parts").scans.replace(body=body))


def test_a_response_gives_its_parts(talk: Talk) -> None:
    part = b'--x\r\nContent-Type: application/json\r\n\r\n{"page-number":%d}\r\n'
    body = part % 1 + part % 2 + b"--x--\r\n"
    talk.answer(answer(200, body, content_type="multipart/mixed; boundary=x"))
    assert [sheet.page_number for sheet in talk.collect(talk.client("op_parts", strict=True).scans.list())] == [1, 2]
    assert talk.request.header("Accept") == "multipart/mixed"


def test_parts_are_read_by_their_content_type(talk: Talk) -> None:
    talk.answer(answer(200, BODY, content_type='multipart/related; boundary="b 1"'))
    sheet, image, words = talk.collect(talk.client("op_parts").mixed.list())
    assert (sheet.page_number, image, words) == (1, PNG, "words")
    assert talk.request.header("Accept") == "multipart/related"


@pytest.mark.parametrize("size", range(1, 40))
def test_parts_may_lie_across_the_borders_of_chunks(size: int) -> None:
    decode = received_parts()
    chunks = [BODY[at : at + size] for at in range(0, len(BODY), size)]
    found = [part for chunk in chunks for part in decode(chunk, False)] + [*decode(b"", True)]
    assert [part.content for part in found] == [b'{"page-number": 1}', PNG, b"words"]
    assert found[1].headers == {"content-type": "image/png", "x-note": "n"}


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (BODY[:80], "multipart/related; boundary=b", "in a part of the response|not complete"),
        (b"{}", "application/json", "is application/json"),
    ],
)
def test_what_is_cut_or_no_multipart_is_an_error(talk: Talk, body: bytes, content_type: str, message: str) -> None:
    talk.answer(answer(200, body, content_type=content_type))
    with pytest.raises(case_packages.client("op_parts").APIResponseValidationError, match=message):
        talk.collect(talk.client("op_parts").mixed.list())


class Counting(bytearray):
    """Bytes that count how many of them are searched."""

    searched = 0

    def find(self, sub: Any, start: Any = 0, end: Any = None) -> int:
        last = len(self) if end is None else min(end, len(self))
        Counting.searched += max(0, last - start)
        return super().find(sub, start, last)


@pytest.mark.parametrize("begin", [b"", b"--b\r\n\r\n", b"--b\r\n\r\nx\r\n--b\r\n\r\ny"])
@pytest.mark.parametrize("byte", [b"x", b"\r", b"\n"])
def test_what_comes_in_chunks_of_a_byte_is_searched_once(
    monkeypatch: pytest.MonkeyPatch, begin: bytes, byte: bytes
) -> None:
    monkeypatch.setattr(received_parts_module, "bytearray", Counting, raising=False)
    monkeypatch.setattr(Counting, "searched", 0)
    decode = received_parts()
    for chunk in [begin, *[byte] * 5000]:
        assert all(decode(chunk, False))
    assert Counting.searched < 100_000


@pytest.mark.parametrize("begin", [b"--", b"--b\r\n\r\nx\r\n--b"])
def test_the_line_of_a_boundary_has_an_end(begin: bytes) -> None:
    decode = received_parts()
    with pytest.raises(ValueError, match="more than 1000 bytes"):
        [part for chunk in [begin, *[b"x"] * 1200] for part in decode(chunk, False)]
