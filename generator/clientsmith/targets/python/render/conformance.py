"""Holds rendered modules against the plan: nothing may stand in them that the plan does not name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from ..package import LazyPackage, ModelClass, Package, ResourceModule, TypedDictClass, TypesModule


class NonconformingOutput(Exception):
    """A rendered module differs from its plan."""


_STATEMENTS = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef, ast.If)
"""What a generated module may hold at its top level. Expressions are docstrings only, `if` is `TYPE_CHECKING` only."""


def check_conformance(package: Package, files: Mapping[str, str]) -> None:
    """Parse every module and compare it with the plan."""
    trees = {path: _parse(path, text) for path, text in files.items() if path.endswith(".py")}
    for path, tree in trees.items():
        _check_statements(path, tree)
    for types_module in package.types:
        _check_types(types_module, trees[types_module.path])
    for lazy in (*package.types_packages, *package.resources_packages):
        _check_exports(lazy, trees[lazy.path])
    for resource in package.resources:
        _check_resource(resource, trees[resource.path])
    _same(
        "_client.py",
        [node.name for node in trees["_client.py"].body if isinstance(node, ast.ClassDef)],
        [str(package.client.name), str(package.client.async_name)],
    )


def _parse(path: str, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = text.splitlines()[(getattr(error, "lineno", 1) or 1) - 1 :][:1]
        raise NonconformingOutput(f"{path} is no Python: {error}: {line}") from error


def _check_statements(path: str, tree: ast.Module) -> None:
    for node in tree.body:
        if not isinstance(node, _STATEMENTS):
            raise NonconformingOutput(f"{path}:{node.lineno}: {type(node).__name__} at module level")
        if isinstance(node, ast.Expr) and not _is_docstring(node):
            raise NonconformingOutput(f"{path}:{node.lineno}: an expression at module level")
        if isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            raise NonconformingOutput(f"{path}:{node.lineno}: a condition at module level")


def _is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _same(path: str, found: Iterable[str], planned: Iterable[str]) -> None:
    found, planned = list(found), list(planned)
    if found != planned:
        raise NonconformingOutput(f"{path}: found {found}, planned {planned}")


def _check_types(module: TypesModule, tree: ast.Module) -> None:
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    written: list[ModelClass | TypedDictClass] = [*module.models, *module.typed_dicts]
    _same(module.path, classes, [str(planned.name) for planned in written])
    for planned in written:
        _same(
            f"{module.path} {planned.name}",
            _class_members(module.path, classes[planned.name]),
            (str(field.name) for field in planned.fields),
        )
    assigned = (ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign))
    _same(module.path, assigned, (str(alias.name) for alias in module.aliases))
    planned_imports = [str(i.module) for i in module.imports]
    _same(module.path, _imports(tree.body), ["__future__", *planned_imports])


def _class_members(path: str, node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Expr() if _is_docstring(statement):
                continue
            case _:
                raise NonconformingOutput(f"{path}:{statement.lineno}: {type(statement).__name__} in {node.name}")


def _imports(statements: Iterable[ast.stmt]) -> Iterator[str]:
    for node in statements:
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _check_exports(package: LazyPackage, tree: ast.Module) -> None:
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    names = [
        alias.asname or alias.name
        for block in guarded
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    planned = [*(str(e.name) for e in package.packages), *(str(e.name) for e in package.exports)]
    _same(package.path, sorted(names), sorted(planned))


def _check_resource(resource: ResourceModule, tree: ast.Module) -> None:
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    views = (
        resource.raw_name,
        resource.async_raw_name,
        resource.streaming_name,
        resource.async_streaming_name,
    )
    planned = [str(resource.name), str(resource.async_name), *(str(v) for v in views if resource.has_views)]
    _same(resource.path, classes, planned)
    constants = [*(str(c.name) for c in resource.operations), *(str(c.name) for c in resource.pagings)]
    assigned = [
        ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        for node in tree.body
        if isinstance(node, (ast.AnnAssign, ast.Assign))
    ]
    _same(resource.path, assigned, ["__all__", *constants])
    for name in (resource.name, resource.async_name):
        _check_methods(resource, classes[name])


def _check_methods(resource: ResourceModule, node: ast.ClassDef) -> None:
    functions = {f.name: f for f in node.body if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef))}
    views = ("with_raw_response", "with_streaming_response") if resource.has_views else ()
    children = [str(child.name) for child in resource.children]
    _same(f"{resource.path} {node.name}", functions, [*views, *children, *(str(m.name) for m in resource.methods)])
    for method in resource.methods:
        arguments = functions[method.name].args
        found = [argument.arg for argument in (*arguments.args, *arguments.kwonlyargs)]
        planned = ["self", *(str(a.name) for a in (*method.positional, *method.keyword))]
        _same(f"{resource.path} {method.name}", found, planned)
