"""Cases `op_paging` and `op_paging_schemes`: iterators ask for the next page only when it is needed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def queries(talk: Talk) -> list[dict[str, str]]:
    return [dict(parse_qsl(request.query)) for request in talk.server.received]


def test_pages(talk: Talk) -> None:
    talk.answer(
        answer(200, {"data": [{"id": 1}, {"id": 2}], "total": 3}), answer(200, {"data": [{"id": 3}], "total": 3})
    )
    assert [pet.id for pet in talk.collect(talk.client("op_paging").pets.iter_pages())] == [1, 2, 3]
    assert [query.get("page", "1") for query in queries(talk)] == ["1", "2"]


def test_an_iterator_of_the_client_itself(talk: Talk) -> None:
    talk.answer(answer(200, {"data": [{"id": 1}]}), answer(200, {"data": []}))
    client = talk.client("op_paging")
    assert [pet.id for pet in talk.collect(client.iter_everything())] == [1]
    talk.answer(answer(200, {"data": [{"id": 4}]}))
    assert talk.run(client.with_raw_response.everything(page=4)).status_code == 200
    assert [query.get("page", "1") for query in queries(talk)] == ["1", "2", "4"]


def test_cursors(talk: Talk) -> None:
    talk.answer(
        answer(200, {"result": {"items": [{"x": "a"}]}, "next": "n1"}),
        answer(200, {"result": {"items": [{"x": "b"}]}, "next": None}),
    )
    assert [item.x for item in talk.collect(talk.client("op_paging").pets.iter_cursors())] == ["a", "b"]
    assert queries(talk) == [{}, {"after": "n1"}]


# --- case `op_paging_schemes` ---


def pets(*ids: int) -> list[dict[str, int]]:
    return [{"id": each} for each in ids]


def walk(talk: Talk, name: str, **arguments: Any) -> list[Any]:
    """Go through all pages of an iterator."""
    method = getattr(talk.client("op_paging_schemes").pets, name)
    return [item.id for item in talk.collect(method(**arguments))]


def bodies(talk: Talk) -> list[Any]:
    return [json.loads(request.body) for request in talk.server.received]


def link(*values: str) -> dict[str, str]:
    return {"Link": ", ".join(values)}


@pytest.mark.parametrize(
    "header",
    [
        '</v1/pets?page=2>; rel="next"',
        '</v1/pets?page=9>; rel="last", </v1/pets?page=2>; title="a, <b>; rel=prev"; rel="prev Next"',
        "</v1/pets?page=2>;rel=next;rel=last",
        '</v1/x>; rel="next"; anchor="#a",<?page=2> ; REL = next',
    ],
)
def test_link_headers(talk: Talk, header: str) -> None:
    talk.answer(answer(200, pets(1, 2), headers=link(header)), answer(200, pets(3)))
    assert walk(talk, "iter_links", kind="cat") == [1, 2, 3]
    assert queries(talk) == [{"kind": "cat"}, {"kind": "cat", "page": "2"}]


@pytest.mark.parametrize("header", ["", "next", '</v1/pets>; title="rel=next', "<?page=2>; rel=prev", "<" * 999])
def test_link_headers_without_a_next_page(talk: Talk, header: str) -> None:
    talk.answer(answer(200, pets(1), headers=link(header)))
    assert walk(talk, "iter_links") == [1]


def test_the_number_of_pages(talk: Talk) -> None:
    talk.answer(*[answer(200, pets(*ids), headers={"X-Pages": "3"}) for ids in ((1,), (), (1,))])
    assert walk(talk, "iter_pages") == [1, 1]
    assert [query.get("page", "1") for query in queries(talk)] == ["1", "2", "3"]


def test_a_status_behind_the_last_page(talk: Talk) -> None:
    talk.answer(answer(200, pets(1)), answer(200, pets(2)), answer(404, {}))
    assert walk(talk, "iter_until_missing") == [1, 2]
    assert [query.get("page", "0") for query in queries(talk)] == ["0", "1", "2"]


@pytest.mark.parametrize("statuses", [(404,), (200, 403)])
def test_another_failure_is_raised(talk: Talk, statuses: tuple[int, ...]) -> None:
    talk.answer(*[answer(status, pets(1)) for status in statuses])
    with pytest.raises(case_packages.client("op_paging_schemes").APIStatusError):
        walk(talk, "iter_until_missing")


def test_a_cursor_in_the_body(talk: Talk) -> None:
    pages = [answer(200, {"results": pets(*ids), "next_cursor": cursor}) for ids, cursor in (((), "a"), ((1,), None))]
    talk.answer(*pages)
    assert walk(talk, "iter_search", words="w") == [1]
    assert bodies(talk) == [{"words": "w"}, {"words": "w", "start_cursor": "a"}]


def test_an_offset_inside_the_body_and_a_flag(talk: Talk) -> None:
    pages = [answer(200, {"results": pets(1, 1), "has_more": flag}) for flag in (True, True, False)]
    talk.answer(*pages)
    assert walk(talk, "iter_search_offsets", options={"offset": 10, "count": 2}, words="w") == [1] * 6
    assert [body["options"] for body in bodies(talk)] == [{"offset": n, "count": 2} for n in (10, 12, 14)]


def test_a_cursor_in_headers(talk: Talk) -> None:
    talk.answer(answer(200, {"data": pets(1)}, headers={"X-Next-Cursor": "n=1"}), answer(200, {"data": pets(2)}))
    assert walk(talk, "iter_stamped") == [1, 2]
    assert [dict(request.headers).get("X-Cursor") for request in talk.server.received] == [None, "n=1"]


@pytest.mark.parametrize("more", [False, None])
def test_the_last_item(talk: Talk, more: bool | None) -> None:
    flagged = {"data": [{"id": "b"}], "has_more": more}
    talk.answer(answer(200, {"data": [{"id": "0"}, {"id": "a"}], "has_more": True}), answer(200, flagged))
    talk.server.default = answer(200, {"data": [], "has_more": more})
    assert walk(talk, "iter_events") == ["0", "a", "b"]
    assert queries(talk)[1] == {"starting_after": "a"}
