"""Packages that import their names on first use (PEP 562).

A mapping of names to modules goes in, two hooks come out.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as in typing, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy_exports(
    package: str, exports: Mapping[str, str], subpackages: tuple[str, ...] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make `__getattr__` and `__dir__` of a package.

    `exports` maps a public name to the relative module that has it, or to `module:name` where it
    has another name there. `subpackages` are imported when they are looked up.
    """

    def get(name: str) -> object:
        if name in exports:
            module, _, original = exports[name].partition(":")
            value = getattr(import_module(module, package), original or name)
            setattr(sys.modules[package], name, value)
            return value
        if name in subpackages:
            return import_module(f".{name}", package)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def names() -> list[str]:
        return sorted({*exports, *subpackages, *vars(sys.modules[package])})

    return get, names
