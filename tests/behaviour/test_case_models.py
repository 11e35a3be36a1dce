"""The models of the golden cases about schemas, used as a user does: JSON in, typed values out, the same JSON back."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest
from tests import case_packages

PERSON = {"plain": "a", "by_type": None}
EVENT = {"source": {"email": "a@b.example"}}

PAYLOADS: list[tuple[str, str, dict[str, Any]]] = [
    ("schema_types", "Reading", {"value": "1", "ratio": 1, "note": None, "tags": ["a"], "box": {"width": 1}}),
    ("schema_types", "Reading", {"value": 1, "ratio": 1.5, "tags": "a", "box": 3, "nothing": None, "single": "x"}),
    ("schema_types", "Reading", {"value": True, "tags": None}),
    ("schema_nullable_3_1", "Person", PERSON),
    ("schema_nullable_3_1", "Person", {**PERSON, "by_one_of": None, "by_any_of": None, "by_enum": None}),
    ("schema_nullable_3_1", "Person", {**PERSON, "by_any_of": {"name": "B"}, "by_enum": "red", "only": None}),
    ("schema_nullable_3_1", "Person", {**PERSON, "in_items": [1, None], "in_values": {"a": None, "b": "c"}}),
    ("schema_nullable_3_0", "Person", {"name": None, "color": None, "tags": [None, "a"], "city": None, "home": None}),
    ("schema_nullable_3_0", "Person", {"name": "a", "nullable_city": {"name": "B"}, "either": 1}),
    ("schema_enums", "Shirt", {"kind": "shirt", "size": "S", "code": -1, "mixed": True, "odd": "", "rate": 2.0}),
    ("schema_enums", "Shirt", {"kind": "shirt", "size": "S", "mixed": 1, "rate": 1, "on": True, "sizes": ["L"]}),
    ("schema_formats", "Record", {"at": "2024-01-31T10:00:00Z", "day": "2024-02-29", "days": ["2024-01-01"]}),
    ("schema_formats", "Record", {"at": "2024-01-31T10:00:00+02:00", "maybe": None, "data": "YQ==", "big": 2**63}),
    ("schema_all_of", "Cat", {"name": "a", "lives": 9, "collar": {}, "owner": {"email": "a", "phone": "1"}}),
    ("schema_all_of_conflict", "Item", {"id": "a", "state": "on", "size": 1}),
    ("schema_additional_properties", "Config", {"anything": {"a": [1]}, "numbers": {"a": 1}, "none": {}}),
    ("schema_additional_properties", "Config", {"rules": {"a": {"allow": True}}, "inline": {"b": {"size": 1}}}),
    ("schema_additional_properties", "Config", {"beside": {"id": 1, "a": "b"}, "patterns": {"x-a": "b"}}),
    ("schema_additional_properties", "Config", {"two_patterns": {"i": 1, "s": "a"}, "pattern_beside": {"x-a": 1}}),
    ("schema_unions", "Event", {**EVENT, "by_const": {"type": "logout"}, "primitive": False, "nested": None}),
    ("schema_unions", "Event", {**EVENT, "lists": ["a"], "inline": {"y": 1}, "one": {"email": "a"}}),
    ("schema_unions", "Event", {**EVENT, "times": "2024-01-31", "sibling": {"base": "a"}}),
    ("schema_tuples", "Thing", {"pair": ["a", 1], "head": ["a", 1, 2], "loose": ["a", {}], "points": [[1.5, 2]]}),
    ("schema_recursive", "Thing", {"child": {"children": [{}], "by_name": {"a": {}}}, "owner": {"thing": {}}}),
    ("schema_recursive", "Thing", {"value": ["a", 1, {"b": ["c", {"d": 1.5}]}]}),
    ("schema_read_write", "Thing", {"id": "1", "name": "a", "old": "b"}),
    ("schema_documented_only", "Thing", {"a": "x", "b": {"kind": "big"}, "c": [1]}),
    ("schema_limits", "Thing", {"count": 100, "part": 7, "tags": []}),
    ("schema_any", "Box", {"anything": None, "empty": [1, {"a": None}], "object_by_properties": {"size": 1}}),
    ("schema_any", "Box", {"anything": {"a": 1}, "text_by_format": "2024-01-31T10:00:00Z", "either": {"a": 1}}),
    ("schema_defaults", "Page", {"size": 1, "color": "red", "from": "2024-01-31", "options": {}, "note": None}),
    ("schema_discriminator_numbers", "Event", {"body": {"version": 3, "title": "a"}, "state": {"done": False}}),
    ("schema_discriminator_numbers", "Event", {"body": {"version": 1}, "state": {"done": True, "at": "a"}}),
    ("schema_recursive_unions", "Rule", {"when": ["a", {"not": {"all": ["b", ["c"]]}}], "tree": [[], [[]]]}),
    ("schema_recursive_unions", "Rule", {"when": "a", "base": {"name": "f", "parent": {"name": "g"}}}),
    ("schema_read_only", "User", {"id": "1", "name": "a", "stamp": {}, "address": {"hash": "h", "city": "c"}}),
    ("doc_files", "Order", {"price": {"amount": 1.5}, "whole": {"same": {}, "first": {"same": {}}}, "earlier": {}}),
    ("doc_references", "A", {"owner": {"name": "a"}, "note": {"text": "b"}, "again": {"text": "c"}, "described": {}}),
    ("doc_ref_siblings_3_1", "Thing", {"plain": {"size": 1}, "maybe": None, "merged": {"color": "red", "size": 2}}),
    ("doc_defs", "Order", {"total": {"amount": 1.5, "unit": "EUR"}, "unit": "USD", "chain": {"amount": 2}}),
    ("names_components", "Thing", {"model": {"x": ["a"]}, "list": {"x": []}, "union": 1, "lower": {"y": "a"}}),
    ("names_builtin", "Subject", {"object": "a", "pet": 5, "inline": {"kind": "Cat"}}),
    (
        "names_members",
        "Thing",
        {
            "str": "a", "int": 1, "list": ["a"], "List": ["b"], "date": "2024-01-31", "object": {"a": 1}, "class": "c",
            "None": "n", "self": "s", "to_dict": "t", "__typename": "T", "_id": "i", "2fa": True, "user-name": "u",
            "userName": "v", "@type": "w", "größe": 1.5, "ﬁne": "y", "+1": 1, "-1": 2,
        },
    ),
]  # fmt: skip
"""Case, model, and JSON that the case's document allows."""

WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("schema_types", "Reading", {}),
    ("schema_types", "Reading", {"value": None}),
    ("schema_types", "Reading", {"value": []}),
    ("schema_types", "Reading", {"value": 1, "single": 1}),
    ("schema_nullable_3_1", "Person", {"plain": None, "by_type": None}),
    ("schema_nullable_3_1", "Person", {**PERSON, "in_items": ["a"]}),
    ("schema_enums", "Shirt", {"kind": "shoe", "size": "S"}),
    ("schema_enums", "Shirt", {"kind": "shirt", "size": "XXL"}),
    ("schema_enums", "Shirt", {"kind": "shirt", "size": "S", "code": True}),
    ("schema_formats", "Record", {"at": "yesterday"}),
    ("schema_formats", "Record", {"at": "2024-01-31T10:00:00Z", "day": "2024-02-30"}),
    ("schema_all_of", "Cat", {"name": "a", "lives": 9}),
    ("schema_additional_properties", "Config", {"numbers": {"a": "b"}}),
    ("schema_additional_properties", "Config", {"beside": {"id": 1, "a": 1}}),
    ("schema_unions", "Event", {"source": {"name": "neither"}}),
    ("schema_unions", "Event", {**EVENT, "by_const": {"type": "other"}}),
    ("schema_tuples", "Thing", {"pair": ["a"]}),
    ("schema_tuples", "Thing", {"pair": ["a", 1, 2]}),
    ("schema_recursive", "Thing", {"value": [True, None]}),
    ("schema_read_write", "Thing", {"name": "a"}),
]
"""What the document does not allow: strict decoding refuses it, tolerant decoding keeps it."""

HOPELESS: list[tuple[str, str, dict[str, Any]]] = [
    ("schema_nullable_3_1", "Person", {"plain": "a"}),
    ("schema_recursive", "Thing", {"child": {"children": [1]}}),
]
"""What strict decoding refuses, and tolerant decoding does not give back."""

