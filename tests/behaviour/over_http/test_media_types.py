"""Cases `op_media_types`, `op_default_response` and `doc_3_2`: what is asked for, and how a response is read."""

from __future__ import annotations

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer, chunked


def test_bytes_of_the_type_declared(talk: Talk) -> None:
    talk.answer(answer(200, b"%PDF", content_type="application/pdf"))
    assert talk.run(talk.client("op_media_types").reports.get()) == b"%PDF"
    assert talk.request.header("Accept") == "application/pdf"


def test_text_of_the_type_declared(talk: Talk) -> None:
    talk.answer(answer(200, "a;ä".encode("latin-1"), content_type="text/csv; charset=iso-8859-1"))
    assert talk.run(talk.client("op_media_types").reports.get_table()) == "a;ä"
    assert talk.request.header("Accept") == "text/csv"


def test_vendor_json(talk: Talk) -> None:
    types = case_packages.client("op_media_types").types
    talk.answer(answer(200, {"total": 1.5}, content_type="application/vnd.report+json"))
    assert talk.run(talk.client("op_media_types").reports.make(body={"year": 2026})) == types.Report(total=1.5)
    assert talk.request.header("Accept") == "application/vnd.report+json, text/csv;q=0.9"
    assert talk.request.header("Content-Type") == "application/json"


def test_another_media_type_by_choice(talk: Talk) -> None:
    talk.answer(answer(200, {"total": 1}))
    talk.run(talk.client("op_media_types").reports.make(body="year\n2026", content_type="text/csv"))
    assert (talk.request.header("Content-Type"), talk.request.body) == ("text/csv", b"year\n2026")


def test_any_media_type(talk: Talk) -> None:
    talk.answer(answer(200, b"\x00", content_type="application/x-anything"))
    assert talk.run(talk.client("op_media_types").reports.put_anything(body=b"\xff")) == b"\x00"
    assert talk.request.header("Accept") == "*/*"
    assert (talk.request.header("Content-Type"), talk.request.body) == ("application/octet-stream", b"\xff")


def test_a_problem_is_a_typed_error(talk: Talk) -> None:
    package = case_packages.client("op_media_types")
    talk.answer(answer(422, {"title": "no"}, content_type="application/problem+json"))
    with pytest.raises(package.UnprocessableEntityError) as caught:
        talk.run(talk.client("op_media_types").reports.make(body={"year": 1}))
    assert caught.value.error == package.types.Problem(title="no")


def test_default_is_the_response_where_there_is_no_other(talk: Talk) -> None:
    types = case_packages.client("op_default_response").types
    talk.answer(answer(203, {"id": 1}))
    assert talk.run(talk.client("op_default_response").only.get()) == types.Pet(id=1)


def test_default_is_the_error_beside_others(talk: Talk) -> None:
    package = case_packages.client("op_default_response")
    client = talk.client("op_default_response")
    talk.answer(answer(200, {"id": 1}), answer(204), answer(400, {"message": "m"}))
    assert talk.run(client.beside.get()) == package.types.Pet(id=1)
    assert talk.run(client.beside.get()) is None
    with pytest.raises(package.BadRequestError) as caught:
        talk.run(client.beside.get())
    assert caught.value.error == package.types.Error(message="m")


def test_verbs_and_streams_of_3_2(talk: Talk) -> None:
    types = case_packages.client("doc_3_2").types
    goods = talk.client("doc_3_2").shop.goods
    events = [b'data: {"kind": "cat", "lives": 9}\n\n', b'data: {"kind": "dog", "tricks": 1}\n\n']
    talk.answer(
        chunked([b'{"kind": "a"}\n'], content_type="application/x-ndjson"),
        answer(204),
        chunked(events, content_type="text/event-stream"),
    )
    assert talk.collect(goods.query(text="t")) == [types.Cat(kind="a")]
    assert (talk.request.method, talk.request.json()) == ("QUERY", {"text": "t"})
    assert talk.run(goods.link()) is None
    assert talk.request.method == "LINK"
    assert talk.collect(goods.add()) == [types.Cat(kind="cat", lives=9), types.Dog(kind="dog", tricks=1)]
