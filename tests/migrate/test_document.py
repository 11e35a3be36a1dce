# ruff: noqa: E501 - a case is a line
"""What a config changes in the document: actions of an overlay."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.migrate.conftest import SPEC, Migrate

from clientsmith.data.document import Document, Documents
from clientsmith.stages.adapt.overlay import apply_overlays

SKIPPED = {"target": "$.paths['/pets'].get.parameters[1]", "remove": True}
ANY = {"target": "$.components.schemas.NewPet.properties.extra.type", "remove": True}


def changed(migrate: Migrate, config: str) -> Any:
    """Give the document as the overlay leaves it."""
    migrate(config)
    text = (migrate.folder / "pet_store.overlay.yaml").read_text()
    root = Document(name="openapi.yml", file="", text=SPEC, value=yaml.safe_load(SPEC), scan=lambda text: {})
    overlay = Document(name="o", file="overlay 1: o", text=text, value=yaml.safe_load(text), scan=lambda text: {})
    found = apply_overlays(Documents(root=root, files={"": root}, overlays=(overlay,)))
    assert found.issues == ()
    return found.value.root.value


def transforms(*entries: str) -> str:
    return f"openapi: {{transforms: [{', '.join(entries)}]}}"


def schemas(document: Any) -> Any:
    return document["components"]["schemas"]


def test_extensions_of_the_document(migrate: Migrate) -> None:
    made = migrate("")
    assert made.actions == [ANY, SKIPPED]
    assert made.report["in the document.x-stainless-any"][0] == "carried"
    document = changed(migrate, "")
    names = [each["name"] for each in document["paths"]["/pets"]["get"]["parameters"]]
    assert names == ["limit", "node_only"]
    assert schemas(document)["NewPet"]["properties"]["extra"] == {"x-stainless-any": True, "description": "Anything."}


def test_remove_with_and_without_keys(migrate: Migrate) -> None:
    document = changed(
        migrate,
        transforms(
            "{command: remove, reason: Gone., args: {target: [$.components.schemas.Pet.properties], keys: [kind]}}",
            "{command: remove, args: {target: $..town}}",
        ),
    )
    assert schemas(document)["Pet"]["properties"] == {
        "id": {"type": "string"},
        "weight": {"type": "number"},
        "home": {"type": "object", "properties": {}},
    }


def test_update_replaces_whatever_is_there(migrate: Migrate) -> None:
    document = changed(
        migrate,
        transforms(
            "{command: update, args: {target: $.components.schemas.Pet.properties.home, value: {type: string}}}",
            "{command: update, args: {target: $.components.schemas.Kind.enum, value: [cat]}}",
            "{command: update, args: {target: \"$.components.schemas['Sound'].additionalProperties\", value: false}}",
            "{command: update, args: {target: '$.components.schemas[?(@.required)]', value: {type: integer}}}",
        ),
    )
    found = schemas(document)
    assert found["Kind"]["enum"] == ["cat"]
    assert found["Sound"]["additionalProperties"] is False
    assert found["Pet"] == {"type": "integer"}


def test_merge_and_append(migrate: Migrate) -> None:
    document = changed(
        migrate,
        transforms(
            "{command: merge, args: {target: '$.components.schemas[?(@.enum)]', value: {title: Sort}}}",
            "{command: append, args: {target: $.components.schemas.Kind.enum, value: [owl]}}",
            "{command: append, args: {target: $.components.schemas.Kind.enum, value: hen}}",
        ),
    )
    assert schemas(document)["Kind"] == {"type": "string", "enum": ["cat", "dog", "owl", "hen"], "title": "Sort"}


def test_copy_move_and_rename(migrate: Migrate) -> None:
    document = changed(
        migrate,
        transforms(
            "{command: copy, args: {from: $.components.schemas.Kind, to: $.components.schemas.Sort}}",
            "{command: move, args: {from: $.components.schemas.Sound.properties.text, to: $.components.schemas.Pet.properties.text}}",
            "{command: rename, args: {target: $.components.schemas.NewPet.properties, from: name, to: title}}",
        ),
    )
    found = schemas(document)
    assert found["Sort"] == found["Kind"]
    assert found["Pet"]["properties"]["text"] == {"type": "string"}
    assert found["Sound"]["properties"] == {}
    assert list(found["NewPet"]["properties"]) == ["extra", "title"]


@pytest.mark.parametrize(
    ("transform", "fate", "reason"),
    [
        ("{command: frobnicate, args: {}}", "not possible", "nothing like the command 'frobnicate'"),
        ("{command: oneOfToAnyOf}", "not needed", "the same"),
        ("{command: remove, args: {target: '$.[['}}", "not possible", "no JSONPath query"),
        ("{command: move, args: {from: $.nothing, to: $.a}}", "not possible", "one place"),
    ],
)
def test_what_no_overlay_can_do(migrate: Migrate, transform: str, fate: str, reason: str) -> None:
    made = migrate(transforms(transform))
    found = made.report["openapi.transforms.0"]
    assert found[0] == fate
    assert reason in found[1]


def test_the_reason_of_a_transform_describes_its_action(migrate: Migrate) -> None:
    migrate(transforms("{command: remove, reason: 'It is gone.', args: {target: $..town}}"))
    text = (migrate.folder / "pet_store.overlay.yaml").read_text()
    assert {"target": "$..town", "description": "It is gone.", "remove": True} in yaml.safe_load(text)["actions"]


def test_security_replaces_that_of_the_document(migrate: Migrate) -> None:
    config = "resources: {pets: {methods: {list: get /pets}}}\n"
    config += "security: [{new: []}]\nsecurity_schemes: {new: {type: http, scheme: bearer}}"
    document = changed(migrate, config)
    assert document["security"] == [{"new": []}]
    assert document["components"]["securitySchemes"] == {"new": {"type": "http", "scheme": "bearer"}}
    assert "security" not in document["paths"]["/pets"]["get"]
    assert migrate.generate().exit_code == 0


@pytest.mark.parametrize(
    ("streaming", "media", "setting"),
    [
        ("{param_discriminator: stream, stream_event_model: pets.sound}", ["application/json", "text/event-stream"], "stream"),
        ("{param_discriminator: words, stream_event_model: pets.sound}", ["application/json", "text/event-stream"], None),
        ("{param_discriminator: null, stream_event_model: pets.sound}", ["text/event-stream"], None),
        ("{param_discriminator: stream}", ["application/json", "text/event-stream"], "stream"),
    ],
)  # fmt: skip
def test_a_method_that_streams(migrate: Migrate, streaming: str, media: list[str], setting: str | None) -> None:
    config = (
        "resources: {pets: {models: {sound: Sound}, methods: "
        f"{{talk: {{endpoint: 'post /pets/{{pet_id}}/talk', streaming: {streaming}}}}}}}}}"
    )
    document = changed(migrate, config)
    content = document["paths"]["/pets/{pet_id}/talk"]["post"]["responses"]["200"]["content"]
    assert sorted(content) == media
    assert content["text/event-stream"]["schema"] == {"$ref": "#/components/schemas/Sound"}
    made = migrate(config, "--force")
    method = made.at("resources/pets/methods/talk")
    assert (method["stream"] if isinstance(method, dict) else None) == setting
    assert migrate.generate().exit_code == 0
