"""Case `doc_shared_bodies`: bodies and responses that operations share are one type."""

from __future__ import annotations

from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def types() -> Any:
    return case_packages.client("doc_shared_bodies").types


def error(talk: Talk, status: int, body: object, method: str, *arguments: object) -> Any:
    """Give the typed error of a call that fails."""
    talk.answer(answer(status, body))
    cakes = talk.client("doc_shared_bodies").cakes
    with pytest.raises(case_packages.client("doc_shared_bodies").APIStatusError) as caught:
        talk.run(getattr(cakes, method)(*arguments))
    return caught.value.error


@pytest.mark.parametrize(
    ("status", "body", "name", "calls"),
    [
        (403, {"reason": "r"}, "Refused", [("list",), ("create",)]),
        (404, {"since": "s"}, "Gone", [("list",), ("create",)]),
        (503, {"until": "u"}, "Closed", [("create",), ("replace", "1")]),
        (403, {"oven": 1}, "Broken", [("get", "1")]),
    ],
)
def test_a_response_has_one_class(talk: Talk, status: int, body: dict[str, Any], name: str, calls: list[Any]) -> None:
    for call in calls:
        found = error(talk, status, body, *call)
        assert type(found) is getattr(types(), name)
        assert found.to_dict() == body


def test_equal_schemas_of_statuses_are_one_class(talk: Talk) -> None:
    first, second = (error(talk, status, {"field": "f"}, "create") for status in (400, 409))
    assert type(first) is type(second) is types().CakeCreateError
    talk.answer(answer(200, {"name": "n"}), answer(201, {"name": "n"}))
    cakes = talk.client("doc_shared_bodies").cakes
    assert {type(talk.run(cakes.create())) for _ in range(2)} == {types().CakeCreateResponse}


def test_the_items_of_a_shared_list_have_one_class_too(talk: Talk) -> None:
    talk.answer(answer(200, [{"id": "1"}]))
    (cake,) = talk.run(talk.client("doc_shared_bodies").cakes.list())
    assert type(cake) is types().CakesItem


def test_a_name_that_a_schema_has_says_what_it_is(talk: Talk) -> None:
    talk.answer(answer(200, {"id": "1", "cake": {"name": "n", "taste": {"sweet": True}}}))
    found = talk.run(talk.client("doc_shared_bodies").cakes.get("1"))
    assert (type(found), type(found.cake)) == (types().CakeResponse, types().Cake)
    assert type(found.cake.taste) is types().Taste  # the component's name, not that in the file


def test_a_shared_body_is_sent(talk: Talk) -> None:
    talk.answer(answer(200, {}))
    talk.run(talk.client("doc_shared_bodies").cakes.replace("1", layers=[{"filling": "jam"}]))
    assert talk.request.json() == {"layers": [{"filling": "jam"}]}
    assert types().CakeOrderParam.__annotations__.keys() == {"layers"}
