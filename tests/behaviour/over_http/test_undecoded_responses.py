"""Responses in media types that no client decodes."""

from __future__ import annotations

from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def test_a_form_is_text_and_parts_are_bytes(talk: Talk) -> None:
    tokens = talk.client("op_undecoded_responses").tokens
    talk.answer(answer(200, b"value=a", content_type="application/x-www-form-urlencoded"))
    assert talk.run(tokens.get()) == "value=a"
    talk.answer(answer(200, b"--x--", content_type="multipart/form-data; boundary=x"))
    assert talk.run(tokens.list_parts()) == b"--x--"
