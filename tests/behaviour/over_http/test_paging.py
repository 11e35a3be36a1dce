"""Case `op_paging`: iterators ask for the next page only when it is needed."""

from __future__ import annotations

from urllib.parse import parse_qsl

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


def test_cursors(talk: Talk) -> None:
    talk.answer(
        answer(200, {"result": {"items": [{"x": "a"}]}, "next": "n1"}),
        answer(200, {"result": {"items": [{"x": "b"}]}, "next": None}),
    )
    assert [item.x for item in talk.collect(talk.client("op_paging").pets.iter_cursors())] == ["a", "b"]
    assert queries(talk) == [{}, {"after": "n1"}]
