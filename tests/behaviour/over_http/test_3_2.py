"""Case `op_3_2`: what OpenAPI 3.2 adds to requests and to discriminators."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def plants(talk: Talk, **options: Any) -> Any:
    talk.answer(answer(204))
    return talk.client("op_3_2", **{"key": "k", **options}).plants


def test_members_of_a_form_are_arguments(talk: Talk) -> None:
    seeds = plants(talk).seeds
    talk.answer(answer(200, []))
    talk.run(
        seeds.list(
            kind="a b", colors=["r", "g"], sizes=[{"wide_by": 1}, {"wide-by": 2}], origin={"wide_by": 3}, path="/a?b&c"
        )
    )
    assert talk.request.query == (
        "kind=a%20b&colors=r%7Cg&sizes=%7B%22wide-by%22%3A1%7D&sizes=%7B%22wide-by%22%3A2%7D"
        "&origin=%7B%22wide-by%22%3A3%7D&path=/a?b%26c"
    )
    with pytest.raises(TypeError, match="kind"):
        seeds.list()


@pytest.mark.parametrize(
    ("call", "query"),
    [
        (lambda found: found.search(select={"wide_by": 1}), "%7B%22wide-by%22%3A1%7D"),
        (lambda found: found.soil.get(path="$.a[?@.b > 1]"), "%24.a%5B%3F%40.b%20%3E%201%5D"),
        (lambda found: found.water.get(all={"a": "b c", "d": "&"}), "a=b%20c&d=%26"),
        (lambda found: found.water.get(), ""),
    ],
)
def test_a_value_is_the_whole_query_string(talk: Talk, call: Any, query: str) -> None:
    talk.run(call(plants(talk)))
    assert talk.request.query == query


def test_what_the_caller_adds_comes_behind_a_whole_query_string(talk: Talk) -> None:
    talk.run(plants(talk).search(select={"wide_by": 1}, extra_query={"b": 2}))
    assert talk.request.query == "%7B%22wide-by%22%3A1%7D&b=2"


def test_cookies_in_style_cookie_are_sent_as_they_are(talk: Talk) -> None:
    talk.run(plants(talk).seeds.copy(session="a b%20c=", parts=["x y", "z"], back="/a b;"))
    assert talk.request.header("Cookie") == "session=a b%20c=; parts=x y,z; back=/a%20b%3B"
    assert talk.request.method == "COPY"


@pytest.mark.parametrize("value", ["a; admin=1", "a\r\nX-Evil: 1"])
def test_one_cookie_makes_no_other(talk: Talk, value: str) -> None:
    with pytest.raises(ValueError, match=r"must be escaped|control|header"):
        talk.run(plants(talk).seeds.copy(session=value))
    assert talk.server.received == []


def test_schemes_are_named_by_their_uri(talk: Talk) -> None:
    talk.run(plants(talk).seeds.copy())
    assert talk.request.header("X-Key") == "k"
    talk.run(plants(talk, token="t").soil.get())
    assert (talk.request.header("Authorization"), talk.request.header("X-Key")) == ("Bearer t", None)


@pytest.mark.parametrize("strict", [False, True])
def test_what_no_tag_selects_is_the_default(talk: Talk, strict: bool) -> None:
    found = plants(talk, strict=strict).seeds
    talk.answer(
        answer(
            200, [{"kind": "tree", "height": 1}, {"kind": "moss", "about": "wet"}, {"about": "dry"}, {"kind": "herb"}]
        )
    )
    assert [type(each).__name__ for each in talk.run(found.list(kind="a"))] == ["Tree", "Any", "Any", "Herb"]
