"""Cases `op_parameters` and `op_styles`: where each parameter goes, and how its value is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

import pytest
from tests.behaviour.over_http.conftest import Talk

TOY = {"pet_id": 7, "verbose": "yes"}


def test_each_parameter_goes_to_its_place(talk: Talk) -> None:
    since = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    toys = talk.client("op_parameters").toys
    talk.run(toys.get("a/b ü", **TOY, since=since, id="in query", header_id="in header", x_trace_id="t", session="s;1"))
    assert talk.request.method == "GET"
    assert talk.request.path == "/v1/pets/7/toys/a%2Fb%20%C3%BC"
    assert unquote_plus(talk.request.query) == "verbose=yes&since=2026-03-04T05:06:00Z&id=in query"
    assert talk.request.header("id") == "in header"
    assert talk.request.header("X-Trace-Id") == "t"
    assert talk.request.header("Cookie") == "session=s%3B1"


def test_what_is_omitted_is_not_sent(talk: Talk) -> None:
    talk.run(talk.client("op_parameters").toys.get("t", **TOY))
    assert talk.request.query == "verbose=yes"
    assert talk.request.header("Cookie") is None
    assert talk.request.header("X-Trace-Id") is None
    assert talk.request.body == b""


@pytest.mark.parametrize("bad", ["", ".", "..", "%2e"])
def test_a_segment_that_would_change_the_path_is_refused(talk: Talk, bad: str) -> None:
    with pytest.raises(ValueError, match="toy_id"):
        talk.run(talk.client("op_parameters").toys.get(bad, **TOY))
    assert talk.server.received == []


def test_a_missing_argument_is_named(talk: Talk) -> None:
    with pytest.raises(TypeError, match="verbose"):
        talk.run(talk.client("op_parameters").toys.get("t", pet_id=7))


PATH: dict[str, Any] = {"simple": ["a", "b c"], "label": ["x", "y"], "matrix": {"R": "1", "G": "2"}}
STYLES = [
    ("form", ["a", "b"], "form=a&form=b"),
    ("comma", ["a", "b,c"], "comma=a,b%2Cc"),
    ("space", [1, 2], "space=1%202"),
    ("pipe", [1, 2], "pipe=1|2"),
    ("deep", {"a": "x", "b_c": 1}, "deep[a]=x&deep[bC]=1"),
    ("spread", {"x": "1", "y": 2}, "x=1&y=2"),
    ("json", {"q": "a b"}, 'json={"q":"a b"}'),
    ("raw", "a/b?c,d&e", "raw=a/b?c,d%26e"),
]


def test_styles_of_the_path(talk: Talk) -> None:
    talk.run(talk.client("op_styles").pets.list(PATH["matrix"], simple=PATH["simple"], label=PATH["label"]))
    assert talk.request.path == "/v1/pets/a,b%20c/.x.y/;matrix=R,1,G,2"


@pytest.mark.parametrize(("name", "value", "query"), STYLES, ids=[name for name, _, _ in STYLES])
def test_styles_of_the_query(talk: Talk, name: str, value: object, query: str) -> None:
    path = {"simple": ["a"], "label": ["b"]}
    talk.run(talk.client("op_styles").pets.list({"c": "d"}, **path, **{name: value}))
    assert readable(talk.request.query) == query


def readable(query: str) -> str:
    """Undo the percent-encoding that RFC 3986 leaves open, and that of blanks and quotes in JSON."""
    for code, character in {"%5B": "[", "%5D": "]", "%7C": "|", "%7B": "{", "%7D": "}", "%22": '"', "%3A": ":"}.items():
        query = query.replace(code, character)
    return query.replace("%20", " ") if query.startswith("json") else query


def test_lists_in_a_header(talk: Talk) -> None:
    talk.run(talk.client("op_styles").pets.list({"c": "d"}, simple=["a"], label=["b"], x_list=[1, 2]))
    assert talk.request.header("X-List") == "1,2"
