"""`clientsmith init`: the first settings of a client."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from tests.command import run

from clientsmith.cli.init import saved_name
from clientsmith.data.issues import Found
from clientsmith.data.settings import Settings
from clientsmith.pipeline import Run, generated_files
from clientsmith.pipeline.initial import initial_settings
from clientsmith.stages.load import default_settings, load_settings

ROOT = Path(__file__).parents[2]
SPEC = """\
openapi: 3.1.0
info: {title: "Pets\\n[client]\\nname = 1 # \\u202e", version: "1"}
servers:
  - {url: "https://pets.example/v1", description: "Production\\n[package]"}
  - {url: "https://test.pets.example/v1"}
security: [{token: []}, {login: []}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: "From the\\n[evil]\\nportal."}
    login: {type: http, scheme: basic}
paths:
  "/pets/\\"{id}\\"":
    get:
      operationId: getPet
      parameters: [{in: path, name: id, required: true, schema: {type: string}}]
      responses: {"204": {description: Nothing.}}
  /pets:
    get: {operationId: listPets, tags: ["a \\"b\\" [c]"], responses: {"204": {description: Nothing.}}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


EXPECTED = """\
#:schema clientsmith.schema.json
# Settings of clientsmith for Pets [client] name = 1 # .
# `clientsmith generate` with the name of this file writes the client. Each key has a default: any line
# but `spec` may go. Editors that know the schema above list the other keys.

spec = "pets.yaml"
# The package's own folder; its last part is the package's name.
output = "pets"
# "ruff" is much faster, and needs the extra clientsmith[ruff]; "none" leaves the code as it is.
formatter = "black"

[package]
# `__version__`, and a part of the User-Agent. `clientsmith diff` says which one comes next.
version = "0.1.0"

[client]
# The class. Its async form is AsyncPets, and the root of its exceptions PetsError.
name = "Pets"
# The document has several servers; the first one counts:
#   https://pets.example/v1: Production [package]
#   https://test.pets.example/v1
base_url = "https://pets.example/v1"
base_url_env = "PETS_BASE_URL"

# A bearer token: From the [evil] portal.
[security.token]
argument = "token"
env = "PETS_TOKEN"
# True: the constructor asks for it, instead of the first call that needs it.
required = false

# User name and password (HTTP Basic)
[security.login]
argument = "username"
env = "PETS_USERNAME"
password_argument = "password"
password_env = "PETS_PASSWORD"
# True: the constructor asks for it, instead of the first call that needs it.
required = false

# No operation pages in a way that is recognised; [paging] has other ways.
"""
TREE = """
# Every resource and method. The names stay as they are, whatever becomes of tags and operationIds.

[resources.pets]
singular = "pet"
[resources.pets.methods]
get = "GET /pets/\\"{id}\\""
list = "GET /pets"
"""


def test_settings_have_what_was_recognised(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC)
    done = run("init", "pets.yaml", "--tree")
    assert done.stdout == "wrote pets.toml\nwrote clientsmith.schema.json\nnext: clientsmith generate pets.toml\n"
    assert (folder / "pets.toml").read_text() == EXPECTED + TREE
    values = tomllib.loads((folder / "pets.toml").read_text())
    schema = json.loads((folder / "clientsmith.schema.json").read_text())
    assert list(Draft7Validator(schema).iter_errors(values)) == []
    assert run("generate", "pets.toml").exit_code == 0
    assert run("generate", "--check", "pets.toml").exit_code == 0


def test_without_the_tree_an_example_says_how_names_are_given(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC)
    run("init", "pets.yaml", "-o", "api.toml")
    text = (folder / "api.toml").read_text()
    assert text.startswith(EXPECTED)
    example = text.removeprefix(EXPECTED).splitlines()[3:]
    assert example == ["# [resources.pets.methods]", '# get = "GET /pets/\\"{id}\\""']


@pytest.mark.parametrize(
    ("file", "title", "package"),
    [
        ("openapi.yaml", "Pets", "pets"),
        ("openapi-v3.yaml", "Swagger Petstore - OpenAPI 3.0", "petstore"),
        ("api.yaml", "The Überweisung REST API (v2)", "uberweisung"),
        ("swagger.yaml", "GitHub v3 REST API", "github"),
        ("spec.yaml", "A very long name for one small thing", "very_long_name_one"),
        ("openapi.yaml", "FastAPI", "openapi"),
        ("openapi.yaml", "宠物", "openapi"),
        ("openapi.yaml", "typing", "typing_client"),
        ("openapi.yaml", "../../evil: x", "evil"),
        ("shop.yaml", "Pets", "shop"),
    ],
)
def test_a_title_names_what_a_file_does_not(folder: Path, file: str, title: str, package: str) -> None:
    (folder / file).write_text(re.sub(r"title: .*, version", lambda _: f"title: {json.dumps(title)}, version", SPEC))
    assert run("init", file, "-o", "my.toml").exit_code == 0
    values = tomllib.loads((folder / "my.toml").read_text())
    assert values["output"] == package
    assert values["client"]["base_url_env"] == f"{package.upper()}_BASE_URL"


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC)
    (folder / "pets.toml").write_text("mine = 1\n")
    done = run("init", "pets.yaml")
    assert done.exit_code == 1
    assert done.stderr.startswith("pets.toml: error: this is there already [file-exists]")
    assert sorted(path.name for path in folder.iterdir()) == ["pets.toml", "pets.yaml"]
    assert (folder / "pets.toml").read_text() == "mine = 1\n"
    (folder / "clientsmith.schema.json").write_text("{}")
    assert run("init", "pets.yaml", "-o", "new.toml").exit_code == 0
    assert (folder / "clientsmith.schema.json").read_text() == "{}"
    (folder / "openapi.yaml").write_text("mine: 1\n")
    refused = run("init", "-", input=SPEC)
    assert "openapi.yaml: error: this is there already" in refused.stderr
    assert not (folder / "openapi.toml").exists()


