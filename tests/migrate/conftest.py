# ruff: noqa: E501 - a case is a line
"""What the tests of migrations share: a document, the command, and what it writes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from tests.command import run

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example'}]
security: [{old: []}]
paths:
  /pets:
    get:
      operationId: listPets
      security: [{gone: []}]
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: hidden, in: query, schema: {type: string, x-stainless-skip: true}}
        - {name: node_only, in: query, schema: {type: string, x-stainless-skip: [node]}}
      responses: {'200': {$ref: '#/components/responses/Pets'}}
    post:
      operationId: addPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /pets/{pet_id}/talk:
    post:
      operationId: talk
      parameters: [{name: pet_id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {stream: {type: boolean}, words: {type: string}}}}}}
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Sound'}}}}}
  /pets/sounds:
    get:
      operationId: listen
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Sound'}}}}}
  /status:
    get:
      operationId: getStatus
      responses: {'200': {description: It., content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}
components:
  responses:
    Pets: {description: They., content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}
  securitySchemes:
    old: {type: http, scheme: bearer}
    gone: {type: apiKey, in: header, name: X-Gone}
    basic: {type: http, scheme: basic}
    flow: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}, weight: {type: number}, kind: {$ref: '#/components/schemas/Kind'}, home: {type: object, properties: {town: {type: string}}}}}
    NewPet: {type: object, properties: {name: {type: string}, extra: {type: string, x-stainless-any: true, description: Anything.}}}
    Kind: {type: string, enum: [cat, dog]}
    Sound: {type: object, properties: {text: {type: string}}}
"""
BASE = """\
organization: {name: pet-store}
targets: {python: {package_name: pet_store}}
environments: {production: 'https://pets.example/v2'}
"""


@dataclass(frozen=True)
class Migrated:
    """The files that a migration wrote."""

    folder: Path
    result: Result

    @property
    def text(self) -> str:
        return (self.folder / "pet_store.toml").read_text()

    @property
    def settings(self) -> dict[str, Any]:
        return tomllib.loads(self.text)

    @property
    def actions(self) -> list[dict[str, Any]]:
        """The actions of the overlay, without their descriptions."""
        path = self.folder / "pet_store.overlay.yaml"
        actions = yaml.safe_load(path.read_text())["actions"] if path.exists() else []
        return [{key: value for key, value in action.items() if key != "description"} for action in actions]

    @property
    def report(self) -> dict[str, tuple[str, str]]:
        """Fate and reason of each key."""
        found, fate = {}, ""
        fates = {
            "## Keys that are not known": "unknown",
            "## What the client does not have": "not possible",
            "## What the settings say": "carried",
            "## What needs no setting": "not needed",
        }
        for line in (self.folder / "pet_store.migration.md").read_text().splitlines():
            fate = fates.get(line, fate)
            if line.startswith("- `"):
                key, _, reason = line.removeprefix("- ").partition("`: ")
                found[key.strip("`")] = (fate, reason)
        return found

    def at(self, path: str) -> Any:
        """Give a setting by its dotted path; None if it is absent."""
        here: Any = self.settings
        for step in path.split("/"):
            here = here.get(step) if isinstance(here, dict) else None
        return here


class Migrate:
    """Runs the command in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "openapi.yml").write_text(SPEC)

    def __call__(self, config: str, *options: str, base: str = BASE) -> Migrated:
        (self.folder / "stainless.yml").write_text(base + config)
        arguments = [str(self.folder / "stainless.yml"), "--spec", str(self.folder / "openapi.yml")]
        return Migrated(self.folder, run("migrate", *arguments, "-o", str(self.folder), *options))

    def generate(self) -> Result:
        """Generate the client of the settings."""
        return run("generate", str(self.folder / "pet_store.toml"))


@pytest.fixture
def migrate(tmp_path: Path) -> Migrate:
    return Migrate(tmp_path)
