"""`[paging]`: the schemes by which pages are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....data.settings import PagingSettings
from .toml_table import Table


def schemes(table: Table) -> tuple[PagingSettings, ...]:
    """Read `[paging.NAME]`, in the order of the file."""
    found = []
    for name, inner in table.tables():
        requires = inner.texts("requires") or ()
        found.append(PagingSettings(name=name, position=inner.position, requires=requires, **paging_values(inner)))
        inner.done()
    table.done()
    return tuple(found)


def paging_values(table: Table) -> Mapping[str, Any]:
    """Read the keys of a scheme, or of an iterator; what they name in the document is looked up later."""
    return {
        "items": table.possibly_empty("items") or "",
        "page": table.text("page"),
        "first_page": table.number("first_page", 1),
        "first_offset": table.number("first_offset", 0),
        "offset": table.text("offset"),
        "cursor": table.text("cursor"),
        "next_cursor": table.text("next_cursor"),
        "last_item": table.text("last_item"),
        "next_link": table.text("next_link"),
        "total": table.text("total"),
        "pages": table.text("pages"),
        "has_more": table.text("has_more"),
        "stop_status": table.optional_number("stop_status"),
        "positions": table.positions(),
    }