def test_a_document_with_mistakes_has_no_settings(folder: Path) -> None:
    (folder / "pets.yaml").write_text(SPEC.replace("/v1", "/v1{x").replace("tags:", "tag:").replace("3.1.0", "4.0.0"))
    done = run("init", "pets.yaml")
    assert done.exit_code == 1
    assert "pets.yaml:1:" in done.stderr
    assert done.stderr.endswith("nothing was written\n")
    assert not (folder / "pets.toml").exists()
    (folder / "dir").mkdir()
    assert run("init", "dir").exit_code == 1
    (folder / "pets.yaml").write_text(SPEC)
    assert "[unwritable-file]" in run("init", "pets.yaml", "-o", "gone/pets.toml").stderr


def test_the_only_document_of_a_folder_needs_no_name(folder: Path) -> None:
    assert "name a document: this folder has none" in run("init").stderr
    (folder / "settings.yaml").write_text("on: push\n")
    (folder / "api.yaml").write_text(f"# The pets.\n{SPEC}")
    assert run("init").exit_code == 0
    assert (folder / "api.toml").exists()
    (folder / "api.toml").unlink()
    (folder / "old.json").write_text('{"info": {}, "swagger": "2.0"}')
    assert "this folder has several: api.yaml, old.json" in run("init").stderr


def test_a_document_from_elsewhere_is_saved(folder: Path) -> None:
    done = run("init", "-", "-o", "shop.toml", input=SPEC)
    assert done.stdout.splitlines()[:2] == ["wrote shop.toml", "wrote openapi.yaml"]
    assert (folder / "openapi.yaml").read_text() == SPEC
    assert run("generate", "shop.toml").exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "saved"),
    [
        ("pets.yaml", b"", "pets.yaml"),
        ("pets", b' {"a": 1}', "pets.json"),
        ("openapi", b"a: 1", "openapi.yaml"),
        ("..", b"", "openapi.yaml"),
        (".bashrc", b"", "bashrc.yaml"),
        ("pets.toml", b"", "pets.yaml"),
        ("a b\n;rm.json", b"", "a_b_rm.json"),
        ("a" * 300 + ".json", b"", "a" * 80 + ".json"),
        ("pyproject.yaml", b"", "openapi.yaml"),
    ],
)
def test_a_document_is_saved_under_a_plain_name(name: str, content: bytes, saved: str) -> None:
    assert saved_name(Path(name), content) == saved


