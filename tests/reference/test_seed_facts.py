"""The pages of the two resources say what the seed pages say, in the same order, read by the same parser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.client.specification import SURFACE
from tests.reference.page_text import text_lines
from tests.seeds.extract import NESTING, nested, page_fields, page_methods, page_responses

if TYPE_CHECKING:
    from playwright.sync_api import Page

RESOURCES = ("recordings", "meetings")


def surface(pages: Mapping[str, list[str]]) -> dict[str, Any]:
    """Read the facts of pages as those of the seed pages are read."""
    nesting = json.loads(NESTING.read_text("utf-8"))
    return {
        "methods": [method for lines in pages.values() for method in page_methods(lines)],
        "responses": {
            name: nested(name, page_fields(body), nesting)
            for lines in pages.values()
            for name, body in page_responses(lines).items()
        },
    }


def test_the_pages_have_the_facts_of_the_seeds(site: Path) -> None:
    pages = {name: text_lines((site / f"realtime_kit.{name}.html").read_text("utf-8")) for name in RESOURCES}
    assert surface(pages) == SURFACE


def test_a_browser_shows_the_facts_of_the_seeds(page: Page) -> None:
    pages = {}
    for name in RESOURCES:
        page.goto(f"realtime_kit.{name}.html")
        page.get_by_role("button", name="Expand").click()
        pages[name] = page.inner_text("body").splitlines()
    assert surface(pages) == SURFACE
