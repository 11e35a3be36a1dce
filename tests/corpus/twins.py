"""Type files of a client that are the same as another one but for names and docstrings."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path


def twins(package: Path) -> int:
    """Count the modules of types that another module has already."""
    found = Counter(
        shape(path.read_text("utf-8")) for path in (package / "types").rglob("*.py") if path.stem != "__init__"
    )
    return sum(count - 1 for count in found.values())


def shape(text: str) -> str:
    """Write what a module declares, without docstrings and with its own names numbered."""
    tree = ast.parse(text)
    own = {node.name: f"Type{n}" for n, node in enumerate(each for each in tree.body if isinstance(each, ast.ClassDef))}
    own |= {
        node.target.id: f"Alias{n}"
        for n, node in enumerate(each for each in tree.body if isinstance(each, ast.AnnAssign))
        if isinstance(node.target, ast.Name)
    }
    return ast.unparse(_Renamed(own).visit(tree))


class _Renamed(ast.NodeTransformer):
    """Replaces names of the module, and drops docstrings and `__all__`."""

    def __init__(self, own: dict[str, str]) -> None:
        self._own = own

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self._own.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._own.get(node.id, node.id)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if ast.unparse(node.targets[0]) == "__all__" else self.generic_visit(node)
