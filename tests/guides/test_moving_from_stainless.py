"""`docs/guides/migrate.md` does what it says: a config and a document become settings, and these a client."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner
from tests.guides.steps import Reader

from clientsmith.cli import main

PAGE = Path(__file__).parents[2] / "docs/guides/migrate.md"
CONFIG = """\
organization: {name: acme}
targets: {python: {package_name: acme}}
environments: {production: 'https://acme.example'}
client_settings: {opts: {api_key: {type: string, read_env: ACME_KEY, auth: {security_scheme: key}}}}
resources: {pets: {methods: {list: get /pets}, models: {pet: Pet}}}
openapi:
  transforms:
    - {command: remove, reason: Nobody calls it., args: {target: '$.paths["/old"]'}}
"""
DOCUMENT = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
security: [{key: []}]
paths:
  /old: {get: {responses: {"204": {description: Nothing.}}}}
  /pets:
    get:
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas: {Pet: {type: object, properties: {name: {type: string}}}}
"""
USE = """\
import acme
from acme import NOT_GIVEN, BaseModel, Client
from acme.types import Pet
print(Pet.model_validate({"name": "Rex"}).model_dump(), issubclass(Pet, BaseModel), Client is acme.Acme)
"""


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "stainless.yml").write_text(CONFIG)
    (tmp_path / "openapi.yml").write_text(DOCUMENT)
    reader = Reader(tmp_path)
    reader.follow(PAGE)
    assert [line.split()[1] for line in reader.done] == ["migrate", "generate"]
    named = set(re.findall(r"^- `(acme\.\S+)`", PAGE.read_text("utf-8"), re.MULTILINE))
    assert named == {path.name for path in (tmp_path / "sdk").iterdir() if path.is_file()} - {"clientsmith.schema.json"}
    package = next(path.parent for path in tmp_path.rglob("_client.py"))
    reader.folder = package.parent
    assert reader.run("python", "-W", "error", "-c", USE) == "{'name': 'Rex'} True True\n"


def test_the_config_is_not_read_again_but_for_check_and_force(tmp_path: Path) -> None:
    (tmp_path / "stainless.yml").write_text(CONFIG)
    (tmp_path / "openapi.yml").write_text(DOCUMENT)
    arguments = ["migrate", str(tmp_path / "stainless.yml"), "--spec", str(tmp_path / "openapi.yml")]
    arguments += ["-o", str(tmp_path / "sdk")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert CliRunner().invoke(main, [*arguments, "--check"]).exit_code == 0
    (tmp_path / "stainless.yml").write_text(CONFIG.replace("list: get", "all: get"))
    checked = CliRunner().invoke(main, [*arguments, "--check"])
    assert (checked.exit_code, '+all = "GET /pets"' in checked.output) == (1, True)
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert CliRunner().invoke(main, [*arguments, "--force"]).exit_code == 0
    assert 'all = "GET /pets"' in (tmp_path / "sdk/acme.toml").read_text()
