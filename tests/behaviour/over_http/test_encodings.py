"""Case `schema_encodings`: bytes in the encodings of text."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

RAW = b"\xfb\xff\x00="
SENT = {"base64": "+/8APQ==", "base64url": "-_8APQ==", "base16": "FBFF003D", "base32": "7P7QAPI="}


def created(talk: Talk, **arguments: Any) -> Any:
    talk.answer(answer(200, {"raw": SENT["base64"]}))
    return talk.run(talk.client("schema_encodings").keys.create(**{"raw": RAW, **arguments}))


@pytest.mark.parametrize(
    ("argument", "value", "wire_name", "sent"),
    [
        ("raw", RAW, "raw", SENT["base64"]),
        ("url_safe", RAW, "url-safe", SENT["base64url"]),
        ("url", bytearray(RAW), "url", SENT["base64url"]),
        ("hex", memoryview(RAW), "hex", SENT["base16"]),
        ("words", RAW, "words", SENT["base32"]),
        ("mail", "é=".encode(), "mail", "=C3=A9=3D"),
        ("url_safe", "as it is", "url-safe", "as it is"),
        ("plain", "text", "plain", "text"),
        ("parts", [RAW, None, "text"], "parts", [SENT["base64url"], None, "text"]),
        ("named", {"a": RAW}, "named", {"a": SENT["base16"]}),
        ("inner", {"seed": RAW}, "inner", {"seed": SENT["base64url"]}),
    ],
)
def test_bytes_are_written_in_the_encoding_of_their_place(
    talk: Talk, argument: str, value: object, wire_name: str, sent: object
) -> None:
    created(talk, **{argument: value})
    assert talk.request.json() == {"raw": SENT["base64"], wire_name: sent}


def test_bytes_of_parameters_are_written_so_too(talk: Talk) -> None:
    created(talk, digest=RAW, x_id=RAW)
    assert (talk.request.query, talk.request.header("X-Id")) == (f"digest={SENT['base16']}", SENT["base64url"])


def test_responses_give_the_text(talk: Talk) -> None:
    key = created(talk)
    assert key.raw == SENT["base64"]
    talk.answer(answer(200, {"raw": "", "url-safe": "-_8APQ", "hex": "ff"}))
    key = talk.run(talk.client("schema_encodings", strict=True).keys.create(raw=b""))
    assert (key.url_safe, key.hex) == ("-_8APQ", "ff")
