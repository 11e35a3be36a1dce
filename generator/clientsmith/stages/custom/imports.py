"""A module of the user's goes in; out comes which modules of the package it imports as it is imported itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...data.document import Position


@dataclass(frozen=True, slots=True)
class OwnImport:
    """A module of the package that is imported, by its dotted path in it, and where. The package itself has no path."""

    module: str
    name: str
    """What is imported from it; empty where it is the module alone."""
    position: Position


def own_imports(tree: ast.Module, module: str, package: str, *, is_package: bool) -> Iterator[OwnImport]:
    """List what runs with the module: not what stands in functions, or is for type checkers only."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in executed(tree.body):
        position = Position(node.lineno, node.col_offset + 1)
        if isinstance(node, ast.Import):
            for alias in node.names:
                inside = inside_package(alias.name.split("."), package)
                if inside is not None:
                    yield OwnImport(".".join(inside), "", position)
        elif isinstance(node, ast.ImportFrom):
            yield from (OwnImport(base, name, position) for base, name in imported(node, here, package))


def imported(node: ast.ImportFrom, here: list[str], package: str) -> Iterator[tuple[str, str]]:
    """Give module and name of each part of `from module import name`, if it is the package's own."""
    steps = node.module.split(".") if node.module else []
    if node.level > len(here) + 1:
        return
    base = [*here[: len(here) - node.level + 1], *steps] if node.level else inside_package(steps, package)
    if base is not None:
        yield from ((".".join(base), alias.name) for alias in node.names)


def inside_package(steps: list[str], package: str) -> list[str] | None:
    """Give what follows the name of the package in an absolute path; None where that is not in it."""
    return steps[steps.index(package) + 1 :] if package in steps else None


def executed(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """List the statements that are executed with a module, those inside of others too."""
    for node in body:
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        is_typing = isinstance(node, ast.If) and ast.unparse(node.test).rpartition(".")[2] == "TYPE_CHECKING"
        blocks = ("orelse",) if is_typing else ("body", "orelse", "finalbody")
        for block in blocks:
            yield from executed(getattr(node, block, ()))
        for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from executed(handler.body)


def defined(tree: ast.Module) -> Mapping[str, ast.stmt]:
    """List the names that a module has at its top level, with the statements that make them."""
    found: dict[str, ast.stmt] = {}
    for node in executed(tree.body):
        for name in bound(node):
            found.setdefault(name, node)
    return found


def bound(node: ast.stmt) -> Iterator[str]:
    """List the names that one statement makes."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in names)
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
