"""Values as deep as `load` allows go through every stage, and what is made of them compiles and can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientsmith.data.nesting import MAX_NESTING
from clientsmith.pipeline import generate, settings_of

Wrap = Callable[[Any], Any]

WRAPS: dict[str, Wrap] = {
    "arrays": lambda v: {"type": "array", "items": v},
    "nullable arrays": lambda v: {"type": ["array", "null"], "items": v},
    "maps": lambda v: {"type": "object", "additionalProperties": v},
    "tuples": lambda v: {"prefixItems": [v], "items": False},
    "objects": lambda v: {"type": "object", "properties": {"a": v}},
    "objects in arrays": lambda v: {"type": "array", "items": {"properties": {"a": v}}},
    "allOf": lambda v: {"allOf": [v]},
    "allOf of objects": lambda v: {"allOf": [v, {"properties": {"a": {}}}]},
    "anyOf": lambda v: {"anyOf": [v, {"type": "integer"}]},
    "arrays in oneOf": lambda v: {"oneOf": [{"type": "array", "items": v}, {"type": "integer"}]},
    "oneOf beside members": lambda v: {"properties": {"a": {}}, "oneOf": [v, {"properties": {"b": {}}}]},
    "not": lambda v: {"not": v},
    "defaults": lambda v: {"default": [v]},
    "values of enums": lambda v: {"enum": [v]},
}
IMPORT_ALL = """
import importlib, pkgutil, client
for module in pkgutil.walk_packages(client.__path__, "client."):
    importlib.import_module(module.name)
"""


def depth(value: Any) -> int:
    """Count containers inside containers."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner), default=0) if isinstance(value, dict | list) else 0


def nested(wrap: Wrap, most: int) -> Any:
    """Wrap a value as often as the limit allows."""
    value: Any = {"type": "string"}
    while depth(wrapped := wrap(value)) <= most:
        value = wrapped
    return value


def document(schema: Any, **schemas: Any) -> dict[str, Any]:
    """Send and receive a schema: as a component, and written in place."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/It"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"put": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
        "components": {"schemas": {"It": schema, **schemas}},
    }


def write(folder: Path, value: dict[str, Any]) -> None:
    """Write a document and the settings for it."""
    (folder / "spec.json").write_text(json.dumps(value), encoding="utf-8")
    settings = 'spec = "spec.json"\noutput = "client"\nformatter = "none"\n[components]\nkeep = true\n'
    (folder / "s.toml").write_text(settings, encoding="utf-8")


def made(folder: Path, value: dict[str, Any]) -> None:
    """Generate a client and import every module of it."""
    write(folder, value)
    outcome = generate(settings_of(folder / "s.toml", None))
    assert [issue for issue in outcome.issues if issue.severity == "error"] == []
    subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=folder, check=True)


@pytest.mark.parametrize("name", WRAPS)
def test_the_deepest_value_of_each_kind(tmp_path: Path, name: str) -> None:
    value = document(nested(WRAPS[name], MAX_NESTING - 3))
    assert depth(value) > MAX_NESTING - 6
    made(tmp_path, value)


def test_in_place(tmp_path: Path) -> None:
    value = document({"type": "string"})
    content = {"application/json": {"schema": nested(WRAPS["objects"], MAX_NESTING - 9)}}
    value["paths"]["/a"]["put"] |= {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}
    made(tmp_path, value)


@pytest.mark.parametrize("wrap", [lambda ref: ref, lambda ref: {"allOf": [ref]}], ids=["$ref", "allOf"])
def test_long_chains_of_references(tmp_path: Path, wrap: Wrap) -> None:
    made(tmp_path, document({"$ref": "#/components/schemas/S0"}, **chain(wrap, 5000)))


GENERATE = """
import pathlib, sys, threading
from clientsmith.pipeline import generate, settings_of

def run():
    done.append(generate(settings_of(pathlib.Path("s.toml"), None)).changes is None)

done = []
if sys.argv[1] == "thread":
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
else:
    run()
sys.exit(done[0])
"""


@pytest.mark.parametrize("where", ["main", "thread"])
@pytest.mark.parametrize("kilobytes", [8192, 1024])
def test_a_small_stack_of_the_process_is_enough(tmp_path: Path, kilobytes: int, where: str) -> None:
    """Python's own stack grows as it needs to, that of the process does not: it would be a crash."""
    references = chain(lambda ref: {"allOf": [ref]}, 5000)
    value = nested(WRAPS["oneOf beside members"], MAX_NESTING - 3)
    write(tmp_path, document({"$ref": "#/components/schemas/S0"}, **references, Deep=value))
    command = f'ulimit -S -s {kilobytes} && exec "$0" -c "$1" {where}'
    done = subprocess.run(["sh", "-c", command, sys.executable, GENERATE], cwd=tmp_path, check=False)
    assert done.returncode == 0


HOLDS: dict[str, Wrap] = {
    "members": lambda ref: {"type": "object", "properties": {"a": ref, "v": {"type": "integer"}}},
    "lists of members": lambda ref: {"type": "object", "properties": {"a": {"type": "array", "items": ref}}},
    "lists": lambda ref: {"type": "array", "items": ref},
    "maps": lambda ref: {"type": "object", "additionalProperties": ref},
    "tuples": lambda ref: {"prefixItems": [ref], "items": False},
    "lists in unions": lambda ref: {"oneOf": [{"type": "integer"}, {"type": "array", "items": ref}]},
    "lists that may be null": lambda ref: {"type": ["array", "null"], "items": ref},
}
DECODE = """
import sys, client
from client._core.decode import decode

sys.setrecursionlimit(1000)
value = {"a": {"a": {"a": {"v": 1}}}}
print(decode(value, client.types.S0))
"""


@pytest.mark.parametrize("name", HOLDS)
def test_long_chains_of_components_that_hold_each_other(tmp_path: Path, name: str) -> None:
    """Modules import each other, and `typing` looks into aliases, in rows that Python's stack has room for."""
    made(tmp_path, document({"$ref": "#/components/schemas/S0"}, **chain(HOLDS[name], 1000)))


def test_what_the_longest_chain_holds_is_decoded(tmp_path: Path) -> None:
    made(tmp_path, document({"$ref": "#/components/schemas/S0"}, **chain(HOLDS["members"], 5000)))
    done = subprocess.run([sys.executable, "-c", DECODE], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout == "S0(a=S1(a=S2(a=S3(v=1))))\n"


def test_short_chains_have_a_module_for_each_component(tmp_path: Path) -> None:
    made(tmp_path, document({"$ref": "#/components/schemas/S0"}, **chain(HOLDS["members"], 50)))
    assert len([*(tmp_path / "client" / "types").glob("s*_param.py")]) == 51


def chain(wrap: Wrap, length: int) -> dict[str, Any]:
    """Make components that each hold the next one."""
    made = {f"S{n}": wrap({"$ref": f"#/components/schemas/S{n + 1}"}) for n in range(length)}
    return {**made, f"S{length}": {"properties": {"v": {"type": "integer"}}}}
