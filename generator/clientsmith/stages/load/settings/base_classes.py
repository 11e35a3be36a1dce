"""`base` and `async_base`: classes of the user's that generated ones inherit from."""

from __future__ import annotations

from dataclasses import replace

from ....data.base_classes import BaseClass, Bases
from .patterns import is_name
from .toml_table import Pattern, Table, dotted

BASE_CLASS = Pattern(
    "a class below custom, like 'custom.client:Mixin'", r"custom(\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*"
)


def base_classes(table: Table) -> Bases:
    """Read `base` and `async_base`: the latter is called like the former by default, with `Async` before its name."""
    sync = base_class(table, "base", table.matching("base", BASE_CLASS))
    text = table.possibly_empty("async_base")
    if text is None and sync is not None:
        return Bases(sync=sync, asynchronous=replace(sync, name=f"Async{sync.name}"))
    return Bases(sync=sync, asynchronous=base_class(table, "async_base", text or None))


def base_class(table: Table, key: str, text: str | None) -> BaseClass | None:
    """Read the place of a class: its module in the package, and its name."""
    if text is None:
        return None
    module, _, name = text.partition(":")
    if BASE_CLASS.fits(text) and all(map(is_name, (*module.split("."), name))):
        return BaseClass(module=module, name=name, position=table.position_of(key))
    table.reject(key, f"'{dotted((*table.path, key))}' must be {BASE_CLASS.name}", f"it is {text!r} now")
    return None
