"""Case `op_pages`: a method gives a page, which knows what fetches the next one."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

from clientsmith.data.reserved import PAGE_MEMBERS


def test_the_members_of_a_page_are_those_of_the_table() -> None:
    pages = importlib.import_module(f"{case_packages.client('op_pages').__name__}._core.pages")
    members = {name for kind in (pages._Page, pages.SyncPage, pages.AsyncPage) for name in vars(kind)}
    assert {name for name in members if not name.startswith("__")} | {"_position"} == PAGE_MEMBERS


def page(*ids: int, next_cursor: str | None = None) -> dict[str, object]:
    return {"data": [{"id": each} for each in ids], "next": next_cursor, "has_next_page": False, "total": 9, "more": 1}


def ids(items: list[Any]) -> list[int]:
    return [item.id for item in items]


def queries(talk: Talk) -> list[dict[str, str]]:
    return [dict(parse_qsl(request.query)) for request in talk.server.received]


def pets(talk: Talk) -> Any:
    return talk.client("op_pages").pets


def types() -> Any:
    return case_packages.client("op_pages").types


def test_a_page_is_the_response_with_its_fields(talk: Talk) -> None:
    talk.answer(answer(200, page(1, 2, next_cursor="n")))
    first = talk.run(pets(talk).list(kind="cat"))
    assert isinstance(first, types().PetPage)
    assert type(first).__name__ == ("AsyncPetListPage" if talk.loop else "PetListPage")
    assert (ids(first.data), first.next, first.total) == ([1, 2], "n", 9)
    assert first.unknown_fields == {"more": 1}
    assert first.to_dict() == page(1, 2, next_cursor="n")
    assert first.has_next_page_2 is False, "a field of that name makes way for the method"
    assert first.has_next_page()
    assert len(talk.server.received) == 1


def test_iterating_goes_through_the_items_of_all_pages(talk: Talk) -> None:
    talk.answer(answer(200, page(1, 2, next_cursor="a")), answer(200, page(next_cursor="b")), answer(200, page(3)))
    # Not awaited where the client is async: nothing is sent before the first item is asked for.
    assert ids(talk.collect(_unawaited(talk, pets(talk).list(kind="cat")))) == [1, 2, 3]
    assert queries(talk) == [{"kind": "cat"}, {"kind": "cat", "after": "a"}, {"kind": "cat", "after": "b"}]


def _unawaited(talk: Talk, pages: Any) -> Any:
    assert talk.loop is None or inspect.isawaitable(pages)
    return _Items(pages) if talk.loop else pages


class _Items:
    """Hides that something can be awaited."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages

    def __aiter__(self) -> Any:
        return self._pages.__aiter__()


def test_a_page_fetches_the_next_one_as_often_as_it_is_asked(talk: Talk) -> None:
    talk.answer(*[answer(200, page(n, next_cursor=c)) for n, c in ((1, "a"), (2, "b"), (2, "b"), (3, None))])
    first = talk.run(pets(talk).list())
    second = talk.run(first.get_next_page())
    again = talk.run(first.get_next_page())
    assert second == again
    assert type(second) is type(first)
    assert again.has_next_page()
    last = talk.run(again.get_next_page())
    assert (ids(last.data), last.has_next_page()) == ([3], False)
    with pytest.raises(case_packages.client("op_pages").OpPagesError, match="last page"):
        talk.run(last.get_next_page())


def test_pages_from_a_page_on(talk: Talk) -> None:
    talk.answer(*[answer(200, page(n, next_cursor=c)) for n, c in ((1, "a"), (2, "b"), (3, None))])
    first = talk.run(pets(talk).list())
    assert [ids(each.data) for each in talk.collect(first.iter_pages())] == [[1], [2], [3]]
    talk.answer(answer(200, page(2, next_cursor="b")), answer(200, page(3)))
    second = talk.run(first.get_next_page())
    assert ids(talk.collect(second)) == [2, 3]


def test_a_circle_of_cursors_ends(talk: Talk) -> None:
    talk.answer(*[answer(200, page(n, next_cursor=c)) for n, c in ((1, "a"), (2, "b"), (3, "a"))])
    assert ids(talk.collect(pets(talk).list())) == [1, 2, 3]


def test_a_cursor_in_a_body(talk: Talk) -> None:
    talk.answer(answer(200, page(1, next_cursor="a")), answer(200, page(2)))
    assert ids(talk.collect(pets(talk).search(words="w"))) == [1, 2]
    assert [request.json() for request in talk.server.received] == [{"words": "w"}, {"words": "w", "after": "a"}]


