"""The small tables of a settings file, one function each. What is wrong is reported, and reads as absent."""

from __future__ import annotations

import re

from ....data.formats import FORMATS, FormatChoice
from ....data.settings import DEFAULT_INITIALISMS, Limits, PatternSettings, SelectSettings
from .toml_table import Table


def initialisms(names: Table) -> tuple[str, ...]:
    """Read the words that are written in capitals; the file's list comes beside the usual ones."""
    own = names.texts("initialisms") or ()
    for word in own:
        if not re.fullmatch("[A-Z][A-Za-z0-9]*", word):
            names.reject("initialisms", f"'{word}' is no initialism", "write it like 'ID' or 'OAuth'")
    names.done()
    return tuple(dict.fromkeys((*DEFAULT_INITIALISMS, *own)))


def selection(table: Table) -> SelectSettings:
    """Read `[select]`."""
    chosen = SelectSettings(
        include=tuple([PatternSettings(*entry) for entry in table.located_texts("include")]),
        exclude=tuple([PatternSettings(*entry) for entry in table.located_texts("exclude")]),
        only_named=table.flag("only_named"),
        position=table.position,
    )
    table.done()
    return chosen


def formats(table: Table) -> dict[str, FormatChoice]:
    """Read `[formats]`: the native type of a format, or text."""
    chosen: dict[str, FormatChoice] = {}
    for row in FORMATS.values():
        if row.native is not None:
            value = table.choice(row.name, (row.native, "str"), "")
            if value:
                chosen[row.name] = "text" if value == "str" else "native"
    table.done()
    return chosen


def limits(table: Table) -> Limits:
    """Read `[limits]`."""
    made = Limits(
        schemas=table.optional_number("schemas"),
        text=table.optional_number("text"),
        types=table.optional_number("types"),
        files=table.number("files", Limits().files),
        size=table.number("size", Limits().size),
        variants=table.number("variants", Limits().variants),
    )
    table.done()
    return made
