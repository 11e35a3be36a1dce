"""The modules of a client: dotted paths below its package, and the files that they are in.

Types are below `types`, resources below `resources`, each in the folder of the resource above.
"""

from __future__ import annotations

from collections.abc import Iterable

TYPES, RESOURCES = "types", "resources"
OWN_METHODS = "resources._client"
"""The module of the methods of the client itself."""


def types_folder(resource: Iterable[str]) -> str:
    """Give the package of the types that the calls of some resources share: `types.pets`."""
    return ".".join((TYPES, *resource))


def resource_module(steps: tuple[str, ...], *, has_children: bool) -> str:
    """Give the module of a resource: one with children has a package, and a module of its own name in there."""
    return ".".join((RESOURCES, *steps, *(steps[-1:] if has_children else ())))


def inside(folder: str, name: str) -> str:
    """Give a module or package in a package."""
    return f"{folder}.{name}"


def folder_of(module: str) -> str:
    """Give the package that a module or package is in; empty for those of the client's own package."""
    return module.rpartition(".")[0]


def split(module: str) -> tuple[str, str]:
    """Give the package that a module is in, and the module's own name."""
    folder, _, name = module.rpartition(".")
    return folder, name


def below_top(module: str) -> str:
    """Give the path below `types` or `resources`; empty for these."""
    return module.partition(".")[2]


def exported_name(module: str, name: str) -> str:
    """Give the name by which users import a declared type: from the package of its module. `types.pets.Pet`."""
    return inside(folder_of(module) or module, name)


def module_file(module: str) -> str:
    """Give the file of a module, as a path in the package."""
    return module.replace(".", "/") + ".py"


def package_file(folder: str) -> str:
    """Give the file that makes a folder a package."""
    return module_file(inside(folder, "__init__"))
