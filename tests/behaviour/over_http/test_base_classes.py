"""Case `customised`: methods of one's own beside the generated ones."""

from __future__ import annotations

from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def test_methods_of_base_classes_call_generated_ones(talk: Talk) -> None:
    client = talk.client("customised")
    talk.answer(answer(200, [{"name": "Rex"}]), answer(200, ["Ann", "Bob"]))
    assert talk.run(client.names()) == ["Rex", "Ann", "Bob"]
    talk.answer(answer(200, [{"name": "Rex"}]))
    assert talk.run(client.pets.names()) == ["Rex"]


def test_the_async_class_may_have_none(talk: Talk) -> None:
    owners = talk.client("customised").owners
    assert hasattr(owners, "count") == (talk.loop is None)
    if talk.loop is None:
        talk.answer(answer(200, ["Ann", "Bob"]))
        assert owners.count() == 2


def test_copies_of_the_client_have_them_too(talk: Talk) -> None:
    client = talk.client("customised").with_options(timeout=5)
    talk.answer(answer(200, []), answer(200, ["Ann"]))
    assert talk.run(client.names()) == ["Ann"]
