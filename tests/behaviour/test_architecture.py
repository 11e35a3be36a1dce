"""The rules of the source: who imports whom, and who prints."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import clientsmith

ROOT = Path(clientsmith.__file__).parent
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
HTTP_LIBRARIES = {"httpx", "httpx2"}
OPTIONAL_IN_RUNTIME = {*HTTP_LIBRARIES, "orjson", "typing_extensions"}


def name_of(path: Path) -> tuple[str, ...]:
    """Give the dotted name of a module below the package."""
    parts = path.with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """List what a module imports, anywhere in it: our own modules start with an empty part."""
    package = path.parent.parts
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield tuple((node.module or "").split("."))
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1]
            inner = tuple((node.module or "").split(".")) if node.module else ()
            names = [(alias.name,) for alias in node.names] if not inner else [()]
            yield from (("", *base, *inner, *name) for name in names)


def own_imports(path: Path) -> list[tuple[str, ...]]:
    return [found[1:] for found in imports(path) if found[0] == ""]


def within(layer: str) -> list[Path]:
    return [path for path in MODULES if path.parts[0] == layer]


def stage_of(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_our_own_modules_are_imported_relatively(path: Path) -> None:
    assert [found for found in imports(path) if found[0] == "clientsmith"] == []


@pytest.mark.parametrize("path", within("data"), ids=str)
def test_data_imports_nothing_but_data(path: Path) -> None:
    assert {found[0] for found in own_imports(path)} <= {"data"}
    others = {found[0] for found in imports(path)} - {""}
    assert others <= {*sys.stdlib_module_names, "markupsafe"}


@pytest.mark.parametrize("path", within("disk"), ids=str)
def test_disk_imports_nothing_of_ours(path: Path) -> None:
    assert {found[0] for found in own_imports(path)} <= {"disk", "__version__"}


@pytest.mark.parametrize("path", within("stages"), ids=str)
def test_a_stage_imports_data_disk_and_itself(path: Path) -> None:
    for found in own_imports(path):
        assert found[0] in ("data", "disk") or found[:2] == ("stages", stage_of(path)), found


@pytest.mark.parametrize("path", within("targets"), ids=str)
def test_a_target_imports_stages_data_disk_and_itself(path: Path) -> None:
    """What all of them print with, and the Markdown and the types that two of them write, are no targets."""
    for found in own_imports(path):
        own = found[0] == "targets" and found[1] in (
            stage_of(path),
            "templates",
            "discipline",
            "markdown_prose",
            "python_types",
        )
        assert found[0] in ("data", "disk", "stages", "__version__") or own, found


@pytest.mark.parametrize("path", within("migrate"), ids=str)
def test_migrate_imports_data_and_itself(path: Path) -> None:
    assert {found[0] for found in own_imports(path)} <= {"data", "migrate"}


@pytest.mark.parametrize("path", within("runtime"), ids=str)
def test_the_runtime_imports_itself_and_the_http_library(path: Path) -> None:
    assert {found[0] for found in own_imports(path)} <= {"runtime"}
    others = {found[0] for found in imports(path)} - {""}
    assert others <= {*sys.stdlib_module_names, *OPTIONAL_IN_RUNTIME}


def test_the_command_line_imports_the_pipeline_which_imports_targets_and_stages() -> None:
    layers = {"data", "disk", "recall", "stages", "targets", "__version__"}
    for path in within("pipeline"):
        assert {found[0] for found in own_imports(path)} <= {*layers, "pipeline"}
    assert {found[0] for found in own_imports(Path("recall.py"))} <= {"data", "disk", "stages"}
    assert {found[0] for found in own_imports(Path("runs.py"))} <= {"data", "disk", "pipeline", "recall"}
    assert {found[0] for found in own_imports(Path("diff.py"))} <= {"data", "pipeline", "stages", "targets"}
    allowed = {"data", "diff", "disk", "migrate", "pipeline", "reporting", "runs", "__version__"}
    for path in within("cli"):
        assert {found[0] for found in own_imports(path)} <= {*allowed, "cli", "stages"}
    assert {found[0] for found in own_imports(Path("reporting.py"))} <= {"data", "disk"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_names_say_what_a_module_is_for(path: Path) -> None:
    assert not {"utils", "util", "helpers", "helper", "common", "misc"} & set(name_of(path))


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] != "cli"], ids=str)
def test_only_the_command_line_prints(path: Path) -> None:
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("sys", "stdout"), ("sys", "stderr"), ("click", "echo")}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert ast.get_docstring(tree), "no docstring"


def test_the_stages_are_those_of_the_pipeline() -> None:
    stages = {stage_of(path) for path in within("stages") if len(path.parts) > 1} - {"__init__"}
    assert stages == {
        "load",
        "adapt",
        "link",
        "validate",
        "resolve",
        "lower",
        "select",
        "design",
        "custom",
        "edit",
        "write",
    }


def test_the_targets_are_those_of_the_design() -> None:
    targets = {stage_of(path) for path in within("targets") if len(path.parts) > 2}
    assert targets == {"python", "reference", "changes", "settings"}
