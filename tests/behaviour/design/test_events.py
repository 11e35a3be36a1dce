"""The union of all webhooks and callbacks: which member of them selects, and what the types are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.behaviour.design.test_surface import surface_of

from clientsmith.data.surface import Alias, Receiver, Surface
from clientsmith.data.types import AnyOf, Ref


def document(events: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    """Write a document whose webhooks have these bodies."""
    webhooks = {
        name: {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}
        for name, schema in events.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "webhooks": webhooks,
        "components": {"schemas": schemas},
    }


def surface(folder: Path, made: dict[str, Any]) -> Surface:
    path = folder / "spec.json"
    path.write_text(json.dumps(made), "utf-8")
    return surface_of(path)


def receiver_of(made: Surface) -> Receiver:
    (found,) = (resource.receiver for resource in made.all_resources() if resource.receiver)
    return found


def union_of(made: Surface) -> Alias:
    receiver = receiver_of(made)
    assert isinstance(receiver.type, Ref)
    union = made.declared()[receiver.type.id]
    assert isinstance(union, Alias)
    return union


def fixed(*texts: str, name: str = "type") -> dict[str, Any]:
    return {"type": "object", "properties": {"id": {"const": 1}, name: {"enum": [*texts]}}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


TAGS: dict[str, tuple[dict[str, Any], tuple[str, list[str]] | None]] = {
    "fixed texts": (document({"a": fixed("a"), "b": fixed("b", "c")}), ("type", ["a", "b", "c"])),
    "by reference": (document({"a": ref("A"), "b": ref("B")}, A=fixed("a"), B=fixed("b")), ("type", ["a", "b"])),
    "in a union": (
        document({"a": {"oneOf": [ref("A"), ref("B")]}, "c": ref("C")}, A=fixed("a"), B=fixed("b"), C=fixed("c")),
        ("type", ["a", "b", "c"]),
    ),
    "equal texts": (document({"a": fixed("a"), "b": fixed("a")}), None),
    "other members": (document({"a": fixed("a"), "b": fixed("b", name="kind")}), None),
    "no object": (document({"a": fixed("a"), "b": {"type": "string"}}), None),
    "no schema": (document({"a": fixed("a"), "b": {}}), None),
    "a discriminator of the document": (
        document(
            {"a": ref("A"), "b": ref("B")},
            A={"type": "object", "properties": {"kind": {"type": "string"}}},
            B={"type": "object", "properties": {"kind": {"type": "string"}}},
            Any={
                "oneOf": [ref("A"), ref("B")],
                "discriminator": {"propertyName": "kind", "mapping": {"x": "A", "y": "B"}},
            },
        ),
        ("kind", ["x", "y"]),
    ),
}


@pytest.mark.parametrize(("made", "tag"), TAGS.values(), ids=TAGS)
def test_what_selects_an_event(tmp_path: Path, made: dict[str, Any], tag: tuple[str, list[str]] | None) -> None:
    union = union_of(surface(tmp_path, made)).type
    assert isinstance(union, AnyOf)
    found = union.tag and (union.tag.wire_name, [value for value, _ in union.tag.mapping])
    assert found == tag


def test_one_body_for_all_needs_no_union(tmp_path: Path) -> None:
    made = surface(tmp_path, document({"a": ref("A"), "b": ref("A")}, A=fixed("a")))
    assert isinstance(union_of(made).type, Ref)


@pytest.mark.parametrize(
    ("wire_names", "names"),
    [
        (["petBorn", "pet.sold", "pet-lost"], ["PetBornEvent", "PetSoldEvent", "PetLostEvent"]),
        (["user_event", "webhook", "event"], ["UserEvent", "WebhookEvent2", "EventEvent"]),
        (["!!!", "2fa", "a", "A"], ["Webhook1Event", "N2faEvent", "AEvent", "AEvent2"]),
    ],
)
def test_types_are_called_as_the_document_calls_the_webhooks(
    tmp_path: Path, wire_names: list[str], names: list[str]
) -> None:
    made = surface(tmp_path, document(dict.fromkeys(wire_names, ref("A")), A=fixed("a")))
    assert [event.name for event in receiver_of(made).events] == names


def test_a_document_without_webhooks_has_no_receiver(tmp_path: Path) -> None:
    made = surface(tmp_path, document({}, A=fixed("a")))
    assert [resource for resource in made.all_resources() if resource.receiver] == []
    assert made.client.webhook_secret is None


def test_names_that_the_document_has_stay(tmp_path: Path) -> None:
    described = document({"a": ref("Webhooks")}, Webhooks=fixed("a"))
    described["paths"] = {
        "/webhooks/{id}": {
            verb: {
                "operationId": name,
                "x-clientsmith-resource": "webhooks",
                "x-clientsmith-method": name,
                "responses": {"200": {"description": "ok"}},
            }
            for verb, name in {"get": "unwrap", "post": "verify"}.items()
        }
    }
    made = surface(tmp_path, described)
    (resource,) = made.resources
    receiver = receiver_of(made)
    assert {call.name for call in resource.calls} == {"unwrap", "verify"}
    assert (receiver.unwrap, receiver.verify) == ("unwrap_event", "verify_signature")
    modules = [module.name for module in made.type_modules()]
    assert len(modules) == len(set(modules))
    assert "types.webhooks" not in modules


def test_webhooks_of_3_0_are_in_an_extension(tmp_path: Path) -> None:
    """References in them are found as anywhere else, those to other files, too."""
    made = document({"a": ref("A"), "b": fixed("b")}, A=fixed("a"))
    made |= {"openapi": "3.0.3", "x-webhooks": {**made.pop("webhooks"), "c": {"$ref": "hooks.json#/c"}}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/C"}}}}
    (tmp_path / "hooks.json").write_text(json.dumps({"c": {"post": {"requestBody": body}}, "C": fixed("c")}), "utf-8")
    union = union_of(surface(tmp_path, made))
    assert isinstance(union.type, AnyOf)
    assert union.type.tag is not None
    assert [value for value, _ in union.type.tag.mapping] == ["a", "b", "c"]
