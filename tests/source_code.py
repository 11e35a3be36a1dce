"""Measures of Python sources: lengths, complexity and circles of imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.With, ast.AsyncWith, ast.Assert,
    ast.match_case,
)  # fmt: skip


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """List all functions, methods and functions inside others."""
    return (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def length(function: FunctionNode) -> int:
    """Count the lines of a function, without its decorators."""
    return (function.end_lineno or 0) - function.lineno + 1


def complexity(function: ast.AST) -> int:
    """Count the ways through a function, as McCabe does; functions inside count for themselves."""
    count = 1
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, FunctionNode):
            continue
        if isinstance(node, BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        waiting += ast.iter_child_nodes(node)
    return count


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Find modules that import each other; nothing without circles."""
    left = dict(graph)
    while left:
        leaves = [module for module, others in left.items() if not others & left.keys()]
        if not leaves:
            return sorted(left)
        for module in leaves:
            del left[module]
    return []


def own_raises(function: FunctionNode) -> Iterator[ast.Raise]:
    """List the statements by which a function itself raises a new exception, in none of the functions inside."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield node
        if not isinstance(node, (*FunctionNode.__args__, ast.ClassDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
