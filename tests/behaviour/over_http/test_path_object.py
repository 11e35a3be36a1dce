"""An object in the path is written with the keys of the document."""

from __future__ import annotations

from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def test_keys_of_an_object_in_the_path_are_those_of_the_document(talk: Talk) -> None:
    talk.answer(answer(204))
    talk.run(talk.client("op_path_object").xs.get_x({"a_b": "c"}))
    assert talk.request.target.endswith("/x/aB,c")
