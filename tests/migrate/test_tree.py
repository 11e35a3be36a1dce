# ruff: noqa: E501 - a case is a line
"""Resources and models of a config, and clients that come of them."""

from __future__ import annotations

import re

import pytest
from tests.importing import imported
from tests.migrate.conftest import Migrate

TREE = """
resources:
  $shared: {models: {kind: '#/components/schemas/Kind'}}
  pets:
    deprecated: Cats only.
    models: {pet: Pet, home: '#/components/schemas/Pet/properties/home'}
    methods: {list: get /pets, create: post /pets}
    subresources:
      voices:
        standalone_api: true
        models: {sound: {openapi_uri: Sound, param_model: x.y}}
        methods:
          talk: {endpoint: 'post /pets/{pet_id}/talk', streaming: {param_discriminator: stream, stream_event_model: pets.voices.sound}}
      models: {methods: {list: get /pets}}
"""


def test_the_tree_is_that_of_the_config(migrate: Migrate) -> None:
    made = migrate(TREE)
    resources = made.settings["resources"]
    assert resources["pets"]["methods"] == {"list": "GET /pets", "create": "POST /pets"}
    assert resources["pets"]["models"] == {"pet": "Pet", "home": "Home"}
    assert resources["pets"]["deprecated"] == "Cats only."
    assert resources["pets"]["voices"]["own_types"] is True
    assert resources["pets"]["voices"]["models"] == {"sound": "Sound"}
    talk = {"operation": "POST /pets/{pet_id}/talk", "stream": "stream"}
    assert resources["pets"]["voices"]["methods"] == {"talk": talk}
    assert resources["pets.models"] == {"methods": {"list": "GET /pets"}}
    assert made.settings["shared"] == {"models": {"kind": "Kind"}}


def test_its_client_has_these_names(migrate: Migrate) -> None:
    migrate(TREE)
    result = migrate.generate()
    assert result.exit_code == 0, result.output
    with imported(migrate.folder / "pet_store") as package:
        client = package.PetStore(base_url="http://127.0.0.1:9")
        assert {"list", "create"} <= set(dir(client.pets))
        assert package.types.Pet.__module__ == "pet_store.types.pet"
        assert package.types.Home.__module__ == "pet_store.types.home"
        assert package.types.shared.Kind
        assert package.types.pets.voices.Sound
        assert callable(client.pets.models.list)


@pytest.mark.parametrize(
    ("models", "key", "reason"),
    [
        ("{a: Nothing}", "a", "no schema 'Nothing'"),
        ("{a: '#/components/schemas/Nothing'}", "a", "no schema"),
        ("{a: '#/components/schemas/Pet/properties/nothing'}", "a", "no schema"),
        ("{a: Pet, A: Kind}", "A", "another model"),
        ("{b: {type: alias, to: a}, a: Pet}", "b.to", "no model 'a' before it"),
        ("{a: Pet, b: {type: alias, to: a, deprecated: Old.}}", "b.deprecated", "have a message"),
        ("{a: {openapi_uri: Pet, no_params_suffix: true}}", "a.no_params_suffix", "end with 'Param'"),
    ],
)
def test_what_no_model_can_be_made_of(migrate: Migrate, models: str, key: str, reason: str) -> None:
    made = migrate(f"resources: {{pets: {{models: {models}}}}}")
    fate, words = made.report[f"resources.pets.models.{key}"]
    assert fate == "not possible"
    assert reason in words


def test_a_schema_may_have_several_names(migrate: Migrate) -> None:
    made = migrate(
        "resources: {$shared: {models: {beast: Pet}}, pets: {models: {pet: Pet, cat: {type: alias, to: pet}, new_pet: NewPet},"
        " methods: {list: get /pets, create: {endpoint: post /pets, body_param_name: pet}}}}"
    )
    assert made.at("resources/pets/models") == {"pet": "Pet", "cat": "Pet", "new_pet": "NewPet"}
    assert made.at("shared/models") == {"beast": "Pet"}
    assert made.report["resources.pets.models.cat.to"][0] == "carried"
    result = migrate.generate()
    assert result.exit_code == 0, result.output
    assert "Cat: TypeAlias = Pet" in (made.folder / "pet_store/types/cat.py").read_text()
    assert "Beast: TypeAlias = Pet" in (made.folder / "pet_store/types/shared/beast.py").read_text()


