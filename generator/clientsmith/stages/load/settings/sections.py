"""The small tables of a settings file, one function each. What is wrong is reported, and reads as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from ....data.event_rules import EventHandling, EventRuleSettings
from ....data.formats import FORMATS, FormatChoice
from ....data.limits import Limits
from ....data.settings import (
    INITIALISMS_OF,
    Compatibility,
    ExampleSettings,
    ModelSettings,
    PatternSettings,
    SelectSettings,
)
from .resources import models
from .toml_table import Pattern, Table

TERM = Pattern("a term in small letters", "[a-z0-9]+(_[a-z0-9]+)*")
CASING = Pattern("a part of a class name", "[A-Za-z0-9]+")
HANDLINGS: tuple[EventHandling, ...] = get_args(EventHandling)
EXAMPLES = ("request", "pagination", "stream")
"""What examples of the README show."""


def name_values(names: Table, compatibility: Compatibility | None) -> Mapping[str, Any]:
    """Read `[names]`: how class names write some words."""
    values = {
        "initialisms": initialisms(names, INITIALISMS_OF[compatibility]),
        "casings": casings(names.table("casings")),
    }
    names.done()
    return values


def initialisms(names: Table, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Read the words that are written in capitals; the file's list comes beside the usual ones."""
    own = names.texts("initialisms") or ()
    for word in own:
        if not re.fullmatch("[A-Z][A-Za-z0-9]*", word):
            names.reject("initialisms", f"'{word}' is no initialism", "write it like 'ID' or 'OAuth'")
    return tuple(dict.fromkeys((*usual, *own)))


def casings(table: Table) -> dict[str, str]:
    """Read `[names.casings]`: terms in small letters, and what class names have for them."""
    found: dict[str, str] = {}
    for term in table.rest():
        value = table.matching(term, CASING)
        if not TERM.fits(term):
            table.reject(term, f"'{term}' must be {TERM.name}", "join several words by '_'")
        elif value is not None:
            found[term] = value
    return found


def alias_values(table: Table) -> Mapping[str, Any]:
    """Read `[types]`."""
    values = {"alias_responses": table.flag("alias_responses"), "sort_members": table.flag("sort_members")}
    table.done()
    return values


def shared_models(table: Table) -> tuple[ModelSettings, ...]:
    """Read `[shared]`: classes that belong to no resource."""
    found = models(table.table("models"), ("shared",))
    table.done()
    return found


def examples(table: Table) -> tuple[ExampleSettings, ...]:
    """Read `[readme.examples.KIND]`: calls that the README shows."""
    found = []
    inner = table.table("examples")
    for kind, one in inner.tables():
        if kind not in EXAMPLES:
            inner.reject(kind, f"the README has no examples of '{kind}'", f"possible here: {', '.join(EXAMPLES)}")
        one.require("operation")
        arguments = one.values("arguments")
        operation = one.text("operation") or ""
        found.append(ExampleSettings(kind=kind, operation=operation, arguments=arguments, position=one.position))
        one.done()
    inner.done()
    table.done()
    return tuple(found)


def event_rules(table: Table) -> tuple[EventRuleSettings, ...]:
    """Read `[streams.NAME]`, in the order of the file."""
    found = []
    for name, inner in table.tables():
        made = EventRuleSettings(
            name=name,
            handle=inner.choice("handle", HANDLINGS, "yield"),
            events=inner.texts("events") or (),
            data=inner.text("data") or "",
            error=inner.text("error") or "",
            position=inner.position,
        )
        if made.error and made.handle != "yield":
            inner.reject("error", "only events that are given are looked at for an error", "leave it out")
        inner.done()
        found.append(made)
    table.done()
    return tuple(found)


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
        size=table.optional_number("size"),
        variants=table.number("variants", Limits().variants),
    )
    table.done()
    return made
