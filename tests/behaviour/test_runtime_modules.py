"""A client has the modules of the runtime that it needs, and no others."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import case_packages

from clientsmith.cli import main
from clientsmith.runtime import bounds
from clientsmith.targets.python.plan.readme import LARGEST
from clientsmith.targets.python.render.locations import runtime_folder
from clientsmith.targets.python.render.runtime import HEADER

PLAIN = """
openapi: 3.1.0
info: {title: Plain, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200":
          description: Things.
          content:
            application/json:
              schema: {type: object, properties: {name: {type: string}}}
"""
UPLOAD = """
    post:
      operationId: sendThing
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
      responses: {"204": {description: Done.}}
"""
JSON_VALUE = """
openapi: 3.1.0
info: {title: Values, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /value:
    get:
      operationId: getValue
      responses:
        "200":
          description: A value.
          content:
            application/json:
              schema: {type: object, properties: {value: {$ref: "#/components/schemas/Value"}}}
components:
  schemas:
    Value:
      oneOf:
        - {type: MEMBER}
        - {type: array, items: {$ref: "#/components/schemas/Value"}}
"""


def generate(document: str, output: Path) -> Path:
    spec = output.with_suffix(".yaml")
    spec.write_text(document)
    result = CliRunner().invoke(main, ["generate", str(spec), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return output


def modules(package: Path) -> set[str]:
    return {path.stem for path in (package / "_core").glob("*.py")}


def imported(path: Path) -> Iterator[str]:
    """List the modules of the runtime that a module imports, anywhere in it."""
    inside = path.parent.name == "_core"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            name = node.module or ""
            if inside:
                yield from [name] if name else (alias.name for alias in node.names)
            elif name.startswith("_core."):
                yield name.removeprefix("_core.")


def python(folder: Path, code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_client_without_uploads_does_not_have_them_and_works(tmp_path: Path) -> None:
    package = generate(PLAIN, tmp_path / "plain")
    optional = {"uploads", "multipart", "forms", "events", "json_lines", "parts", "paging", "renaming", "styles"}
    optional |= {"cookies", "discriminators", "references", "deprecation"}
    assert not modules(package) & optional
    code = (
        "import plain\n"
        "class Response:\n"
        '    status_code, headers, content = 200, {}, b\'{"name": "n"}\'\n'
        "class HTTP:\n"
        "    def request(self, method, url, **options): return Response()\n"
        "    def close(self): pass\n"
        "print(plain.Plain(http_client=HTTP()).things.list_things().name)\n"
    )
    assert "plain.Plain" in code
    resource = next(path.stem for path in (package / "resources").glob("*.py") if path.stem != "__init__")
    method = ast.parse((package / "resources" / f"{resource}.py").read_text())
    cls = next(node for node in method.body if isinstance(node, ast.ClassDef))
    name = [n.name for n in cls.body if isinstance(n, ast.FunctionDef)][-1]
    assert python(tmp_path, code.replace("things.list_things", f"{resource}.{name}")) == "n\n"


def test_the_readme_names_the_limit_of_the_runtime() -> None:
    assert LARGEST == bounds.LARGEST


def test_modules_come_and_go_with_what_the_document_needs(tmp_path: Path) -> None:
    package = generate(PLAIN + UPLOAD, tmp_path / "plain")
    assert {"uploads", "multipart"} <= modules(package)
    listed = json.loads((package / ".clientsmith.json").read_text())
    assert "_core/uploads.py" in json.dumps(listed)
    generate(PLAIN, package)
    assert not {"uploads", "multipart"} & modules(package)
    assert "_core/uploads.py" not in (package / ".clientsmith.json").read_text()


def test_modules_are_those_of_the_runtime_byte_for_byte_below_a_header(tmp_path: Path) -> None:
    package = generate(PLAIN + UPLOAD, tmp_path / "plain")
    for path in (package / "_core").glob("*.py"):
        assert path.read_text("utf-8") == HEADER + (runtime_folder() / path.name).read_text("utf-8")


@pytest.mark.parametrize("case", case_packages.names())
def test_everything_that_is_imported_is_there(case: str) -> None:
    output = case_packages.package(case)
    needed = {name for path in output.rglob("*.py") if "_core" not in path.parts for name in imported(path)}
    reached, waiting = {"__init__"}, list(needed)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imported(output / "_core" / f"{name}.py")
    assert reached == modules(output)


def test_recursive_aliases_of_two_clients_below_one_package_resolve_in_their_own_modules(tmp_path: Path) -> None:
    parent = tmp_path / "acme"
    parent.mkdir()
    (parent / "__init__.py").touch()
    generate(JSON_VALUE.replace("MEMBER", "string, format: date"), parent / "one")
    generate(JSON_VALUE.replace("MEMBER", "string, format: date-time"), parent / "two")
    code = """
import acme.one.types as one, acme.two.types as two
for types in (two, one, two):
    model = next(getattr(types, name) for name in dir(types) if name.endswith("Response"))
    decoded = model.from_dict({"value": [["2026-01-02", "2026-01-02T03:04:05Z"]]}).value[0]
    print([type(item).__name__ for item in decoded])
"""
    found = python(tmp_path, code).splitlines()
    assert found == ["['str', 'datetime']", "['date', 'str']", "['str', 'datetime']"]
