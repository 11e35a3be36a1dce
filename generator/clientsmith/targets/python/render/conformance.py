"""Holds rendered modules against the plan: nothing may stand in them that the plan does not name."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from ....data.collector import no_garbage_collection
from ....disk.cache import Cache
from ....disk.identity import identity
from ..package import LazyPackage, Method, ModelClass, Package, ResourceModule, TypedDictClass, TypesModule


class NonconformingOutput(Exception):
    """A rendered module differs from its plan."""


_STATEMENTS = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef, ast.If)
"""What a generated module may hold at its top level. Expressions are docstrings only, `if` is `TYPE_CHECKING` only."""


Names = Mapping[str, list[str]]
"""What is compared of a module: names by what they are the names of, in their order."""
KIND = "conforms"


def check_conformance(package: Package, files: Mapping[str, str], cache: Cache) -> None:
    """Parse every module that the cache does not know, and compare it with the plan.

    The cache knows a module by its text and by the names that are planned for it.

    Raises:
        NonconformingOutput: a module is not what the plan says.
    """
    modules = _modules(package)
    texts = {path: text for path, text in files.items() if path.endswith(".py")}
    planned = {path: modules[path].planned() if path in modules else {} for path in texts}
    keys = {path: _key(path, text, planned[path]) for path, text in texts.items()}
    known = cache.get_all(KIND, keys.values())
    new = {path: key for path, key in keys.items() if key not in known}
    with no_garbage_collection():  # syntax trees hold no cycles
        for path in new:
            _check(path, texts[path], planned[path], modules.get(path))
    cache.put_all(KIND, dict.fromkeys(new.values(), b""))


def _modules(package: Package) -> dict[str, _Module]:
    """Make what compares each module, by path."""
    made: list[_Module] = [_Client("_client.py", package), *map(_Types, package.types)]
    made += map(_Exports, (*package.types_packages, *package.resources_packages))
    made += map(_Resource, package.resources)
    return {module.path: module for module in made}


def _key(path: str, text: str, planned: Names) -> str:
    return hashlib.sha256(repr((identity(), path, planned, text)).encode("utf-8", "surrogatepass")).hexdigest()


def _check(path: str, text: str, planned: Names, module: _Module | None) -> None:
    tree = _parse(path, text)
    _check_statements(path, tree)
    found = module.found(tree) if module is not None else {}
    for what in {**planned, **found}:
        if planned.get(what) != found.get(what):
            raise NonconformingOutput(f"{path}: {what}: found {found.get(what)}, planned {planned.get(what)}")


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


def _classes(tree: ast.Module) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


# --- the kinds of modules --------------------------------------------------------------------------------------------


class _Module(Protocol):
    """Names of one module, as they are planned and as they are found."""

    path: str

    def planned(self) -> Names: ...

    def found(self, tree: ast.Module) -> Names: ...


class _Client:
    """The module of the two clients."""

    def __init__(self, path: str, package: Package) -> None:
        self.path = path
        self._client = package.client

    def planned(self) -> Names:
        client = self._client
        return {
            "classes": [str(client.name), str(client.async_name)],
            f"bases of {client.name}": [*map(str, client.bases.sync)],
            f"bases of {client.async_name}": [*map(str, client.bases.asynchronous)],
        }

    def found(self, tree: ast.Module) -> Names:
        classes = _classes(tree)
        return {"classes": [*classes], **{f"bases of {name}": _bases(node) for name, node in classes.items()}}


class _Types:
    """A module of types."""

    def __init__(self, module: TypesModule) -> None:
        self.path = module.path
        self._module = module

    def planned(self) -> Names:
        module = self._module
        written: list[ModelClass | TypedDictClass] = [*module.models, *module.typed_dicts]
        return {
            "classes": [str(planned.name) for planned in (*written, *module.pages)],
            **{f"members of {page.name}": [] for page in module.pages},
            **{f"members of {planned.name}": [str(field.name) for field in planned.fields] for planned in written},
            "aliases": [str(alias.name) for alias in module.aliases],
            "imports": ["__future__", *(str(planned.module) for planned in module.imports)],
        }

    def found(self, tree: ast.Module) -> Names:
        classes = _classes(tree)
        return {
            "classes": [*classes],
            **{f"members of {name}": [*_class_members(self.path, node)] for name, node in classes.items()},
            "aliases": [ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign)],
            "imports": [*_imports(tree.body)],
        }


def _class_members(path: str, node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Expr() if _is_docstring(statement):
                continue
            case ast.Assign(targets=[ast.Name(id="__slots__")]):
                continue
            case _:
                raise NonconformingOutput(f"{path}:{statement.lineno}: {type(statement).__name__} in {node.name}")


def _imports(statements: Iterable[ast.stmt]) -> Iterator[str]:
    for node in statements:
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


class _Exports:
    """An `__init__.py` that imports what it exports once it is used."""

    def __init__(self, package: LazyPackage) -> None:
        self.path = package.path
        self._package = package

    def planned(self) -> Names:
        names = (*self._package.packages, *self._package.exports)
        return {"exports": sorted(str(planned.name) for planned in names)}

    def found(self, tree: ast.Module) -> Names:
        guarded = [node for block in tree.body if isinstance(block, ast.If) for node in block.body]
        aliases = [alias for node in guarded if isinstance(node, ast.ImportFrom) for alias in node.names]
        return {"exports": sorted(alias.asname or alias.name for alias in aliases)}


class _Resource:
    """A module with the two classes of a resource, and those of its wrappers."""

    def __init__(self, resource: ResourceModule) -> None:
        self.path = resource.path
        self._resource = resource

    def planned(self) -> Names:
        resource = self._resource
        names = (resource.raw_name, resource.async_raw_name, resource.streaming_name, resource.async_streaming_name)
        wrappers = names if resource.has_wrappers else ()
        constants = [constant.name for constant in resource.operations] + [paging.name for paging in resource.pagings]
        constants += [resource.receiver.constant] if resource.receiver else []
        both = self._names()
        return {
            "classes": [*both, *(str(wrapper) for wrapper in wrappers)],
            "constants": ["__all__", *map(str, constants)],
            f"bases of {both[0]}": [*map(str, resource.bases.sync)],
            f"bases of {both[1]}": [*map(str, resource.bases.asynchronous)],
            **{f"members of {name}": self._members() for name in both},
            **{
                f"arguments of {name}.{method.name}": ["self", *_planned_arguments(method)]
                for name in both
                for method in resource.methods
            },
        }

    def _names(self) -> tuple[str, str]:
        return str(self._resource.name), str(self._resource.async_name)

    def _members(self) -> list[str]:
        resource = self._resource
        wrappers = ("with_raw_response", "with_streaming_response") if resource.has_wrappers else ()
        children = (str(child.name) for child in resource.children)
        reads = resource.receiver
        reading = reads.methods if reads else ()
        return [*wrappers, *children, *(str(method.name) for method in resource.methods), *map(str, reading)]

    def found(self, tree: ast.Module) -> Names:
        classes, methods = _classes(tree), {str(method.name) for method in self._resource.methods}
        both = [(name, classes[name]) for name in self._names() if name in classes]
        return {
            "classes": [*classes],
            "constants": [*_assigned(tree)],
            **{f"bases of {name}": _bases(node) for name, node in both},
            **{f"members of {name}": [*_functions(node)] for name, node in both},
            **{
                f"arguments of {name}.{method}": _arguments(function)
                for name, node in both
                for method, function in _functions(node).items()
                if method in methods
            },
        }


def _planned_arguments(method: Method) -> Iterator[str]:
    return (str(argument.name) for argument in (*method.positional, *method.keyword))


def _assigned(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.AnnAssign, ast.Assign)):
            yield ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])


def _bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base) for base in node.bases]


_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(node: ast.ClassDef) -> dict[str, _Function]:
    return {inner.name: inner for inner in node.body if isinstance(inner, _Function)}


def _arguments(function: _Function) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
