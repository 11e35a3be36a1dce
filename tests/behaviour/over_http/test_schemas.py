"""Cases about schemas, as far as requests and responses differ: what is sent of a model, and what a model hides."""

from __future__ import annotations

import inspect

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


def test_read_only_members_are_no_arguments(talk: Talk) -> None:
    talk.answer(answer(204), answer(200, {"id": "1", "name": "a", "secret": "hush"}))
    things = talk.client("schema_read_write").things
    assert "id" not in inspect.signature(things.put).parameters
    talk.run(things.put(name="a", secret="hush"))
    assert talk.request.json() == {"name": "a", "secret": "hush"}
    thing = talk.run(things.get())
    assert thing.id == "1"
    assert "hush" not in repr(thing)


def test_models_are_sent_without_what_is_read_only(talk: Talk) -> None:
    stamp = {"created": "2030-01-01T00:00:00Z"}
    user = {"id": "1", "name": "a", "stamp": stamp, "address": {"hash": "h", "city": "c"}}
    talk.answer(answer(200, {**user, "friends": [user]}), answer(200, {}), answer(204))
    users = talk.client("schema_read_only").users
    seen = talk.run(users.create(name="a", token="t", stamp={}))
    assert seen.to_dict() == {**user, "friends": [user]}
    friends = [*seen.friends, {"name": "b", "stamp": seen.stamp, "id": "given"}]
    talk.run(users.create(name=seen.name, token="t", stamp=seen.stamp, address=seen.address, friends=friends))
    sent = {"name": "a", "stamp": {}, "address": {"city": "c"}}
    given = {"name": "b", "stamp": {}, "id": "given"}  # A mapping goes as it is.
    assert talk.request.json() == {**sent, "token": "t", "friends": [sent, given]}
    assert seen.friends[0].to_dict() == user


def test_null_absent_and_omitted(talk: Talk) -> None:
    types = case_packages.client("schema_nullable_3_1").types
    talk.answer(answer(200, {"plain": "p", "by_type": None}))
    people = talk.client("schema_nullable_3_1").people
    person = talk.run(people.create(plain="p", by_type=None, by_any_of=types.City(name="B"), in_items=[1, None]))
    assert talk.request.json() == {
        "plain": "p", "by_type": None, "by_any_of": {"name": "B"}, "in_items": [1, None]
    }  # fmt: skip
    assert (person.is_set("by_type"), person.is_set("by_one_of")) == (True, False)


@pytest.mark.parametrize(
    "shape",
    [
        {"kind": "circle", "radius": 1.5},
        {"kind": "square", "side": 2},
    ],
)
def test_a_variant_goes_out_and_comes_back(talk: Talk, shape: dict[str, object]) -> None:
    talk.answer(answer(200, shape))
    given = talk.run(talk.client("schema_discriminator").shapes.create(shape=shape))
    assert talk.request.json() == {"shape": shape}
    assert type(given).__name__ == str(shape["kind"]).title()


def test_a_model_is_sent_as_its_json(talk: Talk) -> None:
    types = case_packages.client("schema_discriminator").types
    talk.answer(answer(200, {"kind": "oval"}))
    given = talk.run(talk.client("schema_discriminator").shapes.create(shape=types.Circle(kind="circle", radius=1)))
    assert talk.request.json() == {"shape": {"kind": "circle", "radius": 1}}
    assert given == {"kind": "oval"}


def test_unknown_members_go_both_ways(talk: Talk) -> None:
    config = {"beside": {"id": 1, "label": "x"}, "rules": {"any": {"allow": True}}, "new": [1]}
    talk.answer(answer(200, config))
    configs = talk.client("schema_additional_properties").configs
    made = talk.run(
        configs.create(beside={"id": 1, "label": "x"}, rules={"any": {"allow": True}}, extra_body={"new": [1]})
    )
    assert talk.request.json() == config
    assert (made.beside.additional_properties, made.rules["any"].allow) == ({"label": "x"}, True)
    assert made.unknown_fields == {"new": [1]}
    assert made.to_dict() == config
