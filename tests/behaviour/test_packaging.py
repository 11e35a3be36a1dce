"""A client as a distribution, and clients that share a runtime: installed with pip, offline, in fresh environments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from packaging.metadata import Metadata
from tests.command import run

WHEELHOUSE = Path(__file__).parents[2] / ".wheelhouse"
HOSTILE = 'Pets"""\n[tool.evil]\nrun = 1 # \\ \u202e'
SPEC = f"""\
openapi: 3.1.0
info:
  title: {json.dumps(HOSTILE)}
  version: "1"
  license: {{name: Apache 2.0, identifier: apache-2.0}}
  contact: {{url: "https://pets.example/contact\\"x"}}
  termsOfService: "javascript:alert(1)"
externalDocs: {{url: "https://pets.example/docs"}}
servers: [{{url: "https://pets.example"}}]
paths:
  /pets:
    get:
      operationId: listPets
      deprecated: true
      responses:
        "200": {{description: Pets., content: {{application/json: {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{name: {{type: string}}}}}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(SPEC)
    return tmp_path


def settings(name: str, *package: str) -> str:
    lines = ['spec = "pets.yaml"', f'output = "{name}"', 'formatter = "none"', "[package]", *package]
    Path(f"{Path(name).name}.toml").write_text("\n".join([*lines, ""]))
    return f"{Path(name).name}.toml"


def python(environment: Path, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(WHEELHOUSE)}
    command = [environment / "bin/python", *arguments]
    return subprocess.run(command, env={**variables, **offline}, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("environment")
    venv.create(made, with_pip=False, symlinks=True)
    return made


def pip(environment: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    here = Path(sys.executable).parents[1]
    interpreter = environment / "bin/python"
    return python(here, "-m", "pip", "--python", interpreter, "install", "--quiet", *arguments, cwd=environment)


def test_a_client_with_metadata_is_installed(folder: Path, environment: Path) -> None:
    (folder / ".gitignore").write_text("clients/\n")
    subprocess.run(["git", "init", "-q"], check=True)
    name = settings("clients/petstore", "metadata = true", 'version = "1.2.0rc1"', 'project = "acme-petstore"')
    assert run("generate", name).exit_code == 0
    (folder / "clients/petstore/custom").mkdir()
    (folder / "clients/petstore/custom/mine.py").write_text("MINE = 1\n")
    done = pip(environment, folder / "clients/petstore")
    assert done.returncode == 0, done.stderr
    code = (
        "import petstore, petstore.custom.mine, importlib.metadata as m; print(petstore.Petstore, petstore.types.Pet);"
        "print(*sorted(str(f) for f in m.files('acme-petstore')), sep='\\n')"
    )
    shown = python(environment, "-W", "error", "-c", code, cwd=environment)
    assert shown.returncode == 0, shown.stderr
    installed = set(shown.stdout.splitlines()[1:])
    assert {"petstore/py.typed", "petstore/_core/client.py", "petstore/custom/mine.py"} <= installed
    assert not [path for path in installed if path.startswith("petstore/") and path.endswith((".md", ".toml", ".json"))]
    metadata = Metadata.from_email(
        next((environment / "lib").glob("*/site-packages/acme_petstore-*.dist-info/METADATA")).read_bytes()
    )
    assert (metadata.name, str(metadata.version)) == ("acme-petstore", "1.2.0rc1")
    assert metadata.license_expression == "Apache-2.0"
    assert metadata.project_urls == {
        "Documentation": "https://pets.example/docs",
        "Contact": 'https://pets.example/contact"x',
    }
    assert [str(requirement) for requirement in metadata.requires_dist or ()] == ["httpx2<3,>=2"]
    assert metadata.summary is not None
    assert metadata.summary.startswith('Python client for Pets""" [tool.evil] run = 1 # \\')
    assert run("generate", "--check", name).exit_code == 0


def test_the_folder_is_built_as_the_guide_says(folder: Path) -> None:
    run("generate", settings("petstore", "metadata = true", 'version = "1.2.0"'))
    done = python(Path(sys.executable).parents[1], "-m", "build", "--no-isolation", "-o", "dist", "petstore")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        "petstore-1.2.0-py3-none-any.whl", "petstore-1.2.0.tar.gz",
    ]  # fmt: skip
    assert run("generate", "--check", "petstore.toml").exit_code == 0


def test_a_client_that_shares_a_runtime_is_installed_without_one(folder: Path, environment: Path) -> None:
    name = settings("aviary", "metadata = true", 'core = "shared_runtime"')
    assert run("generate", name).exit_code == 0
    assert "the runtime that it shares with other clients" in (folder / "aviary/README.md").read_text()
    assert pip(environment, folder / "aviary").returncode == 0
    files = "import importlib.metadata as m; print(*m.files('aviary'), sep='\\n')"
    assert "_core" not in python(environment, "-c", files, cwd=environment).stdout
    lost = python(environment, "-c", "import aviary", cwd=environment)
    assert lost.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'shared_runtime'"
    run("core", "shared_runtime")
    found = python(environment, "-W", "error", "-c", "import aviary; print(aviary.Aviary)", cwd=folder)
    assert found.stdout == "<class 'aviary._client.Aviary'>\n", found.stderr


def test_text_of_a_document_stays_in_its_place(folder: Path) -> None:
    assert run("generate", settings("pets", "metadata = true", 'license = "MIT"')).exit_code == 0
    written = tomllib.loads((folder / "pets/pyproject.toml").read_text())
    assert written.keys() == {"build-system", "project", "tool"}
    assert written["tool"].keys() == {"hatch"}
    assert written["project"]["license"] == "MIT"
    assert "\u202e" not in (folder / "pets/pyproject.toml").read_text()
    assert "pip install ./pets" in (folder / "pets/README.md").read_text()


