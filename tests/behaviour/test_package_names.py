"""Packages may be called what generated code calls things itself; credentials make way for resources."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from clientsmith.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example"}]
security: [{oauth2: []}, {key: []}]
paths:
  /oauth2/keys: {get: {responses: {"204": {description: Nothing.}}}}
  /request/{id}: {get: {responses: {"204": {description: Nothing.}}, parameters: [
    {name: id, in: path, required: true, schema: {type: string}}]}}
components:
  securitySchemes:
    oauth2: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://shop.example/token", scopes: {}}}}
    key: {type: apiKey, in: header, name: X-Key}
"""
USE = """
import importlib, json, sys
package = importlib.import_module(sys.argv[1])
name = next(name for name in package.__all__ if name.startswith("Async"))
client = getattr(package, name.removeprefix("Async"))(oauth2_token="t")
client.oauth2.keys.list, client.requests.get
print(json.dumps([name.removeprefix("Async"), client.oauth2_token]))
"""


def generated(folder: Path, package: str) -> Path:
    (folder / "spec.yaml").write_text(SPEC)
    output = folder.joinpath(*package.split("."))
    output.parent.mkdir(exist_ok=True)
    result = CliRunner().invoke(main, ["generate", str(folder / "spec.yaml"), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return output


def bound(body: list[ast.stmt]) -> Iterator[str]:
    """List the names that a module binds."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.If):
            yield from bound(node.body)


@pytest.mark.parametrize(
    ("package", "client"),
    [
        ("client", "Client"),
        ("sync_client", "SyncClient"),
        ("omit", "OmitClient"),
        ("self", "SelfClient"),
        ("timeout", "TimeoutClient"),
        ("api", "API"),
        ("resources", "Resources"),
        ("shop.types", "Types"),  # on its own, `types` is the standard library's
    ],
)
def test_a_package_may_have_a_name_of_generated_code(tmp_path: Path, package: str, client: str) -> None:
    output = generated(tmp_path, package)
    counts = Counter(bound(ast.parse((output / "_client.py").read_text("utf-8")).body))
    assert [name for name, count in counts.items() if count > 1] == []
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", USE, package], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [client, "t"]


def operation(**query: str) -> dict[str, object]:
    """Make a GET with a parameter in the path, and others in the query."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    response = {"description": "It.", "content": {"application/json": {"schema": schema}}}
    places = {"id": "path", **query}
    parameters = [{"name": n, "in": p, "required": True, "schema": {"type": "string"}} for n, p in places.items()]
    return {"get": {"parameters": parameters, "responses": {"200": response}}}


USE_DEVICES = """
import devices
client = devices.Devices(base_url="http://127.0.0.1")
assert client.con.größe.get and client.con.größe.aux.get
assert devices.types.con_.GrößeGetParams and devices.types.con_.grosse.AuxGetResponse
"""


def test_no_folder_of_types_is_a_device_of_windows_or_has_letters_that_file_systems_differ_in(tmp_path: Path) -> None:
    paths = {"/con/{id}/größe": operation(q="query"), "/con/{id}/größe/aux": operation()}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    (tmp_path / "devices.json").write_text(json.dumps(document), "utf-8")
    result = CliRunner().invoke(main, ["generate", str(tmp_path / "devices.json"), "-o", str(tmp_path / "devices")])
    assert result.exit_code == 0, result.output
    names = [path.name for path in (tmp_path / "devices").rglob("*")]
    assert all(name.isascii() for name in names)
    assert not {name.partition(".")[0].lower() for name in names} & {"con", "aux", "nul", "com1"}
    ran = subprocess.run([sys.executable, "-c", USE_DEVICES], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
