"""What a name that does not exist is taken for."""

from __future__ import annotations

import pytest

from clientsmith.data.suggestions import closest, did_you_mean

SCHEMAS = ("#/components/schemas/A", "#/components/schemas/Pet", "#/components/schemas/PetList")
OPERATIONS = ("listPets", "GET /pets", "GET /pets/{petId}", "DELETE /pets/{petId}", "POST /users/{id}")


@pytest.mark.parametrize(
    ("name", "candidates", "meant"),
    [
        ("#/components/schemas/Missing", SCHEMAS, None),
        ("#/components/schemas/Nope", SCHEMAS, None),
        ("#/components/schemas/Pets", SCHEMAS, "#/components/schemas/Pet"),
        ("#/components/schemas/pet", SCHEMAS, "#/components/schemas/Pet"),
        ("#/component/schemas/Pet", SCHEMAS, "#/components/schemas/Pet"),
        ("#/definitions/PetLists", SCHEMAS, "#/components/schemas/PetList"),
        ("listPet", OPERATIONS, "listPets"),
        ("LISTPETS", OPERATIONS, "listPets"),
        ("POST /pets", OPERATIONS, "GET /pets"),
        ("GET /pet/{id}", OPERATIONS, "GET /pets/{petId}"),
        ("get /pets", OPERATIONS, "GET /pets"),
        ("GET /orders/{id}", OPERATIONS, None),
        ("GET /", OPERATIONS, None),
        ("GET /", ("GET /", "PUT /"), "GET /"),
        ("formater", ("spec", "formatter"), "formatter"),
        ("", ("spec",), None),
        ("spec", (), None),
    ],
)
def test_the_last_segment_tells(name: str, candidates: tuple[str, ...], meant: str | None) -> None:
    assert closest(name, candidates) == meant
    assert did_you_mean(name, candidates) == (meant and f"did you mean '{meant}'?")