def test_without_metadata_the_readme_promises_no_installation(folder: Path) -> None:
    run("generate", settings("pets"))
    assert not (folder / "pets/pyproject.toml").exists()
    assert "install it" not in (folder / "pets/README.md").read_text()
    run("generate", settings("pets", 'project = "acme-pets"'))
    assert "or install it as `acme-pets`." in (folder / "pets/README.md").read_text()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["metadata = true", 'version = "1.x"'], "6:1: error: '1.x' is no version of a distribution"),
        (["metadata = true", 'project = "a b"'], "6:1: error: 'package.project' must be the name of a distribution"),
        (['license = "Ours, all of it"'], "5:1: error: 'Ours, all of it' is no license expression"),
        (['core = "acme.class"'], "5:1: error: 'acme.class' is no name of a package"),
        (['core = "../acme"'], "5:1: error: 'package.core' must be a dotted name"),
    ],
)
def test_what_no_distribution_can_have_is_an_error(lines: list[str], message: str) -> None:
    done = run("generate", settings("pets", *lines))
    assert done.exit_code == 1
    assert f"pets.toml:{message}" in done.stderr


# --- a shared runtime ------------------------------------------------------------------------------------------------

CALLS = """\
import warnings, httpx2, acme.pets, acme.shop
from acme._clientsmith.base_client import BaseClient
def answer(request): return httpx2.Response(200, json={"name": "Rex"})
for cls in (acme.pets.Pets, acme.shop.Shop):
    with cls(http_client=httpx2.Client(transport=httpx2.MockTransport(answer))) as client:
        assert isinstance(client, BaseClient)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            print(client.pets.list(), client.pets.with_raw_response.list().parse().name)
        assert {warning.filename for warning in caught} == {"<string>"}, caught
assert acme.pets.PetsError is acme.shop.ShopError
print(acme.pets.omit is acme.shop.omit)
"""


def test_clients_share_a_runtime_of_the_same_version(folder: Path, environment: Path) -> None:
    acme = folder / "src/acme"
    acme.mkdir(parents=True)
    (acme / "__init__.py").write_text("")
    for name in ("pets", "shop"):
        done = run("generate", settings(f"src/acme/{name}", 'core = "acme._clientsmith"'))
        assert done.exit_code == 0, done.output
        assert f"from acme.{name} import" in done.stdout
        assert not (acme / name / "_core").exists()
    assert run("core", "--check", str(acme / "_clientsmith")).exit_code == 1
    assert run("core", str(acme / "_clientsmith")).exit_code == 0
    assert run("core", "--check", str(acme / "_clientsmith")).stdout.endswith("the runtime is up to date\n")
    assert pip(environment, "httpx2").returncode == 0
    used = python(environment, "-W", "error", "-c", CALLS, cwd=folder / "src")
    assert used.returncode == 0, used.stderr
    assert used.stdout.endswith("True\n")
    types = [sys.executable, "-m", "mypy", "--strict", "-p", "acme", "--cache-dir", str(folder / "cache")]
    checked = subprocess.run(types, cwd=folder / "src", capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout

    version = acme / "_clientsmith/version.py"
    version.write_text(version.read_text().replace('VERSION = "', 'VERSION = "9.'))
    refused = python(environment, "-c", "import acme.pets", cwd=folder / "src")
    last = refused.stderr.splitlines()[-1]
    assert last.startswith("ImportError: acme.pets was generated for the runtime ")
    assert "acme._clientsmith is 9." in last
    assert "`clientsmith core`" in last
    assert "[local-edit]" in run("core", str(acme / "_clientsmith")).stderr


def test_client_and_runtime_have_a_folder_each(folder: Path) -> None:
    run("generate", settings("pets"))
    refused = run("core", "pets")
    assert "'pets' holds a client that was generated [foreign-output]" in refused.stderr
    run("core", "runtime")
    assert "holds a runtime that was generated" in run("generate", "pets.toml", "-o", "runtime").stderr
    assert "[bad-output]" in run("core", "my-runtime").stderr


def test_a_copy_elsewhere_is_brought_up_to_date_with_the_same_guards(folder: Path) -> None:
    run("generate", settings("clients/pets"))
    assert "[no-origin]" in run("vendor", "other/pets").stderr
    assert "[not-generated]" in run("vendor", "gone", "other/pets").stderr
    assert run("vendor", "clients/pets", "other/pets").exit_code == 0
    assert run("vendor", "--check", "other/pets").stdout == "the copy is up to date\n"
    (folder / "pets.yaml").write_text(SPEC.replace("listPets", "getPets").replace("/pets:", "/cats:"))
    run("generate", "pets.toml")
    assert run("vendor", "--check", "other/pets").exit_code == 1
    assert run("vendor", "other/pets").exit_code == 0
    assert (folder / "other/pets/resources/cats.py").read_bytes() == (
        folder / "clients/pets/resources/cats.py"
    ).read_bytes()
    assert not (folder / "other/pets/resources/pets.py").exists()
    (folder / "other/pets/mine.py").write_text("mine = 1\n")
    (folder / "other/pets/_client.py").write_text("mine = 1\n")
    (folder / "clients/pets/_client.py").write_text("# Generated by clientsmith. Do not edit.\nedited = 1\n")
    assert "[local-edit]" in run("vendor", "other/pets").stderr
    assert run("vendor", "other/pets", "--force").exit_code == 0
    assert "edited = 1" in (folder / "other/pets/_client.py").read_text()
    assert (folder / "other/pets/mine.py").exists()