UNIONS: list[tuple[str, str, dict[str, Any], str]] = [
    ("schema_discriminator", "Shape", {"kind": "circle", "radius": 1.5}, "Circle"),
    ("schema_discriminator", "Shape", {"kind": "disc", "radius": 1.5}, "Circle"),
    ("schema_discriminator", "Shape", {"kind": "square", "side": 1}, "Square"),
    ("schema_discriminator", "Shape", {"kind": "square", "radius": 1}, "Square"),
    ("schema_discriminator", "Shape", {"kind": "oval", "radius": 1}, "dict"),
    ("schema_discriminator_on_parent", "Pet", {"petType": "Cat", "name": "a", "lives": 9}, "Cat"),
    ("schema_discriminator_on_parent", "Pet", {"petType": "puppy", "name": "a", "bark": "b"}, "Dog"),
    ("schema_discriminator_on_parent", "Pet", {"petType": "Dog", "name": "a", "bark": "b"}, "dict"),
    ("schema_discriminator_on_parent", "Pet", {"petType": "Pet", "name": "a"}, "PetBase"),
    ("schema_all_of_unions", "Payment", {"id": "1", "number": "2"}, "PaymentCard"),
    ("schema_conditional", "Delivery", {"kind": "post", "address": {"street": "s"}, "limit": 1}, "Delivery"),
    (
        "schema_conditional",
        "Delivery",
        {"kind": "locker", "code": "c", "limit": "l", "paid-at": "2030-01-31"},
        "Delivery",
    ),
    ("schema_conditional", "Delivery", {"kind": "b", "card": "c", "holder": {"name": "n"}}, "Delivery"),
    ("schema_conditional", "Pickup", {"street": "s", "shop": "t"}, "Pickup"),
    ("schema_all_of_unions", "Route", {"start": "a", "fare": 1.5, "gate": "2"}, "RouteFlight"),
    ("schema_all_of_unions", "Route", {"start": "a", "fare": 1.5, "line": 3}, "RouteRide"),
    ("schema_all_of_unions", "Route", {"start": "a", "height": 3}, "RouteHike"),
    ("schema_all_of_unions", "Route", {"start": "a", "pace": "slow"}, "RouteStroll"),
    ("schema_all_of_unions", "Payment", {"id": "1", "iban": "2", "owner": {"email": "a"}}, "PaymentBank"),
    ("schema_discriminator_levels", "Event", {"@type": "Mail", "subject": "a"}, "Mail"),
    ("schema_discriminator_levels", "Event", {"@type": "Message", "text": "a"}, "MessageBase"),
    ("schema_discriminator_levels", "Message", {"@type": "Mail", "text": "a"}, "Mail"),
    ("schema_discriminator_levels", "Message", {"@type": "Tick"}, "dict"),
]
"""Case, union, JSON, and the class that it becomes."""


@pytest.fixture
def types_of() -> Any:
    """Give the types of a case."""

    def load(case: str) -> ModuleType:
        return importlib.import_module(f"{case_packages.client(case).__name__}.types")

    return load


@pytest.mark.parametrize(("case", "model", "payload"), PAYLOADS)
def test_json_comes_back_as_it_was(types_of: Any, case: str, model: str, payload: dict[str, Any]) -> None:
    made = getattr(types_of(case), model).from_dict(payload, strict=True)
    assert made.to_dict() == payload
    assert type(made).from_json(made.to_json()) == made
    assert made.unknown_fields == {}


@pytest.mark.parametrize(("case", "model", "payload"), PAYLOADS)
def test_what_the_document_does_not_mention_is_kept(
    types_of: Any, case: str, model: str, payload: dict[str, Any]
) -> None:
    more = {**payload, "not-in-the-document": [{"a": None}]}
    made = getattr(types_of(case), model).from_dict(more)
    assert made.to_dict() == more
    assert made.unknown_fields == {"not-in-the-document": [{"a": None}]}


@pytest.mark.parametrize(("case", "model", "payload"), WRONG + HOPELESS)
def test_strict_refuses(types_of: Any, case: str, model: str, payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"@ \$"):
        getattr(types_of(case), model).from_dict(payload, strict=True)


@pytest.mark.parametrize(("case", "model", "payload"), WRONG)
def test_tolerant_keeps(types_of: Any, case: str, model: str, payload: dict[str, Any]) -> None:
    assert getattr(types_of(case), model).from_dict(payload).to_dict() == payload


def test_null_and_absent_stay_apart(types_of: Any) -> None:
    made = types_of("schema_nullable_3_1").Person.from_dict({**PERSON, "by_enum": None})
    assert (made.by_enum, made.is_set("by_enum"), made.by_one_of, made.is_set("by_one_of")) == (None, True, None, False)


def test_times_have_types(types_of: Any) -> None:
    made = types_of("schema_formats").Record.from_dict(
        {"at": "2024-01-31T10:00:00Z", "day": "2024-02-29", "time": "10:00"}
    )
    assert (made.at, made.day, made.time) == (datetime(2024, 1, 31, 10, tzinfo=UTC), date(2024, 2, 29), "10:00")
    assert types_of("schema_unions").Event.from_dict({**EVENT, "times": "2024-01-31"}).times == date(2024, 1, 31)