def test_a_query_may_name_a_model(migrate: Migrate) -> None:
    made = migrate("resources: {pets: {models: {sound: $.components.schemas.Sound, town: $..town}}}")
    assert made.at("resources/pets/models") == {"sound": "Sound", "town": "Town"}
    assert made.actions[-1] == {
        "target": "$.components.schemas.Pet.properties.home.properties.town",
        "update": {"$ref": "#/components/schemas/Town"},
    }


def test_a_model_that_is_a_reference_is_its_target(migrate: Migrate) -> None:
    made = migrate("resources: {pets: {models: {kind: '#/components/schemas/Pet/properties/kind'}}}")
    assert made.at("resources/pets/models") == {"kind": "Kind"}


def test_a_resource_that_python_does_not_have_is_left_out(migrate: Migrate) -> None:
    made = migrate("resources: {pets: {skip: [python], methods: {list: get /pets}}, a: {only: [go]}}")
    assert made.at("resources") is None
    assert made.report["resources.pets"][0] == "not needed"


def test_names_that_clients_have_get_an_underscore(migrate: Migrate) -> None:
    made = migrate("resources: {close: {methods: {list: get /pets}}, import: {methods: {list: get /status}}}")
    assert set(made.settings["resources"]) == {"close_", "import_"}


def test_other_targets_need_nothing(migrate: Migrate) -> None:
    made = migrate("resources: {pets: {terraform: {name: x}, mcp: true, methods: {list: get /pets}}}")
    assert {made.report[f"resources.pets.{key}"][0] for key in ("terraform", "mcp")} == {"not needed"}


def test_the_client_has_methods_and_models_of_its_own(migrate: Migrate) -> None:
    made = migrate(
        "resources: {$client: {deprecated: Old., models: {pet: Pet}, methods: {get: get /status, add: {endpoint: post /pets, deprecated: No.}},"
        " subresources: {pets: {methods: {list: get /pets}}}}}"
    )
    assert made.at("client/methods") == {
        "get_": {"operation": "GET /status", "deprecated": "Old."},
        "add": {"operation": "POST /pets", "deprecated": "No."},
    }
    assert made.at("client/models") == {"pet": "Pet"}
    assert made.settings["resources"] == {"pets": {"methods": {"list": "GET /pets"}}}
    assert made.report["resources.$client.methods.get"] == ("carried", "GET /status")
    result = migrate.generate()
    assert result.exit_code == 0, result.output


UNION = """
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: They., content: {application/json: {schema: {type: object, properties: {zoo: {type: string}, place: {$ref: '#/components/schemas/Place'}, id: {type: string}, lone: {anyOf: [{type: object, properties: {a: {type: string}}}, {type: 'null'}]}, parts: {type: array, items: {anyOf: [{type: string}, {type: object, properties: {b: {type: string}}}]}}}}}}}}
components:
  schemas:
    Alias: {$ref: '#/components/schemas/Cage'}
    Cage: {type: object, properties: {bars: {type: integer}}}
    Stable: {type: object, properties: {horse: {type: object, properties: {name: {type: string}}}}}
    Place: {anyOf: [{$ref: '#/components/schemas/Stable'}, {$ref: '#/components/schemas/Cage'}, {type: object, title: Garden, properties: {size: {type: integer}}}, {type: object, properties: {kind: {const: sea}, depth: {type: integer}}, required: [kind]}, {type: object, properties: {other: {type: string}}}]}
"""


def test_variants_and_fields_are_those_of_the_sdk(migrate: Migrate) -> None:
    (migrate.folder / "openapi.yml").write_text("openapi: 3.1.0\ninfo: {title: T, version: '1'}\n" + UNION)
    made = migrate("resources: {pets: {models: {crate: Alias}, methods: {list: get /pets}}}")
    assert made.at("resources/pets/models") == {"crate": "Cage"}
    result = migrate.generate()
    assert result.exit_code == 0, result.output
    text = (made.folder / "pet_store/types/pet_list_response.py").read_text()
    names = re.findall(r"class (\w+)\(BaseModel\)", text)
    assert names == [
        "PetListResponse", "Lone", "PartUnionMember1", "PlaceStable", "PlaceStableHorse", "PlaceGarden", "PlaceSea",
        "PlaceUnionMember4",
    ]  # fmt: skip
    assert re.findall(r"^    (\w+): ", text.partition("class Lone")[0], re.M) == ["id", "lone", "parts", "place", "zoo"]
    assert "import Crate" in text
