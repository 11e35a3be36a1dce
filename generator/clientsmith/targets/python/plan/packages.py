"""The packages below `types/` and `resources/`: what they have is imported on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....data.compatible_names import COMPATIBLE
from ....data.modules import RESOURCES, TYPES, below_top, folder_of, inside, package_file, split
from ....data.reserved import PUBLIC, PUBLIC_OF_GRANTS, PUBLIC_OF_WEBHOOKS
from ....data.surface import Surface
from ....data.text import code, docstring, identifier, literal, module_path
from ..package import Export, Import, LazyPackage
from .scope import grouped_imports, relative_module, sorted_exports, sorted_imports

_OWN = ("__version__", "types")
"""What the package itself has of `PUBLIC`."""


def types_packages(surface: Surface) -> Iterator[LazyPackage]:
    """Write the packages of types: one a folder, parents export their children."""
    exports: dict[str, list[tuple[str, str]]] = {TYPES: []}
    for types_module in surface.type_modules():
        folder, module = split(types_module.name)
        exports.setdefault(folder, []).extend((name, module) for name in types_module.exports)
    for folder in list(exports):
        while folder != TYPES:
            folder = folder_of(folder)
            exports.setdefault(folder, [])
    below: dict[str, list[str]] = {folder: [] for folder in exports}
    for folder in exports:
        parent, name = split(folder)
        if parent:
            below[parent].append(name)
    for folder, names in sorted(exports.items()):
        where = below_top(folder)
        title = f"Types of the resource `{where}`." if where else "The types of the API."
        yield _lazy_package(folder, title, names, sorted(below[folder]))


def resources_packages(surface: Surface) -> Iterator[LazyPackage]:
    """Write the packages that import the modules of resources when they are looked up."""
    titles = {RESOURCES: "The resources of the API."}
    modules: dict[str, set[str]] = {RESOURCES: set()}
    for resource in surface.all_resources():
        if not resource.path:  # its module is the client's affair
            continue
        module = resource.module
        if resource.children:
            folder = folder_of(module)
            titles[folder] = f"The resource `{'.'.join(resource.path)}` and those below it."
        while module != RESOURCES:
            module, name = split(module)
            modules.setdefault(module, set()).add(name)
    for folder, title in titles.items():
        yield _lazy_package(folder, title, (), sorted(modules[folder]))


def public_names(surface: Surface) -> tuple[str, ...]:
    """Give what the package exports besides its clients and the root of its errors."""
    return (*_OWN, *_of_runtime(surface), *(name for name, _ in _other_names(surface)))


def _of_runtime(surface: Surface) -> Mapping[str, str]:
    """Give the names of the runtime that the package exports, with their modules there."""
    of_grants = PUBLIC_OF_GRANTS if surface.client.has_grants else ()
    of_webhooks = PUBLIC_OF_WEBHOOKS if surface.client.webhook_secret else ()
    return {
        **{name: "omit" if name.lower() == "omit" else "errors" for name in (*PUBLIC, *of_grants) if name not in _OWN},
        **dict.fromkeys(of_webhooks, "webhooks"),
        **_compatible(surface),
    }


def _compatible(surface: Surface) -> Mapping[str, str]:
    """Give what users of another SDK import, by name, and its module of the runtime."""
    compatibility = surface.client.compatibility
    own = {surface.client.name, f"Async{surface.client.name}", surface.client.error_name}
    found = COMPATIBLE[compatibility] if compatibility else {}
    return {name: module for name, module in found.items() if name not in own}


def _other_names(surface: Surface) -> Iterator[tuple[str, str]]:
    """Give the second names of the clients: users of another SDK know both."""
    client = surface.client
    if client.compatibility and client.name != "Client":
        yield "Client", client.name
        yield "AsyncClient", f"Async{client.name}"


def public_exports(surface: Surface) -> tuple[Export, ...]:
    """Give the names of the runtime that the package exports."""
    public = [_export(name, f"_core.{module}") for name, module in _of_runtime(surface).items()]
    for name, original in _other_names(surface):
        module = literal(f"._client:{original}")
        export = Export(
            name=identifier(name), module=module_path("._client"), literal=literal(name), module_literal=module
        )
        public.append(export)
    return tuple(public)


def public_imports(surface: Surface) -> tuple[Import, ...]:
    """Import the same names for type checkers, and the root of the errors under its name in this package."""
    plain = grouped_imports("", [(f"._core.{module}", name) for name, module in _of_runtime(surface).items()])
    error_name = identifier(surface.client.error_name)
    root = Import(module=module_path("._core.errors"), names=(code("ClientError", " as ", error_name),))
    others = (
        Import(module=module_path("._client"), names=(code(identifier(original), " as ", identifier(name)),))
        for name, original in _other_names(surface)
    )
    return sorted_imports((*plain, root, *others))


def _lazy_package(folder: str, title: str, names: Iterable[tuple[str, str]], modules: Sequence[str]) -> LazyPackage:
    """Write a package of (name, module) pairs, and of modules that it imports as they are."""
    names = sorted(names)
    places = [*((f".{folder}", module) for module in modules), *((f".{inside(folder, m)}", n) for n, m in names)]
    return LazyPackage(
        path=package_file(folder),
        docstring=docstring([title], 0),
        core=module_path(relative_module(folder, "._core.lazy")),
        imports=grouped_imports(folder, places),
        exports=tuple(_export(name, module) for name, module in names),
        packages=tuple(_export(module, module) for module in modules),
        names=sorted_exports([*(name for name, _ in names), *modules]),
    )


def _export(name: str, module: str) -> Export:
    return Export(
        name=identifier(name),
        module=module_path(f".{module}"),
        literal=literal(name),
        module_literal=literal(f".{module}"),
    )