def test_secrets_are_hidden(types_of: Any) -> None:
    made = types_of("schema_formats").Record.from_dict({"at": "2024-01-31T10:00:00Z", "password": "hunter2"})
    assert (made.password, "hunter2" in repr(made)) == ("hunter2", False)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("source", {"email": "a"}, "User"),
        ("source", {"serial": 1, "name": "b"}, "Robot"),
        ("by_const", {"type": "login"}, "Login"),
        ("by_const", {"type": "logout"}, "Logout"),
        ("lists", {"email": "a"}, "User"),
        ("inline", {"x": 1}, "EventInlineVariant1"),
        ("inline", {"y": 1}, "EventInlineFarAway"),
        ("sibling", {"other": 1}, "EventSiblingVariant2"),
        ("primitive", True, "bool"),
        ("primitive", 1, "int"),
        ("nested", "a", "str"),
    ],
)
def test_a_union_takes_the_variant_that_fits(types_of: Any, name: str, value: Any, expected: str) -> None:
    made = types_of("schema_unions").Event.from_dict({**EVENT, name: value})
    assert type(getattr(made, name)).__name__ == expected


def test_items_of_a_union_of_lists(types_of: Any) -> None:
    cls = types_of("schema_unions").Event
    users = cls.from_dict({**EVENT, "lists": [{"email": "a"}, {"email": "b"}]}).lists
    assert [type(user).__name__ for user in users] == ["User", "User"]
    assert cls.from_dict({**EVENT, "lists": ["a"]}).lists == ["a"]


@pytest.mark.parametrize(("case", "union", "value", "expected"), UNIONS)
def test_a_union_becomes_one_of_its_classes(types_of: Any, case: str, union: str, value: Any, expected: str) -> None:
    core = importlib.import_module(f"{types_of(case).__package__.rpartition('.')[0]}._core.decode")
    made = core.decode(value, getattr(types_of(case), union))
    assert type(made).__name__ == expected
    assert (made if isinstance(made, dict) else made.to_dict()) == value


def test_further_members_have_a_type_and_their_names(types_of: Any) -> None:
    made = types_of("schema_additional_properties").Config.from_dict({"beside": {"id": 1, "a": "b"}})
    assert (made.beside.id, made.beside.additional_properties) == (1, {"a": "b"})


def test_a_model_can_be_made_by_hand_whatever_its_fields_are_called(types_of: Any) -> None:
    made = types_of("names_members").Thing(str="a", self="b", class_="c", list_2=["d"], plus_1=1)
    assert made.to_dict() == {"str": "a", "self": "b", "class": "c", "List": ["d"], "+1": 1}


def test_true_is_no_1(types_of: Any) -> None:
    types = types_of("schema_discriminator_numbers")
    assert types.Done.from_dict({"done": True}, strict=True).done is True
    with pytest.raises(ValueError, match="expected one of True"):
        types.Done.from_dict({"done": 1}, strict=True)
    assert types.First.from_dict({"version": 1}, strict=True).version == 1


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("body", {"version": 1}, "First"),
        ("body", {"version": 3, "title": "a"}, "Second"),
        ("body", {"version": 7}, "dict"),
        ("body", {"version": True}, "dict"),
        ("body", {"version": None}, "dict"),
        ("body", {"version": [2]}, "dict"),
        ("body", {}, "dict"),
        ("state", {"done": True}, "Done"),
        ("state", {"done": 1}, "dict"),
        ("state", {"done": None}, "dict"),
        ("state", {}, "dict"),
    ],
)
def test_an_object_whose_tag_is_unknown_or_missing_is_kept(types_of: Any, name: str, value: Any, expected: str) -> None:
    event = types_of("schema_discriminator_numbers").Event
    payload = {"body": {"version": 1}, name: value}
    made = event.from_dict(payload)
    assert type(getattr(made, name)).__name__ == expected
    assert made.to_dict() == payload
    if expected == "dict":
        with pytest.raises(ValueError, match=rf"expected one of .* @ \$\.{name}\."):
            event.from_dict(payload, strict=True)


def test_tags_that_are_no_text_select_classes(types_of: Any) -> None:
    types = types_of("schema_discriminator_numbers")
    made = types.Event.from_dict({"body": {"version": 2.0}, "state": {"done": False}})
    assert (type(made.body), type(made.state)) == (types.Second, types.Waiting)
