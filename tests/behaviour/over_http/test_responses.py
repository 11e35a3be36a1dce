"""Cases `op_responses` and `op_streams`: which type each response has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer, chunked


def test_a_range_of_successes(talk: Talk) -> None:
    types = case_packages.client("op_responses").types
    talk.answer(answer(206, [{"id": 1}]))
    assert talk.run(talk.client("op_responses").pets.list()) == [types.Pet(id=1)]


@pytest.mark.parametrize(
    ("status", "body", "kind", "error"),
    [
        (404, {"title": "none"}, "NotFoundError", "Problem"),
        (418, {"title": "teapot"}, "APIStatusError", "Problem"),
        (503, {"error": "later"}, "InternalServerError", "PetListErrorDefault"),
    ],
)
def test_typed_errors(talk: Talk, status: int, body: dict[str, str], kind: str, error: str) -> None:
    package = case_packages.client("op_responses")
    talk.answer(answer(status, body, content_type="application/problem+json"))
    with pytest.raises(getattr(package, kind)) as caught:
        talk.run(talk.client("op_responses").pets.list())
    assert caught.value.status_code == status
    assert caught.value.error == getattr(package.types, error)(**body)


def test_several_typed_successes(talk: Talk) -> None:
    types = case_packages.client("op_responses").types
    pets = talk.client("op_responses").pets
    talk.answer(answer(200, {"id": 1}), answer(201, {"token": "t"}), answer(202))
    assert talk.run(pets.create()) == types.Pet(id=1)
    assert talk.run(pets.create()) == types.PetCreateResponse(token="t")
    assert talk.run(pets.create()) is None


def test_a_deprecated_operation_warns_where_it_is_called(talk: Talk) -> None:
    talk.answer(answer(204))
    with pytest.warns(DeprecationWarning, match="DELETE /pets is deprecated") as caught:
        assert talk.run(talk.client("op_responses").pets.delete()) is None
    assert [Path(warning.filename).parent for warning in caught] == [Path(__file__).parent]


def test_head(talk: Talk) -> None:
    talk.answer(answer(200))
    assert talk.run(talk.client("op_responses").pets.head()) is None
    assert (talk.request.method, talk.request.body) == ("HEAD", b"")


EVENTS = [b'data: {"te', b'xt": "a"}\r\n\r\n: ping\n\ndata: {"text":\ndata: "b"}\n', b"\n"]


def test_server_sent_events(talk: Talk) -> None:
    types = case_packages.client("op_streams").types
    talk.answer(chunked(EVENTS, content_type="text/event-stream"))
    assert talk.collect(talk.client("op_streams").streams.events()) == [types.Delta(text="a"), types.Delta(text="b")]
    assert talk.request.header("Accept") == "text/event-stream"


def test_json_lines(talk: Talk) -> None:
    types = case_packages.client("op_streams").types
    talk.answer(chunked([b'{"id": 1}\n{"i', b'd": 2}\n\n{"id": 3}'], content_type="application/x-ndjson"))
    items = talk.collect(talk.client("op_streams").streams.lines())
    assert items == [types.Pet(id=1), types.Pet(id=2), types.Pet(id=3)]


def test_the_raw_view_of_a_stream_reads_the_whole_body(talk: Talk) -> None:
    types = case_packages.client("op_streams").types
    view = talk.client("op_streams").streams.with_raw_response
    talk.answer(chunked(EVENTS, content_type="text/event-stream"))
    raw = talk.run(view.chat_stream(prompt="p"))
    assert (raw.status_code, raw.content) == (200, b"".join(EVENTS))
    assert talk.collect(raw.parse()) == [types.Delta(text="a"), types.Delta(text="b")]
    talk.answer(chunked([b'{"id": 1}\n'], content_type="application/x-ndjson"))
    assert talk.collect(talk.run(view.lines()).parse()) == [types.Pet(id=1)]


def test_the_streaming_view_of_a_stream(talk: Talk) -> None:
    types = case_packages.client("op_streams").types
    view = talk.client("op_streams").streams.with_streaming_response
    talk.answer(chunked(EVENTS, content_type="text/event-stream"), chunked(EVENTS, content_type="text/event-stream"))

    async def parsed(response: Any) -> list[Any]:
        return [delta async for delta in await response.parse()]

    deltas = talk.within(view.events(), parsed if talk.loop else lambda response: list(response.parse()))
    assert deltas == [types.Delta(text="a"), types.Delta(text="b")]
    text = talk.within(view.events(), lambda response: response.read())
    assert text == b"".join(EVENTS)


@pytest.mark.parametrize("method", ["events", "lines", "chat_stream"])
def test_a_whole_response_where_a_stream_is_due(talk: Talk, method: str) -> None:
    package = case_packages.client("op_streams")
    streams = talk.client("op_streams").streams
    for body, content_type in ((b"<html>", "text/html"), (b'{"error": "no"}', "application/json")):
        talk.answer(answer(200, body, content_type=content_type))
        with pytest.raises(package.APIResponseValidationError, match=content_type) as caught:
            talk.run(getattr(streams, method)())
        assert caught.value.response.content == body


def test_one_operation_responds_whole_or_streamed(talk: Talk) -> None:
    types = case_packages.client("op_streams").types
    streams = talk.client("op_streams").streams
    talk.answer(answer(200, {"id": 1}), chunked(EVENTS, content_type="text/event-stream"))
    assert talk.run(streams.chat(prompt="p")) == types.Pet(id=1)
    assert talk.request.header("Accept") == "application/json"
    assert len(talk.collect(streams.chat_stream(prompt="p"))) == 2
    assert talk.request.json() == {"prompt": "p", "stream": True}
    assert talk.request.header("Accept") == "text/event-stream"


def test_json_lines_in_both_directions(talk: Talk) -> None:
    types = case_packages.client("op_json_lines").types
    rows = talk.client("op_json_lines").rows
    talk.answer(chunked([b'{"rowId": 1}\n'], content_type="application/jsonl"), answer(204))
    sent = [{"row_id": 1, "note": None}, types.Row(row_id=2)]
    assert talk.collect(rows.create(body=sent)) == [types.Row(row_id=1)]
    assert talk.request.header("Content-Type") == "application/x-ndjson"
    assert talk.request.body == b'{"rowId":1,"note":null}\n{"rowId":2}\n'
    talk.run(rows.replace(body=[{"row_id": 3}]))
    assert talk.request.body == b'{"rowId":3}\n'
