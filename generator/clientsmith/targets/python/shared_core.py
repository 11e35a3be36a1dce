"""A plan whose modules import the runtime from their own package goes in; one whose runtime is elsewhere comes out.

Several clients share that runtime. It says which one it is, and each client asks for exactly the one it was made for.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import Any, TypeVar

from ...data.text import ModulePath, literal, module_path
from .package import Export, Import, Package

T = TypeVar("T")

_OWN = re.compile(r"\.+_core(?=\.|\Z)")


def with_shared_core(package: Package, core: str) -> Package:
    """Let every module import the runtime from `core`, a dotted name."""
    return dataclasses.replace(_moved(package, core), is_sharing=True)


def _moved(value: T, core: str) -> T:
    """Change the paths of the runtime in a part of a plan."""
    changed: Any = value
    if isinstance(value, ModulePath):
        changed = module_path(_OWN.sub(core, value))
    elif isinstance(value, tuple):
        changed = tuple(_moved(item, core) for item in value)
        if changed and isinstance(changed[0], Import):
            changed = tuple(_regrouped(changed, core))
    elif isinstance(value, Export):
        path = _moved(value.module, core)
        changed = (
            value if path == value.module else dataclasses.replace(value, module=path, module_literal=literal(path))
        )
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changed = dataclasses.replace(value, **{name: _moved(inner, core) for name, inner in fields.items()})
    return changed  # type: ignore[no-any-return]


def _regrouped(imports: Iterable[Import], core: str) -> Iterable[Import]:
    """Put what is imported from the shared runtime before the package's own, with blank lines between the groups."""

    def group(line: Import) -> int:
        if line.module.startswith("."):
            return 2
        return 1 if f"{line.module}.".startswith(f"{core}.") else 0

    before = None
    for line in sorted(imports, key=group):
        yield dataclasses.replace(line, starts_group=before is not None and before != group(line))
        before = group(line)
