"""The docstrings of the source: who raises says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.source_code import FunctionNode, own_raises

import clientsmith

ROOT = Path(clientsmith.__file__).parent
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
CALLED_BY_PYTHON = {"__init__", "__call__", "__getattr__", "__get__", "__enter__"}
"""Private by their names, but what users of a class call."""
ELSEWHERE = "Async form of `"
"""The only line of an async method whose sync one says the rest."""


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[FunctionNode]:
    """List the functions and methods that other modules may use."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node)
        elif isinstance(node, FunctionNode) and (not node.name.startswith("_") or node.name in CALLED_BY_PYTHON):
            yield node


def raised(function: FunctionNode) -> set[str]:
    """Name what a function raises itself, as far as its callers need to know it."""
    found = {ast.unparse(each.exc) for each in own_raises(function) if each.exc is not None}
    # What click raises ends a command with a usage message; the docstring of a command is its help.
    return {each for each in found if not each.startswith(("NotImplementedError", "click."))}


def undocumented(tree: ast.Module) -> list[str]:
    """List the functions that raise and do not say what."""
    return [
        f"{function.lineno}: {function.name}"
        for function in public_functions(tree)
        if raised(function)
        and "\nRaises:\n" not in (text := ast.get_docstring(function) or "")
        and not text.startswith(ELSEWHERE)
    ]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_what_raises_says_so(path: Path) -> None:
    assert undocumented(ast.parse((ROOT / path).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(): raise ValueError('x')", ["1: f"]),
        ('def f():\n "Do.\\n\\nRaises:\\n    ValueError: x."\n raise ValueError', []),
        ("def _f(): raise ValueError", []),
        ("class A:\n def f(self):\n  try: g()\n  except B: raise", []),
        ("class A:\n def f(self):\n  if self.x: raise error", ["2: f"]),
        ("def f():\n def g(): raise ValueError\n return g", []),
        ("class A:\n def f(self): raise NotImplementedError", []),
    ],
)
def test_a_function_that_raises_is_found(source: str, found: list[str]) -> None:
    assert undocumented(ast.parse(source)) == found


def test_sections_have_one_form() -> None:
    """`Raises:` is the last section, and its lines are `Exception: when it is raised.`"""
    wrong = []
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            text = ast.get_docstring(node) if isinstance(node, FunctionNode) else None
            section = (text or "").partition("\nRaises:\n")[2].splitlines()
            entries = [line for line in section if not line.startswith("     ")]
            if not all(line.startswith("    ") and ": " in line for line in entries):
                wrong.append(f"{path}: {getattr(node, 'name', '')}: {section}")
    assert wrong == []
