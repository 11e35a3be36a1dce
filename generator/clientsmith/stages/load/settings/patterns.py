"""Kinds of text that several tables of the settings have."""

from __future__ import annotations

import keyword
from dataclasses import replace

from ....data.settings import BaseClass, Bases
from .toml_table import Pattern, Table

PLAIN_HINT = "use letters, digits and _, but no keyword of Python"
VARIABLE = Pattern("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*")
VERSION = Pattern("a version like '1.2.0'", "[0-9A-Za-z][0-9A-Za-z.!+_-]*")
MEGABYTE = 1_000_000
URL = Pattern("a URL that starts with http:// or https://", r"(?i:https?)://[^\s]+")


BASE_CLASS = Pattern("a class below custom, like 'custom.client:Mixin'", r"custom(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")


def is_name(text: str) -> bool:
    """Report whether a text is a plain ASCII identifier."""
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def argument_name(table: Table, key: str) -> str | None:
    """Read the name of a parameter."""
    value = table.text(key)
    if value is not None and not is_name(value):
        table.reject(key, f"'{value}' is no name for a parameter", PLAIN_HINT)
    return value


def base_classes(table: Table) -> Bases:
    """Read `base` and `async_base`: the latter is called like the former by default, with `Async` before its name."""
    sync = base_class(table, "base", table.text("base"))
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
    table.reject(
        key, f"'{text}' must be {BASE_CLASS.name}", "'custom/' is the folder of the package for your own modules"
    )
    return None
