"""A year of a client in a git repository: each step is a command that a team types, and all that it prints.

`steps/` has the transcripts, in order; `--golden` writes them. The document changes four times: compatibly, so that
code breaks, against an edit, and back. Then the client is copied into another folder, and brought up to date there.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from clientsmith.cli import main

STEPS = Path(__file__).parent / "steps"
FIRST = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      summary: List all pets.
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
      responses:
        "200":
          description: The pets.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    post:
      operationId: createPet
      tags: [pets]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses:
        "201": {description: The pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        age: {type: integer}
"""
COMPATIBLE = FIRST.replace(
    "        - {name: limit", "        - {name: tag, in: query, schema: {type: string}}\n        - {name: limit"
)
BREAKING = COMPATIBLE.replace("        age: {type: integer}\n", "").replace('version: "1"', 'version: "2"')
CONFLICTING = BREAKING.replace("{name: limit,", "{name: size,")


class Repository:
    """A repository in which one thing happens after the other, with a transcript of each step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[str] = []
        self.transcripts: dict[str, str] = {}
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        """Run git without the settings of whoever runs the tests."""
        identity = {f"GIT_{who}_{what}": "team" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        environment = {**os.environ, **identity, **nothing}
        subprocess.run(["git", *arguments], cwd=self._folder, env=environment, check=True, capture_output=True)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def write(self, path: str, text: str) -> None:
        (self._folder / path).write_bytes(text.encode())

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self._folder / path).read_bytes().decode()
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def run(self, *arguments: str, code: int = 0) -> None:
        """Type a command, and note it with what it prints."""
        with contextlib.chdir(self._folder):
            result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == code, result.output
        self._lines += [f"$ clientsmith {' '.join(arguments)}", result.output.rstrip("\n")]
        self._lines += [f"(exit code {code})", ""] if code else [""]

    def show(self, path: str, *, lines: int | None = None) -> None:
        """Note what is in a file, or its first lines."""
        command = "cat" if lines is None else f"head -n {lines}"
        text = (self._folder / path).read_bytes().decode().rstrip("\n")
        self._lines += [f"$ {command} {path}", *text.split("\n")[:lines], ""]

    def end(self, step: str) -> None:
        """End a step, and commit what it left."""
        self.transcripts[f"{len(self.transcripts) + 1:02}-{step}.txt"] = "\n".join(self._lines)
        self._lines = []
        self.commit(step)


@pytest.fixture(scope="module")
def transcripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Live through the year."""
    year = Repository(tmp_path_factory.mktemp("story"))
    year.write("openapi.yaml", FIRST)
    year.run("init", "openapi.yaml", "-o", "clientsmith.toml")
    year.show("clientsmith.toml")
    year.replace("clientsmith.toml", 'output = "pets"', 'output = "src/pets"\nedits_limit = 10')
    year.replace("clientsmith.toml", 'version = "0.1.0"', 'version = "1.0.0"')
    year.show("clientsmith.toml", lines=15)
    year.run("generate", "clientsmith.toml")
    year.run("generate", "--check", "clientsmith.toml")
    year.end("init-and-generate")

    year.replace("src/pets/resources/pets.py", '"limit": limit,', '"limit": 100 if limit is omit else limit,')
    year.run("generate", "clientsmith.toml", code=1)
    year.run("edits", "save", "clientsmith.toml")
    year.show("clientsmith.edits/resources/pets.py.patch")
    year.run("edits", "list", "clientsmith.toml")
    year.run("generate", "--check", "clientsmith.toml")
    year.end("edit")

    year.write("openapi.yaml", COMPATIBLE)
    year.run("diff", "--base", "main", "clientsmith.toml")
    year.run("generate", "clientsmith.toml")
    year.run("edits", "list", "clientsmith.toml")
    year.end("compatible-change")

    year.write("openapi.yaml", BREAKING)
    year.run("diff", "--base", "main", "--fail-on", "major", "clientsmith.toml", code=1)
    year.run("generate", "clientsmith.toml")
    year.end("breaking-change")

    year.write("openapi.yaml", CONFLICTING)
    year.run("diff", "--base", "main", "clientsmith.toml")
    year.run("generate", "clientsmith.toml", code=1)
    year.run("edits", "drop", "clientsmith.toml", "resources/pets.py")
    year.run("generate", "clientsmith.toml")
    year.replace("src/pets/resources/pets.py", '"size": size,', '"size": 100 if size is omit else size,')
    year.run("edits", "save", "clientsmith.toml")
    year.show("clientsmith.edits/resources/pets.py.patch")
    year.end("conflicting-change")

    year.write("openapi.yaml", FIRST)
    year.run("generate", "clientsmith.toml", code=1)
    year.git("checkout", "main~3", "--", "clientsmith.edits")
    year.run("generate", "clientsmith.toml")
    year.run("generate", "--check", "clientsmith.toml")
    year.run("diff", "--base", "main~3", "clientsmith.toml")
    year.end("back")

    year.run("vendor", "src/pets", "shop/acme/pets")
    year.write("openapi.yaml", COMPATIBLE)
    year.run("generate", "clientsmith.toml")
    year.run("vendor", "shop/acme/pets")
    year.run("vendor", "--check", "shop/acme/pets")
    year.replace("shop/acme/pets/resources/pets.py", "The resource `pets`", "Our resource")
    year.run("vendor", "shop/acme/pets", code=1)
    year.run("vendor", "--force", "shop/acme/pets")
    year.end("vendor")
    return year.transcripts


def test_each_step_prints_what_it_printed(transcripts: dict[str, str], golden: bool) -> None:
    if golden:
        for path in STEPS.glob("*.txt"):
            path.unlink()
        for name, text in transcripts.items():
            (STEPS / name).write_text(text, "utf-8")
    assert transcripts == {path.name: path.read_text("utf-8") for path in sorted(STEPS.glob("*.txt"))}
