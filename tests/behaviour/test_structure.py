"""The shape of the generator: small modules, functions that can be read, imports in one direction.

`tests/runtime/test_structure.py` holds the runtime to the same.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.behaviour.test_architecture import MODULES, ROOT, name_of, own_imports
from tests.source_code import circle, complexity, functions, length

MOST_LINES = 400
LONGEST_FUNCTION = 40
MOST_COMPLEX = 19
OURS = [path for path in MODULES if path.parts[0] != "runtime"]


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """List the modules that a module imports, lazily and for type checkers too."""
    known = set(map(name_of, MODULES))
    found = set()
    for name in own_imports(path):
        while name and name not in known:
            name = name[:-1]  # a name in a module
        found.add(".".join(name))
    return found - {".".join(name_of(path)), ""}


@pytest.mark.parametrize("path", OURS, ids=str)
def test_modules_are_small(path: Path) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", OURS, ids=str)
def test_functions_are_short_and_simple(path: Path) -> None:
    assert {f.name: length(f) for f in functions(tree(path)) if length(f) > LONGEST_FUNCTION} == {}
    assert {f.name: complexity(f) for f in functions(tree(path)) if complexity(f) > MOST_COMPLEX} == {}


def test_no_modules_import_each_other() -> None:
    assert circle({".".join(name_of(path)): imported(path) for path in MODULES}) == []


def test_imports_are_found() -> None:
    """The graph has edges, from packages and from modules: else no circle could ever be seen."""
    graph = {str(path): imported(path) for path in MODULES}
    assert "stages.lower.context" in graph["stages/lower/schemas.py"]
    assert "data.pointer" in graph["data/document.py"]
    assert "stages.load" in graph["pipeline/surface.py"]