def test_a_list_is_a_page_with_items(talk: Talk) -> None:
    talk.answer(*[answer(200, [{"id": each} for each in found]) for found in ((1, 2), (3,), ())])
    first = talk.run(pets(talk).owners.list("p", per_page=2))
    assert ids(first.items) == [1, 2]
    assert type(first).__name__ == ("AsyncListPage" if talk.loop else "SyncListPage")
    assert ids(talk.collect(first)) == [1, 2, 3]
    assert [query.get("page") for query in queries(talk)] == [None, "2", "3"]
    assert pickle.loads(pickle.dumps(first)) == first
    assert repr(first).startswith(f"{type(first).__name__}(items=[Owner(id=1)")


def test_a_server_that_sends_the_same_page_again_ends_the_walk(talk: Talk) -> None:
    talk.server.default = answer(200, [{"id": 1}])
    first = talk.run(pets(talk).owners.list("p"))
    assert [ids(each.items) for each in talk.collect(first.iter_pages())] == [[1]]
    assert ids(talk.run(first.get_next_page()).items) == [1]


def test_a_link_in_a_name_with_a_dot_to_another_path(talk: Talk) -> None:
    link = f"{talk.server.url}/visits/from/2?token=t"
    talk.answer(
        answer(200, {"value": [{"id": 1, "at": "2026-01-02"}], "@odata.nextLink": link, "iter_pages": 4}),
        answer(200, {"value": [{"id": 2}]}),
    )
    first = talk.run(talk.client("op_pages").visits.list(skip=1))
    assert (first.value[0].at, first.iter_pages_2) == (date(2026, 1, 2), 4)
    assert ids(talk.collect(first)) == [1, 2]
    assert talk.request.target == "/v1/visits/from/2?token=t"


def test_a_link_to_another_origin_is_refused(talk: Talk) -> None:
    talk.answer(answer(200, {"value": [], "@odata.nextLink": "https://elsewhere.example/v1/visits"}))
    with pytest.raises(case_packages.client("op_pages").APIResponseValidationError, match="another origin"):
        talk.run(talk.client("op_pages").visits.list())


def test_a_method_that_the_settings_leave_out_gives_the_response(talk: Talk) -> None:
    talk.answer(answer(200, page(1, next_cursor="a")))
    assert type(talk.run(talk.client("op_pages").owners.list_all())) is types().PetPage


def test_a_raw_response_is_parsed_as_a_page_that_goes_on(talk: Talk) -> None:
    talk.answer(answer(200, page(1, next_cursor="a")), answer(200, page(2)))
    raw = talk.run(pets(talk).with_raw_response.list(kind="cat"))
    assert raw.status_code == 200
    assert ids(talk.collect(talk.run(raw.parse()))) == [1, 2]
    assert queries(talk)[1] == {"kind": "cat", "after": "a"}


def test_a_raw_call_of_an_async_client_is_a_coroutine(talk: Talk) -> None:
    if talk.loop is None:
        return
    talk.answer(answer(200, page(1)))
    call = pets(talk).with_raw_response.list()
    assert inspect.iscoroutine(call)
    assert talk.run(call).status_code == 200


def test_a_streamed_response_is_parsed_as_a_page_that_goes_on(talk: Talk) -> None:
    talk.answer(answer(200, page(1, next_cursor="a")), answer(200, page(2)))
    parsed = talk.within(pets(talk).with_streaming_response.list(), lambda response: response.parse())
    assert ids(talk.collect(parsed)) == [1, 2]


def test_copies_have_the_fields_only(talk: Talk) -> None:
    talk.answer(answer(200, page(1, next_cursor="a")))
    first = talk.run(pets(talk).list())
    for copied in (first.copy(total=3), copy.deepcopy(first), pickle.loads(pickle.dumps(first))):
        assert ids(copied.data) == [1]
        with pytest.raises(case_packages.client("op_pages").OpPagesError, match="fields only"):
            copied.has_next_page()


def test_a_response_of_another_shape_is_an_error(talk: Talk) -> None:
    for body in ([], None, "text"):
        talk.answer(answer(200, body if body is not None else b"null"))
        with pytest.raises(case_packages.client("op_pages").APIResponseValidationError):
            talk.run(pets(talk).list())
