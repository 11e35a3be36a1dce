"""Case `op_events`: server-sent events that are objects with the fields of an event."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

STREAM = "text/event-stream"


def events(talk: Talk, resource: str, text: str, method: str = "watch", **options: Any) -> list[Any]:
    """Give the events that a method makes of a response."""
    talk.answer(answer(200, text.encode(), content_type=STREAM))
    found = talk.collect(getattr(getattr(talk.client("op_events", **options), resource), method)())
    assert talk.request.header("Accept") == STREAM
    return found


@pytest.mark.parametrize("strict", [False, True])
def test_an_event_has_its_fields_and_typed_data(talk: Talk, strict: bool) -> None:
    text = 'event: added\nid: 7\nretry: 250\ndata: {"id": 1,\ndata:  "headline": "x"}\n\n: ping\n\ndata: {"id": 2}\n\n'
    first, second = events(talk, "stories", text, strict=strict)
    assert (first.event, first.id, first.retry) == ("added", "7", 250)
    assert (first.data.id, first.data.headline) == (1, "x")
    assert (second.event, second.id, second.retry, second.data.id) == (None, "7", None, 2)


def test_json_is_read_where_no_text_is_due(talk: Talk) -> None:
    (event,) = events(talk, "ticks", "event: tick\nid: 3\ndata: 41\n\n", strict=True)
    assert (event.data, event.event, event.id) == (41, "tick", 3)


def test_the_items_of_a_list_are_events_too(talk: Talk) -> None:
    (event,) = events(talk, "ticks", "data: 5\n\n", "replay")
    assert event.data == 5


@pytest.mark.parametrize("strict", [False, True])
def test_the_name_of_an_event_chooses_its_type(talk: Talk, strict: bool) -> None:
    text = 'event: removed\ndata: [1, 2]\n\nevent: added\ndata: {"id": 3}\n\n'
    removed, added = events(talk, "changes", text, strict=strict)
    assert removed.data == [1, 2]
    assert added.data.id == 3


def test_a_name_that_no_type_has_keeps_what_came(talk: Talk) -> None:
    (event,) = events(talk, "changes", 'event: renamed\ndata: {"id": 3}\n\n')
    assert event == {"event": "renamed", "data": {"id": 3}}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('event: text\ndata: {"level": 1}\n\n', '{"level": 1}'),
        ("event: either\ndata: words\n\n", "words"),
        ("event: either\ndata: 5\n\n", "5"),
    ],
)
def test_data_that_may_be_text_stays_text(talk: Talk, text: str, data: str) -> None:
    (event,) = events(talk, "logs", text, strict=True)
    assert event.data == data


@pytest.mark.parametrize(("data", "kept"), [("words", "words"), ('["a"]', '["a"]')])
def test_an_event_of_no_variant_is_read_as_one_that_takes_its_data(talk: Talk, data: str, kept: object) -> None:
    (event,) = events(talk, "logs", f"event: new\ndata: {data}\n\n")
    assert (event.event, event.data) == ("new", kept)


def test_variants_have_data_of_their_own(talk: Talk) -> None:
    text = 'event: record\ndata: {"level": 1}\n\nevent: either\ndata: {"note": "n"}\n\n'
    record, either = events(talk, "logs", text, strict=True)
    assert record.data.level == 1
    assert either.data.note == "n"


def test_a_schema_without_fields_of_events_is_that_of_the_data(talk: Talk) -> None:
    (draft,) = events(talk, "drafts", 'event: added\nid: 7\ndata: {"id": 1, "headline": "x"}\n\n')
    assert (draft.id, draft.headline) == (1, "x")


def test_data_of_another_type_is_an_error_of_the_package(talk: Talk) -> None:
    with pytest.raises(Exception, match=r"expected object @ \$\.data"):
        events(talk, "stories", "data: no json\n\n")


def test_raw_events_are_there_too(talk: Talk) -> None:
    talk.answer(answer(200, b"id: 7\ndata: 1\n\n", content_type=STREAM))
    stream = talk.run(talk.client("op_events").ticks.watch())
    (event,) = talk.collect(stream.events())
    assert (event.data, event.event, event.id) == ("1", "message", "7")