def test_gaps_are_accepted_by_name(folder: Path) -> None:
    trace = 'trace: {requestBody: {content: {a/b: {}}}, responses: {"204": {description: "."}}}'
    (folder / "pets.yaml").write_text(f"{SPEC}    {trace}\n")
    assert run("init", "pets.yaml").exit_code == 0
    assert 'allow_skips = ["trace-body"]' in (folder / "pets.toml").read_text()
    assert run("generate", "pets.toml").exit_code == 0


def test_the_schema_is_printed_and_written(folder: Path) -> None:
    schema = run("schema").stdout
    assert json.loads(schema)["title"] == "Settings of clientsmith"
    assert run("schema", "-o", "s.json").exit_code == 0
    assert (folder / "s.json").read_text() == schema
    assert run("schema", "-o", "gone/s.json").exit_code == 1


GROWING = """\
openapi: 3.1.0
info: {title: Zoo, version: "1"}
servers: [{url: "https://zoo.example"}]
paths:
  /v1/animals/{id}/feed:
    post:
      operationId: feedAnimal
      tags: [animals]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: Nothing.}}
  /v1/users: {get: {operationId: listUsers, responses: {"204": {description: Nothing.}}}}
  /search/users: {post: {operationId: findUsersByFilter, responses: {"204": {description: Nothing.}}}}
"""
GROWN = """\
  /v2/users: {get: {operationId: listUsersAgain, responses: {"204": {description: Nothing.}}}}
"""


def names_of(*arguments: str) -> dict[str, str]:
    """Generate; give the name of each operation."""
    report = json.loads(run("generate", *arguments, "--report", "json").stdout)
    return {f"{e['verb']} {e['path']}": f"{e['resource']}.{e['method']}" for e in report["operations"]}


def test_names_of_the_tree_stay_whatever_becomes_of_the_document(folder: Path) -> None:
    (folder / "zoo.yaml").write_text(GROWING)
    run("init", "zoo.yaml", "--tree")
    before = names_of("zoo.toml")
    assert before == names_of("zoo.yaml", "-o", "plain")
    renamed = GROWING.replace("findUsersByFilter", "lookUp").replace("[animals]", "[beasts]") + GROWN
    (folder / "zoo.yaml").write_text(renamed)
    after, plain = names_of("zoo.toml"), names_of("zoo.yaml", "-o", "plain")
    assert {operation: after[operation] for operation in before} == before
    assert {operation: plain[operation] for operation in before} != before
    assert len(after) == len(before) + 1


def files_of(settings: Found[Settings]) -> dict[str, str]:
    return generated_files(Run(Found(replace(settings.value, formatter="none"), settings.issues)), lambda stage: None)


NAMES = sorted(path.name for path in (ROOT / "tests/cases").glob("names_*"))


PAGED = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {in: query, name: page, schema: {type: integer}}
        - {in: query, name: per_page, schema: {type: integer}}
      responses: {"200": {description: ., content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}}
components:
  schemas:
    Page:
      type: object
      properties: {data: {type: array, items: {type: string}}, page: {type: integer}, total_pages: {type: integer}}
"""


def test_paging_is_recognised(folder: Path) -> None:
    (folder / "pets.yaml").write_text(PAGED)
    assert run("init", "pets.yaml").exit_code == 0
    (scheme,) = tomllib.loads((folder / "pets.toml").read_text())["paging"].values()
    assert (scheme["page"], scheme["items"]) == ("page", "data")
    assert run("generate", "pets.toml").exit_code == 0
    assert "Page" in (folder / "pets/resources/pets.py").read_text()


@pytest.mark.parametrize(
    "case", [*NAMES, "op_pages", "op_security", "op_servers", "op_webhooks", "swagger_security", "realtime_kit"]
)
def test_settings_with_the_tree_give_the_same_client(case: str, folder: Path) -> None:
    spec = ROOT / ("spec/realtime_kit.yaml" if case == "realtime_kit" else f"tests/cases/{case}/spec.yaml")
    settings = default_settings(spec, folder / "client")
    clients = []
    for with_tree in (False, True):
        made = initial_settings(settings, folder / "client.toml", with_tree=with_tree)
        assert made.text is not None
        (folder / "client.toml").write_text(made.text)
        clients.append(files_of(load_settings(folder / "client.toml")))
    assert clients[0] == clients[1]
    if "[paging." not in made.text:
        assert clients[0] == files_of(Found(settings))
