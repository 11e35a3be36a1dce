"""The behaviour of a client: Responses: paging."""

from __future__ import annotations

from typing import Any

import pytest
from server import answer

from clientsmith.runtime.errors import APIResponseValidationError


def page(*ids: str, **more: Any) -> Any:
    return answer(200, {"data": [{"id": id} for id in ids], **more})  # noqa: A001


def ids(kit: Any, paginator: Any) -> list[str]:
    return [thing.id for thing in kit.collect(paginator)]


def test_pages_are_fetched_lazily_and_stop_at_an_empty_one(kit: Any) -> None:
    kit.server.script = [page("1", "2"), page("3"), page()]
    paginator = kit.client().things.iter()
    assert kit.server.received == []
    assert ids(kit, paginator) == ["1", "2", "3"]
    assert [r.query for r in kit.server.received] == ["", "page_no=2", "page_no=3"]


def test_paging_starts_where_the_caller_says(kit: Any) -> None:
    kit.server.script = [page("1"), page()]
    ids(kit, kit.client().things.iter(page_no=5))
    assert [r.query for r in kit.server.received] == ["page_no=5", "page_no=6"]


def test_a_repeated_page_ends_the_walk(kit: Any) -> None:
    kit.server.default = page("1")
    assert ids(kit, kit.client().things.iter()) == ["1"]


def test_a_repeated_page_is_known_by_its_items(kit: Any) -> None:
    kit.server.script = [page("1", request=1), page("1", request=2), page("2", request=3)]
    assert ids(kit, kit.client().things.iter()) == ["1"]


def test_cursors_in_a_circle_end_the_walk(kit: Any) -> None:
    kit.server.script = [page("1", next="a"), page("2", next="b"), page("3", next="a"), page("4", next="b")]
    assert ids(kit, kit.client().things.iter_cursor()) == ["1", "2", "3"]


def test_a_cursor_is_followed_and_a_repeated_one_ends_the_walk(kit: Any) -> None:
    kit.server.script = [page("1", next="c1"), page("2", next="c2"), page("3", next="c2")]
    assert ids(kit, kit.client().things.iter_cursor()) == ["1", "2", "3"]
    assert [r.query for r in kit.server.received] == ["", "after=c1", "after=c2"]


def test_a_next_link_is_followed(kit: Any) -> None:
    kit.server.script = [page("1", next="/v1/things?after=x%20y"), page("2", next=None)]
    assert ids(kit, kit.client().things.iter_links()) == ["1", "2"]
    assert kit.server.received[1].target == "/v1/things?after=x%20y"


@pytest.mark.parametrize("link", ["http://127.0.0.1:1/v1/things?after=1", "//evil.test/", "http://[x"])
def test_a_next_link_on_another_origin_is_refused(kit: Any, link: str) -> None:
    kit.server.script = [page("1", next=link)]
    with pytest.raises(APIResponseValidationError, match="another origin"):
        ids(kit, kit.client().things.iter_links())
    assert len(kit.server.received) == 1


def test_an_iterator_can_be_started_again(kit: Any) -> None:
    paginator = kit.client().things.iter()
    for _ in range(2):
        kit.server.script = [page("1"), page()]
        assert ids(kit, paginator) == ["1"]


@pytest.mark.parametrize(("first", "second"), [(5, "6"), ("5", "6"), (5.0, "6"), (0, "1")])
def test_paging_starts_where_extra_query_says(kit: Any, first: object, second: str) -> None:
    kit.server.script = [page("1"), page()]
    ids(kit, kit.client().things.iter(page_no=2, extra_query={"page_no": first, "more": "x"}))
    assert [r.query for r in kit.server.received] == [f"page_no={first}&more=x", f"page_no={second}&more=x"]


@pytest.mark.parametrize("total", [3, 3.0])
def test_paging_stops_at_the_total(kit: Any, total: float) -> None:
    kit.server.script = [page("1", "2", total=total), page("3", total=total)]
    assert ids(kit, kit.client().things.iter_offsets(offset=0)) == ["1", "2", "3"]
    assert [r.query for r in kit.server.received] == ["offset=0", "offset=2"]


def test_offsets_count_from_where_the_caller_says(kit: Any) -> None:
    kit.server.script = [page("8", "9", total=9), page("10", total=9)]
    assert ids(kit, kit.client().things.iter_offsets(offset=7)) == ["8", "9"]
    assert len(kit.server.received) == 1


def test_a_next_link_with_a_repeated_key(kit: Any) -> None:
    kit.server.script = [page("1", next="?id=1&id=2&empty="), page("2")]
    assert ids(kit, kit.client().things.iter_links()) == ["1", "2"]
    assert kit.server.received[1].query == "id=1&id=2&empty="


@pytest.mark.parametrize("link", ["/v1/things/page/2", "/v1/more%2Fthings?after=1", "things;p=2?x=a&x=b"])
def test_a_next_link_on_another_path_is_followed_with_nothing_but_what_it_has(kit: Any, link: str) -> None:
    kit.server.script = [page("1", next=link), page("2")]
    iterator = kit.client().things.iter_links(page_no=1)
    assert ids(kit, iterator) == ["1", "2"]
    target = link if link.startswith("/") else f"/v1/{link}"
    assert kit.server.received[1].target == target
    assert "Authorization" in dict(kit.server.received[1].headers)


def test_a_next_link_is_followed_where_the_base_url_has_a_password(kit: Any) -> None:
    kit.server.script = [page("1", next=f"{kit.server.url}/things?after=2"), page("2")]
    client = kit.client(base_url=kit.server.url.replace("://", "://user:secret@"))
    assert ids(kit, client.things.iter_links()) == ["1", "2"]


def test_paging_starts_where_the_default_query_of_the_client_says(kit: Any) -> None:
    kit.server.script = [page("1"), page()]
    ids(kit, kit.client(default_query={"page_no": 4}).things.iter())
    assert [r.query for r in kit.server.received] == ["page_no=4", "page_no=5"]


@pytest.mark.parametrize("cursor", ["\ud800", {"a": 1}, ["x"], [None], 1.5])
def test_a_cursor_that_cannot_be_sent_is_an_error_of_the_package(kit: Any, cursor: object) -> None:
    kit.server.script = [page("1", next=cursor)]
    with pytest.raises(APIResponseValidationError, match="next cursor"):
        ids(kit, kit.client().things.iter_cursor())


def test_a_next_link_that_cannot_be_sent_is_an_error_of_the_package(kit: Any) -> None:
    kit.server.script = [page("1", next="/v1/things?after=\ud800")]
    with pytest.raises(APIResponseValidationError, match="nowhere"):
        ids(kit, kit.client().things.iter_links())
