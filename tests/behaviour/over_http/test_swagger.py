"""Case `swagger_lists`: how the lists of Swagger 2.0 are joined."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def send(talk: Talk, method: str, *arguments: Any, **named: Any) -> None:
    talk.answer(answer(204))
    talk.run(attrgetter(method)(talk.client("swagger_lists"))(*arguments, **named))


@pytest.mark.parametrize(
    ("named", "query"),
    [
        ({"commas": ["a,b", "c"]}, "commas=a%2Cb,c"),
        ({"blanks": ["a", "b"]}, "blanks=a%20b"),
        ({"tabs": ["a", "b c"]}, "tabs=a%09b%20c"),
        ({"pipes": ["a", "b"]}, "pipes=a%7Cb"),
        ({"again": ["a", "b"]}, "again=a&again=b"),
        ({"rows": [[1, 2], [3]]}, "rows=1%7C2,3"),
        ({"boxes": [[1, 2], [3]]}, "boxes=1,2&boxes=3"),
        ({"tabs": [], "boxes": []}, ""),
    ],
)
def test_lists_in_queries(talk: Talk, named: dict[str, Any], query: str) -> None:
    send(talk, "lists.get", ["n"], **named)
    assert talk.request.query == query


def test_lists_in_headers_and_paths(talk: Talk) -> None:
    send(talk, "lists.get", ["a", "b/c"], x_names=["a", "b"], x_codes=[1, 2])
    assert (talk.request.header("x-names"), talk.request.header("x-codes")) == ("a,b", "1|2")
    assert talk.request.target == "/v1/lists/a%7Cb%2Fc"
    with pytest.raises(ValueError, match="non-empty"):
        send(talk, "lists.get", [])


def test_lists_in_forms(talk: Talk) -> None:
    send(talk, "forms.create", commas=["a,b", "c"], tabs=["d", "e"], again=[1, 2])
    assert talk.request.body == b"commas=a%2Cb,c&tabs=d%09e&again=1&again=2"


def test_lists_in_parts(talk: Talk) -> None:
    send(talk, "parts.create", again=["a", "b"], commas=["c", "d"], rows=[[1, 2], [3]])
    contents = [part.partition(b"\r\n\r\n")[2] for part in talk.request.body.split(b"\r\n--")]
    assert contents == [b"a", b"b", b"c,d", b"1|2\t3", b""]
