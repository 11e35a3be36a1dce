"""Cases `op_bodies_left_out` and `op_styles_elsewhere`: whether a body is sent, and styles outside path and query."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

BODIES = [
    ("list", {}, "GET", b""),
    ("list", {"filter": "x"}, "GET", b'{"filter":"x"}'),
    ("create", {}, "POST", b"{}"),
    ("replace", {}, "PUT", b""),
    ("replace", {"body": []}, "PUT", b"[]"),
    ("delete", {"ids": [1, 2]}, "DELETE", b'{"ids":[1,2]}'),
    ("touch", {"body": {"any key": None}}, "PATCH", b'{"any key":null}'),
]


@pytest.mark.parametrize(("method", "arguments", "verb", "body"), BODIES)
def test_a_body_is_sent_where_one_is_due(
    talk: Talk, method: str, arguments: dict[str, Any], verb: str, body: bytes
) -> None:
    talk.answer(answer(204))
    assert talk.run(getattr(talk.client("op_bodies_left_out").pets, method)(**arguments)) is None
    assert (talk.request.method, talk.request.body) == (verb, body)
    assert talk.request.header("Content-Type") == ("application/json" if body else None)


def test_extra_body_makes_one(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(talk.client("op_bodies_left_out").pets.list(extra_body={"more": 1}))
    assert talk.request.json() == {"more": 1}


def test_styles_of_headers_and_cookies(talk: Talk) -> None:
    talk.answer(answer(204))
    pets = talk.client("op_styles_elsewhere").pets
    talk.run(pets.list(x_pairs={"a_b": 1, "c": "d"}, x_json={"a_b": 2}, ids=[1, 2], flag=True))
    assert talk.request.header("X-Pairs") == "aB=1,c=d"
    assert talk.request.header("X-JSON") == '{"aB":2}'
    assert unquote(talk.request.header("Cookie") or "") == "ids=1,2; flag=true"


def test_styles_of_a_form(talk: Talk) -> None:
    talk.answer(answer(204))
    pets = talk.client("op_styles_elsewhere").pets
    owner = {"first_name": "Ann"}
    talk.run(pets.create(name="Rex & co", tags=["a", "b"], ids=[1, 2], owner=owner, site="https://x.example/?q"))
    assert talk.request.body.decode().split("&") == [
        "name=Rex%20%26%20co",
        "tags=a,b",
        "ids=1%7C2",
        "owner%5BfirstName%5D=Ann",
        "site=https://x.example/?q",
    ]


def test_other_verbs(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(talk.client("op_styles_elsewhere").pets.ask())
    assert talk.request.method == "OPTIONS"
